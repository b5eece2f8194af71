// What the proxy refuses before the upstream hears of it, and what it keeps from either side.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  agentOf, assertRefused, createProxy, entriesOf, pageRequest, proxyOf, reached, runningShop, ucpMessage, upstreamOf,
  VISITORS,
} from "./proxy-world.js";

const LIST = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const MIB = 1024 * 1024;

describe("never reaches the upstream", () => {
  const running = runningShop();
  const search = () => ucpMessage(running.shop, "search_catalog", { catalog: {} });
  const call = (params, more) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params, ...more });
  const text = (body) => JSON.stringify(body ?? search());

  const origin = (value) => [search, { headers: { origin: value } }, 403, "origin_not_allowed"];
  const site = (value) => [search, { headers: { "sec-fetch-site": value } }, 403, "origin_not_allowed"];
  const type = (value) => [search, { headers: { "content-type": value } }, 415, "content_type_not_allowed"];
  const path = (value) => [search, { path: value }, 404, "upstream_unknown"];
  const body = (make) => [make, {}, 400, "body_not_canonical_json"];
  const rpc = (make) => [make, {}, 400, "rpc_not_allowed"];

  const refused = {
    "no Origin": origin(null),
    "a foreign Origin": origin("https://evil.example"),
    "an Origin of another scheme": origin("http://clay.example"),
    "an Origin of another port": origin("https://clay.example:8443"),
    "an opaque Origin": origin("null"),
    "a request from another site": site("cross-site"),
    "a request from another host of the site": site("same-site"),
    "a GET": [search, { method: "GET" }, 405, "method_not_allowed"],
    "a PUT": [search, { method: "PUT" }, 405, "method_not_allowed"],
    "plain http": [search, { origin: "http://clay.example" }, 403, "https_required"],
    "a form": type("application/x-www-form-urlencoded"),
    "plain text": type("text/plain"),
    "JSON in another encoding": type("application/json; charset=utf-16"),
    "an upstream that is not listed": path("/api/catalog"),
    "an upstream by URL": path("/api/http%3A%2F%2F169.254.169.254"),
    "an upstream by a member that every object has": path("/api/constructor"),
    "no upstream": path("/"),
    "more than 1 MiB": [() => text({ ...search(), padding: "x".repeat(MIB) }), {}, 413, "body_too_large"],
    "a length of more than 1 MiB": [search, { headers: { "content-length": `${MIB + 1}` } }, 413, "body_too_large"],
    "no JSON": body(() => "search_catalog"),
    "an empty body": body(() => ""),
    "JSON after a byte order mark": body(() => `\ufeff${text()}`),
    "JSON that is no UTF-8": body(() => Buffer.from(text().replace("search", "\xff"), "latin1")),
    "a member twice": body(() => text().replace('"id":1', '"id":1,"id":2')),
    "an escaped name": body(() => text().replace('"name"', '"n\\u0061me"')),
    "spaces": body(() => JSON.stringify(search(), null, 1)),
    "a batch": rpc(() => [search(), search()]),
    "null": rpc(() => "null"),
    "a notification": rpc(() => ({ ...LIST, id: undefined })),
    "an id that is none": rpc(() => ({ ...LIST, id: {} })),
    "JSON-RPC 1": rpc(() => ({ ...LIST, jsonrpc: "1.0" })),
    "another method": [() => ({ ...LIST, method: "resources/read" }), {}, 403, "method_not_listed"],
    "no method": [() => ({ ...LIST, method: undefined }), {}, 403, "method_not_listed"],
    "a tool that is not listed": [() => call({ name: "delete_shop" }), {}, 403, "tool_not_listed"],
    "no tool": [() => call(null), {}, 403, "tool_not_listed"],
  };
  for (const [what, [make, how, status, code]] of Object.entries(refused)) {
    test(what, async () => {
      const { shop } = running;
      await assertRefused(await proxyOf(shop)(pageRequest(make(), how)), status, code);
      assert.equal(reached(shop), 0);
      assert.equal((await proxyOf(shop)(pageRequest(search()))).status, 200, "what differs from it passes");
    });
  }

  test("a body whose length nobody told, once it is too long", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(MIB / 4));
      },
    });
    const { headers, url } = pageRequest("");
    const request = new Request(url, { method: "POST", headers, body: endless, duplex: "half" });
    await assertRefused(await proxyOf(running.shop)(request), 413, "body_too_large");
    assert.ok(sent < 10, `${sent} chunks were read`);
  });

  test("a tool that is listed by UCP but not by the shop's owner", async () => {
    const { shop } = running;
    const proxy = proxyOf(shop, { upstream: { tools: ["lookup_catalog"] } });
    await assertRefused(await proxy(pageRequest(search())), 403, "tool_not_listed");
    assert.equal(reached(shop), 0);
    assert.equal((await proxy(pageRequest(LIST))).status, 200);
    assert.equal(reached(shop), 1);
  });
});

