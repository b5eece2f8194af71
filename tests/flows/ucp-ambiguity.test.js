// After an outcome that nobody knows: reads are sent again, writes without a key never.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { LOSSES, loseAnswer, loseRequest } from "./support/losses.js";
import { inPieces, json, LATENCY, REDIRECT, text } from "./support/network.js";
import { answering, failure, put, requestIn } from "./support/tool-server.js";
import { MUG } from "./support/ucp-desk.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";

const LINES = { line_items: [{ item: MUG, quantity: 2 }] };
const WRITES = {
  create_cart: ({ cart }) => cart.create(ITEMS),
  update_cart: ({ cart }, id) => cart.update(id, LINES),
  create_checkout: ({ checkout }) => checkout.create(ITEMS),
  update_checkout: ({ checkout }, id) => checkout.update(id, LINES),
  wrap_gift: ({ callTool }) => callTool("wrap_gift", { id: "x" }),
};
const READS = {
  get_cart: ({ cart }, id) => cart.get(id),
  get_checkout: ({ checkout }, id) => checkout.get(id),
  search_catalog: ({ callTool }) => callTool("search_catalog", { catalog: { query: "mug" } }),
};

/** A page with a cart or checkout that a tool may be about. */
async function ready(tool, options = {}) {
  const scene = new UcpScene({}, options);
  const page = await scene.readyPage();
  const { id } = tool.includes("checkout") ? await scene.checkout(page) : await scene.cart(page);
  return { scene, page, id };
}
const bytesOf = ({ ucp }) => new Set(ucp.calls.map(({ bytes }) => bytes)).size;

/** What else leaves a call's outcome open. */
const BROKEN = {
  "another id": (sent) => put({ jsonrpc: "2.0", id: requestIn(sent).id + 1, result: {} }),
  "both a result and an error": (sent) => answering(sent, { result: {}, error: { code: 1, message: "x" } }),
  "neither": (sent) => answering(sent, {}),
  "nothing": () => text(200, ""),
  "too large a body": () => inPieces(200, Array(5).fill("{".repeat(9_000))),
  "504": () => text(504, ""),
};

describe("a write without a key is never sent again", () => {
  for (const [tool, begin] of Object.entries(WRITES)) {
    for (const loss of Object.keys(LOSSES)) {
      for (const [when, lose] of [["before", loseRequest], ["after", loseAnswer]]) {
        test(`${tool}: ${loss}, ${when} it was executed`, async () => {
          const { scene, page, id } = await ready(tool, { timeoutMs: 2_000 });
          lose(scene, loss);
          const error = await begin(page.ucp, id).error();
          await scene.world.advance(120_000);
          assert.equal(scene.shop.count("ucp"), 1, error.code);
          assert.equal(error.idempotencyKey, undefined);
        });
      }
    }
    for (const [what, reply] of Object.entries(BROKEN)) {
      test(`${tool}: ${what}`, async () => {
        const { scene, page, id } = await ready(tool, { maxAnswerBytes: 32_768 });
        scene.shop.next("ucp", reply);
        await begin(page.ucp, id).error();
        await scene.world.advance(120_000);
        assert.equal(scene.shop.count("ucp"), 1);
      });
    }
  }
});

