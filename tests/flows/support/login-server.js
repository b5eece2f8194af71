// The login server: authorization codes bound to their request, rotating refresh tokens in families, ID tokens.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { readAuthorization, readTokenRequest } from "./forms.js";
import { sign } from "./keys.js";
import { json } from "./network.js";

export const ISSUER = "https://shopify.com/authentication/1234";
export const AUTHORIZATION_ENDPOINT = `${ISSUER}/oauth/authorize`;
export const TOKEN_ENDPOINT = `${ISSUER}/oauth/token`;
export const KEYS_ENDPOINT = `${ISSUER}/.well-known/jwks.json`;
export const LOGOUT_ENDPOINT = `${ISSUER}/logout`;
export const CLIENT = "client-1";

export const refused = (error) => json(400, { error, error_description: "Not this time." });

/** How a login server is set up. */
const SETTINGS = {
  /** Seconds that an access token is good for. */
  lifetime: 3600,
  /** What the answer says instead, when it lies. */
  expiresIn: undefined,
  givesRefreshTokens: true,
  supportsRefresh: true,
  /** Each refresh token can be used once, and a second use revokes its family. */
  rotates: true,
  givesTokenType: true,
  /** Whether a refresh answer has an ID token too. */
  renewsIdToken: false,
  /** Changes header and claims before they are signed. */
  forge: () => {},
  badSignature: false,
  /** `iss` of callbacks; `null` for none. */
  callbackIssuer: ISSUER,
};

export class LoginServer {
  settings = { ...SETTINGS };
  /** Codes in the order they were posted. */
  postedCodes = [];
  #world;
  #numbers = 0;
  #grants = new Map();
  #families = [];
  #refreshTokens = new Map();
  #accessTokens = new Map();

  constructor(world) {
    this.#world = world;
  }

  /** A customer signs in at an authorization URL; where the browser goes next. */
  authorize(url, customer) {
    const request = this.#request(url);
    const code = `SECRET-code-${this.#number()}`;
    this.#grants.set(code, { customer, request, used: false });
    return this.#callback(request, { code });
  }

  /** The login server refuses a request; where the browser goes next. */
  refuse(url, error, description) {
    return this.#callback(this.#request(url), { error, error_description: description });
  }

  #request(url) {
    return readAuthorization(url, AUTHORIZATION_ENDPOINT, CLIENT);
  }

  #callback(request, answer) {
    const back = new URL(request.one("redirect_uri"));
    const parameters = { ...answer, state: request.one("state") };
    if (this.settings.callbackIssuer !== null) parameters.iss = this.settings.callbackIssuer;
    for (const [name, value] of Object.entries(parameters)) back.searchParams.append(name, value);
    return back.href;
  }

  /** The token endpoint. */
  token(sent) {
    const form = readTokenRequest(sent, CLIENT);
    return form.one("grant_type") === "authorization_code" ? this.#exchange(form) : this.#renew(form);
  }

  #exchange(form) {
    form.hasOnly("grant_type", "client_id", "redirect_uri", "code", "code_verifier");
    const code = form.one("code");
    this.postedCodes.push(code);
    const grant = this.#grants.get(code);
    const challenge = createHash("sha256").update(form.one("code_verifier")).digest("base64url");
    const fits = grant && !grant.used && grant.request.one("code_challenge") === challenge
      && grant.request.one("redirect_uri") === form.one("redirect_uri");
    if (!fits) return refused("invalid_grant");
    grant.used = true;
    const family = { grant, revoked: false };
    this.#families.push(family);
    return this.#answer(family, true);
  }

  #renew(form) {
    form.hasOnly("grant_type", "client_id", "refresh_token");
    if (!this.settings.supportsRefresh) return refused("unsupported_grant_type");
    const known = this.#refreshTokens.get(form.one("refresh_token"));
    if (!known) return refused("invalid_grant");
    if (known.used && this.settings.rotates) known.family.revoked = true;
    if (known.family.revoked) return refused("invalid_grant");
    known.used = true;
    return this.#answer(known.family, false);
  }

  #answer(family, first) {
    const { lifetime, expiresIn = lifetime, ...settings } = this.settings;
    const number = this.#number();
    const scope = family.grant.request.one("scope");
    const answer = { access_token: `SECRET-access-${number}`, expires_in: expiresIn, scope };
    this.#accessTokens.set(answer.access_token, { family, ends: this.#world.elapsed + lifetime * 1000 });
    if (settings.givesTokenType) answer.token_type = "bearer";
    if (settings.givesRefreshTokens && (first || settings.rotates)) {
      answer.refresh_token = `SECRET-refresh-${number}`;
      this.#refreshTokens.set(answer.refresh_token, { family, used: false });
    }
    if (scope.split(" ").includes("openid") && (first || settings.renewsIdToken)) {
      answer.id_token = this.#idToken(family.grant, answer.access_token);
    }
    return json(200, answer, { "cache-control": "no-store" });
  }

  #idToken({ customer, request }, accessToken) {
    const seconds = Math.floor(this.#world.trueTime / 1000);
    const hash = createHash("sha256").update(accessToken).digest();
    const header = { alg: "RS256", typ: "JWT", kid: "key-1" };
    const claims = {
      iss: ISSUER,
      sub: `gid://shopify/Customer/${customer}`,
      aud: CLIENT,
      exp: seconds + 3600,
      iat: seconds,
      nonce: request.optional("nonce"),
      at_hash: hash.subarray(0, 16).toString("base64url"),
      email: `SECRET-${customer}@example.com`,
    };
    this.settings.forge(header, claims);
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part(header)}.${part(claims)}`;
    const signature = sign(header.alg, signed);
    if (this.settings.badSignature) signature[0] ^= 1;
    return `${signed}.${signature.toString("base64url")}`;
  }

  /** The customer of a token that is good now. */
  customer(accessToken) {
    const { family, ends } = this.#accessTokens.get(accessToken) ?? {};
    return family && !family.revoked && ends > this.#world.elapsed ? family.grant.customer : null;
  }

  /** No family was revoked because an old refresh token was used again. */
  assertFamiliesAlive() {
    assert.ok(this.#families.every(({ revoked }) => !revoked), "no family of refresh tokens is revoked");
  }

  /** Ends every session on the server's side. */
  revokeAll() {
    for (const family of this.#families) family.revoked = true;
  }

  /** Ends the access tokens, but not the sessions. */
  expireAccess() {
    for (const access of this.#accessTokens.values()) access.ends = 0;
  }

  #number() {
    this.#numbers += 1;
    return this.#numbers;
  }
}
