// What takes effect once: a purchase whose answer is lost, also over a reload. What has no key is never sent twice.

import assert from "node:assert/strict";
import { test } from "node:test";

import { newKey } from "../../devshop/test/support/ucp.js";
import { requestToken } from "../../devshop/test/support/agent.js";
import { connectAgent, serveTokens } from "./support/agent-page.js";
import { each } from "./support/each.js";
import { lines, MUG, newCheckout, PAID, readyCheckout } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const OTHER_PAYMENT = { payment: { instruments: [{ ...PAID.payment.instruments[0], id: "card_2" }] } };

async function buyerTab() {
  const tab = await world.tab({ connect: false });
  await serveTokens(tab, async () => (await requestToken(world.shop)).json());
  return reconnect(tab);
}

const reconnect = (tab) => connectAgent(tab, { token: "broker", agentWideToken: true });
const fault = (deed, times) => world.shop.settings({ faults: [{ on: "ucp", times, do: deed }] });
const completions = () => world.ucpCalls("complete_checkout");
const distinct = (of) => new Set(completions().map(of)).size;
const posts = () => world.posts("/api/ucp/mcp");
const posted = () => posts().length;
const records = (tab) => tab.run(() => Object.entries(sessionStorage).map(([name, value]) => `${name}=${value}`));

function assertOnePurchase() {
  assert.equal(world.shop.state().ucp.orders, 1);
  assert.equal(world.shop.state().ucp.executions.complete_checkout, 1);
  assert.deepEqual([distinct(({ ucp }) => ucp.bodySha256), distinct(({ ucp }) => ucp.key)], [1, 1], "the same bytes");
}

/**
 * How an answer gets lost, and how often that has to happen: Chromium itself sends again what it had sent over a
 * connection in use.
 */
const LOSSES = {
  "in the middle of the answer": [{ drop: "half" }, 1],
  "once it is done": [{ loseAnswer: true }, 2],
  "before it is done": [{ drop: "before" }, 2],
  "by a server that fails": [{ status: 502, body: "<html>" }, 1],
  "by an answer that is none": [{ status: 200, body: "<html>" }, 1],
};

for (const [when, [deed, times]] of Object.entries(LOSSES)) {
  test(`complete_checkout, lost ${when}, is sent again with the same bytes and takes effect once`, async () => {
    const tab = await buyerTab();
    const { id } = await newCheckout(tab);
    world.console.expect(/ERR_EMPTY_RESPONSE/, /ERR_CONTENT_LENGTH_MISMATCH/, /status of 502/);
    const before = posted();
    fault(deed, times);
    const { data, outcome } = await tab.done("checkout.complete", id, PAID);
    assert.deepEqual([data.status, outcome], ["completed", "success"]);
    assertOnePurchase();
    const bodies = posts().slice(before).map((request) => request.postData());
    assert.ok(bodies.length === 2 || bodies.length === 3, `${bodies.length} requests`);
    assert.equal(new Set(bodies).size, 1, "the same bytes");
    assert.deepEqual((await records(tab)).filter((record) => record.includes(completions()[0].ucp.key)), []);
  });
}

test("an outcome that stays unknown is found out by the same call after a reload: same key, same bytes", async () => {
  const tab = await buyerTab();
  const { id } = await newCheckout(tab);
  world.console.expect(/ERR_EMPTY_RESPONSE/);
  fault({ loseAnswer: true }, null);
  const error = await tab.refused("checkout.complete", id, PAID);
  assert.deepEqual([error.class, error.code, error.retryable], ["NetworkError", "network", true]);
  const [{ ucp: { key } }] = completions();
  assert.equal(error.idempotencyKey, key);
  assert.equal(world.shop.state().ucp.orders, 1, "it was done");
  const kept = (await records(tab)).filter((record) => record.includes(key));
  assert.equal(kept.length, 1);
  assert.doesNotMatch(kept[0], /tok_ok|card_1|test_card/, "nothing of what was said is kept");

  world.shop.settings({ faults: [] });
  await tab.reload();
  await reconnect(tab);
  const { data } = await tab.done("checkout.complete", id, PAID);
  assert.equal(data.status, "completed");
  assertOnePurchase();
  assert.equal(completions().at(-1).ucp.replayed, true);
  assert.deepEqual((await records(tab)).filter((record) => record.includes(key)), [], "what is known is forgotten");

  await tab.ask("checkout.complete", id, PAID);
  assert.notEqual(completions().at(-1).ucp.key, key, "a call after that is another call");
});

test("the key of a failed call finds out what became of it in another tab as well", async () => {
  const tab = await buyerTab();
  const { id } = await newCheckout(tab);
  world.console.expect(/ERR_EMPTY_RESPONSE/);
  fault({ loseAnswer: true }, null);
  const { idempotencyKey } = await tab.refused("checkout.complete", id, PAID);
  world.shop.settings({ faults: [] });
  const other = await buyerTab();
  const { data } = await other.done("checkout.complete", id, PAID, { idempotencyKey });
  assert.equal(data.status, "completed");
  assertOnePurchase();
});

