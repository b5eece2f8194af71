import { createHash, randomBytes } from "node:crypto";
import { endpointsOf, issuerOf } from "../hosts/addresses.js";
import { CHECKOUT_CLIENT_ID } from "../login/clients.js";
import { redeemCode } from "./redeem-code.js";

const CALLBACK_PATH = "/checkouts/sso";
const LIFETIME_MS = 10 * 60 * 1000;
/** So much is remembered at once; a long run forgets the oldest. */
const MOST_KEPT = 1000;
const YEAR = 365 * 24 * 60 * 60;

const LOOKS_LIKE_SECRET = /^[\w-]{43}$/;

const secret = () => randomBytes(32).toString("base64url");

/** Where the login sends the buyers of the checkout back to. */
export function checkoutRedirectUri({ shop }) {
  return shop + CALLBACK_PATH;
}

export function isSignInCallback(pathname) {
  return pathname === CALLBACK_PATH;
}

/** Whether a storefront says that its shopper is signed in: the newer way and the older one. */
export function asksForSignIn({ searchParams }) {
  return searchParams.get("logged_in") === "true" || searchParams.get("sso") === "silent";
}

/**
 * Signs buyers in at the shop's login without a word to them: an authorization request with `prompt=none`, state bound
 * to the browser by a cookie, PKCE, nonce. Who is not signed in there stays a guest.
 */
export class SilentSignIn {
  #origins;
  #settings;
  #tls;
  #provider;
  #cookie;
  #pending = new Map();
  #accounts = new Map();

  constructor({ origins, settings, tls, provider }) {
    this.#origins = origins;
    this.#settings = settings;
    this.#tls = tls;
    this.#provider = provider;
    this.#cookie = tls ? "__Host-checkout_browser" : "checkout_browser";
  }

  /**
   * Begins a sign-in.
   *
   * @param {import("../http/exchange.js").Exchange} exchange
   * @param {{path: string, record: {id: string}}} visit where to come back to, and what is being bought
   * @returns {string} where to send the browser
   */
  begin({ req, res }, { path, record }) {
    const browser = this.#browserOf(req) ?? this.#recognize(res);
    const [state, nonce, verifier] = [secret(), secret(), secret()];
    const { authorization, token } = endpointsOf(this.#origins, this.#settings.current.urlShape);
    this.#forgetOld();
    this.#pending.set(state, {
      browser, nonce, verifier, token, path, record, expiresAt: Date.now() + LIFETIME_MS,
    });
    return `${authorization}?${new URLSearchParams({
      client_id: CHECKOUT_CLIENT_ID,
      response_type: "code",
      redirect_uri: checkoutRedirectUri(this.#origins),
      scope: "openid email",
      prompt: "none",
      state,
      nonce,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    })}`;
  }

  /**
   * Ends a sign-in, once per state, whatever came of it.
   *
   * @param {import("../http/exchange.js").Exchange} exchange of the callback
   * @returns {Promise<{path: string, record: object, accountId: string | null, outcome: string} | null>} null for a
   *   state that is not waited for; else where the buyer comes from, and who it is
   */
  async finish({ req, url: { searchParams } }) {
    const state = searchParams.get("state") ?? "";
    const pending = this.#pending.get(state);
    this.#pending.delete(state);
    if (!pending || pending.expiresAt <= Date.now()) return null;
    const { path, record, browser } = pending;
    const verdict = await this.#verdict(pending, { searchParams, browser: this.#browserOf(req) });
    if (verdict.accountId) this.#keep(browser, record, verdict.accountId);
    return { path, record, ...verdict };
  }

  /** Who is signed in to a cart or checkout in this browser; null for a guest. */
  accountAt(req, { id }) {
    return this.#accounts.get(`${this.#browserOf(req)} ${id}`) ?? null;
  }

  /** The same buyer goes on from a cart to its checkout. */
  carryOver(req, from, to) {
    const accountId = this.accountAt(req, from);
    if (accountId) this.#keep(this.#browserOf(req), to, accountId);
  }

  clear() {
    this.#pending.clear();
    this.#accounts.clear();
  }

  async #verdict(pending, { searchParams, browser }) {
    const guest = (outcome) => ({ accountId: null, outcome });
    if (browser !== pending.browser) return guest("other_browser");
    const issuer = searchParams.get("iss");
    if (issuer !== null && issuer !== issuerOf(this.#origins)) return guest("other_issuer");
    const code = searchParams.get("code");
    if (!code) return guest(searchParams.get("error") ?? "no_code");
    const tokens = await redeemCode(pending.token, {
      grant_type: "authorization_code",
      client_id: CHECKOUT_CLIENT_ID,
      redirect_uri: checkoutRedirectUri(this.#origins),
      code,
      code_verifier: pending.verifier,
    }, { origin: this.#origins.shop, tls: this.#tls });
    const accountId = await this.#subjectOf(tokens?.id_token, pending.nonce);
    return accountId ? { accountId, outcome: "signed_in" } : guest("no_token");
  }

  async #subjectOf(idToken, nonce) {
    if (!idToken) return null;
    try {
      const client = await this.#provider.Client.find(CHECKOUT_CLIENT_ID);
      const { payload } = await this.#provider.IdToken.validate(idToken, client);
      return payload.nonce === nonce && payload.exp * 1000 > Date.now() ? payload.sub : null;
    } catch {
      return null;
    }
  }

  #browserOf({ headers: { cookie = "" } }) {
    const pairs = cookie.split(/; */).map((pair) => pair.split(/=(.*)/));
    const [, value] = pairs.find(([name]) => name === this.#cookie) ?? [];
    return LOOKS_LIKE_SECRET.test(value ?? "") ? value : null;
  }

  /** Gives a browser a name by which it is known again; shared by all of its tabs. */
  #recognize(res) {
    const browser = secret();
    const secure = this.#tls ? "; Secure" : "";
    res.setHeader("set-cookie", `${this.#cookie}=${browser}; Path=/; Max-Age=${YEAR}; HttpOnly; SameSite=Lax${secure}`);
    return browser;
  }

  #keep(browser, { id }, accountId) {
    this.#accounts.set(`${browser} ${id}`, accountId);
    if (this.#accounts.size > MOST_KEPT) this.#accounts.delete(this.#accounts.keys().next().value);
  }

  #forgetOld() {
    const now = Date.now();
    for (const [state, { expiresAt }] of this.#pending) {
      if (expiresAt <= now || this.#pending.size >= MOST_KEPT) this.#pending.delete(state);
    }
  }
}