describe("headers", () => {
  const answer = (res, headers = {}) =>
    res.writeHead(200, { "content-type": "application/json", ...headers }).end('{"jsonrpc":"2.0","id":1,"result":{}}');

  test("of the page go on where they are listed", async (context) => {
    const { url, requests } = await upstreamOf(context, (req, res) => answer(res));
    const upstream = { url, headers: { "x-shop": "clay", "ucp-agent": 'profile="https://clay.example/agent.json"' } };
    const smuggled = {
      "authorization": "Bearer stolen", "cookie": "session=1", "shopify-buyer-ip": "203.0.113.9", "x-shop": "evil",
      "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "evil.example", "forwarded": "for=203.0.113.9",
      "referer": "https://clay.example/secret", "proxy-authorization": "Basic x", "x-http-method-override": "DELETE",
      "signature": "sig1=:AA==:", "content-digest": "sha-256=:AA==:", "ucp-agent": 'profile="https://evil.example"',
    };
    const passed = { "idempotency-key": "3f1c", "accept": "application/json, text/event-stream" };
    const headers = { ...smuggled, ...passed };
    const response = await proxyOf({}, { upstream, buyerIp: () => "evil\tip" })(pageRequest(LIST, { headers }));
    assert.equal(response.status, 200);
    const [{ path, headers: seen }] = requests;
    assert.equal(path, "/mcp");
    const known = {
      ...passed, "content-type": "application/json", "x-shop": "clay", "ucp-agent": upstream.headers["ucp-agent"],
    };
    for (const [name, value] of Object.entries(known)) assert.equal(seen[name], value, name);
    // What fetch itself adds.
    const own = ["host", "connection", "content-length", "user-agent", "accept-language", "accept-encoding",
      "sec-fetch-mode"];
    assert.deepEqual(Object.keys(seen).filter((name) => !(name in known) && !own.includes(name)), []);
  });

  test("of the answer come back where they are listed", async (context) => {
    const { url } = await upstreamOf(context, (req, res) => answer(res, {
      "set-cookie": "a=b", "x-request-id": "7", "retry-after": "3", "access-control-allow-origin": "*", "server": "x",
    }));
    const response = await proxyOf({}, { upstream: { url } })(pageRequest(LIST));
    assert.deepEqual(Object.fromEntries(response.headers), {
      "cache-control": "no-store", "content-type": "application/json", "retry-after": "3",
      "x-content-type-options": "nosniff",
    });
  });

  test("make no document of what an upstream says", async (context) => {
    const page = "<script>alert(1)</script>";
    const { url } = await upstreamOf(context, (req, res) => res.writeHead(503, { "content-type": "text/html" }).end(page));
    const response = await proxyOf({}, { upstream: { url } })(pageRequest(LIST));
    assert.deepEqual([response.status, response.headers.get("content-type")], [503, "text/plain"]);
    assert.equal(await response.text(), page);
  });
});

