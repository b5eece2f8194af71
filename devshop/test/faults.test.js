import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { callTool, postMcp, toolData } from "./support/mcp.js";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { authorizationRequest, discover, refresh, signIn } from "./support/sign-in.js";

const LIST = { id: 7, method: "tools/list" };

describe("faults of the connection", () => {
  const running = runningShop();

  const strike = (...faults) => running.shop.settings({ faults });
  const openid = (init) => fetch(`${running.shop.shop}/.well-known/openid-configuration`, init);
  const statuses = async (count) => {
    const seen = [];
    for (let done = 0; done < count; done += 1) seen.push((await openid()).status);
    return seen;
  };

  it("strike as often as they say, after as many as they say", async () => {
    strike({ on: "discovery", times: 2, after: 1, do: { status: 503 } });
    assert.deepEqual(await statuses(5), [200, 503, 503, 200, 200]);
    strike({ on: "discovery", times: null, do: { status: 500 } });
    assert.deepEqual(await statuses(3), [500, 500, 500]);
    strike({ on: "discovery", times: 1, do: { status: 500 } }, { on: "discovery", times: 1, do: { status: 502 } });
    assert.deepEqual(await statuses(3), [500, 502, 200]);
    strike();
    assert.deepEqual(await statuses(1), [200]);
  });

  it("strike what they are aimed at", async () => {
    const { shop } = running;
    const { jwks_uri: jwks } = await discover(shop);
    const request = await authorizationRequest(shop);
    const targets = {
      "discovery": openid,
      "customer-account-api": () => fetch(`${shop.shop}/.well-known/customer-account-api`),
      "jwks": () => fetch(jwks),
      "token": () => refresh(shop, { endpoint: request.configuration.token_endpoint, parameters: {}, tokens: {} }),
      "mcp": () => postMcp(shop, LIST, { endpoint: `${shop.account}/customer/api/mcp` }),
      "authorize": async () => (await new PlainBrowser(shop).navigate(request.url)).response,
    };
    for (const aim of Object.keys(targets)) {
      for (const [name, ask] of Object.entries(targets)) {
        strike({ on: aim, times: 1, do: { status: 599 } });
        assert.equal((await ask()).status === 599, name === aim, `${aim} aimed at, ${name} asked`);
      }
    }
  });

  it("status: body as text or JSON, headers, and still readable across origins", async () => {
    const html = { status: 200, body: "<h1>hi</h1>", headers: { "Content-Type": "text/html" } };
    strike({ on: "discovery", times: 1, do: html });
    const page = await openid({ headers: { origin: running.shop.shop } });
    assert.equal(page.headers.get("content-type"), "text/html");
    assert.equal(page.headers.get("access-control-allow-origin"), "*");
    assert.equal(await page.text(), "<h1>hi</h1>");
    strike({ on: "discovery", times: 1, do: { status: 429, body: { a: 1 }, headers: { "Retry-After": "soon" } } });
    const limited = await openid();
    assert.equal(limited.headers.get("retry-after"), "soon");
    assert.deepEqual(await limited.json(), { a: 1 });
  });

  it("redirect", async () => {
    strike({ on: "discovery", times: 1, do: { redirect: "https://elsewhere.example/x" } });
    const response = await openid({ redirect: "manual" });
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), "https://elsewhere.example/x");
  });

  it("drop before, or in the middle of the body", async () => {
    strike({ on: "discovery", times: 1, do: { drop: "before" } });
    await assert.rejects(openid());
    strike({ on: "discovery", times: 1, do: { drop: "half" } });
    const response = await openid();
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal((await openid()).status, 200);
  });

  it("drop half of what the provider and the MCP server say, too", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    strike({ on: "token", times: 1, do: { drop: "half" } }, { on: "mcp", times: 1, do: { drop: "half" } });
    const renewal = await refresh(shop, login);
    assert.equal(renewal.status, 200);
    await assert.rejects(renewal.text());
    const listing = await postMcp(shop, LIST);
    assert.equal(listing.status, 200);
    await assert.rejects(listing.text());
  });

  it("hang, then answer; nothing is done for a client that left", async () => {
    const { shop } = running;
    strike({ on: "discovery", times: 1, do: { hang: 200 } });
    const asked = performance.now();
    assert.equal((await openid()).status, 200);
    assert.ok(performance.now() - asked >= 195);
    const login = await signIn(shop);
    strike({ on: "token", times: 1, do: { hang: 60_000 } });
    await assert.rejects(fetch(login.endpoint, {
      method: "POST",
      headers: { origin: shop.shop },
      body: new URLSearchParams({
        grant_type: "refresh_token",
        client_id: login.parameters.client_id,
        refresh_token: login.tokens.refresh_token,
      }),
      signal: AbortSignal.timeout(100),
    }));
    await sleep(50);
    assert.equal((await refresh(shop, login)).status, 200, "the refresh token was not spent");
  });

  it("loseAnswer: done, but never heard of", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    strike({ on: "token", times: 1, do: { loseAnswer: true } });
    await assert.rejects(refresh(shop, login));
    assert.equal((await (await refresh(shop, login)).json()).error, "invalid_grant", "the refresh token was spent");
    const [lost, reused] = shop.log().filter(({ grant }) => grant === "refresh_token");
    assert.deepEqual([lost.status, lost.fault, lost.outcome], [null, "loseAnswer", "ok"]);
    assert.deepEqual([reused.status, reused.outcome], [400, "invalid_grant"]);
  });

  it("loseAnswer: a return is requested all the same", async () => {
    const { shop } = running;
    const token = (await signIn(shop)).tokens.access_token;
    const order = async () => toolData(await callTool(shop, token, "get_order_status", { order_number: "1001" })).order;
    const line = { line_item_id: (await order()).line_items[0].id, quantity: 1, return_reason: "DEFECTIVE" };
    strike({ on: "mcp", times: 1, do: { loseAnswer: true } });
    await assert.rejects(callTool(shop, token, "request_return", { order_number: "1001", line_items: [line] }));
    assert.equal((await order()).returns.length, 1);
  });

  it("bodyBytes: JSON of exactly that length", async () => {
    for (const bodyBytes of [2, 5, 8, 100, 3_000_000]) {
      strike({ on: "discovery", times: 1, do: { bodyBytes } });
      const text = await (await openid()).text();
      assert.equal(text.length, bodyBytes);
      assert.equal(typeof JSON.parse(text), "object");
    }
  });
});

