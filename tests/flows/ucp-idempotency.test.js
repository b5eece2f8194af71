// Calls that take effect once: a lost answer is asked for with the same bytes, and another call takes another key.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { LOSSES, loseAnswer, loseRequest } from "./support/losses.js";
import { json, text } from "./support/network.js";
import { bodiesOf, complete, keysOf, lost, readyToBuy } from "./support/purchase.js";
import { DECLINED } from "./support/ucp-desk.js";
import { TIERS } from "./support/ucp-scene.js";
import { registered, refusing } from "./support/ucp-server.js";

describe("an answer that is lost is asked for with the same bytes", () => {
  for (const loss of Object.keys(LOSSES)) {
    test(`${loss}: bought once`, async () => {
      const { scene, buy } = await readyToBuy({ timeoutMs: 5_000 });
      loseAnswer(scene, loss);
      const { data, outcome } = await buy().result();
      assert.deepEqual([data.status, outcome], ["completed", "success"]);
      assert.deepEqual([scene.shop.count("ucp"), bodiesOf(scene), scene.ucp.executions("complete_checkout")], [2, 1, 1]);
    });
  }

  test("and a request that is lost is made again", async () => {
    const { scene, buy } = await readyToBuy();
    loseRequest(scene);
    assert.equal((await buy().result()).data.status, "completed");
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  for (const [tool, make, cancel] of [
    ["cancel_cart", "cart", (page, id) => page.ucp.cart.cancel(id)],
    ["cancel_checkout", "checkout", (page, id) => page.ucp.checkout.cancel(id)],
    ["cancel_cart", "cart", (page, id) => page.ucp.callTool("cancel_cart", { id })],
  ]) {
    test(`${tool} as well`, async () => {
      const scene = TIERS.signed();
      const page = await scene.readyPage();
      const { id } = await scene[make](page);
      loseAnswer(scene);
      assert.equal((await cancel(page, id).result()).outcome, "success");
      assert.deepEqual([scene.shop.count("ucp"), bodiesOf(scene), scene.ucp.executions(tool)], [2, 1, 1]);
    });
  }

  test("up to twice, after short waits; then the key is told", async () => {
    const { scene, buy } = await readyToBuy();
    const error = await lost(scene, buy);
    assert.deepEqual([error.code, error.retryable, error.idempotencyKey], ["network", true, keysOf(scene)[0]]);
    assert.deepEqual([scene.shop.count("ucp"), bodiesOf(scene), scene.ucp.executions("complete_checkout")], [3, 1, 1]);
    const times = scene.ucp.calls.map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) assert.ok(at - times[index] <= 2_100, times.join(", "));
  });
});

describe("another call takes another key", () => {
  const other = { handler_id: "card", id: "pi_2", type: "card", credential: { type: "token", token: "tok_ok" } };

  test("with other arguments", async () => {
    const { scene, page, id, buy } = await readyToBuy();
    await lost(scene, buy);
    await page.ucp.checkout.complete(id, { payment: { instruments: [other] } }).result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  test("after an outcome that is known: success", async () => {
    const { scene, buy } = await readyToBuy();
    loseAnswer(scene);
    await buy().result();
    await buy().result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  test("after an outcome that is known: the card was declined", async () => {
    const { scene, page, id } = await readyToBuy();
    const pay = () => page.ucp.checkout.complete(id, { payment: DECLINED }).result();
    assert.equal((await pay()).outcome, "recoverable");
    assert.equal((await pay()).outcome, "recoverable");
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  for (const [what, code, reply] of [
    ["403", "forbidden", (sent) => refusing(sent, 403, { code: -32000, message: "Forbidden" })],
    ["400", "http_status", () => text(400, "")],
    ["an error of the protocol", "profile_malformed", (sent) => registered(sent, "profile_malformed", [422, -32001])],
    ["an error of JSON-RPC", "rpc_error", (sent) => refusing(sent, 200, { code: -32602, message: "Invalid params" })],
  ]) {
    test(`after an outcome that is known: ${what}`, async () => {
      const { scene, buy } = await readyToBuy();
      scene.shop.next("ucp", reply);
      const error = await buy().error();
      assert.deepEqual([error.code, error.idempotencyKey], [code, keysOf(scene)[0]]);
      assert.equal(scene.shop.count("ucp"), 1, "it is not sent again");
      await buy().result();
      assert.equal(new Set(keysOf(scene)).size, 2);
    });
  }
});

describe("the same call twice at once", () => {
  test("is one request: a double click buys once", async () => {
    const { scene, buy } = await readyToBuy();
    const [first, second] = [buy(), buy()];
    assert.equal((await first.result()).data.order.id, (await second.result()).data.order.id);
    assert.deepEqual([scene.shop.count("ucp"), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("goes on for the second one when the first is given up", async () => {
    const { scene, buy } = await readyToBuy();
    const [first, second] = [buy(), buy()];
    await scene.world.advance(10);
    first.abort();
    assert.equal(await first.code(), "aborted");
    assert.equal((await second.result()).data.status, "completed");
    assert.equal(scene.shop.count("ucp"), 1);
  });

  test("ends when both are given up", async () => {
    const { scene, buy } = await readyToBuy();
    const calls = [buy(), buy()];
    await scene.world.advance(10);
    for (const call of calls) call.abort();
    for (const call of calls) assert.equal(await call.code(), "aborted");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("ucp"), 0);
  });

  test("of two checkouts are two", async () => {
    const { scene, page, buy } = await readyToBuy();
    const { id: other } = await scene.checkout(page);
    const [one, two] = [await buy().result(), await complete(page, other).result()];
    assert.notEqual(one.data.order.id, two.data.order.id);
    assert.equal(new Set(keysOf(scene)).size, 2);
  });
});

test("errors that calls share tell each call its own key", async () => {
  const scene = TIERS.anonymous();
  const page = await scene.page();
  scene.shop.next("shopProfile", text(500, ""));
  const calls = [page.ucp.cart.cancel("a"), page.ucp.cart.cancel("b")];
  const [one, other] = [await calls[0].error(), await calls[1].error()];
  assert.notEqual(one.idempotencyKey, other.idempotencyKey);
  await page.ucp.cart.cancel("a").result();
  assert.deepEqual(keysOf(scene), [one.idempotencyKey]);
});

test("without randomness there is no key, and no call", async () => {
  const scene = TIERS.anonymous();
  const page = await scene.readyPage();
  scene.browser.hasRandomness = false;
  assert.equal(await page.ucp.cart.cancel("a").code(), "randomness_unavailable");
  assert.equal(scene.shop.count("ucp"), 0);
});

describe("a key of the page's own", () => {
  const idempotencyKey = "0a1b2c3d-0000-4000-8000-000000000001";

  test("brings the same answer again, whatever happened since", async () => {
    const { scene, buy } = await readyToBuy();
    const first = await buy({ idempotencyKey }).result();
    const second = await buy({ idempotencyKey }).result();
    assert.equal(JSON.stringify(first.data), JSON.stringify(second.data));
    assert.deepEqual([scene.shop.count("ucp"), bodiesOf(scene), scene.ucp.executions("complete_checkout")], [2, 1, 1]);
  });

  test("with another call is a conflict", async () => {
    const { scene, page, id, buy } = await readyToBuy();
    await buy({ idempotencyKey }).result();
    const error = await page.ucp.checkout.complete(id, { payment: DECLINED }, { idempotencyKey }).error();
    assert.deepEqual([error.name, error.code, error.status, error.retryable], ["ProtocolError", "idempotency_conflict", 409, false]);
    assert.deepEqual([error.idempotencyKey, error.rpc.data.code], [idempotencyKey, "idempotency_conflict"]);
    assert.equal(scene.shop.count("ucp"), 2, "it is not sent again");
  });

  for (const [what, reply] of Object.entries({
    "409 alone": () => text(409, ""),
    "409 with JSON": () => json(409, { error: "conflict" }),
    "200 with its code": (sent) => registered(sent, "idempotency_conflict", [200, -32000]),
  })) {
    test(`may conflict by ${what}`, async () => {
      const { scene, buy } = await readyToBuy();
      scene.shop.next("ucp", reply);
      assert.equal(await buy().code(), "idempotency_conflict");
      assert.equal(scene.shop.count("ucp"), 1);
    });
  }
});
