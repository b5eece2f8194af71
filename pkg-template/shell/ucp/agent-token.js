// The agent's token, from a function of the page: asked for once however many calls wait, and kept until shortly before
// its end.

import { NetworkError, ShopperMcpError } from "../errors.js";
import { isPlainObject, parseJson } from "../json.js";
import { inTime, singleFlight } from "../wait.js";
import { decoded } from "./base64.js";

/** A token is renewed so long before its end, ms, but not before half of its life. */
const MARGIN = 60_000;
/** The longest that a token is kept which does not say itself when it ends, ms. */
const OPAQUE_LIFETIME = 3_600_000;

/** One source for a function, however many servers it is for. */
const sources = new WeakMap();

export class AgentTokenSource {
  #fetch;
  #flight = singleFlight();
  #token;

  static of(fetch) {
    if (!sources.has(fetch)) sources.set(fetch, new AgentTokenSource(fetch));
    return sources.get(fetch);
  }

  /** @param {() => unknown} fetch the page's own */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /**
   * `{ value, scope, isWide }`.
   *
   * @param {{ timeoutMs: number, signal?: AbortSignal }} terms
   * @throws {NetworkError} `agent_token_unavailable`.
   */
  async get(terms) {
    if (this.#token && Date.now() < this.#token.renewAt) return this.#token;
    return inTime(() => this.#flight(() => this.#ask()), terms, () => unavailable("The function `agent.token` gave no token in time."));
  }

  /** The server does not take it. */
  forget(token) {
    if (this.#token === token) this.#token = undefined;
  }

  async #ask() {
    const asked = Date.now();
    try {
      const { expiresAt, ...token } = read(await this.#fetch(), asked);
      this.#token = { ...token, renewAt: expiresAt - Math.min(MARGIN, (expiresAt - asked) / 2) };
      return this.#token;
    } catch (cause) {
      if (cause instanceof ShopperMcpError) throw cause;
      throw unavailable("The function `agent.token` gave no token: see `cause`.", cause);
    }
  }
}

const unavailable = (sentence, cause) =>
  new NetworkError(sentence, { code: "agent_token_unavailable", field: "token", retryable: true, cause });

/** A token, bare or as the token endpoint answered (RFC 6749 section 5.1). What its claims say only ever shortens its use. */
function read(given, now) {
  const { access_token: value, scope, expires_in: seconds = Infinity } = typeof given === "string" ? { access_token: given } : Object(given);
  // RFC 6750 section 2.1, and no app's secret.
  if (typeof value !== "string" || !/^[\w.~+/-]+=*$/.test(value) || value.startsWith("shpss_")) throw new TypeError("`access_token` is no token.");
  if (typeof (scope ?? "") !== "string") throw new TypeError("`scope` is not a string.");
  if (!(seconds > 0)) throw new TypeError("`expires_in` is not a positive number of seconds.");
  const claims = claimsOf(value);
  const own = typeof claims.exp === "number" ? claims.exp * 1000 : now + OPAQUE_LIFETIME;
  const granted = [scope, claims.scope].find((one) => typeof one === "string") ?? null;
  const isWide = granted !== null && !granted.split(/\s+/).filter(Boolean).every((one) => one.includes("catalog"));
  return { value, scope: granted, isWide, expiresAt: Math.min(now + seconds * 1000, own) };
}

/** The claims of a JWT (RFC 7519 section 3), or none. */
function claimsOf(token) {
  try {
    const claims = parseJson(decoded(token.split(".")[1]));
    return isPlainObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
