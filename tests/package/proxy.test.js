// What passes through the proxy to the local shop, and what is whose.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { describe, test } from "node:test";

import { publishKey, sign } from "../../devshop/test/support/agent.js";
import { lines, MUG } from "../../devshop/test/support/ucp.js";
import {
  agentOf, assertRefused, createBroker, createMemoryStore, entriesOf, newKey, pageRequest, paymentOf, proxyOf, reached,
  readyCheckout, runningShop, ucpMessage, upstreamOf, VISITORS, Visitor,
} from "./proxy-world.js";

describe("under the agent's token", () => {
  const running = runningShop();

  test("a visitor gets from a cart to an order", async () => {
    const { shop } = running;
    shop.settings({ ucpBuyerIp: true });
    const visitor = new Visitor(proxyOf(shop, { agent: agentOf(shop), buyerIp: () => "198.51.100.7" }), shop);
    const { data: cart } = await visitor.call("create_cart", { cart: { line_items: lines([MUG, 2]) } });
    const wish = { ...readyCheckout(), line_items: [], cart_id: cart.id };
    const { data: checkout } = await visitor.call("create_checkout", { checkout: wish });
    const paid = { id: checkout.id, checkout: paymentOf() };
    const { data: completed } = await visitor.call("complete_checkout", paid, { key: newKey() });
    const { data: order } = await visitor.call("get_order", { id: completed.order.id });
    assert.equal(order.checkout_id, checkout.id);
    assert.equal(order.line_items[0].quantity.original, 2);
    const calls = entriesOf(shop, "ucp");
    assert.equal(calls.length, 4);
    for (const { ucp, authorizationStyle, headers } of calls) {
      assert.deepEqual([ucp.tier, authorizationStyle], ["token", "Bearer"]);
      assert.equal(headers["shopify-buyer-ip"], "198.51.100.7");
    }
  });

  test("the exchange happens once for all who wait, and again shortly before the token's end", async () => {
    const { shop } = running;
    shop.settings({ agentTokenTtl: 2 });
    const visitor = new Visitor(proxyOf(shop, { agent: agentOf(shop) }), shop);
    const search = () => visitor.call("search_catalog", { catalog: {} });
    const answers = await Promise.all(Array.from({ length: 5 }, search));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
    assert.equal(entriesOf(shop, "agent-token").length, 1);
    await new Promise((resolve) => { setTimeout(resolve, 1100); });
    assert.equal((await search()).status, 200);
    assert.equal(entriesOf(shop, "agent-token").length, 2);
  });

  test("a refused token is exchanged and the call sent again, once", async () => {
    const { shop } = running;
    const visitor = new Visitor(proxyOf(shop, { agent: agentOf(shop) }), shop);
    await visitor.checkout();
    shop.expireTokens();
    await visitor.checkout();
    assert.deepEqual(entriesOf(shop, "ucp").map(({ status }) => status), [200, 401, 200]);
    assert.equal(entriesOf(shop, "agent-token").length, 2);
    shop.settings({ faults: [{ on: "ucp", times: null, do: { status: 401 } }] });
    const { length } = entriesOf(shop, "ucp");
    assert.equal((await visitor.post(ucpMessage(shop, "search_catalog", { catalog: {} }))).status, 401);
    assert.equal(entriesOf(shop, "ucp").length, length + 2);
  });

  test("bytes are forwarded untouched, so that an attempt can be repeated", async () => {
    const { shop } = running;
    const visitor = new Visitor(proxyOf(shop, { agent: agentOf(shop) }), shop);
    const { id } = await visitor.checkout();
    const body = JSON.stringify(ucpMessage(shop, "complete_checkout", { id, checkout: paymentOf() }, { key: newKey() }));
    shop.settings({ faults: [{ on: "ucp", times: 1, do: { loseAnswer: true } }] });
    await assertRefused(await visitor.post(body), 502, "upstream_unreachable");
    const replayed = (await (await visitor.post(body)).json()).result.structuredContent;
    assert.equal(replayed.status, "completed");
    assert.equal(shop.state().ucp.orders, 1);
    assert.equal(entriesOf(shop, "ucp").at(-1).ucp.replayed, true);
    const { data: order } = await visitor.call("get_order", { id: replayed.order.id });
    assert.equal(order.checkout_id, id);
  });

  test("the secret and the token are in no answer", async (context) => {
    const { shop } = running;
    const agent = agentOf(shop);
    const { clientSecret } = agent;
    const seen = [];
    const tap = async (options) => {
      const response = await proxyOf(shop, options)(pageRequest(ucpMessage(shop, "search_catalog", { catalog: {} })));
      seen.push(await response.text(), JSON.stringify([...response.headers]));
      return response.status;
    };
    for (const method of ["log", "info", "warn", "error", "debug"]) {
      context.mock.method(console, method, (...words) => seen.push(words.join(" ")));
    }
    assert.equal(await tap({ agent }), 200);
    const echo = await upstreamOf(context, (req, res) => res.writeHead(400).end(`no such client ${clientSecret}`));
    assert.equal(await tap({ agent: { ...agent, tokenUrl: echo.url } }), 502);
    shop.settings({ faults: [{ on: "agent-token", times: null, do: { drop: "before" } }] });
    assert.equal(await tap({ agent }), 502);
    assert.throws(() => proxyOf(shop, { agent: { ...agent, tokenUrl: `ftp://x/${clientSecret}` } }), (error) => {
      seen.push(error.stack);
      return error instanceof TypeError;
    });
    assert.equal(seen.length, 7);
    const all = seen.join("\n");
    assert.ok(!all.includes(clientSecret) && !all.includes("eyJ"), all);
  });
});

