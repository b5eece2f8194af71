import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agentToken } from "./support/agent.js";
import { runningShop } from "./support/shop.js";
import { callUcp, lines, MUG, newKey, paymentOf, postUcp, readyCheckout, ucpMessage } from "./support/ucp.js";

describe("idempotency keys", () => {
  const running = runningShop();

  /** A checkout to complete, and the body that does it. */
  async function completion(token, { id = 7 } = {}) {
    const { shop } = running;
    const { data: checkout } = await callUcp(shop, "create_checkout", { checkout: readyCheckout() }, { token });
    const key = newKey();
    const message = ucpMessage(shop, "complete_checkout", { id: checkout.id, checkout: paymentOf() }, { key, id });
    return { checkout, key, message };
  }
  const post = async (message, token) => {
    const response = await postUcp(running.shop, message, { authorization: `Bearer ${token}` });
    return { status: response.status, text: await response.text() };
  };
  const tally = () => running.shop.state().ucp;

  it("are needed where they are documented, schema or not", async () => {
    const { shop } = running;
    const token = await agentToken(shop);
    for (const [name, args] of [
      ["complete_checkout", { id: "x", checkout: paymentOf() }],
      ["cancel_checkout", { id: "x" }],
      ["cancel_cart", { id: "x" }],
    ]) {
      for (const key of [undefined, "1"]) {
        const { status, result } = await callUcp(shop, name, args, { token, key });
        assert.deepEqual([status, result.isError], [200, true], name);
        assert.match(result.content[0].text, /^Invalid arguments: value at `\/meta/);
      }
    }
  });

  it("give the same answer to the same bytes, and take effect once", async () => {
    const token = await agentToken(running.shop);
    const { message } = await completion(token);
    const first = await post(message, token);
    assert.equal(JSON.parse(first.text).result.structuredContent.status, "completed");
    assert.deepEqual(await post(message, token), first);
    assert.deepEqual([tally().orders, tally().executions.complete_checkout], [1, 1]);
    const [one, other] = running.shop.log().slice(-2).map(({ ucp }) => ucp);
    assert.deepEqual([one.executed, one.replayed, other.executed, other.replayed], [true, false, false, true]);
    assert.equal(one.bodySha256, other.bodySha256);
  });

  it("hold when the answer is lost, and when two attempts race", async () => {
    const { shop } = running;
    const token = await agentToken(shop);
    const { message } = await completion(token);
    shop.settings({ faults: [{ on: "ucp", times: 1, do: { loseAnswer: true } }] });
    await assert.rejects(post(message, token));
    assert.equal(JSON.parse((await post(message, token)).text).result.structuredContent.status, "completed");
    const second = await completion(token);
    const [one, other] = await Promise.all([post(second.message, token), post(second.message, token)]);
    assert.deepEqual(one, other);
    assert.deepEqual([tally().orders, tally().executions.complete_checkout], [2, 2]);
  });

  it("conflict with another body, were it only another id", async () => {
    const token = await agentToken(running.shop);
    const { message } = await completion(token);
    await post(message, token);
    const { status, text } = await post({ ...message, id: 8 }, token);
    const { error } = JSON.parse(text);
    assert.deepEqual([status, error.code, error.data.code], [409, -32000, "idempotency_conflict"]);
  });

  it("are the agent's own, and not spent by what came to nothing", async () => {
    const { shop } = running;
    const { data: cart } = await callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } });
    const key = newKey();
    const cancel = (how) => callUcp(shop, "cancel_cart", { id: cart.id }, { key, ...how });
    assert.equal((await cancel({ agent: "other" })).data.ucp.status, "error");
    shop.settings({ ucpRateLimit: { shape: "rpc", retryAfter: 1 }, ucpRates: { anonymous: { cart: 1 } } });
    await callUcp(shop, "get_cart", { id: cart.id });
    assert.equal((await cancel()).error.code, -32000);
    shop.settings({ ucpRateLimit: null });
    assert.equal((await cancel()).data.id, cart.id);
    assert.equal(shop.state().ucp.carts, 0);
  });

  it("say the same in header and meta", async () => {
    const { shop } = running;
    const { data: cart } = await callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } });
    const key = newKey();
    const cancel = (header) =>
      callUcp(shop, "cancel_cart", { id: cart.id }, { key, headers: { "idempotency-key": header } });
    assert.equal((await cancel(newKey())).error.code, -32602);
    assert.equal((await cancel(key)).error, undefined);
  });
});
