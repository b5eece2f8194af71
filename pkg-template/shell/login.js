// The two halves of a sign-in: neither stores anything.

import * as core from "#glue";

import { ask } from "./core.js";
import { DiscoveryError, reword, SignInError } from "./errors.js";
import { exchange, FORM_TYPE } from "./exchange.js";
import { isSignedBy } from "./signature.js";

/** Path of the login document on the shop's host (OpenID Connect Discovery 1.0 section 4). */
export const LOGIN_DOCUMENT = "/.well-known/openid-configuration";
/** Path of the same document under its OAuth name (RFC 8414), asked when the first one is not there. */
const LOGIN_DOCUMENT_RFC8414 = "/.well-known/oauth-authorization-server";
/** Path of the document that names the Customer Accounts MCP server. */
export const CUSTOMER_DOCUMENT = "/.well-known/customer-account-api";
/** Time limit for the key set, ms: it is fetched beside the exchange and may be missing. */
const KEYS_TIMEOUT = 10_000;

/** @throws {DiscoveryError} `discovery_unavailable`, `discovery_invalid`, `discovery_redirected`. */
export async function fetchDocument(url, terms) {
  // As `<link rel="preload" crossorigin>` asks for it: what a page has preloaded so is taken.
  const { status, value } = await exchange({ url, credentials: "same-origin" }, terms);
  if (status === 200 && value !== undefined) return value;
  if (status === 200) {
    throw new DiscoveryError("The shop's discovery document is not JSON: check `shop`.", { code: "discovery_invalid" });
  }
  if (status === 0) {
    const sentence = "The shop redirects its discovery document: give the `shop` that it redirects to, or open a shop behind a password.";
    throw new DiscoveryError(sentence, { code: "discovery_redirected" });
  }
  const facts = { code: "discovery_unavailable", status, retryable: status >= 500 };
  throw new DiscoveryError("The shop has no such discovery document: check `shop`.", facts);
}

/** Discovers where the shop signs its customers in. */
export async function discoverLogin(options, { shop }, terms, fetch = fetchDocument) {
  const document = await fetch(shop + LOGIN_DOCUMENT, terms).catch((error) => {
    if (error.status !== 404) throw error;
    return fetch(shop + LOGIN_DOCUMENT_RFC8414, terms);
  });
  return ask(core.readLoginServer, options, document);
}

/** Sends one token request, exactly once. */
export async function requestTokens(url, form, terms) {
  const { status, value } = await exchange({ url, headers: { "content-type": FORM_TYPE }, body: form }, terms);
  return ask(core.readTokens, status, value);
}

/**
 * Checks a callback against its login and exchanges the code: posted once, whatever happens. Gives the tokens, the claims
 * of the ID token, and whether its signature was checked.
 */
export async function completeLogin(pending, query, terms) {
  const form = ask(core.exchangeForm, pending, query);
  const wantsIdToken = pending.nonce != null;
  const keys = wantsIdToken && fetchKeys(pending, terms);
  const tokens = await requestTokens(pending.tokenEndpoint, form, terms).catch((error) => {
    // Whether the code was used is unknown: it is not posted again, but a new sign-in can succeed.
    if (error.retryable) reword(error, "The login server could not be reached to finish the sign-in: sign in again.");
    throw error;
  });
  if (!wantsIdToken || !tokens.idToken) return { tokens: { ...tokens, idToken: null }, claims: null, verified: false };
  const token = ask(core.checkIdToken, tokens.idToken, pending, tokens.accessToken);
  return { tokens, claims: token.claims, verified: await checkSignature(token, await keys, pending, terms) };
}

/**
 * `false` where the key set cannot be reached: the answer came directly over TLS, which OpenID Connect Core section 3.1.3.7
 * lets stand. A key that is not in the set is looked for once more.
 */
async function checkSignature(token, keySet, pending, terms) {
  if (!keySet) return false;
  const keyIn = (set) => set && ask(core.keyFor, token.algorithm, token.kid, set);
  const key = keyIn(keySet) ?? keyIn(await fetchKeys(pending, terms));
  if (key && (await isSignedBy(key, token))) return true;
  throw new SignInError("The ID token is not signed by the login server.", { code: "id_token_invalid", field: "signature" });
}

/** The key set, or `undefined`. */
async function fetchKeys({ jwksUri }, terms) {
  try {
    return await fetchDocument(jwksUri, { ...terms, timeoutMs: KEYS_TIMEOUT });
  } catch {
    return undefined;
  }
}
