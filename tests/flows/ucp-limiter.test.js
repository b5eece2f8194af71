// Many reads at once against a UCP server's limit that nobody told the package, and families of tools that are limited apart.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { json, LATENCY, text } from "./support/network.js";
import { PAYMENT } from "./support/ucp-desk.js";
import { AUGUST, PROFILES, UCP_ENDPOINT } from "./support/ucp-profiles.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";

const CALLS = 200;
/** Long enough for all of them: what one call may wait has a limit of its own. */
const PATIENCE = 600_000;
const IDS = Array.from({ length: CALLS }, (_, index) => `gid://shopify/Cart/${1000 + index}`);

/** How a server says that it is too much, as a page reads it: CORS hides the header. */
const SHAPES = {
  "status 429": () => text(429, ""),
  "-32000 with retry_after": (id) => json(200, { jsonrpc: "2.0", id, error: { code: -32000, message: "Slow down", data: { retry_after: 1 } } }),
  "-32600 under 200": (id) => json(200, { jsonrpc: "2.0", id, error: { code: -32600, message: "Invalid", data: "Rate limit exceeded" } }),
};

/** A server that answers `perSecond` calls, saved up for one second; notes who asked and who was refused. */
function limitedServer({ shop, world, ucp }, refuse, endpoint = "ucp") {
  const server = { perSecond: 5, tokens: 5, at: world.elapsed, asked: [], refusals: new Map() };
  shop.always(endpoint, (sent) => {
    const { id, args } = ucp.calls.at(-1);
    server.asked.push(args.id);
    server.tokens = Math.min(server.perSecond, server.tokens + ((world.elapsed - server.at) / 1_000) * server.perSecond);
    server.at = world.elapsed;
    if (server.tokens < 1) {
      server.refusals.set(args.id, (server.refusals.get(args.id) ?? 0) + 1);
      return refuse(id);
    }
    server.tokens--;
    return ucp.answer(sent, { id: args.id, line_items: [] });
  });
  return server;
}
const total = ({ refusals }) => [...refusals.values()].reduce((sum, times) => sum + times, 0);

/** What a page does without a limiter: asks for all at once, and at once again where it is refused. */
async function naively(page) {
  const { fetch } = page.tab.document.globals;
  const headers = { accept: "application/json", "content-type": "application/json" };
  const options = { method: "POST", headers, credentials: "omit", redirect: "manual" };
  const ask = async (cart, id) => {
    const meta = { "ucp-agent": { profile: PROFILES[AUGUST] } };
    const params = { name: "get_cart", arguments: { id: cart, meta } };
    const body = JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params });
    for (;;) {
      const response = await fetch(UCP_ENDPOINT, { ...options, body });
      if (response.ok && (await response.json()).result) return;
    }
  };
  await Promise.all(IDS.map(ask));
}

describe("200 reads at once against 5 a second, later 2, later 8", () => {
  for (const [shape, refuse] of Object.entries(SHAPES)) {
    test(shape, async () => {
      const scene = new UcpScene({}, { rateLimitWaitMs: PATIENCE });
      const page = await scene.readyPage();
      const server = limitedServer(scene, refuse);
      const calls = IDS.map((id) => page.ucp.cart.get(id));
      await scene.world.advance(12_000);
      server.perSecond = 2;
      await scene.world.advance(12_000);
      server.perSecond = 8;
      for (const [index, call] of calls.entries()) assert.equal((await call.result()).data.id, IDS[index]);
      assert.deepEqual([...new Set(server.asked)], IDS, "first sent in order");
      const twice = [...server.refusals].filter(([, times]) => times > 1);
      assert.deepEqual(twice, [], "none refused more than once");
      assert.ok(server.refusals.size < CALLS / 4, `${server.refusals.size} were refused once`);
    });
  }

  test("and the same by a loop that asks again at once: a hundred times as many refusals in two seconds alone", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const server = limitedServer(scene, SHAPES["status 429"]);
    naively(page);
    await scene.world.advance(2_000);
    assert.ok(total(server) > 100 * (CALLS / 4), `${total(server)} refusals`);
    assert.ok([...server.refusals.values()].some((times) => times > 10), "the same ones again and again");
    page.crash();
  });
});

