// Signing in with oauth4webapi, after its own examples (examples/oidc.ts with public.diff, examples/refresh_token.ts).

import * as oauth from "oauth4webapi";

import { leaveFor, takeCallback } from "./callback.js";
import { discover } from "./discovery.js";
import { keep, kept, take } from "./store.js";

/** The local shop is on http. */
const HERE = { [oauth.allowInsecureRequests]: true };

/** Whether somebody is signed in; a callback is one that signs in. */
export async function signedIn(shop) {
  const query = takeCallback();
  if (query) await exchange(shop, query);
  return kept("tokens") !== null;
}

export async function signIn(shop) {
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const [{ login }, challenge] = await Promise.all([discover(shop), oauth.calculatePKCECodeChallenge(codeVerifier)]);
  keep("login", { state, nonce, codeVerifier });
  const url = new URL(login.authorization_endpoint);
  const parameters = {
    client_id: shop.clientId, redirect_uri: shop.redirectUri, response_type: "code", scope: shop.scope, state, nonce,
    code_challenge: challenge, code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return leaveFor(url.href);
}

export async function sessionOf(shop) {
  const { login, endpoint } = await discover(shop);
  const client = { client_id: shop.clientId };
  return {
    endpoint,
    token: () => kept("tokens").access_token,
    async renew() {
      const { refresh_token: token } = kept("tokens");
      const response = await oauth.refreshTokenGrantRequest(login, client, oauth.None(), token, HERE);
      keepTokens(await oauth.processRefreshTokenResponse(login, client, response));
    },
  };
}

async function exchange(shop, query) {
  const { state, nonce, codeVerifier } = take("login") ?? {};
  const { login } = await discover(shop);
  const client = { client_id: shop.clientId };
  const parameters = oauth.validateAuthResponse(login, client, query, state);
  const response = await oauth.authorizationCodeGrantRequest(
    login, client, oauth.None(), parameters, shop.redirectUri, codeVerifier, HERE,
  );
  const checks = { expectedNonce: nonce, requireIdToken: true };
  keepTokens(await oauth.processAuthorizationCodeResponse(login, client, response, checks));
}

function keepTokens(tokens) {
  keep("tokens", { ...kept("tokens"), ...tokens });
}