test("the same call twice at once is one call", async () => {
  const tab = await buyerTab();
  const { id } = await newCheckout(tab);
  const before = posted();
  const answers = await Promise.all([tab.done("checkout.complete", id, PAID), tab.done("checkout.complete", id, PAID)]);
  assert.deepEqual(answers.map(({ data }) => data.status), ["completed", "completed"]);
  assert.equal(posted() - before, 1);
  assertOnePurchase();
});

test("a changed body under the same key is a conflict; the same body is the same answer", async () => {
  const tab = await buyerTab();
  const { id } = await newCheckout(tab);
  const idempotencyKey = newKey();
  const { data: first } = await tab.done("checkout.complete", id, PAID, { idempotencyKey });
  world.console.expect(/status of 409/);
  const error = await tab.refused("checkout.complete", id, OTHER_PAYMENT, { idempotencyKey });
  assert.deepEqual([error.class, error.code], ["ProtocolError", "idempotency_conflict"]);
  assert.deepEqual([error.status, error.retryable], [409, false]);
  assert.match(error.message, /a changed call needs a new one/);
  const { data: again } = await tab.done("checkout.complete", id, PAID, { idempotencyKey });
  assert.deepEqual(again, first);
  assert.deepEqual(completions().map(({ ucp }) => ucp.key), [idempotencyKey, idempotencyKey, idempotencyKey]);
  assert.equal(world.shop.state().ucp.orders, 1);
  const refused = await tab.refused("checkout.complete", id, PAID, { idempotencyKey: "no-uuid" });
  assert.equal(refused.code, "option_invalid");
});

test("cancelling is keyed too: lost, sent again, done once", async () => {
  const tab = await buyerTab();
  world.console.expect(/ERR_CONTENT_LENGTH_MISMATCH/);
  const { id } = await newCheckout(tab);
  const { data: cart } = await tab.done("cart.create", lines([MUG]));
  const calls = { cancel_checkout: ["checkout.cancel", id], cancel_cart: ["cart.cancel", cart.id] };
  for (const [tool, [path, given]] of Object.entries(calls)) {
    fault({ drop: "half" }, 1);
    await tab.done(path, given);
    const sent = world.ucpCalls(tool);
    assert.deepEqual(sent.map(({ ucp }) => [ucp.executed, ucp.replayed]), [[true, false], [false, true]], tool);
    assert.equal(new Set(sent.map(({ ucp }) => ucp.bodySha256)).size, 1);
  }
});

/** Writes that carry no key, by their tools. */
const UNKEYED = {
  create_cart: () => ["cart.create", lines([MUG])],
  update_cart: ({ cart }) => ["cart.update", cart, { line_items: lines([MUG, 2]) }],
  create_checkout: () => ["checkout.create", readyCheckout()],
  update_checkout: ({ checkout }) => ["checkout.update", checkout, readyCheckout()],
};
const AMBIGUOUS = {
  "a lost answer": [{ loseAnswer: true }, "network"],
  "half an answer": [{ drop: "half" }, "network"],
  "no answer": [{ drop: "before" }, "network"],
  "a late answer": [{ hang: 10_000 }, "timeout", { timeoutMs: 1_000 }],
  "status 503": [{ status: 503, body: "" }, "http_status"],
  "an answer that is none": [{ status: 200, body: "<html>" }, "answer_invalid"],
};

test("after an ambiguous outcome no write without a key is sent again", async () => {
  const tab = await buyerTab();
  world.console.expect(/ERR_EMPTY_RESPONSE/, /ERR_CONTENT_LENGTH_MISMATCH/, /status of 503/);
  const { id: checkout } = await newCheckout(tab);
  const { data: { id: cart } } = await tab.done("cart.create", lines([MUG]));
  await each(AMBIGUOUS, async ([deed, code, options]) => {
    await each(UNKEYED, async (callOf, tool) => {
      fault(deed, null);
      const before = posted();
      const error = await tab.refused(...callOf({ cart, checkout }), options);
      assert.equal(error.code, code);
      assert.equal(error.idempotencyKey, undefined);
      assert.equal(posted() - before, 1, "sent once");
      const { name, arguments: { meta } } = JSON.parse(posts().at(-1).postData()).params;
      assert.deepEqual([name, meta["idempotency-key"]], [tool, undefined]);
    });
  });
  world.shop.settings({ faults: [] });
  const settled = posted();
  await tab.page.waitForTimeout(2_500);
  assert.equal(posted(), settled, "nor later");
});

test("a read is sent again, whatever was lost", async () => {
  const tab = await buyerTab();
  world.console.expect(/ERR_CONTENT_LENGTH_MISMATCH/, /status of 503/);
  const { data: { id } } = await tab.done("cart.create", lines([MUG]));
  for (const deed of [{ drop: "half" }, { status: 503, body: "" }]) {
    const before = posted();
    fault(deed, 1);
    const { data } = await tab.done("cart.get", id);
    assert.equal(data.id, id);
    assert.equal(posted() - before, 2);
  }
});

test("three losses are told: nobody asks for ever", async () => {
  const tab = await buyerTab();
  world.console.expect(/ERR_CONTENT_LENGTH_MISMATCH/);
  const { data: { id } } = await tab.done("cart.create", lines([MUG]));
  fault({ drop: "half" }, null);
  const before = posted();
  const error = await tab.refused("cart.get", id);
  assert.deepEqual([error.code, error.retryable], ["network", true]);
  assert.equal(posted() - before, 3);
});
