import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { callMessage, callTool, postMcp } from "./support/mcp.js";
import { runningShop } from "./support/shop.js";
import { discover, signIn } from "./support/sign-in.js";

describe("the Customer Accounts MCP server", () => {
  const running = runningShop();

  async function list(params) {
    const response = await postMcp(running.shop, { id: 1, method: "tools/list", params });
    return (await response.json()).result;
  }

  it("talks to the official client, handshake and all", async () => {
    const { shop } = running;
    const { tokens } = await signIn(shop);
    const client = new Client({ name: "consumer", version: "1.0.0" });
    const { mcp_api: endpoint } = await discover(shop, "customer-account-api");
    await client.connect(new StreamableHTTPClientTransport(new URL(endpoint), {
      requestInit: { headers: { authorization: `Bearer ${tokens.access_token}` } },
    }));
    assert.equal((await client.listTools()).tools.length, 5);
    const result = await client.callTool({ name: "get_loyalty_points", arguments: {} });
    assert.deepEqual(result.structuredContent, { points: 1840, tier: "Kiln", points_to_next_tier: 660 });
    assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
    await client.close();
  });

  it("lists the documented tools without a token, and only their documented members", async () => {
    const { tools } = await list();
    assert.deepEqual(tools.map(({ name }) => name), [
      "get_most_recent_order_status", "get_order_status", "get_store_credit_balances", "request_return",
      "get_loyalty_points",
    ]);
    for (const tool of tools) {
      const extra = tool.name === "get_loyalty_points" ? ["outputSchema"] : [];
      assert.deepEqual(Object.keys(tool), ["name", "description", "inputSchema", ...extra]);
      assert.equal(tool.inputSchema.type, "object");
    }
    const [recent, status, , request] = tools.map(({ inputSchema }) => inputSchema);
    assert.deepEqual(recent, { type: "object", properties: {}, required: [] });
    assert.deepEqual(status.required, ["order_number"]);
    assert.equal(status.properties.order_number.type, "string");
    assert.deepEqual(request.required, ["line_items"]);
    const { items } = request.properties.line_items;
    assert.deepEqual(items.required, ["line_item_id", "quantity", "return_reason"]);
    assert.equal(items.properties.quantity.type, "integer");
    assert.deepEqual(items.properties.return_reason.enum, [
      "SIZE_TOO_SMALL", "SIZE_TOO_LARGE", "UNWANTED", "NOT_AS_DESCRIBED", "WRONG_ITEM", "DEFECTIVE", "STYLE",
      "COLOR", "OTHER", "UNKNOWN",
    ]);
  });

  it("pages its list when told to", async () => {
    running.shop.settings({ toolsPageSize: 2 });
    const names = [];
    let cursor;
    let pages = 0;
    do {
      const page = await list(cursor ? { cursor } : undefined);
      names.push(...page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor);
    assert.equal(pages, 3);
    assert.equal(new Set(names).size, 5);
    const response = await postMcp(running.shop, { id: 1, method: "tools/list", params: { cursor: "nonsense" } });
    assert.equal((await response.json()).error.code, -32602);
  });

  it("echoes ids in their own type, and names each answer", async () => {
    for (const id of [7, "seven", 0]) {
      const response = await postMcp(running.shop, { id, method: "tools/list" });
      assert.equal((await response.json()).id, id);
      assert.match(response.headers.get("x-request-id"), /^[0-9a-f-]{36}$/);
    }
  });

  it("is strict about the protocol", async () => {
    const { shop } = running;
    assert.equal((await (await postMcp(shop, "{")).json()).error.code, -32700);
    const plain = { headers: { "content-type": "text/plain" } };
    assert.equal((await postMcp(shop, { id: 1, method: "tools/list" }, plain)).status, 415);
    assert.equal((await (await postMcp(shop, { id: 1, method: "nonsense" })).json()).error.code, -32601);
    assert.equal((await postMcp(shop, { method: "notifications/initialized" })).status, 202);
    const { mcp_api: endpoint } = await discover(shop, "customer-account-api");
    assert.equal((await fetch(endpoint)).status, 405);
  });

  it("knows only its tools", async () => {
    const { tokens } = await signIn(running.shop);
    const { error } = await callTool(running.shop, tokens.access_token, "get_everything");
    assert.equal(error.code, -32602);
    assert.equal(error.message, "Unknown tool: get_everything");
  });

  it("needs a token for calls, whatever the tool", async () => {
    const { shop } = running;
    for (const token of [undefined, "shcat_wrong", "Bearer shcat_wrong", "Basic abc"]) {
      const response = await postMcp(shop, callMessage("get_loyalty_points"), { token });
      assert.equal(response.status, 401);
      assert.equal(response.headers.get("www-authenticate"), null);
    }
    const batch = JSON.stringify([{ jsonrpc: "2.0", ...callMessage("get_loyalty_points") }]);
    assert.equal((await postMcp(shop, batch)).status, 401);
  });

  it("needs the MCP scope", async () => {
    const { tokens } = await signIn(running.shop, { scope: "openid email customer-account-api:full" });
    const response = await postMcp(running.shop, callMessage("get_loyalty_points"), { token: tokens.access_token });
    assert.equal(response.status, 401);
  });

  it("can report a missing sign-in under HTTP 200", async () => {
    running.shop.settings({ authFailure: "rpc200" });
    const response = await postMcp(running.shop, callMessage("get_loyalty_points", {}, 9));
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      jsonrpc: "2.0", id: 9, error: { code: -32000, message: "AuthenticationRequired" },
    });
  });

  it("takes the raw token and Bearer, each until it is told not to", async () => {
    const { shop } = running;
    const { tokens } = await signIn(shop);
    const styles = { raw: tokens.access_token, bearer: `Bearer ${tokens.access_token}` };
    const statuses = async () => Promise.all(Object.values(styles).map(async (token) =>
      (await postMcp(shop, callMessage("get_loyalty_points"), { token })).status));
    assert.deepEqual(await statuses(), [200, 200]);
    shop.settings({ acceptRaw: false });
    assert.deepEqual(await statuses(), [401, 200]);
    shop.settings({ acceptRaw: true, acceptBearer: false });
    assert.deepEqual(await statuses(), [200, 401]);
  });
});
