// Calls that take effect once: a lost answer is asked for with the same bytes, here, later, or after a reload.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { LOSSES, loseAnswer, loseRequest } from "./support/losses.js";
import { json, text } from "./support/network.js";
import { DECLINED, PAYMENT } from "./support/ucp-desk.js";
import { TIERS } from "./support/ucp-scene.js";
import { registered, refusing } from "./support/ucp-server.js";

const complete = (page, id, options) => page.ucp.checkout.complete(id, { payment: PAYMENT }, options);

/** A page with a checkout that can be bought. */
async function ready(options = {}) {
  const scene = TIERS.token({}, options);
  const page = await scene.readyPage();
  const { id } = await scene.checkout(page);
  return { scene, page, id, buy: (more) => complete(page, id, more) };
}
const keysOf = ({ ucp }) => ucp.calls.map(({ key }) => key);
const bytesOf = ({ ucp }) => new Set(ucp.calls.map(({ bytes }) => bytes)).size;

/** Makes a call whose answers are all lost. */
async function lost(scene, call) {
  for (let times = 0; times < 3; times += 1) loseAnswer(scene);
  return call().error();
}

describe("an answer that is lost is asked for with the same bytes", () => {
  for (const loss of Object.keys(LOSSES)) {
    test(`${loss}: bought once`, async () => {
      const { scene, buy } = await ready({ timeoutMs: 5_000 });
      loseAnswer(scene, loss);
      const { data, outcome } = await buy().result();
      assert.deepEqual([data.status, outcome], ["completed", "success"]);
      assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene), scene.ucp.executions("complete_checkout")], [2, 1, 1]);
    });
  }

  test("and a request that is lost is made again", async () => {
    const { scene, buy } = await ready();
    loseRequest(scene);
    assert.equal((await buy().result()).data.status, "completed");
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
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
      assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene), scene.ucp.executions(tool)], [2, 1, 1]);
    });
  }

  test("up to twice, after short waits; then the key is told", async () => {
    const { scene, buy } = await ready();
    const error = await lost(scene, buy);
    assert.deepEqual([error.code, error.retryable, error.idempotencyKey], ["network", true, keysOf(scene)[0]]);
    assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene), scene.ucp.executions("complete_checkout")], [3, 1, 1]);
    const times = scene.ucp.calls.map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) assert.ok(at - times[index] <= 2_100, times.join(", "));
  });
});

