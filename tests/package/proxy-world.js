// The local shop, without CORS, behind the proxy; visitors that keep their cookie; and an upstream that says anything.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach } from "node:test";

import { startDevshop } from "../../devshop/index.js";
import {
  newKey, paymentOf, profileOf, readyCheckout, ucpEndpoint, ucpMessage,
} from "../../devshop/test/support/ucp.js";
import { importPackageFile } from "./package-under-test.js";

export const { createBroker, createMemoryStore, createProxy } = await importPackageFile("proxy.js");
export { newKey, paymentOf, profileOf, readyCheckout, ucpMessage };

export const ORIGIN = "https://clay.example";
export const VISITORS = { secret: "a secret of thirty-two characters or more" };

/** @returns {{shop: import("../../devshop/index.js").Devshop}} filled in before the first test runs */
export function runningShop() {
  const running = { shop: null };
  before(async () => {
    running.shop = await startDevshop({ port: 0, quiet: true, settings: { cors: false, ucpCors: false } });
  });
  after(() => running.shop.close());
  beforeEach(() => running.shop.reset());
  return running;
}

export function agentOf(shop) {
  const { clientId, clientSecret } = shop.agentClients[0];
  return { clientId, clientSecret, tokenUrl: `${shop.api}/auth/access_token` };
}

export function proxyOf(shop, { upstream = {}, ...more } = {}) {
  return createProxy({ upstreams: { ucp: { url: ucpEndpoint(shop), ...upstream } }, visitors: VISITORS, ...more });
}

/** A request as a page's script sends it; `null` takes a header away. */
export function pageRequest(body, { headers = {}, path = "/api/ucp", origin = ORIGIN, method = "POST" } = {}) {
  const all = { "origin": origin, "sec-fetch-site": "same-origin", "content-type": "application/json", ...headers };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  const text = typeof body === "object" && !(body instanceof Uint8Array) ? JSON.stringify(body) : body;
  return new Request(`${origin}${path}`, { method, headers: kept, ...(method === "GET" ? {} : { body: text }) });
}

/** Somebody with a browser. */
export class Visitor {
  cookie = null;

  constructor(proxy, shop) {
    this.proxy = proxy;
    this.shop = shop;
  }

  async post(body, { headers = {}, ...how } = {}) {
    const cookie = this.cookie && { cookie: this.cookie };
    const response = await this.proxy(pageRequest(body, { ...how, headers: { ...cookie, ...headers } }));
    const set = response.headers.get("set-cookie");
    if (set) this.cookie = set.split(";")[0];
    return response;
  }

  /** @returns {Promise<{status: number, error?: object, result?: object, data: object}>} */
  async call(name, args, how) {
    const response = await this.post(ucpMessage(this.shop, name, args, how));
    const { error, result } = await response.json();
    return { status: response.status, error, result, data: result?.structuredContent };
  }

  async checkout() {
    const { data } = await this.call("create_checkout", { checkout: readyCheckout() });
    assert.equal(data.status, "ready_for_complete");
    return data;
  }

  /** @returns {Promise<{checkout: object, order: {id: string}}>} */
  async purchase() {
    const { id } = await this.checkout();
    const { data } = await this.call("complete_checkout", { id, checkout: paymentOf() }, { key: newKey() });
    assert.equal(data.status, "completed");
    return { checkout: data, order: data.order };
  }
}

export const entriesOf = (shop, kind) => shop.log().filter((entry) => entry.kind === kind);

/** How often something reached the shop's UCP server. */
export const reached = (shop) => entriesOf(shop, "ucp").length;

/**
 * A server that answers as it is told, and remembers what it was asked.
 *
 * @param {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => void} answer
 */
export async function upstreamOf(test, answer) {
  const requests = [];
  const server = createServer((req, res) => {
    requests.push({ path: req.url, headers: req.headers });
    req.resume();
    req.on("end", () => answer(req, res, requests.length));
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/mcp`, requests };
}

/** Refused with this status and code, and nothing besides. */
export async function assertRefused(response, status, error) {
  assert.deepEqual([response.status, await response.json()], [status, { error }]);
}
