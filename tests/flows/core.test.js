// The wasm can die, of memory or of stack. It holds nothing, so nothing dies with it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Document } from "./support/document.js";
import { text } from "./support/network.js";
import { wasm } from "./support/package.js";
import { Scene, wordsOf } from "./support/scene.js";
import { ACCOUNT_PAGE } from "./support/shop.js";
import { Work } from "./support/work.js";

/** Lets the wasm die at its next look at a date. */
function dieOnce(page) {
  const { Date: PageDate, WebAssembly } = page.tab.document.globals;
  const { parse } = PageDate;
  PageDate.parse = () => {
    PageDate.parse = parse;
    throw new WebAssembly.RuntimeError("unreachable");
  };
}

test("an instance that dies takes nothing with it: one call is told, the next one is answered", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.next("tools", () => text(429, "", { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }));
  dieOnce(page);
  const error = await page.call("get_order_status", { order_number: "#1001" }).error();
  assert.deepEqual([error.name, error.code, error.retryable], ["InstanceError", "instance_lost", true]);
  assert.equal(scene.shop.count("tools"), 1, "nothing is sent again by itself");

  assert.ok(page.session.signedIn);
  const answer = await page.call("get_order_status", { order_number: "#1001" }).result();
  assert.equal(wordsOf(answer), "Order #1001 of ada is on its way.");
  assert.equal(scene.shop.count("token"), 0, "the session is the same");
});

test("the memory of a question is given back when it is answered", async () => {
  const { globals, api } = new Document(new Scene().browser.tab(ACCOUNT_PAGE));
  let memory;
  const instantiate = async (...args) => {
    const instance = await WebAssembly.instantiate(...args);
    ({ memory } = instance.exports);
    return instance;
  };
  globals.WebAssembly = Object.create(globals.WebAssembly, { instantiate: { value: instantiate } });
  const long = "a".repeat(10_000);
  const refused = () => assert.rejects(api.callMcp({ wasm, endpoint: `http://${long}`, method: long }), { field: "endpoint" });
  await refused();
  const before = memory.buffer.byteLength;
  for (let asked = 0; asked < 10_000; asked++) {
    const { codeVerifier } = await api.generatePkce();
    assert.match(codeVerifier, /^[\w-]{43}$/);
    if (asked % 10 === 0) await refused();
  }
  assert.equal(memory.buffer.byteLength, before);
});

test("a page may ask while it is read for another question", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const issuers = new Proxy([], { get: (list, key) => page.session.claims && list[key] });
  const { document } = page.tab;
  const other = await new Work(document, () => document.api.connect({ ...scene.options, issuers, wasm })).result();
  await new Work(document, () => other.customer.login()).result();
  const { searchParams } = new URL(page.tab.departure());
  const sent = ["client_id", "redirect_uri", "scope"].map((name) => searchParams.get(name));
  assert.deepEqual(sent, [scene.options.clientId, scene.options.redirectUri, scene.options.scope]);
});
