// The wasm can die, of memory or of stack. It holds nothing, so nothing dies with it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { text } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";

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