describe("an upstream", () => {
  test("that redirects is not followed, with the token or to it", async (context) => {
    const other = await upstreamOf(context, (req, res) => res.end("{}"));
    for (const status of [301, 302, 303, 307, 308]) {
      const { url } = await upstreamOf(context, (req, res) => res.writeHead(status, { location: other.url }).end());
      await assertRefused(await proxyOf({}, { upstream: { url } })(pageRequest(LIST)), 502, "upstream_redirects");
      const agent = { clientId: "a", clientSecret: "b", tokenUrl: url };
      const proxy = proxyOf({}, { upstream: { url: other.url }, agent });
      await assertRefused(await proxy(pageRequest(LIST)), 502, "token_unavailable");
    }
    assert.equal(other.requests.length, 0);
  });

  test("that does not answer in time is given up", async (context) => {
    const { url } = await upstreamOf(context, () => {});
    const proxy = proxyOf({}, { upstream: { url }, timeoutMs: 50 });
    await assertRefused(await proxy(pageRequest(LIST)), 504, "upstream_timeout");
  });

  test("that is not there is told from one that refuses", async () => {
    const proxy = proxyOf({}, { upstream: { url: "http://127.0.0.1:9/mcp" } });
    await assertRefused(await proxy(pageRequest(LIST)), 502, "upstream_unreachable");
  });

  test("that answers too much is cut off", async (context) => {
    const { url } = await upstreamOf(context, (req, res) =>
      res.writeHead(200, { "content-type": "application/json" }).end(`"${"x".repeat(100_000)}"`));
    const proxy = proxyOf({}, { upstream: { url }, maxAnswerBytes: 50_000 });
    await assert.rejects(async () => (await proxy(pageRequest(LIST))).text());
    const cart = { ...LIST, method: "tools/call", params: { name: "create_cart", arguments: {} } };
    await assertRefused(await proxy(pageRequest(cart)), 502, "answer_too_large");
    const enough = proxyOf({}, { upstream: { url }, maxAnswerBytes: 100_002 });
    assert.equal((await (await enough(pageRequest(LIST))).text()).length, 100_002);
  });

  test("is streamed to the page where nothing in its answer has to be read", async (context) => {
    let end;
    const { url } = await upstreamOf(context, (req, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
      end = () => res.end("data: 2\n\n");
    });
    const { body } = await proxyOf({}, { upstream: { url } })(pageRequest(LIST));
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await reader.read()).value, "data: 1\n\n");
    end();
    assert.equal((await reader.read()).value, "data: 2\n\n");
  });

  test("that gives another's id as new keeps it from the visitor", async (context) => {
    const cart = JSON.stringify({ jsonrpc: "2.0", id: 1, result: { structuredContent: { id: "c", note: "private" } } });
    const { url } = await upstreamOf(context, (req, res) =>
      res.writeHead(200, { "content-type": "application/json" }).end(cart));
    const proxy = proxyOf({}, { upstream: { url } });
    const create = () => proxy(pageRequest({ ...LIST, method: "tools/call", params: { name: "create_cart" } }));
    assert.equal((await (await create()).json()).result.structuredContent.id, "c");
    const second = await (await create()).json();
    assert.equal(second.result.structuredContent.messages[0].code, "not_found");
    assert.ok(!JSON.stringify(second).includes("private"));
  });
});

describe("options that cannot work", () => {
  const url = "https://clay.myshopify.com/api/ucp/mcp";
  const good = { upstreams: { ucp: { url } }, visitors: VISITORS };
  const sign = { kid: "k", key: {}, profile: "https://clay.example/agent.json" };
  const bad = {
    "an upstream over http": { upstreams: { ucp: { url: "http://clay.myshopify.com/api/ucp/mcp" } } },
    "an upstream with a password": { upstreams: { ucp: { url: "https://a:b@clay.myshopify.com/" } } },
    "an upstream that is no URL": { upstreams: { ucp: { url: "/api/ucp/mcp" } } },
    "a short secret": { visitors: { secret: "short" } },
    "no secret": { visitors: {} },
    "a cookie's name with attributes": { visitors: { ...VISITORS, cookie: "a; Domain=example" } },
    "a profile that ends its header": { sign: { ...sign, profile: 'https://clay.example/", x="' } },
    "a kid with a quote": { sign: { ...sign, kid: '"' } },
    "a token's address over http": { agent: { clientId: "a", clientSecret: "b", tokenUrl: "http://api.example/" } },
  };
  for (const [what, more] of Object.entries(bad)) {
    test(what, () => assert.throws(() => createProxy({ ...good, ...more }), TypeError));
  }
  test("the same without their faults do", () => assert.equal(typeof createProxy({ ...good, sign }), "function"));
});

describe("the exchange of the secret", () => {
  const running = runningShop();

  test("is tried again after it failed", async () => {
    const { shop } = running;
    const proxy = proxyOf(shop, { agent: agentOf(shop) });
    shop.settings({ faults: [{ on: "agent-token", times: 1, do: { status: 503 } }] });
    await assertRefused(await proxy(pageRequest(LIST)), 502, "token_unavailable");
    assert.equal(reached(shop), 0);
    assert.equal((await proxy(pageRequest(LIST))).status, 200);
    assert.equal(entriesOf(shop, "agent-token").length, 2);
  });
});
