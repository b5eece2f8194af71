import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { agentToken } from "./support/agent.js";
import { runningShop } from "./support/shop.js";
import { callUcp, ucpEndpoint } from "./support/ucp.js";

const FEW = { anonymous: { catalog: 2, cart: 2, checkout: 1 }, token: { catalog: 6, cart: 5, checkout: 3 } };
const ARGUMENTS = {
  search_catalog: { catalog: {} },
  create_cart: { cart: { line_items: [] } },
  create_checkout: { checkout: { line_items: [] } },
};
const FAMILIES = { search_catalog: "catalog", create_cart: "cart", create_checkout: "checkout" };

describe("the limits of the UCP server", () => {
  const running = runningShop();
  const limit = (more = {}) => running.shop.settings({ ucpRateLimit: { shape: "http429", retryAfter: 1 }, ...more });

  /** How many of ten calls at once are let through. */
  async function admitted(tool, how) {
    const calls = Array.from({ length: 10 }, () => callUcp(running.shop, tool, ARGUMENTS[tool], how));
    return (await Promise.all(calls)).filter(({ error }) => !error).length;
  }

  it("grow with what the shop knows of the caller, and are less for checkouts than for carts", async () => {
    const { shop } = running;
    limit({ ucpRates: FEW });
    const token = await agentToken(shop);
    for (const [tool, family] of Object.entries(FAMILIES)) {
      const few = await admitted(tool);
      const more = await admitted(tool, { token });
      assert.ok(few >= FEW.anonymous[family] && few <= FEW.anonymous[family] + 1, `${family}: ${few}`);
      assert.ok(more >= FEW.token[family] && more <= FEW.token[family] + 2, `${family}: ${more}`);
      assert.ok(more > few);
    }
    const rates = shop.settings().ucpRates;
    assert.equal(rates.signed.checkout, 3, "what was not named stays");
    for (const families of Object.values(rates)) assert.ok(families.checkout < families.cart);
  });

  it("come in three shapes", async () => {
    const { shop } = running;
    const refused = async (shape, retryAfter) => {
      limit({ ucpRates: { anonymous: { cart: 1 } }, ucpRateLimit: { shape, retryAfter } });
      await callUcp(shop, "create_cart", ARGUMENTS.create_cart);
      return callUcp(shop, "create_cart", ARGUMENTS.create_cart, { id: 8 });
    };
    const http = await refused("http429", 3600);
    assert.deepEqual([http.status, http.headers.get("retry-after")], [429, "3600"]);
    const rpc = await refused("rpc", 2);
    assert.deepEqual([rpc.status, rpc.error.code, rpc.error.data], [200, -32000, { retry_after: 2 }]);
    const ok = await refused("ok200", null);
    assert.deepEqual([ok.status, ok.error.code, ok.error.data], [200, -32600, "Rate limit exceeded"]);
    const entry = shop.log().at(-1);
    assert.deepEqual([entry.outcome, entry.ucp.family, entry.ucp.executed], ["rate_limited", "cart", false]);
  });

  it("can change while it runs, and are off by default", async () => {
    const { shop } = running;
    assert.equal(await admitted("create_checkout"), 10);
    limit({ ucpRates: { anonymous: { checkout: 1 } } });
    assert.ok((await admitted("create_checkout")) < 4);
    shop.settings({ ucpRates: { anonymous: { checkout: 50 } } });
    assert.equal(await admitted("create_checkout"), 10);
    shop.settings({ ucpRates: { anonymous: { checkout: 4 } } });
    await admitted("create_checkout");
    await sleep(600);
    assert.ok((await admitted("create_checkout")) >= 2, "filled again");
  });

  it("do not let a page read when to come back", async () => {
    const { shop } = running;
    limit({ ucpRates: { anonymous: { cart: 1 } } });
    const headers = { origin: "https://elsewhere.example" };
    await callUcp(shop, "create_cart", ARGUMENTS.create_cart);
    const refused = await callUcp(shop, "create_cart", ARGUMENTS.create_cart, { headers });
    assert.equal(refused.headers.get("access-control-allow-origin"), "*");
    assert.equal(refused.headers.get("access-control-expose-headers"), null);
  });
});

describe("CORS of the UCP server", () => {
  const running = runningShop();

  const preflight = () => fetch(ucpEndpoint(running.shop), {
    method: "OPTIONS",
    headers: {
      "origin": running.shop.shop, "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,signature",
    },
  });

  it("admits the headers of signed calls and tokens, or those it is told to", async () => {
    const allowed = async () => (await preflight()).headers.get("access-control-allow-headers").split(", ");
    assert.deepEqual(await allowed(), [
      "authorization", "content-type", "accept", "ucp-agent", "signature", "signature-input", "content-digest",
      "idempotency-key",
    ]);
    running.shop.settings({ ucpCorsHeaders: ["content-type"] });
    assert.deepEqual(await allowed(), ["content-type"]);
  });

  it("can be off by itself", async () => {
    const { shop } = running;
    shop.settings({ ucpCors: false });
    assert.equal((await preflight()).status, 404);
    const headers = { origin: shop.shop };
    const answer = await callUcp(shop, "create_cart", ARGUMENTS.create_cart, { headers });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    const profile = await fetch(`${shop.agents}/agents/demo/2026-08-25.json`, { headers });
    assert.equal(profile.headers.get("access-control-allow-origin"), "*", "agents publish for all to read");
    for (const [path, readable] of [["ucp", null], ["customer-account-api", "*"]]) {
      const document = await fetch(`${shop.shop}/.well-known/${path}`, { headers });
      assert.equal(document.headers.get("access-control-allow-origin"), readable);
    }
  });
});