describe("faults of JSON-RPC", () => {
  const running = runningShop();

  async function answer(deed, { answers = "json" } = {}) {
    running.shop.settings({ answers, faults: [{ on: "mcp", times: 1, do: deed }] });
    return (await postMcp(running.shop, LIST)).json();
  }

  it("rpc: each breaks one rule and no other", async () => {
    const sound = await (await postMcp(running.shop, LIST)).json();
    const { jsonrpc, id, result } = sound;
    const broken = {
      "wrong-id": { ...sound, id: id + 1 },
      "no-result-no-error": { jsonrpc, id },
      "both": { jsonrpc, id, result, error: { code: -32603, message: "Internal error" } },
      "batch": [sound],
      "null-id": { ...sound, id: null },
      "string-id": { ...sound, id: "7" },
      "no-jsonrpc": { id, result },
    };
    for (const [rpc, expected] of Object.entries(broken)) assert.deepEqual(await answer({ rpc }), expected, rpc);
  });

  it("rpc: inside an event stream as well", async () => {
    running.shop.settings({ answers: "event-stream", faults: [{ on: "mcp", times: 1, do: { rpc: "null-id" } }] });
    const text = await (await postMcp(running.shop, LIST)).text();
    assert.equal(JSON.parse(text.match(/^data: (.*)$/m)[1]).id, null);
  });

  it("result: any result, under the right id", async () => {
    const result = { content: [{ type: "text", text: "Unable to process the request, try again" }], isError: true };
    assert.deepEqual(await answer({ result }), { jsonrpc: "2.0", id: 7, result });
  });
});

describe("latency", () => {
  const running = runningShop();

  it("keeps every endpoint waiting, but no page", async () => {
    const { shop } = running;
    const time = async (url) => {
      const started = performance.now();
      await (await fetch(url)).text();
      return performance.now() - started;
    };
    shop.settings({ latencyMs: 150 });
    assert.ok((await time(`${shop.shop}/.well-known/openid-configuration`)) >= 145);
    assert.ok((await time(`${shop.shop}/shop-config.json`)) < 100);
  });
});
