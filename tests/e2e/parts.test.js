// The four low-level functions, each alone: no client object, nothing stored.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const LOW = { connect: false };
const SCOPE = "openid email customer-account-mcp-api:full";

function login(tab, wishes = {}) {
  return tab.run(([scope, more]) => {
    const { shop, clientId, redirectUri } = globalThis.page.config;
    const options = { shop, clientId, redirectUri, scope, ...more };
    return globalThis.page.settle(() => globalThis.page.sdk.beginLogin(options));
  }, [SCOPE, wishes]);
}

const complete = (tab, pending, callbackUrl) =>
  tab.run((given) => globalThis.page.settle(() => globalThis.page.sdk.completeLogin(given)), { pending, callbackUrl });

const callMcp = (tab, options) =>
  tab.run((given) => globalThis.page.settle(() => globalThis.page.sdk.callMcp(given)), options);

/** Goes to the sign-in page and comes back with the callback's address. */
async function throughTheShop(tab, url) {
  await tab.page.goto(url);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  return tab.page.url();
}

async function tokensOf(tab) {
  const { value: pending } = await login(tab);
  const callbackUrl = await throughTheShop(tab, pending.url);
  const { value: tokens } = await complete(tab, pending, callbackUrl);
  return tokens;
}

const order = (accessToken, more = {}) => ({
  endpoint: `${world.shop.shopify}/68817298/account/customer/api/mcp`,
  method: "tools/call",
  params: { name: "get_order_status", arguments: { order_number: "1001" } },
  accessToken,
  ...more,
});

test("generatePkce: pairs that fit, 10,000 of them without a repeat", async () => {
  const tab = await world.tab(LOW);
  const pairs = await tab.run(async () => {
    const made = [];
    for (let n = 0; n < 10_000; n += 1) made.push(await globalThis.page.sdk.generatePkce());
    return made;
  });
  assert.equal(new Set(pairs.map(({ codeVerifier }) => codeVerifier)).size, 10_000);
  assert.equal(new Set(pairs.map(({ codeChallenge }) => codeChallenge)).size, 10_000);
  for (const { codeVerifier, codeChallenge, codeChallengeMethod } of pairs) {
    assert.match(codeVerifier, /^[\w-]{43}$/);
    assert.equal(codeChallenge, createHash("sha256").update(codeVerifier).digest("base64url"));
    assert.equal(codeChallengeMethod, "S256");
  }
});

test("generatePkce: a login of one's own with its pair is accepted by the shop", async () => {
  const tab = await world.tab(LOW);
  const { codeVerifier, codeChallenge } = await tab.run(() => globalThis.page.sdk.generatePkce());
  const redirectUri = `${world.shop.shop}/account/`;
  const clientId = world.shop.clients.headless.clientId;
  const query = new URLSearchParams({
    response_type: "code", client_id: clientId, redirect_uri: redirectUri, scope: "customer-account-mcp-api:full",
    state: "of-my-own", code_challenge: codeChallenge, code_challenge_method: "S256",
  });
  const endpoint = `${world.shop.issuer}/oauth`;
  const callback = new URL(await throughTheShop(tab, `${endpoint}/authorize?${query}`));
  const { access_token: token } = await tab.run(async ([url, form]) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
    return answer.json();
  }, [`${endpoint}/token`, {
    grant_type: "authorization_code", client_id: clientId, redirect_uri: redirectUri,
    code: callback.searchParams.get("code"), code_verifier: codeVerifier,
  }]);
  const { value } = await callMcp(tab, order(token));
  assert.equal(JSON.parse(value.content[0].text).order.order_number, "#1001");
});

test("beginLogin: everything that the way back needs, and nothing stored", async () => {
  const tab = await world.tab(LOW);
  const { value: pending } = await login(tab, { locale: "fr", loginHint: MAYA });
  const query = new URL(pending.url).searchParams;
  assert.equal(query.get("state"), pending.state);
  assert.equal(query.get("nonce"), pending.nonce);
  assert.equal(query.get("locale"), "fr");
  assert.equal(query.get("login_hint"), MAYA);
  assert.equal(query.get("code_challenge"), createHash("sha256").update(pending.codeVerifier).digest("base64url"));
  const { url, state, codeVerifier, nonce, createdAt, ...rest } = pending;
  assert.deepEqual(rest, {
    shop: world.shop.shop,
    clientId: world.shop.clients.headless.clientId,
    redirectUri: `${world.shop.shop}/account/`,
    scope: SCOPE,
    issuer: world.shop.issuer,
    tokenEndpoint: `${world.shop.issuer}/oauth/token`,
    jwksUri: `${world.shop.issuer}/.well-known/jwks.json`,
    endSessionEndpoint: `${world.shop.issuer}/logout`,
    issRequired: false,
  });
  assert.ok(Math.abs(createdAt - Date.now()) < 10_000);
  assert.ok(url.startsWith(`${world.shop.issuer}/oauth/authorize?`));
  assert.equal(await tab.stored(), "");

  const { value: plain } = await login(tab, { scope: "customer-account-mcp-api:full" });
  assert.equal(plain.nonce, null);
  assert.notEqual(plain.state, state);
});

