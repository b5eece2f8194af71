// `prefetch`: the documents are asked for while the wasm loads, and had by the call that needs them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { after, json, LATENCY, LOST, SILENCE, text } from "./support/network.js";
import { wasm } from "./support/package.js";
import { Scene } from "./support/scene.js";
import { ACCOUNT_PAGE } from "./support/shop.js";

const DOCUMENTS = ["loginDocument", "customerDocument"];
const counts = ({ shop }) => DOCUMENTS.map((endpoint) => shop.count(endpoint));

test("both documents are asked for before the wasm is there, and no second time", async () => {
  const scene = new Scene({ prefetch: true });
  const late = new Promise((resolve) => { scene.world.later(10 * LATENCY, () => resolve(wasm)); });
  const page = await scene.load(scene.browser.tab(ACCOUNT_PAGE), { wasm: late });
  assert.deepEqual(scene.shop.log.map(({ at }) => at), [LATENCY, LATENCY]);
  page.order();
  await scene.world.advance(LATENCY);
  assert.ok(page.tab.leaves, "for the login server, at once");
  assert.deepEqual(counts(scene), [1, 1]);
});

test("without it nothing is sent until a call comes, which then asks for both at once", async () => {
  const scene = new Scene();
  const page = await scene.page();
  await scene.world.advance(1_000);
  assert.equal(scene.shop.log.length, 0);
  const began = scene.world.elapsed;
  page.order();
  await scene.world.advance(3 * LATENCY);
  assert.ok(page.tab.leaves);
  const [one, other] = scene.shop.log;
  assert.deepEqual([one.at - began, other.at - began], [LATENCY, LATENCY]);
});

test("a call that leaves the page to nobody does not ask where the login is", async () => {
  const scene = new Scene({ onSignInNeeded: "event" });
  const page = await scene.page();
  page.order();
  await scene.world.advance(500);
  assert.deepEqual(counts(scene), [0, 1]);
});

test("what the tab remembers is not asked for", async () => {
  const scene = new Scene({ prefetch: true });
  const { page } = await scene.signIn(await scene.page(), "ada");
  await page.order().result();
  scene.shop.forgetLog();
  await (await scene.load(page.tab)).order().result();
  assert.equal(scene.shop.log.length, 1, "one POST");
});

test("an endpoint that the page names is not looked for", async () => {
  const scene = new Scene({ prefetch: true, customerEndpoint: "https://shop.example/elsewhere/mcp" });
  await scene.page();
  await scene.world.advance(100);
  assert.deepEqual(counts(scene), [1, 0]);
});

test("one that is wanted later is there, until it is an hour old", async () => {
  for (const [minutes, times] of [[59, 1], [61, 2]]) {
    const scene = new Scene({ prefetch: true });
    const page = await scene.page();
    await scene.world.advance(minutes * 60_000);
    await page.login().result();
    assert.equal(scene.shop.count("loginDocument"), times);
  }
});

test("what came is judged when it is wanted, and not believed for having been kept", async () => {
  const scene = new Scene({ prefetch: true });
  scene.shop.next("loginDocument", json(200, { ...scene.shop.loginDocument, issuer: "https://other.example" }));
  const page = await scene.page();
  await scene.world.advance(1_000);
  await page.login().result();
  assert.ok(page.tab.departure().startsWith(scene.shop.loginDocument.authorization_endpoint));
  assert.equal(scene.shop.count("loginDocument"), 2);
});

test("where the storage is blocked, the call asks for itself", async () => {
  const scene = new Scene({ prefetch: true });
  const tab = scene.browser.tab(ACCOUNT_PAGE);
  tab.storage.blocked = true;
  const page = await scene.load(tab);
  await scene.world.advance(1_000);
  assert.deepEqual(counts(scene), [1, 1]);
  await page.listTools().result();
  assert.deepEqual(counts(scene), [1, 2]);
});

describe("what has failed by the time it is wanted is asked for again", () => {
  for (const [what, reply] of Object.entries({ "lost": LOST, "500": text(500, ""), "HTML": text(200, "<html>") })) {
    test(what, async () => {
      const scene = new Scene({ prefetch: true });
      for (const endpoint of DOCUMENTS) scene.shop.next(endpoint, reply);
      const page = await scene.page();
      await scene.world.advance(1_000);
      page.order();
      await scene.world.advance(1_000);
      assert.ok(page.tab.leaves);
      assert.deepEqual(counts(scene), [2, 2]);
    });
  }
});

test("one that is still under way is waited for, no longer than the page allows", async () => {
  const scene = new Scene({ prefetch: true, timeoutMs: 2_000 });
  scene.shop.next("loginDocument", after(1_500, text(200, "{}")));
  const page = await scene.page();
  assert.equal(await page.login().code(), "discovery_invalid");
  assert.equal(scene.shop.count("loginDocument"), 1);

  const silent = new Scene({ prefetch: true, timeoutMs: 2_000 });
  silent.shop.next("loginDocument", SILENCE);
  const other = await silent.page();
  assert.equal(await other.login().code(), "timeout");
  assert.ok(silent.world.elapsed < 2_100);
  await other.login().result();
});

test("a login that is given up meanwhile ends at once", async () => {
  const scene = new Scene({ prefetch: true });
  scene.shop.always("loginDocument", SILENCE);
  const page = await scene.page();
  const login = page.login();
  await scene.world.advance(100);
  login.abort();
  assert.equal(await login.code(), "aborted");
});

describe("options that are refused", () => {
  for (const [what, options, field] of [
    ["what is neither true nor false", { prefetch: "yes" }, "prefetch"],
    ["a shop without TLS", { prefetch: true, shop: "http://shop.example" }, "shop"],
    ["no shop", { prefetch: true, shop: "" }, "shop"],
  ]) {
    test(`${what}: nothing was sent`, async () => {
      const scene = new Scene(options);
      await assert.rejects(scene.page(), ({ code, field: named }) => code === "option_invalid" && named === field);
      await scene.world.advance(100);
      assert.equal(scene.shop.log.length, 0);
    });
  }
});
