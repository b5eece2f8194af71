// The parts, each usable without `connect`: nothing of them is stored.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";

import { Document } from "./support/document.js";
import { SILENCE, text } from "./support/network.js";
import { wasm } from "./support/package.js";
import { Scene, wordsOf } from "./support/scene.js";
import { ACCOUNT_PAGE, MCP_ENDPOINT } from "./support/shop.js";
import { Work } from "./support/work.js";

/** A page that uses the parts. */
function useParts(scene = new Scene()) {
  const document = new Document(scene.browser.tab(ACCOUNT_PAGE));
  const part = (name, options) => new Work(document, (signal) => document.api[name]({ signal, wasm, ...options }));
  return {
    scene,
    storage: document.tab.storage,
    generatePkce: () => part("generatePkce"),
    beginLogin: (options) => part("beginLogin", { ...scene.options, ...options }),
    completeLogin: (pending, callbackUrl, options) => part("completeLogin", { pending, callbackUrl, ...options }),
    callTool: (options) => part("callMcp", {
      endpoint: MCP_ENDPOINT,
      method: "tools/call",
      params: { name: "get_order_status", arguments: { order_number: "#1001" } },
      ...options,
    }),
  };
}

test("signs in and calls by the parts alone", async () => {
  const before = useParts();
  const { scene } = before;
  const pending = await before.beginLogin().result();
  assert.equal(pending.createdAt, scene.world.now);
  assert.equal(pending.issRequired, true);
  const callback = scene.shop.login.authorize(pending.url, "ada");
  const { storage, ...parts } = useParts(scene);
  // As pages keep it: through JSON.
  const tokens = await parts.completeLogin(JSON.parse(JSON.stringify(pending)), callback).result();
  assert.equal(tokens.claims.sub, "gid://shopify/Customer/ada");
  assert.equal(tokens.idTokenSignature, "verified");
  assert.equal(tokens.expiresInSeconds, 3600);
  assert.equal(tokens.scope, scene.options.scope);
  const answer = await parts.callTool({ accessToken: tokens.accessToken }).result();
  assert.equal(wordsOf(answer), "Order #1001 of ada is on its way.");
  const stored = [before.storage, storage, scene.browser.local].map((store) => store.text());
  assert.deepEqual(stored, ["", "", ""], "the parts store nothing");
});

describe("options of the parts that are wrong are refused, and nothing is sent", () => {
  for (const [field, begin] of Object.entries({
    shop: (parts) => parts.beginLogin({ shop: undefined }),
    timeoutMs: (parts) => parts.beginLogin({ timeoutMs: -1 }),
    prompt: (parts) => parts.beginLogin({ prompt: "consent" }),
    callbackUrl: (parts) => parts.completeLogin({}, undefined),
    pending: (parts) => parts.completeLogin(undefined, "?code=a&state=b"),
    state: (parts) => parts.completeLogin({}, "?code=a&state=b"),
    method: (parts) => parts.callTool({ method: undefined }),
    authorization: (parts) => parts.callTool({ authorization: "Basic" }),
    params: (parts) => parts.callTool({ params: { order_number: 1001n } }),
  })) {
    test(field, async () => {
      const parts = useParts();
      const error = await begin(parts).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", field]);
      assert.deepEqual(parts.scene.shop.log, []);
    });
  }
});

test("the limit of time of an exchange is the page's, and a number", async () => {
  const { scene, ...parts } = useParts();
  const pending = await parts.beginLogin().result();
  const callback = scene.shop.login.authorize(pending.url, "ada");
  const refused = await parts.completeLogin(pending, callback, { timeoutMs: -1 }).error();
  assert.deepEqual([refused.code, refused.field], ["option_invalid", "timeoutMs"]);
  assert.equal(scene.shop.count("token"), 0);

  scene.shop.next("token", SILENCE);
  const began = scene.world.elapsed;
  assert.equal(await parts.completeLogin(pending, callback, { timeoutMs: 4_000 }).code(), "timeout");
  assert.equal(scene.world.elapsed - began, 4_000);
});

