// The three catalogs: what each receives is read and kept, and answered from one list of products.

import assert from "node:assert/strict";

import { answering } from "./tool-server.js";
import { json, text } from "./network.js";
import { PROXY_ENDPOINT, UCP_ENDPOINT } from "./ucp-profiles.js";

export const GLOBAL_ENDPOINT = "https://catalog.shopify.com/api/ucp/mcp";
export const DISCOVER_ENDPOINT = "https://discover.shopifyapps.com/global/mcp";
/** With `proxy: "/agent"`. */
export const CATALOG_PROXY = PROXY_ENDPOINT.replace(/ucp$/, "catalog");
export const DISCOVER_PROXY = PROXY_ENDPOINT.replace(/ucp$/, "discover");

/** Which server answers where. */
const ADDRESSES = {
  [UCP_ENDPOINT]: "shop", [PROXY_ENDPOINT]: "shop",
  [GLOBAL_ENDPOINT]: "global", [CATALOG_PROXY]: "global",
  [DISCOVER_ENDPOINT]: "discover", [DISCOVER_PROXY]: "discover",
};
/** What each takes at once. */
const MOST_IDS = { shop: 10, global: 50 };

export const productId = (number) => `gid://shopify/p/p${number}`;
export const variantId = (number) => `gid://shopify/ProductVariant/${number}`;

/** A product as each of them tells it. */
const today = (number) => ({ id: productId(number), title: `Mug ${number}`, variants: [{ id: variantId(number), price: { amount: 2800, currency: "USD" } }] });
const former = (number) => ({ id: productId(number), title: `Mug ${number}`, priceRange: null, products: [{ id: `gid://shopify/Product/${number}`, selectedProductVariant: { id: variantId(number) } }] });

const TOOLS = {
  discover: ["search_global_products", "get_global_product_details"],
  shop: ["search_catalog", "lookup_catalog", "get_product"],
  global: ["search_catalog", "lookup_catalog", "get_product"],
};

export class CatalogServer {
  /** Calls that arrived, `{ server, url, tool, args, meta, id, headers, credentials, body, at }`. */
  calls = [];
  /** How many products there are. */
  count = 30;
  /** More addresses, and the servers that answer there. */
  addresses = { ...ADDRESSES };
  /** A tool's answer instead of the usual one: gets the call and the usual resource; `undefined` is as usual. */
  instead = () => undefined;
  /** Schemas of tools by their names. */
  schemas = {};

  /** Takes what the shop, and what nobody else, answers. */
  constructor(shop) {
    const post = (sent) => this.#post(sent) ?? shop.usual(sent);
    for (const endpoint of ["ucp", "proxy", "elsewhere"]) shop.always(endpoint, post);
  }

  callsOf(tool) {
    return this.calls.filter((call) => call.tool === tool);
  }

  get tools() {
    return this.calls.map(({ tool }) => tool);
  }

  #post(sent) {
    const server = this.addresses[sent.url];
    if (!server) return text(404, "Nobody is here.");
    const call = read(sent, server);
    this.calls.push(call);
    if (call.tool === "tools/list") return answering(sent, { result: { tools: this.#list(server) } });
    if (!TOOLS[server].includes(call.tool)) return undefined;
    const resource = this.#run(call);
    const answer = this.instead(call, resource) ?? resource;
    if (answer.kind) return answer;
    return answering(sent, { result: { content: [{ type: "text", text: JSON.stringify(answer) }], ...(server === "discover" ? {} : { structuredContent: answer }) } });
  }

  #list(server) {
    return TOOLS[server].map((name) => ({ name, inputSchema: this.schemas[name] ?? { type: "object" } }));
  }

  #run({ tool, args: { catalog, ...args }, server }) {
    switch (tool) {
      case "search_catalog": return this.#page(catalog.pagination);
      case "lookup_catalog": return this.#lookup(catalog.ids, MOST_IDS[server]);
      case "get_product": return { product: today(numberOf(catalog.id)) };
      case "search_global_products": return { offers: this.#numbers(0, args.limit ?? 10).map(former) };
      default: return { product: former(args.variant_id ?? numberOf(args.upid)) };
    }
  }

  #page({ cursor = "c0", limit = 10 } = {}) {
    const start = Number(cursor.slice(1));
    const end = Math.min(start + limit, this.count);
    const more = end < this.count;
    return { products: this.#numbers(start, end).map(today), pagination: { has_next_page: more, ...(more ? { cursor: `c${end}` } : {}), total_count: this.count } };
  }

  #lookup(ids, most) {
    assert.ok(ids.length <= most, `${ids.length} ids at once`);
    const found = ids.filter((id) => numberOf(id) < this.count);
    return { products: found.map((id) => ({ ...today(numberOf(id)), variants: [{ id: variantId(numberOf(id)), inputs: [{ id, match: "exact" }] }] })) };
  }

  #numbers(start, end) {
    return Array.from({ length: Math.min(end, this.count) - start }, (_, index) => start + index);
  }
}

const numberOf = (id) => Number(/\d+$/.exec(id)?.[0] ?? Infinity);

/** Reads a call, held to what all of them have in common. */
function read(sent, server) {
  const { url, method, headers, body, credentials, redirect, at } = sent;
  assert.deepEqual([method, headers["content-type"], redirect], ["POST", "application/json", "manual"]);
  const message = JSON.parse(body);
  assert.equal(JSON.stringify(message), body);
  assert.deepEqual(Object.keys(message), message.params ? ["jsonrpc", "id", "method", "params"] : ["jsonrpc", "id", "method"]);
  const { id, params = {} } = message;
  const tool = message.method === "tools/call" ? params.name : message.method;
  const { meta, ...args } = params.arguments ?? {};
  return { server, url, tool, args, meta, id, headers, credentials, body, at };
}

/** An answer of HTTP alone. */
export const refusal = (status) => json(status, {});
