import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { agentToken } from "./support/agent.js";
import { runningShop } from "./support/shop.js";
import { signIn } from "./support/sign-in.js";
import {
  KILN, LUSTRE, MUG, NAME_TILE, OIL_LAMP, PORTLAND, RAKU_BOWL, VASE_SOLD_OUT, callUcp, codes, lines, newKey, paymentOf,
  readyCheckout, totalOf,
} from "./support/ucp.js";

const shippedTo = (address) => ({ fulfillment: { methods: [{ type: "shipping", destinations: [address] }] } });
const said = ({ messages }) => messages.map(({ type, severity, code }) => [severity ?? type, code]);

describe("checkouts", () => {
  const running = runningShop();

  const create = async (checkout, how) => (await callUcp(running.shop, "create_checkout", { checkout }, how)).data;
  const update = async (id, checkout) => (await callUcp(running.shop, "update_checkout", { id, checkout })).data;
  const get = async (id, how) => (await callUcp(running.shop, "get_checkout", { id }, how)).data;
  const complete = async (id, payment) => {
    const token = await agentToken(running.shop);
    return (await callUcp(running.shop, "complete_checkout", { id, checkout: payment }, { token, key: newKey() })).data;
  };

  it("go from incomplete to ready as what they lack is filled in", async () => {
    const checkout = await create({ line_items: lines([MUG, 2]) });
    assert.equal(checkout.status, "incomplete");
    assert.deepEqual(said(checkout), [
      ["recoverable", "buyer_identity_contact_method_required"], ["recoverable", "delivery_address_required"],
    ]);
    assert.ok(checkout.continue_url.startsWith(`${running.shop.shop}/checkouts/cn/`));
    const ready = await update(checkout.id, readyCheckout());
    assert.equal(ready.status, "ready_for_complete");
    assert.deepEqual(ready.totals.map(({ type, amount }) => [type, amount]), [
      ["subtotal", 5600], ["fulfillment", 800], ["total", 6400],
    ]);
    const [{ groups: [group], destinations: [{ id, type }] }] = ready.fulfillment.methods;
    assert.equal(type, "shipping_address");
    assert.deepEqual(group.options.map((option) => option.id), ["standard", "express"]);
    const method = { destinations: [{ id, ...PORTLAND }], groups: [{ id: group.id, selected_option_id: "express" }] };
    const express = await update(checkout.id, readyCheckout({ fulfillment: { methods: [method] } }));
    assert.equal(totalOf(express, "fulfillment"), 2200);
  });

  it("complete once paid, with an order to show", async () => {
    const checkout = await create(readyCheckout());
    const done = await complete(checkout.id, paymentOf());
    assert.equal(done.status, "completed");
    assert.match(done.order.label, /^#\d{4}$/);
    assert.equal((await fetch(done.order.permalink_url)).status, 200);
    assert.equal(done.continue_url, undefined);
    assert.deepEqual((await get(checkout.id)).order, done.order);
    const again = await complete(checkout.id, paymentOf());
    assert.deepEqual([again.ucp.status, codes(again)], ["error", ["invalid_state"]]);
    const later = await update(checkout.id, readyCheckout());
    assert.deepEqual(codes(later), ["invalid_state"]);
    assert.equal(running.shop.state().ucp.orders, 1);
  });

  it("answer every card in its own way", async () => {
    const outcomes = {
      tok_declined: ["ready_for_complete", "recoverable", "payment_failed"],
      tok_unknown: ["ready_for_complete", "recoverable", "payment_failed"],
      tok_buyer_action: ["requires_escalation", "requires_buyer_review", "payment_authentication_required"],
      tok_stolen: ["canceled", "unrecoverable", "payment_failed"],
    };
    for (const [token, [status, severity, code]] of Object.entries(outcomes)) {
      const { id } = await create(readyCheckout());
      const answer = await complete(id, paymentOf(token));
      assert.equal(answer.status, status, token);
      assert.deepEqual(said(answer), [[severity, code]]);
    }
    const { id } = await create(readyCheckout());
    assert.equal((await complete(id, paymentOf("tok_declined"))).status, "ready_for_complete");
    assert.equal((await complete(id, paymentOf())).status, "completed", "another card is as good as a first");
    assert.equal(running.shop.state().ucp.orders, 1);
  });

  it("can be slow to complete, and take no update meanwhile", async () => {
    running.shop.settings({ ucpCompletionMs: 300 });
    const { id } = await create(readyCheckout());
    assert.equal((await complete(id, paymentOf("tok_slow"))).status, "complete_in_progress");
    assert.deepEqual(codes(await update(id, readyCheckout())), ["invalid_state"]);
    assert.equal((await get(id)).status, "complete_in_progress");
    await sleep(350);
    const done = await get(id);
    assert.equal(done.status, "completed");
    assert.ok(done.order);
  });

  it("come back as they are when they are not ready", async () => {
    const { id } = await create({ line_items: lines([MUG]) });
    const answer = await complete(id, paymentOf());
    assert.equal(answer.status, "incomplete");
    assert.equal(running.shop.state().ucp.orders, 0);
  });

  for (const [what, more, status, severity, code] of [
    ["a sold-out item", { line_items: lines([VASE_SOLD_OUT]) }, "incomplete", "recoverable", "out_of_stock"],
    ["nowhere", shippedTo({ ...PORTLAND, postal_code: "00000" }), "incomplete", "recoverable", "address_undeliverable"],
    ["nothing", { line_items: [] }, "incomplete", "recoverable", "empty"],
    ["a trade code", { discounts: { codes: ["WHOLESALE"] } }, "incomplete", "recoverable", "eligibility_invalid"],
    ["a tile to engrave", { line_items: lines([NAME_TILE]) }, "requires_escalation", "requires_buyer_input",
      "extension_interaction_required"],
    ["a kiln", { line_items: lines([KILN]) }, "requires_escalation", "requires_buyer_review", "delivery_review_required"],
    ["a code to review", { discounts: { codes: ["REVIEW"] } }, "requires_escalation", "requires_buyer_review",
      "order_review_required"],
    ["a member's code", { discounts: { codes: ["MEMBERS"] } }, "requires_escalation", "requires_buyer_input",
      "identity_required"],
  ]) {
    it(`stop at ${what}, and say what is to be done`, async () => {
      const checkout = await create(readyCheckout(more));
      assert.equal(checkout.status, status);
      assert.ok(said(checkout).some(([one, other]) => one === severity && other === code), JSON.stringify(said(checkout)));
      assert.ok(checkout.continue_url);
    });
  }

  it("are not to be had at all for what is no longer made", async () => {
    const answer = await create(readyCheckout({ line_items: lines([OIL_LAMP]) }));
    assert.deepEqual([answer.ucp.status, answer.id, said(answer)], [
      "error", undefined, [["unrecoverable", "item_unavailable"]],
    ]);
  });

  it("warn of what has to be shown, and inform of what is nice to know", async () => {
    const checkout = await create(readyCheckout({ line_items: lines([LUSTRE], [RAKU_BOWL]) }));
    const shown = checkout.messages.map(({ type, code, presentation }) => [type, code, presentation]);
    assert.deepEqual(shown, [
      ["warning", "hazard_disclosure", "disclosure"], ["warning", "made_by_hand", "notice"],
      ["info", "free_shipping", undefined],
    ]);
    assert.equal(checkout.status, "ready_for_complete");
  });

  it("know members by their token", async () => {
    const { tokens: { access_token: token } } = await signIn(running.shop);
    const checkout = await create(readyCheckout({ discounts: { codes: ["MEMBERS"] } }), { token });
    assert.equal(checkout.status, "ready_for_complete");
    assert.equal(totalOf(checkout, "discount"), -840);
  });

  it("have fees, taxes and other totals, which add up", async () => {
    const checkout = await create(readyCheckout({
      line_items: lines([KILN], [NAME_TILE], [MUG]),
      discounts: { codes: ["CLAY10", "MUGS5"] },
      ...shippedTo({ ...PORTLAND, address_region: "CA" }),
    }));
    const types = checkout.totals.map(({ type }) => type);
    assert.deepEqual(types, [
      "subtotal", "items_discount", "discount", "fulfillment", "fee", "custom", "tax", "total",
    ]);
    const sum = checkout.totals.slice(0, -1).reduce((total, { amount }) => total + amount, 0);
    assert.equal(totalOf(checkout), sum);
  });

  it("come from carts, whose codes stay behind, and end them", async () => {
    const { shop } = running;
    const { data: cart } = await callUcp(shop, "create_cart", {
      cart: { line_items: lines([MUG, 3]), context: { currency: "JPY" }, discounts: { codes: ["CLAY10"] } },
    });
    const checkout = await create(readyCheckout({ line_items: [], cart_id: cart.id }));
    assert.deepEqual(checkout.line_items.map(({ quantity }) => quantity), [3]);
    assert.deepEqual([checkout.currency, checkout.cart_id, checkout.discounts], ["JPY", undefined, undefined]);
    assert.deepEqual(codes(await create({ line_items: [], cart_id: "gid://shopify/Cart/1?key=2" })), ["not_found"]);
    await complete(checkout.id, paymentOf());
    assert.equal((await callUcp(shop, "get_cart", { id: cart.id })).data.ucp.status, "error");
  });

  it("can be canceled, and expire", async () => {
    const { shop } = running;
    const { id } = await create(readyCheckout());
    const { data } = await callUcp(shop, "cancel_checkout", { id }, { key: newKey() });
    assert.deepEqual([data.status, data.continue_url], ["canceled", undefined]);
    assert.equal((await get(id)).status, "canceled");
    shop.settings({ ucpCheckoutTtl: 1 });
    const short = await create(readyCheckout());
    await sleep(1050);
    assert.deepEqual(codes(await get(short.id)), ["not_found"]);
  });
});