describe("what belongs to a visitor", () => {
  const running = runningShop();

  const two = (more) => {
    const { shop } = running;
    const proxy = proxyOf(shop, { agent: agentOf(shop), ...more });
    return [new Visitor(proxy, shop), new Visitor(proxy, shop)];
  };

  test("is not found by another, as the shop itself would say it, and the shop never hears of it", async () => {
    const { shop } = running;
    const [maya, theo] = two();
    const { order } = await maya.purchase();
    const { id } = await maya.checkout();
    const { data: cart } = await maya.call("create_cart", { cart: { line_items: lines([MUG]) } });
    await theo.checkout();
    const before = reached(shop);
    for (const [name, args, how] of [
      ["get_cart", { id: cart.id }], ["update_cart", { id: cart.id, cart: { line_items: [] } }],
      ["cancel_cart", { id: cart.id }, { key: newKey() }],
      ["get_checkout", { id }], ["update_checkout", { id, checkout: readyCheckout() }],
      ["complete_checkout", { id, checkout: paymentOf() }, { key: newKey() }],
      ["cancel_checkout", { id }, { key: newKey() }],
      ["get_order", { id: order.id }],
      ["create_checkout", { checkout: { line_items: [], cart_id: cart.id } }],
      ["get_checkout", {}], ["get_checkout", { id: [id] }], ["update_cart", { cart: { id: cart.id, line_items: [] } }],
    ]) {
      for (const stranger of [theo, new Visitor(theo.proxy, shop)]) {
        const { status, data } = await stranger.call(name, args, how);
        assert.deepEqual([status, data.ucp.status, data.messages[0].code], [200, "error", "not_found"], name);
      }
    }
    assert.equal(reached(shop), before);
    const direct = new Visitor(proxyOf(shop, { upstream: { tools: ["get_cart"] } }), shop);
    const ours = await direct.call("get_cart", { id: "gid://shopify/Cart/none" });
    const theirs = await (await fetch(`${shop.ucp}/api/ucp/mcp`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept": "application/json" },
      body: JSON.stringify(ucpMessage(shop, "get_cart", { id: "gid://shopify/Cart/none" })),
    })).json();
    assert.deepEqual(ours.data.messages, theirs.result.structuredContent.messages);
    assert.equal(ours.data.ucp.version, theirs.result.structuredContent.ucp.version);
    assert.deepEqual(Object.keys(ours.result), Object.keys(theirs.result));
    assert.equal((await maya.call("get_checkout", { id })).data.id, id, "it is still Maya's");
    assert.equal((await maya.call("get_order", { id: order.id })).data.id, order.id);
  });

  test("is known by a cookie that scripts cannot read and nobody can make", async () => {
    const { shop } = running;
    const [maya] = two();
    const search = await maya.post(ucpMessage(shop, "search_catalog", { catalog: {} }));
    assert.equal(search.headers.get("set-cookie"), null, "the catalog needs no cookie");
    const made = await maya.post(ucpMessage(shop, "create_cart", { cart: { line_items: [] } }));
    const [value, ...attributes] = made.headers.get("set-cookie").split("; ");
    assert.match(value, /^__Host-shopper-mcp=[\w-]{24}\.[\w-]{43}$/);
    assert.deepEqual(attributes, ["Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax", "Secure"]);
    const { id } = (await made.json()).result.structuredContent;
    const [name, signed] = value.split("=");
    const flip = (at) => signed.slice(0, at) + (signed[at] === "A" ? "B" : "A") + signed.slice(at + 1);
    for (const [cookie, found] of [
      [`a=b; ${name}=${signed}; c=d`, true], [`${name}=${flip(0)}`, false], [`${name}=${flip(30)}`, false],
      [`${name}=${signed.slice(0, 24)}`, false], [`shopper-mcp=${signed}`, false], [`${name}=`, false],
    ]) {
      const body = ucpMessage(shop, "get_cart", { id });
      const response = await maya.proxy(pageRequest(body, { headers: { cookie } }));
      assert.equal((await response.json()).result.structuredContent.id === id, found, cookie);
    }
  });

  test("is kept in the store, without its id, and lost with it", async () => {
    const { shop } = running;
    const kept = [];
    const memory = createMemoryStore();
    const store = { get: memory.get, set: (...entry) => (kept.push(entry), memory.set(...entry)) };
    const [maya] = two({ store, visitors: { ...VISITORS, ttlSeconds: 60 } });
    const { id } = await maya.checkout();
    assert.equal(kept.length, 1);
    assert.equal(kept[0][2], 60);
    assert.ok(!JSON.stringify(kept).includes(id));
    const elsewhere = new Visitor(proxyOf(shop, { store }), shop);
    elsewhere.cookie = maya.cookie;
    assert.equal((await elsewhere.call("get_checkout", { id })).data.id, id);
    const empty = new Visitor(proxyOf(shop), shop);
    empty.cookie = maya.cookie;
    assert.equal((await empty.call("get_checkout", { id })).data.messages[0].code, "not_found");
    const broken = { get: () => { throw new Error("down"); }, set() {} };
    await assertRefused(await new Visitor(proxyOf(shop, { store: broken }), shop)
      .post(ucpMessage(shop, "create_cart", { cart: { line_items: [] } })), 503, "store_unavailable");
  });

  test("is found in every form of an answer", async () => {
    const { shop } = running;
    for (const settings of [{ ucpResults: "text" }, { ucpResults: "prose" }, { answers: "event-stream" }]) {
      shop.reset();
      shop.settings(settings);
      const [maya] = two();
      const body = ucpMessage(shop, "create_cart", { cart: { line_items: lines([MUG]) } });
      const response = await maya.post(body, { headers: { accept: "application/json, text/event-stream" } });
      const id = /gid:[^"\\]+/.exec(/"id\\?":\\?"(gid:\/\/shopify\/Cart[^"\\]+)/.exec(await response.text())[1])[0];
      shop.settings({ ucpResults: "both", answers: "json" });
      assert.equal((await maya.call("get_cart", { id })).data.id, id, JSON.stringify(settings));
    }
  });
});

test("a store forgets what is old, and the oldest when it is full", async () => {
  const store = createMemoryStore(2);
  store.set("a", "1", 60);
  store.set("b", "2", 60);
  store.set("a", "3", 60);
  store.set("c", "4", 60);
  assert.deepEqual(["a", "b", "c"].map((key) => store.get(key)), ["3", undefined, "4"]);
  store.set("c", "5", 0);
  assert.equal(store.get("c"), undefined);
});

describe("signatures", () => {
  const running = runningShop();
  const cart = { cart: { line_items: lines([MUG]) } };

  test("the proxy's verify at the shop, for its authority and path", async () => {
    const { shop } = running;
    const { privateKey, kid, profile } = await publishKey(shop);
    const key = privateKey.export({ format: "jwk" });
    for (const [upstream, form] of [
      [{}, key], [{ url: `${shop.ucp}/api/ucp/mcp?market=us%20west` }, key],
      [{}, await crypto.subtle.importKey("jwk", key, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])],
    ]) {
      const visitor = new Visitor(proxyOf(shop, { upstream, sign: { kid, key: form, profile } }), shop);
      const { error, data } = await visitor.call("create_cart", cart, { profile });
      assert.equal(error, undefined);
      const { status } = await visitor.call("cancel_cart", { id: data.id }, { profile, key: newKey() });
      const { ucp, headers } = entriesOf(shop, "ucp").at(-1);
      assert.deepEqual([status, ucp.tier, ucp.signed], [200, "signed", true]);
      assert.match(headers["signature-input"], /"ucp-agent" "idempotency-key"\);created=\d+;keyid="[^"]+"$/);
    }
    const stranger = (await publishKey(shop, { agent: "stranger" })).privateKey.export({ format: "jwk" });
    const forged = new Visitor(proxyOf(shop, { sign: { kid, key: stranger, profile } }), shop);
    assert.equal((await forged.call("create_cart", cart, { profile })).error.data.code, "signature_invalid");
  });

  test("the page's pass, and one flipped byte is noticed", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const visitor = new Visitor(proxyOf(shop), shop);
    const message = ucpMessage(shop, "create_cart", cart, { profile: key.profile });
    const { body, headers } = await sign(shop, message, key, { headers: { "ucp-agent": `profile="${key.profile}"` } });
    assert.equal((await visitor.post(body, { headers })).status, 200);
    assert.equal(entriesOf(shop, "ucp").at(-1).ucp.tier, "signed");
    const flipped = Buffer.from(body.toString().replace('"quantity":1', '"quantity":2'));
    const refused = await visitor.post(flipped, { headers });
    assert.deepEqual([refused.status, (await refused.json()).error.data.code], [400, "digest_mismatch"]);
    const signature = headers.signature.replace(/=:(.)/, (_, one) => `=:${one === "A" ? "B" : "A"}`);
    const forged = await visitor.post(body, { headers: { ...headers, signature } });
    assert.deepEqual([forged.status, (await forged.json()).error.data.code], [401, "signature_invalid"]);
  });
});

