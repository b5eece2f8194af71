// No library: fetch and crypto.subtle, as short as it can be. It checks the state and nothing else; nobody should ship it.

import { leaveFor, takeCallback } from "../shared/callback.js";
import { discover } from "../shared/discovery.js";
import { callTool } from "../shared/rpc.js";
import { keep, kept, take } from "../shared/store.js";

let options;

export async function answer(shop, tool) {
  options = shop;
  const query = takeCallback();
  if (query) await exchange(query);
  else if (!kept("tokens")) return signIn();
  return call(tool, {});
}

export async function call(name, given) {
  const { login, endpoint } = await discover(options);
  const session = {
    token: () => kept("tokens").access_token,
    renew: () => tokens(login, { grant_type: "refresh_token", refresh_token: kept("tokens").refresh_token }),
  };
  return callTool(endpoint, session, name, given);
}

async function signIn() {
  const { clientId, redirectUri, scope } = options;
  const verifier = random();
  const state = random();
  const [{ login }, digest] = await Promise.all([
    discover(options),
    crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)),
  ]);
  keep("login", { state, verifier });
  const query = new URLSearchParams({
    client_id: clientId, response_type: "code", redirect_uri: redirectUri, scope, state,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256",
  });
  return leaveFor(`${login.authorization_endpoint}?${query}`);
}

async function exchange(query) {
  const { state, verifier } = take("login") ?? {};
  if (query.get("state") !== state) throw new Error("state");
  if (query.has("error")) throw new Error(query.get("error"));
  const { login } = await discover(options);
  await tokens(login, {
    grant_type: "authorization_code", code: query.get("code"), redirect_uri: options.redirectUri, code_verifier: verifier,
  });
}

async function tokens({ token_endpoint: url }, form) {
  const body = new URLSearchParams({ client_id: options.clientId, ...form });
  const response = await fetch(url, { method: "POST", body });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  keep("tokens", { ...kept("tokens"), ...(await response.json()) });
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