describe("families are limited apart", () => {
  /** Refuses one family's calls for some seconds. */
  function refusing(scene, pattern, seconds) {
    const until = scene.world.elapsed + seconds * 1_000;
    scene.shop.always("ucp", (sent) => {
      const { tool } = scene.ucp.calls.at(-1);
      const isRefused = pattern.test(tool) && scene.world.elapsed < until;
      return isRefused ? text(429, "", { "retry-after": String(seconds) }) : scene.ucp.post(sent);
    });
  }
  const OTHERS = {
    cart: ({ cart }) => cart.get("x"),
    checkout: ({ checkout }) => checkout.get("x"),
    catalog: ({ callTool }) => callTool("search_catalog", { catalog: { query: "x" } }),
    order: ({ orders }) => orders.get("x"),
  };
  const PATTERNS = { cart: /_cart$/, checkout: /_checkout$/, catalog: /_catalog$|_product$/, order: /_order$/ };

  for (const limited of Object.keys(OTHERS)) {
    test(`a limit of ${limited} slows nothing else`, async () => {
      const scene = TIERS.token();
      const page = await scene.readyPage();
      refusing(scene, PATTERNS[limited], 20);
      const slow = Array.from({ length: 12 }, () => OTHERS[limited](page.ucp));
      await scene.world.advance(1_000);
      const began = scene.world.elapsed;
      for (const [family, begin] of Object.entries(OTHERS)) {
        if (family !== limited) await begin(page.ucp).result();
      }
      assert.equal(scene.world.elapsed - began, 3 * 2 * LATENCY, "the others are answered at once");
      for (const call of slow) await call.result();
      assert.ok(scene.world.elapsed >= 20_000);
    });
  }

  test("a limit of one tier slows no other", async () => {
    const scene = TIERS.token();
    const page = await scene.readyPage();
    scene.shop.always("ucp", (sent) => {
      const { tier } = scene.ucp.calls.at(-1);
      return tier === "anonymous" && scene.world.elapsed < 20_000 ? text(429, "", { "retry-after": "20" }) : scene.ucp.post(sent);
    });
    const slow = Array.from({ length: 12 }, () => page.ucp.cart.get("x", { tier: "anonymous" }));
    await scene.world.advance(1_000);
    const began = scene.world.elapsed;
    await page.ucp.cart.get("x").result();
    assert.equal(scene.world.elapsed - began, 2 * LATENCY);
    for (const call of slow) await call.result();
  });

  test("buying waits with the other calls of checkouts", async () => {
    const scene = TIERS.token();
    const page = await scene.readyPage();
    const { id } = await scene.checkout(page);
    refusing(scene, /_checkout$/, 10);
    const reads = Array.from({ length: 12 }, () => page.ucp.checkout.get(id));
    await scene.world.advance(1_000);
    const bought = page.ucp.checkout.complete(id, { payment: PAYMENT });
    await scene.world.advance(5_000);
    assert.equal(scene.ucp.callsOf("complete_checkout").length, 0, "not while it is known to be refused");
    assert.equal((await bought.result()).data.status, "completed");
    assert.equal(scene.ucp.callsOf("complete_checkout").length, 1);
    for (const read of reads) await read.result();
  });
});

describe("patience", () => {
  test("ends after the page's own limit", async () => {
    const scene = new UcpScene({}, { rateLimitWaitMs: 10_000 });
    const page = await scene.readyPage();
    scene.shop.always("ucp", text(429, ""));
    const began = scene.world.elapsed;
    const error = await page.ucp.cart.create(ITEMS).error();
    assert.deepEqual([error.name, error.code, error.status, error.retryable], ["RateLimitError", "rate_limited", 429, true]);
    assert.ok(scene.world.elapsed - began <= 12_000);
  });

  test("ends at once for a wait that is longer", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    scene.shop.always("ucp", text(429, "", { "retry-after": "3600" }));
    const error = await page.ucp.cart.create(ITEMS).error();
    assert.deepEqual([error.code, error.retryAfterMs], ["rate_limited", 3_600_000]);
    assert.equal(scene.shop.count("ucp"), 1);
  });

  test("ends when the call is given up, and its place goes to the next one", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const server = limitedServer(scene, SHAPES["status 429"]);
    const calls = IDS.slice(0, 60).map((id) => page.ucp.cart.get(id));
    await scene.world.advance(100);
    for (const call of calls.slice(10, 55)) call.abort();
    for (const call of calls.slice(10, 55)) assert.equal(await call.code(), "aborted");
    for (const call of [...calls.slice(0, 10), ...calls.slice(55)]) await call.result();
    assert.ok(scene.world.elapsed < 20_000, `${scene.world.elapsed} ms`);
    assert.ok(server.asked.every((id) => !IDS.slice(20, 55).includes(id)), "those were never sent");
  });
});

test("the customer's server and the shop's UCP server wait for nothing of each other", async () => {
  const scene = new UcpScene();
  const page = await scene.readyAda();
  scene.shop.always("tools", text(429, "", { "retry-after": "30" }));
  const orders = Array.from({ length: 12 }, () => page.order());
  await scene.world.advance(1_000);
  const began = scene.world.elapsed;
  await page.ucp.cart.create(ITEMS).result();
  assert.equal(scene.world.elapsed - began, 2 * LATENCY);
  for (const order of orders) order.abort();
});
