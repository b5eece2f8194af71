// Pages without an agent, pages that sign nobody in, and what a page is told of the traffic.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { HANG, inPieces, SILENCE } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";
import { PAYMENT } from "./support/ucp-desk.js";
import { AUGUST, PROFILES, UCP_ENDPOINT } from "./support/ucp-profiles.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";

/** Every method that calls the server, or asks what is shared with it. */
const METHODS = {
  "cart.create": ({ cart }) => cart.create(ITEMS),
  "cart.get": ({ cart }) => cart.get("x"),
  "cart.update": ({ cart }) => cart.update("x", { line_items: [] }),
  "cart.edit": ({ cart }) => cart.edit("x", () => {}),
  "cart.add": ({ cart }) => cart.add("x", ITEMS),
  "cart.setQuantity": ({ cart }) => cart.setQuantity("x", "l", 1),
  "cart.cancel": ({ cart }) => cart.cancel("x"),
  "checkout.create": ({ checkout }) => checkout.create(ITEMS),
  "checkout.fromCart": ({ checkout }) => checkout.fromCart("x"),
  "checkout.get": ({ checkout }) => checkout.get("x"),
  "checkout.update": ({ checkout }) => checkout.update("x", { line_items: [] }),
  "checkout.edit": ({ checkout }) => checkout.edit("x", () => {}),
  "checkout.complete": ({ checkout }) => checkout.complete("x", { payment: PAYMENT }),
  "checkout.cancel": ({ checkout }) => checkout.cancel("x"),
  "orders.get": ({ orders }) => orders.get("x"),
  callTool: ({ callTool }) => callTool("get_cart", { id: "x" }),
  listTools: ({ listTools }) => listTools(),
  capabilities: ({ capabilities }) => capabilities(),
};

describe("a page without an agent", () => {
  for (const [name, begin] of Object.entries(METHODS)) {
    test(`has no ${name}`, async () => {
      const scene = new Scene();
      const error = await begin((await scene.page()).ucp).error();
      assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "option_invalid", "agent"]);
      assert.deepEqual(scene.shop.log, []);
    });
  }

  test("goes on to a checkout that it was told of all the same", async () => {
    const page = await new Scene().page();
    page.ucp.open("https://shop.example/checkouts/1");
    assert.equal(page.tab.departure(), "https://shop.example/checkouts/1");
  });

  test("has its customer", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    assert.equal(wordsOf(await page.order().result()), "Order #1001 of ada is on its way.");
  });
});

describe("a page that signs nobody in", () => {
  test("shops: from the cart to the shop's checkout", async () => {
    const scene = UcpScene.withoutClient();
    const page = await scene.page();
    const { data: cart } = await page.ucp.cart.create(ITEMS).result();
    const checkout = await page.ucp.checkout.fromCart(cart.id).result();
    assert.equal(checkout.outcome, "recoverable");
    page.ucp.open(checkout);
    assert.equal(page.tab.departure(), checkout.continueUrl);
    assert.equal(page.isSignedIn, false);
  });

  test("keeps apart what is not known of its calls, and remembers the shop", async () => {
    const scene = UcpScene.withoutClient({ agentWideToken: true });
    scene.options.agent.token = scene.tokenSource();
    const page = await scene.readyPage();
    const { id } = await scene.checkout(page);
    scene.shop.always("ucp", (sent) => {
      scene.ucp.post(sent);
      return { kind: "lost" };
    });
    const error = await page.ucp.checkout.complete(id, { payment: PAYMENT }).error();
    scene.shop.asUsual("ucp");
    const again = await scene.load(page.tab);
    await again.ucp.checkout.complete(id, { payment: PAYMENT }).result();
    assert.deepEqual([...new Set(scene.ucp.calls.map(({ key }) => key))], [error.idempotencyKey]);
    assert.equal(scene.shop.count("shopProfile"), 0);
  });

  for (const [name, begin] of Object.entries({
    login: (page) => page.login(),
    "login by popup": (page) => page.loginByPopup(),
    "a call of the customer's server": (page) => page.order({ onSignInNeeded: "redirect" }),
  })) {
    test(`refuses ${name}`, async () => {
      const scene = UcpScene.withoutClient();
      const page = await scene.page();
      const error = await begin(page).error();
      assert.equal(error.code, "option_invalid");
      assert.ok(!page.tab.leaves);
      assert.ok(scene.browser.popups.every(({ closed }) => closed));
    });
  }

  test("has no way back to take", async () => {
    const scene = UcpScene.withoutClient();
    const page = await scene.page("https://shop.example/pages/account?code=SECRET&state=x");
    assert.equal(await page.handleRedirect().result(), null);
    assert.deepEqual(scene.shop.log, []);
  });

  for (const left of ["clientId", "redirectUri"]) {
    test(`leaves out both, not ${left} alone`, async () => {
      const scene = new UcpScene();
      delete scene.options[left];
      await assert.rejects(scene.page(), { code: "option_invalid", field: left });
    });
  }

  test("says at least who calls", async () => {
    const scene = UcpScene.withoutClient();
    delete scene.options.agent;
    await assert.rejects(scene.page(), { code: "option_invalid" });
  });
});