test("a callback may be handed over as its query alone", async () => {
  const { scene, ...parts } = useParts();
  const pending = await parts.beginLogin().result();
  const { search } = new URL(scene.shop.login.authorize(pending.url, "ada"));
  const tokens = await parts.completeLogin(pending, search.slice(1)).result();
  assert.equal(tokens.claims.sub, "gid://shopify/Customer/ada");
});

test("what a login server leaves out is null", async () => {
  const { scene, ...parts } = useParts();
  delete scene.shop.loginDocument.jwks_uri;
  delete scene.shop.loginDocument.end_session_endpoint;
  scene.shop.login.settings.givesRefreshTokens = false;
  const pending = await parts.beginLogin({ scope: "customer-account-mcp-api:full" }).result();
  const { nonce, jwksUri, endSessionEndpoint } = pending;
  assert.deepEqual([nonce, jwksUri, endSessionEndpoint], [null, null, null]);
  const tokens = await parts.completeLogin(pending, scene.shop.login.authorize(pending.url, "ada")).result();
  const { refreshToken, idToken, claims, idTokenSignature } = tokens;
  assert.deepEqual([refreshToken, idToken, claims, idTokenSignature], [null, null, null, null]);
});

test("a callback of another login is refused by the part too", async () => {
  const { scene, ...parts } = useParts();
  const first = await parts.beginLogin().result();
  const second = await parts.beginLogin().result();
  assert.notEqual(first.codeVerifier, second.codeVerifier);
  assert.notEqual(first.nonce, second.nonce);
  const callback = scene.shop.login.authorize(first.url, "ada");
  assert.equal(await parts.completeLogin(second, callback).code(), "state_mismatch");
  assert.equal(scene.shop.count("token"), 0);
});

test("a code goes to no address that is not safe, whatever the page kept", async () => {
  const { scene, ...parts } = useParts();
  const pending = await parts.beginLogin().result();
  const callback = scene.shop.login.authorize(pending.url, "ada");
  const altered = { ...pending, tokenEndpoint: "http://shop.example/token" };
  const error = await parts.completeLogin(altered, callback).error();
  assert.equal(error.code, "endpoint_not_secure");
  assert.equal(error.field, "tokenEndpoint");
  assert.equal(scene.shop.count("elsewhere") + scene.shop.count("token"), 0);
});

test("a pair for PKCE is fresh and fits", async () => {
  const parts = useParts();
  const first = await parts.generatePkce().result();
  const second = await parts.generatePkce().result();
  assert.match(first.codeVerifier, /^[\w-]{43}$/);
  assert.equal(first.codeChallenge, createHash("sha256").update(first.codeVerifier).digest("base64url"));
  assert.equal(first.codeChallengeMethod, "S256");
  assert.notEqual(first.codeVerifier, second.codeVerifier);
});

describe("a call says what it needs and is sent once", () => {
  for (const [what, options] of Object.entries({ "no token": {}, "a dead one": { accessToken: "SECRET-dead" } })) {
    test(what, async () => {
      const { scene, callTool } = useParts();
      assert.equal(await callTool(options).code(), "sign_in_needed");
      assert.equal(scene.shop.count("tools"), 1);
    });
  }
});

describe("a token that no header can carry is not sent", () => {
  for (const accessToken of ["SECRET\r\nx: y", "SECRET\0", "SECRETé"]) {
    test(JSON.stringify(accessToken), async () => {
      const { scene, callTool } = useParts();
      assert.equal(await callTool({ accessToken }).code(), "option_invalid");
      assert.equal(scene.shop.count("tools"), 0);
    });
  }
});

test("a short limit is waited for, a long one is told at once", async () => {
  const { scene, callTool } = useParts();
  scene.shop.next("tools", text(429, "", { "retry-after": "1" }));
  assert.equal(await callTool().code(), "sign_in_needed", "the answer after the wait");
  assert.equal(scene.shop.count("tools"), 2);

  scene.shop.next("tools", text(429, "", { "retry-after": "3600" }));
  const error = await callTool().error();
  assert.equal(error.code, "rate_limited");
  assert.equal(error.retryAfterMs, 3_600_000);
  assert.equal(scene.shop.count("tools"), 3);
});
