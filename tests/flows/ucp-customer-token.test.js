// The signed-in customer's own token as the agent's (`token: "customer"`): while it is there, and while it is not.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { text } from "./support/network.js";
import { PAYMENT } from "./support/ucp-desk.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";

describe("the customer's own token", () => {
  const scenes = () => ({ anonymous: new UcpScene({ token: "customer" }), signed: TIERS.signed({ token: "customer" }) });

  test("goes with the calls while a customer is signed in", async () => {
    const scene = new UcpScene({ token: "customer" });
    const page = await scene.readyAda();
    await page.ucp.cart.create(ITEMS).result();
    const [{ headers }] = scene.shop.sent("ucp");
    assert.equal(headers.authorization, `Bearer ${page.record.accessToken}`);
  });

  test("is renewed when it has ended, and after a 401", async () => {
    const scene = new UcpScene({ token: "customer" });
    const page = await scene.readyAda();
    await scene.expire();
    await page.ucp.cart.create(ITEMS).result();
    assert.deepEqual([scene.shop.count("token"), scene.shop.count("ucp")], [1, 1]);
    scene.shop.login.expireAccess();
    await page.ucp.cart.create(ITEMS).result();
    assert.deepEqual([scene.shop.count("token"), scene.shop.count("ucp")], [2, 3]);
    assert.equal(scene.ucp.executions("create_cart"), 2);
    scene.shop.login.assertFamiliesAlive();
  });

  for (const lower of ["anonymous", "signed"]) {
    test(`is missing while nobody is signed in: then calls are ${lower}`, async () => {
      const scene = scenes()[lower];
      const page = await scene.page();
      await page.ucp.cart.create(ITEMS).result();
      assert.deepEqual(scene.ucp.calls.map((call) => call.tier), [lower]);
      assert.equal(await page.ucp.checkout.complete("x", { payment: PAYMENT }).code(), "tier_insufficient");
      assert.equal(scene.ucp.calls.length, 1);
      assert.ok(!page.tab.leaves, "nobody is sent to sign in");
    });

    test(`is wanted by a call while nobody is signed in: refused, though it could be ${lower}`, async () => {
      const scene = scenes()[lower];
      const page = await scene.page();
      const error = await page.ucp.cart.create(ITEMS, { tier: "token" }).error();
      assert.deepEqual([error.name, error.code], ["SignInError", "sign_in_needed"]);
      assert.deepEqual(scene.shop.log, []);
      assert.ok(!page.tab.leaves);
    });
  }

  test("does not read orders: its scope is known", async () => {
    const scene = new UcpScene({ token: "customer" });
    const page = await scene.readyAda();
    const error = await page.ucp.orders.get("x").error();
    assert.deepEqual([error.name, error.code], ["ToolError", "scope_missing"]);
    assert.deepEqual(scene.shop.log, []);
  });

  for (const [what, change] of Object.entries({
    "signs out": async (scene) => (await scene.page()).logout().result(),
    "is another one": (scene) => scene.page().then((page) => scene.signIn(page, "bob")),
  })) {
    test(`is no other's: a call that waits is not sent when the customer ${what}`, async () => {
      const scene = new UcpScene({ token: "customer" });
      const page = await scene.readyAda();
      scene.shop.next("ucp", text(429, "", { "retry-after": "10" }));
      const call = page.ucp.cart.create(ITEMS);
      await scene.world.advance(1_000);
      await change(scene);
      assert.equal(await call.code(), "session_changed");
      assert.deepEqual([scene.shop.count("ucp"), scene.ucp.executions("create_cart")], [1, 0]);
    });
  }

  test("is not used any more after the sign-out", async () => {
    const scene = new UcpScene({ token: "customer" });
    const page = await scene.readyAda();
    await page.logout().result();
    await page.ucp.cart.create(ITEMS).result();
    assert.equal(scene.ucp.calls[0].tier, "anonymous");
  });
});
