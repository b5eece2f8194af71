// From the code to the session: one request, whatever comes back.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { refused } from "./support/login-server.js";
import { BREAK, HANG, inPieces, json, LOST, REDIRECT, SILENCE, text } from "./support/network.js";
import { assertNoSession, comeBack, Scene } from "./support/scene.js";

describe("a code is posted once, whatever comes back", () => {
  const rows = {
    "lost": ["network", true, LOST],
    "silence": ["timeout", true, SILENCE],
    "500": ["token_refused", true, text(500, "oops")],
    "429": ["token_refused", true, text(429, "")],
    "401 with nothing": ["token_refused", true, text(401, "")],
    "invalid_grant": ["code_refused", false, refused("invalid_grant")],
    "invalid_client": ["client_refused", false, json(401, { error: "invalid_client" })],
    "unauthorized_client": ["client_refused", false, refused("unauthorized_client")],
    "invalid_request": ["token_refused", false, refused("invalid_request")],
    "a redirect": ["redirect_refused", false, REDIRECT],
    "HTML": ["token_invalid", false, text(200, "<html>")],
    "empty": ["token_invalid", false, text(200, "")],
    "null": ["token_invalid", false, text(200, "null")],
    "a list": ["token_invalid", false, text(200, "[]")],
    "no token": ["token_invalid", false, text(200, "{}")],
    "half JSON": ["token_invalid", false, text(200, '{"access_token":"SECRET')],
    "broken off": ["network", true, inPieces(200, ['{"access_token":', BREAK])],
    "stalled": ["timeout", true, inPieces(200, ["{", HANG])],
    "1 MB": ["too_large", false, text(200, "x".repeat(2 ** 20))],
    "a token of another type": ["token_invalid", false, text(200, '{"access_token":"SECRET","token_type":"mac"}')],
    "a line break": ["token_invalid", false, text(200, String.raw`{"access_token":"SECRET\r\nx: y"}`)],
  };
  for (const [what, [code, retryable, reply]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.next("token", reply);
      const { page, work } = await comeBack(scene);
      const error = await work.error();
      assert.equal(error.code, code);
      assert.equal(error.retryable, retryable);
      if (retryable) assert.match(error.message, /sign in again/, "the code may be used up");
      await scene.world.advance(120_000);
      assert.equal(scene.shop.count("token"), 1);
      assertNoSession(page);
      await scene.signIn(page, "ada");
    });
  }
});

test("a refusal's own code comes along as data", async () => {
  const scene = new Scene();
  scene.shop.next("token", json(400, { error: "invalid_request", error_description: "<b>no</b>" }));
  const { work } = await comeBack(scene);
  const { error, errorDescription, message, status } = await work.error();
  assert.deepEqual([error, errorDescription, status], ["invalid_request", "<b>no</b>", 400]);
  assert.ok(!message.includes("<"), "no sentence of ours repeats the server's words");
});

test("a redirect has no status that a page could read", async () => {
  const scene = new Scene();
  scene.shop.next("token", REDIRECT);
  const { work } = await comeBack(scene);
  assert.equal((await work.error()).status, null);
});

test("a lost answer leaves the code used, and the next sign-in works", async () => {
  const scene = new Scene();
  scene.shop.next("token", (sent) => {
    scene.shop.usual(sent);
    return LOST;
  });
  const { page, work } = await comeBack(scene);
  assert.equal(await work.code(), "network");
  const { page: back } = await scene.signIn(page, "ada");
  await back.order().result();
  const { postedCodes } = scene.shop.login;
  assert.equal(postedCodes.length, 2);
  assert.notEqual(postedCodes[0], postedCodes[1]);
});

test("offline on the way back", async () => {
  const scene = new Scene();
  const page = await scene.page();
  await page.login().result();
  const back = await scene.shopperSignsIn(page, "ada");
  scene.browser.online = false;
  const error = await back.handleRedirect().error();
  assert.equal(error.code, "offline");
  assert.equal(error.retryable, true);
  assertNoSession(back);
});

test("the code goes where the login was begun, even when discovery changes", async () => {
  const scene = new Scene();
  const page = await scene.page();
  await page.login().result();
  scene.shop.loginDocument.token_endpoint = "https://evil.example/token";
  scene.shop.loginDocument.jwks_uri = "https://evil.example/keys";
  page.tab.storage.remove(page.tab.storage.key("discovery:login"));
  const back = await scene.shopperSignsIn(page, "ada");
  assert.ok(await back.handleRedirect().result());
  assert.equal(scene.shop.count("elsewhere"), 0);
  assert.equal(scene.shop.count("token"), 1);
});

test("a thousand logins without a repeat", async () => {
  const scene = new Scene();
  const page = await scene.page();
  const { storage } = page.tab;
  const seen = new Set();
  for (let login = 0; login < 1_000; login += 1) {
    await page.login().result();
    const sent = new URL(page.tab.departure()).searchParams;
    const key = storage.key(sent.get("state"));
    const { codeVerifier, nonce, state } = JSON.parse(storage.read(key));
    storage.remove(key);
    assert.deepEqual([codeVerifier.length, nonce.length, state.length], [43, 43, 48]);
    assert.equal(sent.get("nonce"), nonce);
    for (const value of [codeVerifier, nonce, state, sent.get("code_challenge")]) seen.add(value);
  }
  assert.equal(seen.size, 4_000);
});