test("beginLogin, completeLogin and callMcp sign in and call without the client object", async () => {
  const tab = await world.tab(LOW);
  const { value: pending } = await login(tab);
  const callbackUrl = await throughTheShop(tab, pending.url);
  assert.match(callbackUrl, /code=.*state=|state=.*code=/, "the callback is the page's own business");
  const { value: tokens } = await complete(tab, pending, callbackUrl);
  assert.match(tokens.accessToken, /^shcat_/);
  assert.match(tokens.refreshToken, /^shcrt_/);
  assert.equal(tokens.expiresInSeconds, 3600);
  assert.equal(tokens.claims.email, MAYA);
  assert.equal(tokens.idTokenSignature, "verified");
  const keys = createRemoteJWKSet(new URL(pending.jwksUri));
  const { payload } = await jwtVerify(tokens.idToken, keys, { issuer: pending.issuer, audience: pending.clientId });
  assert.deepEqual(payload, tokens.claims, "another library reads the same claims");
  assert.equal(await tab.stored(), "");

  const { value } = await callMcp(tab, order(tokens.accessToken));
  assert.equal(JSON.parse(value.content[0].text).order.order_number, "#1001");
  assert.equal(world.tokenRequests().length, 1);
  assert.equal(world.calls().length, 1);
});

test("completeLogin: takes just the query too, and posts a code once", async () => {
  world.console.expect(/status of 400/);
  const tab = await world.tab(LOW);
  const { value: pending } = await login(tab, { scope: "customer-account-mcp-api:full" });
  const { search } = new URL(await throughTheShop(tab, pending.url));
  const { value: tokens } = await complete(tab, pending, search);
  assert.deepEqual([tokens.idToken, tokens.claims, tokens.idTokenSignature], [null, null, null]);
  assert.ok((await callMcp(tab, order(tokens.accessToken))).value.content);
  assert.equal((await complete(tab, pending, search)).error.code, "code_refused");
});

test("completeLogin: a callback that does not fit makes no token request", async () => {
  const tab = await world.tab(LOW);
  const { value: pending } = await login(tab);
  const { state, issuer } = pending;
  const at = (query) => `${world.shop.shop}/account/?${query}`;
  const wrong = {
    [at("code=x&state=other")]: "state_mismatch",
    [at("code=x")]: "state_mismatch",
    [at(`code=x&code=y&state=${state}`)]: "callback_invalid",
    [at(`code=x&state=${state}&iss=https://evil.example`)]: "issuer_mismatch",
    [at(`error=access_denied&state=${state}&iss=${encodeURIComponent(issuer)}`)]: "access_denied",
  };
  for (const [callbackUrl, code] of Object.entries(wrong)) {
    assert.equal((await complete(tab, pending, callbackUrl)).error?.code, code, callbackUrl);
  }
  const moved = { ...pending, tokenEndpoint: "http://evil.example/token" };
  assert.equal((await complete(tab, moved, at(`code=x&state=${state}`))).error.code, "endpoint_not_secure");
  assert.equal(world.posts("/token").length, 0);
});

test("callMcp: lists, calls in both styles, and tells a dead token", async () => {
  world.console.expect(/status of 401/);
  const tab = await world.tab(LOW);
  const { accessToken } = await tokensOf(tab);
  const { value: page } = await callMcp(tab, order(undefined, { method: "tools/list", params: undefined }));
  assert.equal(page.tools.length, 5);
  await callMcp(tab, order(accessToken));
  await callMcp(tab, order(accessToken, { authorization: "Bearer" }));
  assert.deepEqual(world.calls().map(({ authorizationStyle }) => authorizationStyle), [null, "raw", "Bearer"]);
  world.shop.expireTokens();
  const { error } = await callMcp(tab, order(accessToken));
  assert.equal(error.code, "sign_in_needed");
  assert.equal(error.status, 401);
});

test("callMcp: goes nowhere but where it is told, safely", async () => {
  const tab = await world.tab(LOW);
  for (const endpoint of ["http://evil.example/mcp", "javascript:alert(1)", "https://u:p@evil.example/mcp"]) {
    const { error } = await callMcp(tab, order("shcat_x", { endpoint }));
    assert.equal(error?.code, "endpoint_not_secure", endpoint);
  }
  const { error } = await callMcp(tab, order("shcat_x\r\nx: y"));
  assert.equal(error.code, "option_invalid");
  assert.equal(error.field, "accessToken");
  assert.equal(error.message.includes("shcat_"), false);
  assert.equal(world.calls().length, 0);
  // A path of this origin, as a proxy has.
  const { value } = await callMcp(tab, order(undefined, { endpoint: "/customer/api/mcp", method: "tools/list" }));
  assert.equal(value.tools.length, 5);
  assert.equal(world.calls()[0].host, "shop");
});
