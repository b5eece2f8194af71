import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { callMessage, postMcp } from "./support/mcp.js";
import { runningShop } from "./support/shop.js";
import { signIn } from "./support/sign-in.js";

describe("the form of MCP answers", () => {
  const running = runningShop();
  const request = { id: 3, method: "tools/list" };
  const forms = {
    "json": ["application/json", readJson],
    "event-stream": ["text/event-stream", readEvent],
    "json-labelled-event-stream": ["text/event-stream", readJson],
    "event-stream-labelled-json": ["application/json", readEvent],
  };

  for (const [answers, [contentType, read]] of Object.entries(forms)) {
    it(answers, async () => {
      running.shop.settings({ answers });
      const response = await postMcp(running.shop, request);
      assert.equal(response.headers.get("content-type"), contentType);
      const message = read(await response.text());
      assert.equal(message.id, 3);
      assert.equal(message.result.tools.length, 5);
    });
  }

  it("insists on both types when told to", async () => {
    running.shop.settings({ insistOnBothTypes: true });
    const refused = await postMcp(running.shop, request);
    assert.equal(refused.status, 406);
    const both = { accept: "application/json, text/event-stream" };
    assert.equal((await postMcp(running.shop, request, { headers: both })).status, 200);
  });

  function readJson(text) {
    return JSON.parse(text);
  }

  function readEvent(text) {
    assert.throws(() => JSON.parse(text));
    const data = text.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
    assert.ok(text.endsWith("\n\n"));
    return JSON.parse(data.join("\n"));
  }
});

describe("rate limits", () => {
  const running = runningShop();

  async function secondCall(rateLimit) {
    const { shop } = running;
    const { tokens } = await signIn(shop);
    shop.settings({ rateLimit });
    const call = () => postMcp(shop, callMessage("get_loyalty_points", {}, 5), {
      token: tokens.access_token, headers: { origin: shop.shop },
    });
    assert.equal((await call()).status, 200);
    return { response: await call(), call };
  }

  it("http429: status and Retry-After, exposed or not", async () => {
    const limit = { shape: "http429", perSecond: 0.5, retryAfter: 2, exposed: true };
    const { response } = await secondCall(limit);
    assert.equal(response.status, 429);
    assert.equal(response.headers.get("retry-after"), "2");
    assert.equal(response.headers.get("access-control-expose-headers"), "Retry-After");
    const hidden = await secondCall({ ...limit, exposed: false });
    assert.equal(hidden.response.headers.get("access-control-expose-headers"), null);
    const silent = await secondCall({ ...limit, retryAfter: null });
    assert.equal(silent.response.status, 429);
    assert.equal(silent.response.headers.get("retry-after"), null);
  });

  it("rpc: an error of code -32000 with data.retry_after, under HTTP 200", async () => {
    const { response } = await secondCall({ shape: "rpc", perSecond: 0.5, retryAfter: 2, exposed: false });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      jsonrpc: "2.0", id: 5, error: { code: -32000, message: "Too many requests", data: { retry_after: 2 } },
    });
  });

  it("ok200: an error of code -32600, under HTTP 200", async () => {
    const { response } = await secondCall({ shape: "ok200", perSecond: 0.5, retryAfter: null, exposed: false });
    assert.equal(response.status, 200);
    const { error } = await response.json();
    assert.equal(error.code, -32600);
    assert.equal(error.data, "Rate limit exceeded");
  });

  it("lets the calls through again in time, and never touches the list", async () => {
    const { shop } = running;
    const { response, call } = await secondCall({ shape: "http429", perSecond: 5, retryAfter: 1, exposed: true });
    assert.equal(response.status, 200, "five in a burst");
    for (let left = 0; left < 3; left += 1) await call();
    assert.equal((await call()).status, 429);
    assert.equal((await postMcp(shop, { id: 1, method: "tools/list" })).status, 200);
    await sleep(300);
    assert.equal((await call()).status, 200);
  });
});