describe("a call whose outcome is not known is the same call when it is made again", () => {
  test("in this page", async () => {
    const { scene, buy } = await ready();
    await lost(scene, buy);
    assert.equal((await buy().result()).data.status, "completed");
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after a reload", async () => {
    const { scene, page, id, buy } = await ready();
    await lost(scene, buy);
    const { data } = await complete(await scene.load(page.tab), id).result();
    assert.equal(data.status, "completed");
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after a reload in the middle of it", async () => {
    const { scene, page, id, buy } = await ready();
    loseAnswer(scene, "silence");
    buy();
    await scene.world.advance(1_000);
    assert.equal(scene.ucp.executions("complete_checkout"), 1);
    await complete(await scene.load(page.tab), id).result();
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after it was given up", async () => {
    const { scene, buy } = await ready();
    loseAnswer(scene, "silence");
    const call = buy();
    await scene.world.advance(1_000);
    call.abort();
    const error = await call.error();
    assert.equal(error.code, "aborted");
    await buy().result();
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("elsewhere, with the key that the error told", async () => {
    const { scene, id, buy } = await ready();
    const { idempotencyKey } = await lost(scene, buy);
    await complete(await scene.page(), id, { idempotencyKey }).result();
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("where the tab's storage is blocked or full: in this page all the same", async () => {
    const { scene, page, buy } = await ready();
    page.tab.storage.blocked = true;
    page.tab.storage.hasNoRoomFor("");
    await lost(scene, buy);
    await buy().result();
    assert.deepEqual([bytesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("with no more of it stored than a hash", async () => {
    const { scene, page, id, buy } = await ready();
    await lost(scene, buy);
    const stored = page.tab.storage.text();
    assert.ok(stored.includes(keysOf(scene)[0]));
    for (const part of [id, "tok_ok", "pi_1", "complete_checkout"]) assert.ok(!stored.includes(part), part);
  });

  test("but not for ever: servers forget keys after a day", async () => {
    const { scene, buy } = await ready();
    await lost(scene, buy);
    await scene.world.advance(25 * 3_600_000);
    await buy().result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });
});

describe("a refusal that says nothing about the lost call leaves it as unknown as it was", () => {
  const answering = (endpoint, reply) => ({ shop }) => shop.always(endpoint, reply);
  const refusals = {
    "a rate limit that does not pass": answering("ucp", text(429, "", { "retry-after": "3600" })),
    "a token that is not taken": answering("ucp", text(401, "")),
    "a token that cannot be had": (scene) => {
      scene.shop.always("ucp", text(401, ""));
      scene.brokenToken = true;
    },
    "a profile that cannot be had": answering("shopProfile", text(404, "")),
  };

  /** As `ready`, with a token function that can break. */
  async function breakable() {
    const scene = TIERS.token();
    const source = scene.tokenSource();
    scene.options.agent.token = () => (scene.brokenToken ? Promise.reject(new Error("broken")) : source());
    const page = await scene.readyPage();
    const { id } = await scene.checkout(page);
    return { scene, page, id };
  }
  function mend(scene) {
    scene.brokenToken = false;
    scene.shop.asUsual("ucp");
    scene.shop.asUsual("shopProfile");
  }

  for (const [what, refuse] of Object.entries(refusals)) {
    test(`${what}, when the call is made again`, async () => {
      const { scene, page, id } = await breakable();
      await lost(scene, () => complete(page, id));
      // By then neither the token nor the profile is remembered.
      await scene.world.advance(3_700_000);
      const reloaded = await scene.load(page.tab);
      refuse(scene);
      await complete(reloaded, id).error();
      mend(scene);
      assert.equal((await complete(reloaded, id).result()).data.status, "completed");
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }

  for (const [what, refuse] of Object.entries(refusals)) {
    test(`${what}, after a reload in the middle of the call`, async () => {
      const { scene, page, id } = await breakable();
      loseAnswer(scene, "silence");
      complete(page, id);
      await scene.world.advance(1_000);
      page.crash();
      await scene.world.advance(3_700_000);
      const reloaded = await scene.load(page.tab);
      refuse(scene);
      await complete(reloaded, id).error();
      mend(scene);
      await complete(reloaded, id).result();
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }

  for (const what of Object.keys(refusals).filter((name) => !name.includes("profile"))) {
    test(`${what}, when it is sent again by itself`, async () => {
      const { scene, page, id } = await breakable();
      loseAnswer(scene);
      const call = complete(page, id);
      await scene.world.advance(21);
      refusals[what](scene);
      const error = await call.error();
      assert.equal(error.idempotencyKey, keysOf(scene)[0]);
      mend(scene);
      await complete(page, id).result();
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }
});

describe("another call takes another key", () => {
  const other = { handler_id: "card", id: "pi_2", type: "card", credential: { type: "token", token: "tok_ok" } };

  test("with other arguments", async () => {
    const { scene, page, id, buy } = await ready();
    await lost(scene, buy);
    await page.ucp.checkout.complete(id, { payment: { instruments: [other] } }).result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  test("after an outcome that is known: success", async () => {
    const { scene, buy } = await ready();
    loseAnswer(scene);
    await buy().result();
    await buy().result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  test("after an outcome that is known: the card was declined", async () => {
    const { scene, page, id } = await ready();
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
      const { scene, buy } = await ready();
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
    const { scene, buy } = await ready();
    const [first, second] = [buy(), buy()];
    assert.equal((await first.result()).data.order.id, (await second.result()).data.order.id);
    assert.deepEqual([scene.shop.count("ucp"), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("goes on for the second one when the first is given up", async () => {
    const { scene, buy } = await ready();
    const [first, second] = [buy(), buy()];
    await scene.world.advance(10);
    first.abort();
    assert.equal(await first.code(), "aborted");
    assert.equal((await second.result()).data.status, "completed");
    assert.equal(scene.shop.count("ucp"), 1);
  });

  test("ends when both are given up", async () => {
    const { scene, buy } = await ready();
    const calls = [buy(), buy()];
    await scene.world.advance(10);
    for (const call of calls) call.abort();
    for (const call of calls) assert.equal(await call.code(), "aborted");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("ucp"), 0);
  });

  test("of two checkouts are two", async () => {
    const { scene, page, buy } = await ready();
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
    const { scene, buy } = await ready();
    const first = await buy({ idempotencyKey }).result();
    const second = await buy({ idempotencyKey }).result();
    assert.equal(JSON.stringify(first.data), JSON.stringify(second.data));
    assert.deepEqual([scene.shop.count("ucp"), bytesOf(scene), scene.ucp.executions("complete_checkout")], [2, 1, 1]);
  });

  test("with another call is a conflict", async () => {
    const { scene, page, id, buy } = await ready();
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
      const { scene, buy } = await ready();
      scene.shop.next("ucp", reply);
      assert.equal(await buy().code(), "idempotency_conflict");
      assert.equal(scene.shop.count("ucp"), 1);
    });
  }
});