test("Node's server serves it on loopback, where the cookie does without TLS", async (context) => {
  const upstream = await upstreamOf(context, (req, res) => res.writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: { structuredContent: { id: "gid://shopify/Cart/1" } } })));
  let origin;
  const proxy = proxyOf({}, { upstream });
  const server = createServer(async (req, res) => {
    const { method, headers } = req;
    const answer = await proxy(new Request(`${origin}${req.url}`, {
      method, headers, body: Readable.toWeb(req), duplex: "half",
    }));
    res.writeHead(answer.status, Object.fromEntries(answer.headers));
    Readable.fromWeb(answer.body).pipe(res);
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  context.after(() => server.close());
  origin = `http://127.0.0.1:${server.address().port}`;
  const response = await fetch(`${origin}/mcp/ucp`, {
    method: "POST",
    headers: { origin, "content-type": "application/json", "connection": "close" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "create_cart", arguments: {} } }),
  });
  assert.equal((await response.json()).result.structuredContent.id, "gid://shopify/Cart/1");
  assert.match(response.headers.get("set-cookie"), /^shopper-mcp=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
});

describe("the broker", () => {
  const running = runningShop();

  test("hands out a token of the allowed scopes, and none beyond", async () => {
    const { shop } = running;
    const search = "read_global_api_catalog_search";
    const ask = (how) => createBroker({ agent: agentOf(shop), scopes: [search] })(pageRequest("", how));
    shop.settings({ agentTokenScopes: [search] });
    const answer = await (await ask()).json();
    assert.deepEqual(Object.keys(answer), ["access_token", "scope", "expires_in"]);
    assert.equal(answer.scope, search);
    assert.ok(answer.expires_in > 3590 && answer.expires_in <= 3600);
    const authorization = `Bearer ${answer.access_token}`;
    const call = await fetch(`${shop.ucp}/api/ucp/mcp`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", "accept": "application/json" },
      body: JSON.stringify(ucpMessage(shop, "search_catalog", { catalog: {} })),
    });
    assert.equal(call.status, 200);
    await assertRefused(await ask({ headers: { origin: "https://evil.example" } }), 403, "origin_not_allowed");
    for (const agentTokenScopes of [["read_global_api_orders"], [search, "read_global_api_orders"], []]) {
      shop.settings({ agentTokenScopes });
      await assertRefused(await ask(), 502, "scope_not_allowed");
    }
  });
});
