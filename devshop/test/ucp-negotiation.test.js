import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { runningShop } from "./support/shop.js";
import {
  APRIL, AUGUST, callUcp, codes, lines, MUG, postUcp, profileOf, readyCheckout, ucpEndpoint, ucpMessage,
} from "./support/ucp.js";

const SEARCH = { catalog: { query: "mug" } };

describe("the UCP MCP server", () => {
  const running = runningShop();

  it("talks to the official client, handshake and all", async () => {
    const { shop } = running;
    const client = new Client({ name: "consumer", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(ucpEndpoint(shop))));
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), [
      "search_catalog", "lookup_catalog", "get_product", "create_cart", "get_cart", "update_cart", "cancel_cart",
      "create_checkout", "get_checkout", "update_checkout", "complete_checkout", "cancel_checkout", "get_order",
    ]);
    const { arguments: args } = ucpMessage(shop, "search_catalog", SEARCH).params;
    const { structuredContent, content } = await client.callTool({ name: "search_catalog", arguments: args });
    assert.equal(structuredContent.products[0].title, "Speckled Stoneware Mug");
    assert.deepEqual(JSON.parse(content[0].text), structuredContent);
    await client.close();
  });

  it("has the argument schemas of the field, a closed meta on catalog tools among them", async () => {
    const response = await postUcp(running.shop, { jsonrpc: "2.0", id: 1, method: "tools/list" });
    const { tools } = (await response.json()).result;
    const meta = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema.properties.meta]));
    for (const name of ["search_catalog", "lookup_catalog", "get_product"]) {
      assert.equal(meta[name].additionalProperties, false);
    }
    assert.ok(meta.complete_checkout.required.includes("idempotency-key"));
    assert.equal(meta.cancel_cart.properties["idempotency-key"], undefined);
    const refused = await callUcp(running.shop, "search_catalog", SEARCH, { key: crypto.randomUUID() });
    assert.equal(refused.status, 200);
    assert.equal(refused.result.isError, true);
    assert.match(refused.result.content[0].text, /^Invalid arguments: value at `\/meta` .*idempotency-key/);
  });

  it("wants a profile on every call, before anything else, and only there", async () => {
    const { shop } = running;
    const call = (params) => postUcp(shop, { jsonrpc: "2.0", id: 4, method: "tools/call", params });
    const meta = { "ucp-agent": { profile: profileOf(shop) } };
    for (const params of [
      { name: "search_catalog", arguments: SEARCH }, { name: "nonsense" }, { name: "search_catalog", _meta: meta },
      { name: "search_catalog", meta, arguments: SEARCH },
    ]) {
      const response = await call(params);
      assert.equal(response.status, 400);
      const { id, error } = await response.json();
      assert.deepEqual([id, error.code, error.data.code], [4, -32001, "invalid_profile_url"]);
    }
    const list = await postUcp(shop, { jsonrpc: "2.0", id: 1, method: "tools/list" });
    assert.equal(list.status, 200);
  });

  it("refuses profiles by the registry", async () => {
    const { shop } = running;
    const named = (agent) => profileOf(shop, agent);
    const refusals = {
      invalid_profile_url: [400, [
        "nothing", "http://agents.example/a.json", "https://127.0.0.1/a.json", "https://u:p@agents.example/a.json", "",
        shop.shop.replace("http:", "ftp:"),
      ]],
      profile_unreachable: [424, [named("missing"), named("redirecting"), named("nobody"), "https://agent.invalid/p"]],
      profile_malformed: [422, ["text", "uncacheable", "not-json", "no-version"].map(named)],
      version_unsupported: [422, [profileOf(shop, "demo", "2026-01-23")]],
    };
    for (const [code, [status, profiles]] of Object.entries(refusals)) {
      for (const profile of profiles) {
        const answer = await callUcp(shop, "search_catalog", SEARCH, { profile });
        assert.deepEqual([answer.status, answer.error.code, answer.error.data.code], [status, -32001, code], profile);
        assert.equal(typeof answer.error.data.content, "string");
      }
    }
    shop.settings({ ucpErrorStatus: "ok200" });
    const answer = await callUcp(shop, "search_catalog", SEARCH, { profile: named("missing") });
    assert.deepEqual([answer.status, answer.error.data.code], [200, "profile_unreachable"]);
  });

  it("has no tools but those whose capability both sides have", async () => {
    const { shop } = running;
    const tried = async (agent, name) => (await callUcp(shop, name, SEARCH, { agent })).error;
    for (const [agent, name] of [
      ["catalog-only", "create_cart"], ["coarse", "search_catalog"], ["orphans", "create_checkout"],
      ["demo", "order_pizza"],
    ]) {
      const { code, message } = await tried(agent, name);
      assert.deepEqual([code, message], [-32602, `Tool not found: ${name}`]);
    }
    assert.equal(await tried("catalog-only", "search_catalog"), undefined);
    shop.settings({ ucpCapabilitiesLeftOut: ["dev.ucp.shopping.catalog.search"] });
    assert.equal((await tried("demo", "search_catalog")).code, -32602);
  });

  it("tells agents with nothing in common so, as a result, and where people can go instead", async () => {
    const { status, data } = await callUcp(running.shop, "search_catalog", SEARCH, { agent: "incompatible" });
    assert.equal(status, 200);
    assert.equal(data.ucp.status, "error");
    assert.deepEqual(codes(data), ["capabilities_incompatible"]);
    assert.equal(data.continue_url, `${running.shop.shop}/`);
  });

  it("drops extensions whose parents are missing, and what comes with them", async () => {
    const { shop } = running;
    const { data } = await callUcp(shop, "search_catalog", SEARCH, { agent: "orphans" });
    const names = Object.keys(data.ucp.capabilities);
    assert.ok(names.includes("dev.shopify.catalog"));
    assert.ok(!names.some((name) => /fulfillment|discount|consent/.test(name)));
    const bare = await callUcp(shop, "create_checkout", {
      checkout: readyCheckout({ discounts: { codes: ["CLAY10"] } }),
    }, { agent: "no-extensions" });
    assert.equal(bare.data.fulfillment, undefined);
    assert.equal(bare.data.discounts, undefined);
    assert.equal(bare.data.status, "requires_escalation");
  });

  it("answers in the version of the profile", async () => {
    const { shop } = running;
    for (const [version, description] of [[AUGUST, "object"], [APRIL, "string"]]) {
      const { data, headers } = await callUcp(shop, "create_checkout", { checkout: readyCheckout() }, { version });
      assert.equal(data.ucp.version, version);
      assert.equal(headers.get("x-shopify-ucp-mcp-api-version"), version);
      assert.equal(typeof data.fulfillment.methods[0].groups[0].options[0].description, description);
    }
  });

  it("fetches a profile once while it may be kept, and anew when the agent publishes", async () => {
    const { shop } = running;
    const fetched = () => shop.log().filter(({ kind }) => kind === "agent-profile").length;
    await Promise.all([1, 2, 3].map((id) => callUcp(shop, "search_catalog", SEARCH, { id })));
    await callUcp(shop, "search_catalog", SEARCH);
    assert.equal(fetched(), 1);
    const path = `/agents/mine/${AUGUST}.json`;
    const document = await (await fetch(profileOf(shop))).json();
    const put = await fetch(shop.control + path, { method: "PUT", body: JSON.stringify(document) });
    const { url } = await put.json();
    assert.equal(url, shop.agents + path);
    assert.equal((await callUcp(shop, "search_catalog", SEARCH, { profile: url })).status, 200);
    await fetch(shop.control + path, { method: "DELETE" });
    const { error } = await callUcp(shop, "search_catalog", SEARCH, { profile: url });
    assert.equal(error.data.code, "profile_unreachable");
  });

  it("refuses a profile that gives a private key away", async () => {
    const { shop } = running;
    const document = await (await fetch(profileOf(shop))).json();
    document.keys = [{ kid: "k", kty: "EC", crv: "P-256", x: "x", y: "y", d: "secret" }];
    const { url } = shop.publishProfile(`/agents/leaky/${AUGUST}.json`, document);
    const { error } = await callUcp(shop, "search_catalog", SEARCH, { profile: url });
    assert.equal(error.data.code, "profile_malformed");
  });

  it("is as strict about JSON-RPC as the customer server", async () => {
    const { shop } = running;
    assert.equal((await fetch(ucpEndpoint(shop))).status, 405);
    assert.equal((await (await postUcp(shop, "{")).json()).error.code, -32700);
    const batch = await postUcp(shop, [ucpMessage(shop, "search_catalog", SEARCH)]);
    assert.deepEqual([batch.status, (await batch.json()).error.code], [400, -32600]);
  });

  it("is struck by the same faults", async () => {
    const { shop } = running;
    const strike = (deed) => shop.settings({ faults: [{ on: "ucp", times: 1, do: deed }] });
    strike({ status: 503 });
    assert.equal((await postUcp(shop, ucpMessage(shop, "search_catalog", SEARCH))).status, 503);
    strike({ rpc: "wrong-id" });
    const response = await postUcp(shop, ucpMessage(shop, "search_catalog", SEARCH));
    assert.equal((await response.json()).id, 2);
    strike({ drop: "before" });
    await assert.rejects(callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } }));
    strike({ loseAnswer: true });
    await assert.rejects(callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } }));
    assert.equal(shop.state().ucp.carts, 1);
  });

  it("can leave structured content out, or make prose of the text", async () => {
    const { shop } = running;
    shop.settings({ ucpResults: "text" });
    const { result } = await callUcp(shop, "search_catalog", SEARCH);
    assert.equal(result.structuredContent, undefined);
    assert.equal(JSON.parse(result.content[0].text).products.length, 1);
    shop.settings({ ucpResults: "prose" });
    const prose = await callUcp(shop, "search_catalog", SEARCH);
    assert.throws(() => JSON.parse(prose.result.content[0].text));
    assert.equal(prose.data.products.length, 1);
  });
});
