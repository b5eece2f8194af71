// The entries of the signed-in customer alone: they do what the package does, with a core of their own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAYA } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();

/** Signs in and calls a tool; gives what of the package the browser fetched for it. */
async function useEntry(entry) {
  const tab = await world.tab({ entry: `/pkg/${entry}` });
  await tab.signIn();
  assert.equal((await tab.session()).claims.email, MAYA);
  const { order } = await tab.answer("get_order_status", { order_number: "#1001" });
  assert.equal(order.order_number, "#1001");
  assert.deepEqual(await tab.run(() => globalThis.page.violations), []);
  const fetched = world.requests({ kind: "static" }).map(({ path }) => path).filter((path) => path.startsWith("/pkg/"));
  return [...new Set(fetched)].sort();
}

test("customer.js signs in and calls, with the customer's wasm", async () => {
  assert.deepEqual(await useEntry("customer.js"), ["/pkg/customer.js", "/pkg/shopper_mcp_customer_bg.wasm"]);
});

test("customer-inline.js signs in and calls, in one file", async () => {
  assert.deepEqual(await useEntry("customer-inline.js"), ["/pkg/customer-inline.js"]);
});

test("what the customer's core refuses is told in its sentences", async () => {
  for (const entry of ["customer.js", "customer-inline.js"]) {
    const tab = await world.tab({ entry: `/pkg/${entry}`, connect: false });
    const { error } = await tab.run(() => {
      const { page } = globalThis;
      return page.settle(() => page.connect({ shop: "example.com/path" }));
    });
    assert.equal(error.code, "option_invalid", entry);
    assert.equal(error.class, "OptionsError");
    assert.match(error.message, /`shop` is not a host like/);
  }
});
