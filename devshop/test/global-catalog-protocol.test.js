import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { agentToken, publishKey, sign } from "./support/agent.js";
import { APRIL, callCatalog, catalogEndpoint, catalogMessage, postTo } from "./support/catalogs.js";
import { runningShop } from "./support/shop.js";
import { callUcp, profileOf } from "./support/ucp.js";

const QUERY = { query: "wool" };

describe("the server of the catalog of all shops", () => {
  const running = runningShop();
  const call = (how) => callCatalog(running.shop, "search_catalog", QUERY, how);
  const post = (message, headers) => postTo(catalogEndpoint(running.shop), message, headers);

  it("wants to know the agent whatever it is asked", async () => {
    const { shop } = running;
    const list = (params, headers) => post({ jsonrpc: "2.0", id: 3, method: "tools/list", params }, headers);
    const bare = { jsonrpc: "2.0", id: 3, method: "tools/call", params: {} };
    for (const response of await Promise.all([list({}), list(undefined), post(bare)])) {
      const { id, error } = await response.json();
      assert.deepEqual([response.status, id, error.code, error.data.code], [422, 3, -32001, "invalid_profile_url"]);
    }
    const meta = { "ucp-agent": { profile: profileOf(shop) } };
    for (const answer of [
      list({ meta }), list({ _meta: meta }), list({}, { "ucp-agent": `profile="${profileOf(shop)}"` }),
    ]) {
      const { result } = await (await answer).json();
      assert.deepEqual(result.tools.map(({ name }) => name), ["search_catalog", "lookup_catalog", "get_product"]);
    }
    assert.equal((await call({ profile: profileOf(shop, "missing") })).status, 424);
  });

  it("talks to the official client, who says who it is in a header", async () => {
    const { shop } = running;
    const client = new Client({ name: "consumer", version: "1.0.0" });
    const headers = { "ucp-agent": `profile="${profileOf(shop)}"` };
    const endpoint = new URL(catalogEndpoint(shop));
    await client.connect(new StreamableHTTPClientTransport(endpoint, { requestInit: { headers } }));
    assert.equal(client.getServerVersion().name, "universal-ucp-mcp");
    const { arguments: args } = catalogMessage(shop, "search_catalog", QUERY).params;
    const { structuredContent, content } = await client.callTool({ name: "search_catalog", arguments: args });
    assert.ok(structuredContent.products.length > 0);
    assert.deepEqual(JSON.parse(content[0].text), structuredContent);
    await client.close();
  });

  it("says what it is, in both versions", async () => {
    const { shop } = running;
    const { ucp } = await (await fetch(`${shop.catalog}/.well-known/ucp`)).json();
    assert.equal(ucp.services["dev.ucp.shopping"][0].endpoint, catalogEndpoint(shop));
    assert.deepEqual(Object.keys(ucp.capabilities), [
      "dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup", "dev.shopify.catalog.global",
    ]);
    const leaf = await (await fetch(ucp.supported_versions[APRIL])).json();
    assert.equal(leaf.ucp.version, APRIL);
    assert.equal((await fetch(`${shop.catalog}/.well-known/ucp/2025-01-01`)).status, 404);
    for (const version of ["2026-08-25", APRIL]) {
      const { data } = await call({ version });
      assert.equal(data.ucp.version, version);
      assert.ok(data.ucp.capabilities["dev.shopify.catalog.global"]);
    }
  });

  it("has only what the agent has too, and no carts", async () => {
    const { shop } = running;
    assert.equal((await call({ agent: "catalog-only" })).error, undefined);
    const coarse = await call({ agent: "coarse" });
    assert.deepEqual([coarse.error.code, coarse.error.message], [-32602, "Tool not found: search_catalog"]);
    assert.equal((await callCatalog(shop, "create_cart", {})).error.code, -32602);
    assert.equal((await call({ agent: "incompatible" })).data.messages[0].code, "capabilities_incompatible");
  });

  it("knows the three tiers, by its own address", async () => {
    const { shop } = running;
    const tier = () => shop.log().findLast(({ kind }) => kind === "catalog").ucp.tier;
    await call();
    assert.equal(tier(), "anonymous");
    const key = await publishKey(shop);
    const message = catalogMessage(shop, "search_catalog", QUERY, { profile: key.profile });
    const { body, headers } = await sign(shop, message, key, { url: catalogEndpoint(shop) });
    assert.equal((await post(body, headers)).status, 200);
    assert.equal(tier(), "signed");
    const elsewhere = await sign(shop, message, key);
    assert.equal((await post(elsewhere.body, elsewhere.headers)).status, 401, "signed for the shop");
    assert.equal((await call({ token: await agentToken(shop) })).status, 200);
    assert.equal(tier(), "token");
    assert.equal((await call({ token: "nonsense" })).status, 401);
    assert.equal((await call({ token: await agentToken(shop), agent: "other" })).status, 403);
  });

  it("has limits of its own, which grow with the tier", async () => {
    const { shop } = running;
    const admitted = async (how) => (await Promise.all(Array.from({ length: 10 }, () => call(how))))
      .filter(({ error }) => !error).length;
    shop.settings({ ucpRateLimit: { shape: "http429", retryAfter: 1 }, ucpRates: { anonymous: { catalog: 1 } } });
    assert.equal(await admitted(), 10, "the shop's limits are the shop's");
    const shape = { shape: "ok200", retryAfter: null };
    shop.settings({ catalogRateLimit: shape, catalogRates: { anonymous: { catalog: 2 } } });
    const few = await admitted();
    const more = await admitted({ token: await agentToken(shop) });
    assert.ok(few >= 2 && few < more, `${few}`);
    assert.ok(more >= 5 && more < 10, `${more}`);
    shop.settings({ catalogRates: { anonymous: { catalog: 0.1 } } });
    const [, refused] = [await call(), await call()];
    assert.equal(refused.error.data, "Rate limit exceeded");
    assert.equal(shop.log().at(-1).outcome, "rate_limited");
  });

  it("is open to pages, logged and counted, and struck by faults", async () => {
    const { shop } = running;
    const headers = { origin: "https://elsewhere.example" };
    const preflight = await fetch(catalogEndpoint(shop), {
      method: "OPTIONS", headers: { ...headers, "access-control-request-method": "POST" },
    });
    assert.match(preflight.headers.get("access-control-allow-headers"), /signature-input/);
    const answer = await call({ headers });
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.equal(answer.headers.get("x-shopify-ucp-mcp-api-version"), "2026-08-25");
    const { host, kind, rpc, ucp } = shop.log().findLast((entry) => entry.kind === "catalog");
    assert.deepEqual([host, kind, rpc.tool], ["catalog", "catalog", "search_catalog"]);
    assert.deepEqual([ucp.family, ucp.executed], ["catalog", true]);
    assert.deepEqual(shop.state().catalog.executions, { search_catalog: 1 });
    const faults = [{ on: "catalog", times: 1, do: { status: 503 } }, { on: "catalog", do: { rpc: "null-id" } }];
    shop.settings({ faults });
    const struck = await post(catalogMessage(shop, "search_catalog", QUERY));
    assert.equal(struck.status, 503);
    assert.equal((await (await post(catalogMessage(shop, "search_catalog", QUERY))).json()).id, null);
    shop.reset();
    assert.deepEqual(shop.state().catalog.executions, {});
    assert.equal((await fetch(catalogEndpoint(shop))).status, 405);
  });

  it("writes results as the shop does", async () => {
    running.shop.settings({ ucpResults: "text" });
    const { result } = await call();
    assert.equal(result.structuredContent, undefined);
    assert.ok(JSON.parse(result.content[0].text).products.length > 0);
  });
});

describe("the shop's own catalog, in a large market", () => {
  const running = runningShop({ settings: { catalogProducts: 10_000 } });

  it("has more than can be paged through, and sells all of it", async () => {
    const { shop } = running;
    const search = async (catalog) => (await callUcp(shop, "search_catalog", { catalog })).data;
    const seen = new Set();
    let cursor;
    let last;
    do {
      last = await search({ filters: { available: false }, pagination: { limit: 250, ...(cursor ? { cursor } : {}) } });
      for (const { id } of last.products) seen.add(id);
      ({ cursor } = last.pagination);
    } while (cursor);
    assert.equal(seen.size, 1000);
    assert.ok(last.pagination.total_count > 1000);
    assert.equal(last.pagination.has_next_page, false);
    const { id } = last.products.at(-1).variants.find(({ availability }) => availability.available);
    const cart = { line_items: [{ item: { id }, quantity: 1 }] };
    assert.equal((await callUcp(shop, "create_cart", { cart })).data.line_items[0].item.id, id);
    shop.settings({ catalogProducts: 600 });
    assert.equal((await callUcp(shop, "create_cart", { cart })).data.line_items.length, 0);
    assert.equal((await search({ filters: { available: false } })).pagination.total_count, 50);
  });
});
