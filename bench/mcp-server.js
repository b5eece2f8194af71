// An MCP server for the sake of the clients: it answers at once, with as many bytes or tools as it is asked for.

import { buffer } from "node:stream/consumers";

const PROTOCOL = "2025-06-18";

/** `/mcp`, or `/mcp/tools/<number>` with so many tools. `tools/call` with `bytes` gives an answer of about that size. */
export async function answerMcp(url, req, res) {
  if (req.method !== "POST") return res.writeHead(405, { "content-length": 0 }).end();
  const { id, method, params } = JSON.parse(await buffer(req));
  if (id === undefined) return res.writeHead(202, { "content-length": 0 }).end();
  const result = resultOf(method, params, Number(url.pathname.split("/")[3] ?? 1));
  const body = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`;
  return res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}

function resultOf(method, params, tools) {
  if (method === "tools/call") return answerOf(params.arguments.bytes ?? 1000);
  if (method === "tools/list") return listOf(tools);
  return JSON.stringify({ protocolVersion: PROTOCOL, capabilities: { tools: {} }, serverInfo: { name: "bench", version: "1" } });
}

const answerOf = remembering((bytes) => {
  // A list of orders, as text that is JSON itself, and once more as structured content: so do shops.
  const orders = [];
  for (let size = 0, n = 1001; size < bytes / 2; n++) {
    orders.push({ name: `#${n}`, status: "IN_TRANSIT", total: { amount: "110.00", currency: "USD" }, note: `Left with “Änne” at door ${n}.` });
    size += JSON.stringify(orders.at(-1)).length + 12;
  }
  return JSON.stringify({ content: [{ type: "text", text: JSON.stringify({ orders }) }], structuredContent: { orders } });
});

const listOf = remembering((count) => {
  const inputSchema = {
    type: "object", properties: { order_number: { type: "string", description: "As the customer sees it" }, bytes: { type: "integer" } },
  };
  const tools = Array.from({ length: count }, (_, n) => ({
    name: `tool_${n}`, description: `The tool number ${n}, which tells of an order as well as any other does.`, inputSchema,
  }));
  return JSON.stringify({ tools });
});

function remembering(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}