describe("a read is sent again, as the same bytes", () => {
  for (const [tool, begin] of Object.entries(READS)) {
    for (const loss of Object.keys(LOSSES)) {
      test(`${tool}: ${loss}`, async () => {
        const { scene, page, id } = await ready(tool, { timeoutMs: 2_000 });
        loseAnswer(scene, loss);
        assert.equal((await begin(page.ucp, id).result()).outcome, tool === "get_checkout" ? "success" : "success");
        assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene)], [2, 1]);
      });
    }
  }

  test("twice, after short waits, and no more", async () => {
    const { scene, page, id } = await ready("get_cart");
    scene.shop.always("ucp", text(503, ""));
    const error = await page.ucp.cart.get(id).error();
    assert.deepEqual([error.code, error.status, error.retryable], ["http_status", 503, true]);
    assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene)], [3, 1]);
    await scene.world.advance(120_000);
    assert.equal(scene.shop.count("ucp"), 3);
    const times = scene.ucp.calls.map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - times[index] - 2 * LATENCY);
    for (const wait of waits) assert.ok(wait > 0 && wait <= 2_000, `${waits}`);
  });

  test("an order, with its token", async () => {
    const scene = TIERS.token();
    const page = await scene.readyPage();
    loseAnswer(scene);
    await page.ucp.orders.get("x").result();
    assert.equal(scene.shop.count("ucp"), 2);
  });

  test("of a tool that the server's list calls a read", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const tools = [{ name: "peek", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } }];
    scene.shop.next("ucp", (sent) => answering(sent, { result: { tools } }));
    await page.ucp.listTools().result();
    loseRequest(scene);
    assert.equal(await page.ucp.callTool("peek", {}).code(), "tool_unknown");
    assert.equal(scene.shop.count("ucp"), 3);
  });

  test("unless it is given up meanwhile", async () => {
    const { scene, page, id } = await ready("get_cart");
    loseRequest(scene);
    const call = page.ucp.cart.get(id);
    const began = scene.world.elapsed;
    await scene.world.advance(41);
    assert.equal(scene.shop.count("ucp"), 1);
    call.abort();
    assert.equal(await call.code(), "aborted");
    assert.equal(scene.world.elapsed - began, 41, "at once");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("ucp"), 1);
  });

  test("and not while the device is offline", async () => {
    const { scene, page, id } = await ready("get_cart");
    scene.browser.online = false;
    const began = scene.world.elapsed;
    assert.equal(await page.ucp.cart.get(id).code(), "offline");
    assert.equal(scene.world.elapsed, began, "it is told at once");
  });
});

describe("what the server said is not asked for again", () => {
  for (const [what, code, reply] of [
    ["400", "http_status", () => text(400, "")],
    ["404", "http_status", () => text(404, "<html>")],
    ["403", "forbidden", () => json(403, {})],
    ["a redirect", "redirect_refused", () => REDIRECT],
    ["an error of JSON-RPC", "rpc_error", (sent) => answering(sent, { error: { code: -32602, message: "Invalid params" } })],
    ["a tool's failure", "tool_failed", (sent) => answering(sent, { result: failure("") })],
  ]) {
    test(what, async () => {
      const { scene, page, id } = await ready("get_cart");
      scene.shop.next("ucp", reply);
      assert.equal(await page.ucp.cart.get(id).code(), code);
      await scene.world.advance(60_000);
      assert.equal(scene.shop.count("ucp"), 1);
    });
  }
});

describe("what was not executed is sent again, also a write", () => {
  for (const [what, reply] of Object.entries({
    "429": () => text(429, "", { "retry-after": "1" }),
    "a rate limit in the answer": (sent) => answering(sent, { error: { code: -32000, message: "Slow down", data: { retry_after: 1 } } }),
    "a rate limit that is called invalid": (sent) => answering(sent, { error: { code: -32600, message: "Invalid", data: "Rate limit exceeded" } }),
    "406": () => text(406, ""),
  })) {
    test(what, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      scene.shop.next("ucp", reply);
      await page.ucp.cart.create(ITEMS).result();
      assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene), scene.ucp.executions("create_cart")], [2, 1, 1]);
    });
  }

  test("but a limit after a lost answer does not bring it back", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    scene.shop.next("ucp", text(429, "", { "retry-after": "1" }));
    loseAnswer(scene);
    assert.equal(await page.ucp.cart.create(ITEMS).code(), "network");
    await scene.world.advance(60_000);
    assert.deepEqual([scene.shop.count("ucp"), scene.ucp.executions("create_cart")], [2, 1]);
  });
});