describe("a shop that is closed", () => {
  for (const [name, begin] of Object.entries(METHODS)) {
    test(`refuses ${name}`, async () => {
      const scene = TIERS.token();
      const page = await scene.readyPage();
      page.close();
      assert.equal(await begin(page.ucp).code(), "closed");
      assert.deepEqual(scene.shop.log, []);
    });
  }

  test("aborts what is under way", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const calls = [page.ucp.cart.create(ITEMS), page.ucp.cart.get("x"), page.ucp.cart.add("x", ITEMS), page.ucp.listTools()];
    await scene.world.advance(30);
    page.close();
    for (const call of calls) assert.equal(await call.code(), "aborted");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("ucp"), 4);
  });
});

describe("a call that is given up", () => {
  const options = { signal: AbortSignal.abort() };
  for (const [name, begin] of Object.entries({
    "cart.create": ({ cart }) => cart.create(ITEMS, options),
    "cart.edit": ({ cart }) => cart.edit("x", () => {}, options),
    "checkout.cancel": ({ checkout }) => checkout.cancel("x", options),
    callTool: ({ callTool }) => callTool("get_cart", { id: "x" }, options),
    capabilities: ({ capabilities }) => capabilities(options),
    listTools: ({ listTools }) => listTools(options),
  })) {
    test(`before it began sends nothing: ${name}`, async () => {
      const scene = new UcpScene();
      const page = await scene.page();
      assert.equal(await begin(page.ucp).code(), "aborted");
      await scene.world.advance(1_000);
      assert.deepEqual(scene.shop.log, []);
    });
  }

  for (const [moment, sent] of [[0, 0], [10, 0], [30, 1]]) {
    test(`after ${moment} ms is not sent again and hurts nobody`, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      const call = page.ucp.cart.get("x");
      await scene.world.advance(moment);
      call.abort();
      assert.equal(await call.code(), "aborted");
      await scene.world.advance(60_000);
      assert.equal(scene.shop.count("ucp"), sent);
      await page.ucp.cart.create(ITEMS).result();
    });
  }
});

test("a call's own time limit is kept, for each of its tries", async () => {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  scene.shop.always("ucp", SILENCE);
  const began = scene.world.elapsed;
  assert.equal(await page.ucp.cart.create(ITEMS, { timeoutMs: 700 }).code(), "timeout");
  assert.equal(scene.world.elapsed - began, 700);
  scene.shop.always("ucp", inPieces(200, ["{", HANG]));
  assert.equal(await page.ucp.cart.get("x", { timeoutMs: 700 }).code(), "timeout");
  assert.ok(scene.world.elapsed - began <= 4 * 700 + 4_000);
});

test("the traffic is told: exchanges with the shop's profile and its server, and what was signed", async () => {
  const scene = TIERS.signed();
  const page = await scene.page();
  const told = page.watchWire();
  await page.ucp.cart.create(ITEMS).result();
  await scene.world.settle();
  assert.deepEqual(told.map(({ phase, url }) => [phase, url]), [
    ["request", "https://shop.example/.well-known/ucp"], ["response", "https://shop.example/.well-known/ucp"],
    ["request", UCP_ENDPOINT], ["response", UCP_ENDPOINT],
  ]);
  const [, , request, response] = told;
  assert.deepEqual(Object.keys(request.headers).sort(), [
    "accept", "content-digest", "content-type", "signature", "signature-input", "ucp-agent",
  ]);
  assert.match(request.signatureBase, /^"@method": POST\n/);
  assert.equal(response.signatureBase, undefined);
  assert.match(request.body, new RegExp(PROFILES[AUGUST]));
  assert.match(response.body, /line_items/);
});
