import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { callTool, toolData } from "./support/mcp.js";
import { runningShop } from "./support/shop.js";
import { MAYA, THEO, signIn } from "./support/sign-in.js";

describe("the customer's tools", () => {
  const running = runningShop();
  let maya;
  let theo;
  beforeEach(async () => {
    maya = (await signIn(running.shop, { email: MAYA })).tokens.access_token;
    theo = (await signIn(running.shop, { email: THEO })).tokens.access_token;
  });

  const call = (name, args, token = maya) => callTool(running.shop, token, name, args);

  async function assertRefused(name, args, text) {
    const { result } = await call(name, args);
    assert.deepEqual(result, { content: [{ type: "text", text }], isError: true });
  }

  async function orderOf(number, token = maya) {
    return toolData(await call("get_order_status", { order_number: number }, token)).order;
  }

  it("have at least 40 orders over both customers, in every state", async () => {
    const orders = [];
    for (let number = 1001; number <= 1046; number += 1) {
      const asked = { order_number: `#${number}` };
      const answers = await Promise.all([maya, theo].map((token) => call("get_order_status", asked, token)));
      const found = answers.filter(({ result }) => !result.isError);
      assert.equal(found.length, 1, `#${number} has one owner`);
      orders.push(toolData(found[0]).order);
    }
    assert.ok(orders.length >= 40);
    const seen = (pick) => new Set(orders.flatMap(pick));
    assert.deepEqual([...seen((order) => order.fulfillment_status)].sort(),
      ["FULFILLED", "ON_HOLD", "PARTIALLY_FULFILLED", "SCHEDULED", "UNFULFILLED"]);
    assert.deepEqual([...seen((order) => order.financial_status)].sort(),
      ["EXPIRED", "PAID", "PARTIALLY_REFUNDED", "PENDING", "REFUNDED", "VOIDED"]);
    assert.deepEqual([...seen((order) => order.shipments.map(({ status }) => status))].sort(), [
      "ATTEMPTED_DELIVERY", "DELIVERED", "FAILURE", "IN_TRANSIT", "OUT_FOR_DELIVERY", "PICKED_UP", "READY_FOR_PICKUP",
    ]);
    assert.deepEqual([...seen((order) => order.returns.map(({ status }) => status))].sort(),
      ["CLOSED", "OPEN", "REQUESTED"]);
    assert.ok(orders.some((order) => order.canceled_at));
    for (const order of orders) assertSound(order);
  });

  /** Ids, money and dates as the documentation promises; sums that add up. */
  function assertSound(order) {
    assert.match(order.id, /^gid:\/\/shopify\/Order\/\d+$/);
    assert.equal(new Date(order.created_at).toISOString(), order.created_at);
    const cents = ({ amount }) => Math.round(Number(amount) * 100);
    for (const line of order.line_items) {
      assert.match(line.id, /^gid:\/\/shopify\/LineItem\/\d+$/);
      assert.ok(Number.isInteger(line.quantity) && line.quantity > 0);
      assert.equal(cents(line.total), cents(line.price) * line.quantity);
    }
    assert.equal(cents(order.total), cents(order.subtotal) + cents(order.shipping));
    assert.match(order.total.currency_code, /^(USD|CAD)$/);
    for (const shipment of order.shipments) {
      assert.ok(shipment.method === "PICK_UP" || shipment.tracking.url.includes(shipment.tracking.number));
      assert.ok(shipment.shipped_at >= order.created_at);
      assert.ok(!shipment.delivered_at || shipment.delivered_at >= shipment.shipped_at);
    }
  }

  it("find an order with or without #, and no one else's", async () => {
    assert.equal((await orderOf("#1001")).id, (await orderOf("1001")).id);
    await assertRefused("get_order_status", { order_number: "#9999" }, "Order not found with number: #9999");
    await assertRefused("get_order_status", { order_number: "1002" }, "Order not found with number: 1002");
  });

  it("tell the most recent order and the store credit of whoever asks", async () => {
    assert.equal(toolData(await call("get_most_recent_order_status")).order.order_number, "#1045");
    assert.equal(toolData(await call("get_most_recent_order_status", {}, theo)).order.order_number, "#1046");
    const { store_credit_accounts: accounts } = toolData(await call("get_store_credit_balances"));
    assert.deepEqual(accounts.map(({ balance }) => balance), [
      { amount: "35.50", currency_code: "USD" }, { amount: "12.00", currency_code: "CAD" },
    ]);
    assert.match(accounts[0].id, /^gid:\/\/shopify\/StoreCreditAccount\/\d+$/);
    assert.deepEqual(toolData(await call("get_store_credit_balances", {}, theo)), { store_credit_accounts: [] });
  });

  it("say exactly which argument is wrong", async () => {
    await assertRefused("get_order_status", {}, "order_number is required");
    await assertRefused("get_order_status", { order_number: 1001 }, "order_number must be string");
    const line = { line_item_id: "gid://shopify/LineItem/1", quantity: 1, return_reason: "OTHER" };
    await assertRefused("request_return", { order_number: "1001", line_items: [{ ...line, quantity: 0 }] },
      "line_items[0].quantity must be >= 1");
    await assertRefused("request_return", { order_number: "1001", line_items: [{ ...line, return_reason: "BORED" }] },
      "line_items[0].return_reason must be one of SIZE_TOO_SMALL, SIZE_TOO_LARGE, UNWANTED, NOT_AS_DESCRIBED, "
      + "WRONG_ITEM, DEFECTIVE, STYLE, COLOR, OTHER, UNKNOWN");
    await assertRefused("request_return", { line_items: [line] }, "Provide exactly one of order_id and order_number");
    await assertRefused("request_return", { order_number: "1001", line_items: [line] },
      "Line item not found in order #1001: gid://shopify/LineItem/1");
    await assertRefused("request_return", { order_id: "1001", line_items: [line] },
      "order_id must look like gid://shopify/Order/<id>");
    await assertRefused("request_return", { order_id: "gid://shopify/Order/1", line_items: [line] },
      "Order not found with id: gid://shopify/Order/1");
  });

  describe("request_return", () => {
    let order;
    const lineOf = (index, quantity) => ({
      line_item_id: order.line_items[index].id, quantity, return_reason: "UNWANTED", customer_note: "One too many",
    });
    beforeEach(async () => {
      order = await orderOf("1001");
    });

    it("changes the order, until a reset", async () => {
      const answer = toolData(await call("request_return", { order_id: order.id, line_items: [lineOf(0, 1)] }));
      assert.equal(answer.return.status, "REQUESTED");
      assert.equal(answer.return.name, "#1001-R1");
      const changed = await orderOf("1001");
      assert.deepEqual(changed.returns, [answer.return]);
      assert.equal(changed.line_items[0].returnable_quantity, order.line_items[0].returnable_quantity - 1);
      running.shop.reset();
      const again = (await signIn(running.shop)).tokens.access_token;
      assert.deepEqual((await orderOf("1001", again)).returns, []);
    });

    it("takes back no more than is left", async () => {
      const twice = { order_number: "1001", line_items: [lineOf(0, 1), lineOf(0, 2)] };
      await assertRefused("request_return", twice,
        "Only 2 of Speckled Stoneware Mug can be returned from order #1001, not 3");
      await call("request_return", { order_number: "1001", line_items: [lineOf(0, 2)] });
      await assertRefused("request_return", { order_number: "1001", line_items: [lineOf(0, 1)] },
        "Only 0 of Speckled Stoneware Mug can be returned from order #1001, not 1");
    });

    it("takes back nothing that has not arrived, and nothing of someone else's", async () => {
      order = await orderOf("1045");
      await assertRefused("request_return", { order_number: "1045", line_items: [lineOf(0, 1)] },
        "Only 0 of Merino Crewneck can be returned from order #1045, not 1");
      order = await orderOf("1002", theo);
      await assertRefused("request_return", { order_id: order.id, line_items: [lineOf(0, 1)] },
        `Order not found with id: ${order.id}`);
    });
  });
});
