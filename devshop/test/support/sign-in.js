import { randomBytes } from "node:crypto";
import { PlainBrowser, pkce } from "./plain-browser.js";

export const MAYA = "maya.okafor@example.com";
export const THEO = "theo.lindqvist@example.com";
export const FULL_SCOPE = "openid email customer-account-mcp-api:full";

/** @returns {Promise<object>} a discovery document of the shop */
export async function discover(shop, name = "openid-configuration") {
  const response = await fetch(`${shop.shop}/.well-known/${name}`);
  return response.json();
}

/** The query of an authorization request, with what it takes to finish it. */
export async function authorizationRequest(shop, overrides = {}) {
  const { verifier, challenge } = pkce();
  const configuration = await discover(shop);
  const parameters = {
    client_id: shop.clients.headless.clientId,
    redirect_uri: `${shop.shop}/account/`,
    response_type: "code",
    scope: FULL_SCOPE,
    state: randomBytes(16).toString("hex"),
    nonce: randomBytes(16).toString("hex"),
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...overrides,
  };
  for (const [name, value] of Object.entries(parameters)) if (value === undefined) delete parameters[name];
  const url = `${configuration.authorization_endpoint}?${new URLSearchParams(parameters)}`;
  return { url, verifier, parameters, configuration };
}

/** Posts to the token endpoint as a page of the shop would. */
export function postToken(shop, form, { endpoint, headers = {} } = {}) {
  return fetch(endpoint, {
    method: "POST",
    headers: { origin: shop.shop, ...headers },
    body: new URLSearchParams(form),
  });
}

/** The form that exchanges a callback's code. */
export function exchangeForm({ parameters, verifier }, callback) {
  return {
    grant_type: "authorization_code",
    client_id: parameters.client_id,
    redirect_uri: parameters.redirect_uri,
    code: callback.searchParams.get("code"),
    code_verifier: verifier,
  };
}

/** A whole sign-in. */
export async function signIn(shop, { email = MAYA, browser = new PlainBrowser(shop), ...overrides } = {}) {
  const request = await authorizationRequest(shop, overrides);
  const callback = await browser.signIn(request.url, email);
  const endpoint = request.configuration.token_endpoint;
  const response = await postToken(shop, exchangeForm(request, callback), { endpoint });
  return { ...request, browser, callback, endpoint, response, tokens: await response.json() };
}

export function refresh(shop, { endpoint, tokens, parameters }) {
  return postToken(shop, {
    grant_type: "refresh_token",
    client_id: parameters.client_id,
    refresh_token: tokens.refresh_token,
  }, { endpoint });
}
