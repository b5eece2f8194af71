// Rate limits: three shapes, one wait.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { json, LATENCY, text } from "./support/network.js";
import { Scene } from "./support/scene.js";
import { requestIn } from "./support/tool-server.js";

const limited = (retryAfter) => text(429, "", retryAfter === undefined ? {} : { "retry-after": retryAfter });
const rpcError = (sent, error, status = 200, headers = {}) =>
  json(status, { jsonrpc: "2.0", id: requestIn(sent).id, error }, headers);

/** How long one call waits when the server refuses it once like this, ms. */
async function waitAfter(reply) {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.next("tools", (sent) => reply(sent, scene.world));
  const began = scene.world.elapsed;
  await page.call("request_return", { order_id: "1" }).result();
  assert.equal(scene.shop.count("tools"), 2);
  assert.equal(scene.shop.tools.executions("request_return"), 1, "a limited call was not executed");
  return scene.world.elapsed - began - 4 * LATENCY;
}

const assertBetween = (value, least, most) => assert.ok(value >= least && value <= most, `${value} ms`);

describe("the wait that a server names is kept", () => {
  const tooMany = { code: -32000, message: "Too many", data: { retry_after: 2 } };
  const invalid = { code: -32600, message: "Invalid", data: "Rate limit exceeded" };
  for (const [shape, reply] of Object.entries({
    "seconds": () => limited("2"),
    // A date has whole seconds, and the answer is under way for a moment.
    "a date": (_sent, world) => limited(new Date(world.trueTime + 3_000).toUTCString()),
    "data": (sent) => rpcError(sent, tooMany),
    "data under 429": (sent) => rpcError(sent, tooMany, 429),
    "words and a header": (sent) => rpcError(sent, invalid, 200, { "retry-after": "2" }),
  })) {
    test(shape, async () => assertBetween(await waitAfter(reply), 1_900, 3_300));
  }
});

describe("a wait that is not named, or makes no sense, is a short one", () => {
  for (const retryAfter of [undefined, "soon", "-5", "99999999999999999999", "2.5", ""]) {
    test(`retry-after: ${retryAfter}`, async () => assertBetween(await waitAfter(() => limited(retryAfter)), 0, 500));
  }

  test("a date in the past", async () => {
    assertBetween(await waitAfter(() => limited("Wed, 21 Oct 2015 07:28:00 GMT")), 0, 250);
  });

  for (const seconds of [-1, 0]) {
    test(`data of ${seconds} s`, async () => {
      const error = { code: -32000, message: "Rate limited", data: { retry_after: seconds } };
      assertBetween(await waitAfter((sent) => rpcError(sent, error)), 0, 500);
    });
  }

  for (const message of ["Rate limit exceeded", "RATE LIMIT", "You hit the rate limit"]) {
    test(`the words ${message}`, async () => {
      assertBetween(await waitAfter((sent) => rpcError(sent, { code: -32600, message })), 0, 500);
    });
  }
});

describe("patience ends", () => {
  test("after the page's own limit", async () => {
    const scene = new Scene({ rateLimitWaitMs: 10_000 });
    const page = await scene.signedInPage();
    scene.shop.always("tools", limited());
    const began = scene.world.elapsed;
    const error = await page.order().error();
    assert.equal(error.code, "rate_limited");
    assert.deepEqual([error.retryable, error.retryAfterMs, error.status], [true, null, 429]);
    assertBetween(scene.world.elapsed - began, 0, 12_000);
    const tries = scene.shop.count("tools");
    assert.ok(tries >= 3 && tries <= 21, `${tries} tries`);
    assert.ok(page.isSignedIn);
  });

  for (const [seconds, retryAfterMs] of [["3600", 3_600_000], ["4294967295", 4_294_967_295_000]]) {
    test(`at once for ${seconds} s`, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      scene.shop.always("tools", limited(seconds));
      const began = scene.world.elapsed;
      const error = await page.order().error();
      assert.equal(error.code, "rate_limited");
      assert.equal(error.retryAfterMs, retryAfterMs);
      assertBetween(scene.world.elapsed - began, 0, 100);
      assert.equal(scene.shop.count("tools"), 1);
    });
  }

  test("when the call is given up", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.always("tools", limited("30"));
    const call = page.order();
    await scene.world.advance(5_000);
    call.abort();
    assert.equal(await call.code(), "aborted");
    await scene.world.advance(120_000);
    assert.equal(scene.shop.count("tools"), 1);
  });

  test("when the customer signs out: no dead token is sent", async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    const [page, other] = [await scene.signedInPage(), await scene.sibling()];
    scene.shop.next("tools", limited("10"));
    page.order();
    await scene.world.advance(5_000);
    assert.equal(scene.shop.count("tools"), 1);
    await other.logout().result();
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("tools"), 1, "nothing more is sent for them");
  });
});

describe("waits are spread", () => {
  test("and grow up to half a minute", async () => {
    const scene = new Scene({ rateLimitWaitMs: 600_000 });
    const page = await scene.signedInPage();
    scene.shop.always("tools", limited());
    assert.equal(await page.order().code(), "rate_limited");
    const times = scene.shop.sent("tools").map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - times[index] - 2 * LATENCY);
    for (const [tries, wait] of waits.entries()) assertBetween(wait, 0, Math.min(30_000, 500 * 2 ** tries));
    assert.ok(Math.max(...waits) > 5_000, `they grow: ${waits.join(", ")}`);
  });

  test("so that calls which are turned away together do not come back as one", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    for (let call = 0; call < 10; call += 1) scene.shop.next("tools", limited("1"));
    const calls = Array.from({ length: 10 }, () => page.order());
    for (const call of calls) await call.result();
    const times = new Set(scene.shop.sent("tools").slice(10).map(({ at }) => at));
    assert.ok(times.size > 5, [...times].join(", "));
  });
});

describe("what only looks like a limit is an error", () => {
  for (const error of [
    { code: -32600, message: "Invalid request" },
    { code: -32000, message: "Something broke" },
    { code: -32602, message: "rate limit must be a number" },
  ]) {
    test(error.message, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      scene.shop.next("tools", (sent) => rpcError(sent, error));
      const failed = await page.order().error();
      assert.equal(failed.code, "rpc_error");
      assert.equal(failed.message, error.message);
      assert.equal(scene.shop.count("tools"), 1);
    });
  }
});

describe("a 503 is not waited for, but says how long", () => {
  for (const [retryAfter, retryAfterMs] of [["7", 7_000], ["Wed, 21 Oct 2015 07:28:00 GMT", 0], ["soon", null]]) {
    test(retryAfter, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      scene.shop.next("tools", text(503, "<html>", { "retry-after": retryAfter }));
      const error = await page.order().error();
      assert.deepEqual([error.code, error.retryable, error.retryAfterMs], ["http_status", true, retryAfterMs]);
      assert.equal(scene.shop.count("tools"), 1);
    });
  }
});
