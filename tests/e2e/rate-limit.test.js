// The three shapes of a rate limit: waited for, told apart, given up when it takes too long.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };
const limited = () => world.requests({ kind: "mcp", outcome: "rate_limited" });

async function signedInTab(setup) {
  const tab = await world.tab(setup);
  await tab.signIn();
  return tab;
}

for (const shape of ["http429", "rpc", "ok200"]) {
  test(`${shape}: calls wait and are all answered, each executed once`, async () => {
    const tab = await signedInTab();
    world.shop.settings({ rateLimit: { shape, perSecond: 2, retryAfter: 1, exposed: true } });
    world.console.expect(/status of 429/);
    const answers = await Promise.all([1, 2, 3, 4].map(() => tab.call("get_order_status", ORDER)));
    assert.deepEqual(answers.map(({ error }) => error?.code), [undefined, undefined, undefined, undefined]);
    assert.ok(limited().length > 0, "there was something to wait for");
    assert.equal(world.requests({ kind: "mcp", outcome: "ok" }).length, 4);
    assert.ok(limited().length < 40, "nobody hammers");
  });
}

test("a wait that the header names is kept, and one that is longer than the page's patience is told", async () => {
  const tab = await signedInTab({ options: { rateLimitWaitMs: 3_000 } });
  world.console.expect(/status of 429/);
  for (const shape of ["http429", "rpc"]) {
    world.shop.settings({ rateLimit: { shape, perSecond: 0.01, retryAfter: 90, exposed: true } });
    await tab.answer("get_order_status", ORDER);
    const began = Date.now();
    const { error } = await tab.call("get_order_status", ORDER);
    assert.equal(error.code, "rate_limited", shape);
    assert.equal(error.class, "RateLimitError");
    assert.equal(error.retryAfterMs, 90_000);
    assert.equal(error.retryable, true);
    assert.ok(Date.now() - began < 2_000, "it does not wait in vain");
  }
  assert.equal(limited().length, 2);
});

test("a hidden header costs only patience", async () => {
  const tab = await signedInTab({ options: { rateLimitWaitMs: 1_500 } });
  world.console.expect(/status of 429/);
  world.shop.settings({ rateLimit: { shape: "http429", perSecond: 0.01, retryAfter: 90, exposed: false } });
  await tab.answer("get_order_status", ORDER);
  const { error } = await tab.call("get_order_status", ORDER);
  assert.equal(error.code, "rate_limited");
  assert.equal(error.retryAfterMs, null);
  assert.ok(limited().length >= 2 && limited().length <= 6, `${limited().length} tries`);
});

test("abort while waiting: the call ends at once and is not sent again", async () => {
  const tab = await signedInTab();
  world.console.expect(/status of 429/);
  world.shop.settings({ rateLimit: { shape: "http429", perSecond: 0.5, retryAfter: 2, exposed: true } });
  await tab.answer("get_order_status", ORDER);
  await tab.run((order) => {
    globalThis.giveUp = new AbortController();
    const { signal } = globalThis.giveUp;
    globalThis.page.start(() => globalThis.page.customer.callTool("get_order_status", order, { signal }));
  }, ORDER);
  while (limited().length < 1) await tab.page.waitForTimeout(20);
  const began = Date.now();
  await tab.run(() => globalThis.giveUp.abort());
  assert.equal((await tab.outcome()).error.code, "aborted");
  assert.ok(Date.now() - began < 1_000);
  const sent = world.calls().length;
  await tab.page.waitForTimeout(2_600);
  assert.equal(world.calls().length, sent);
});
