import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runningShop } from "./support/shop.js";
import {
  MOON_JAR, MUG, OIL_LAMP, VASE_SOLD_OUT, callUcp, codes, lines, newKey, totalOf, variant,
} from "./support/ucp.js";

describe("carts", () => {
  const running = runningShop();

  const create = async (cart) => (await callUcp(running.shop, "create_cart", { cart })).data;
  const update = async (id, cart) => (await callUcp(running.shop, "update_cart", { id, cart })).data;
  const get = async (id) => (await callUcp(running.shop, "get_cart", { id })).data;

  it("are flat resources with lines, totals in minor units, and a link for the buyer", async () => {
    const cart = await create({ line_items: lines([MUG, 2], [variant("44100110001")]) });
    assert.match(cart.id, /^gid:\/\/shopify\/Cart\/[0-9a-f]+\?key=[0-9a-f]+$/);
    assert.equal(cart.ucp.status, "success");
    assert.equal(cart.status, undefined);
    assert.deepEqual(cart.line_items.map(({ quantity, item }) => [quantity, item.price]), [[2, 2800], [1, 5400]]);
    assert.deepEqual(cart.totals, [
      { type: "subtotal", amount: 11000, display_text: "Subtotal" },
      { type: "total", amount: 11000, display_text: "Total" },
    ]);
    assert.ok(new Date(cart.expires_at) > Date.now() + 29 * 24 * 60 * 60 * 1000);
    assert.ok(cart.continue_url.startsWith(`${running.shop.shop}/cart/c/`));
    assert.deepEqual(await get(cart.id), cart);
  });

  it("are replaced as a whole by an update, and keep the ids of lines that stay", async () => {
    const cart = await create({
      line_items: lines([MUG]), buyer: { email: "maya.okafor@example.com" }, discounts: { codes: ["CLAY10"] },
    });
    const [{ id: lineId }] = cart.line_items;
    const updated = await update(cart.id, { line_items: lines([variant("44100110001")], [MUG, 3]) });
    assert.equal(updated.id, cart.id);
    assert.deepEqual(updated.line_items.map(({ quantity }) => quantity), [1, 3]);
    assert.equal(updated.line_items[1].id, lineId);
    assert.equal(updated.buyer, undefined);
    assert.equal(updated.discounts, undefined);
  });

  it("speak the buyer's currency", async () => {
    const totalIn = async (context) => {
      const cart = await create({ line_items: lines([MUG]), context });
      return [cart.currency, totalOf(cart)];
    };
    assert.deepEqual(await totalIn(undefined), ["USD", 2800]);
    assert.deepEqual(await totalIn({ currency: "JPY" }), ["JPY", 4200]);
    assert.deepEqual(await totalIn({ address_country: "KW" }), ["KWD", 8700]);
  });

  it("take codes off, as negative totals", async () => {
    const cart = await create({ line_items: lines([MUG, 2]), discounts: { codes: ["CLAY10", "mugs5", "BYGONE", "NOPE"] } });
    assert.equal(totalOf(cart, "items_discount"), -1000);
    assert.equal(totalOf(cart, "discount"), -560);
    assert.equal(totalOf(cart), 5600 - 1000 - 560);
    assert.deepEqual(cart.discounts.applied.map(({ code, amount }) => [code, amount]), [["MUGS5", 1000], ["CLAY10", 560]]);
    assert.deepEqual(cart.messages.map(({ type, code, path }) => [type, code, path]), [
      ["warning", "discount_code_expired", "$.discounts.codes[2]"],
      ["warning", "discount_code_invalid", "$.discounts.codes[3]"],
    ]);
  });

  it("say what they cannot hold", async () => {
    const cart = await create({ line_items: lines([VASE_SOLD_OUT], [MOON_JAR, 5], [variant("1")], [OIL_LAMP]) });
    assert.deepEqual(cart.messages.map(({ code, path }) => [code, path]), [
      ["quantity_adjusted", "$.line_items[1].quantity"], ["not_found", "$.line_items[2]"],
      ["out_of_stock", "$.line_items[0]"], ["item_unavailable", "$.line_items[2]"],
    ]);
    assert.deepEqual(cart.line_items.map(({ quantity }) => quantity), [1, 2, 1]);
  });

  it("end when they are canceled or too old", async () => {
    const { shop } = running;
    const cart = await create({ line_items: lines([MUG]) });
    const { data: last } = await callUcp(shop, "cancel_cart", { id: cart.id }, { key: newKey() });
    assert.equal(last.id, cart.id);
    const gone = await get(cart.id);
    assert.equal(gone.ucp.status, "error");
    assert.deepEqual(gone.messages.map(({ code, severity }) => [code, severity]), [["not_found", "unrecoverable"]]);
    assert.equal(gone.id, undefined);
    shop.settings({ ucpCartTtl: 1 });
    const short = await create({ line_items: lines([MUG]) });
    await sleep(1050);
    assert.deepEqual(codes(await get(short.id)), ["not_found"]);
    assert.equal((await fetch(short.continue_url)).status, 404);
  });

  it("are gone after a reset", async () => {
    const cart = await create({ line_items: lines([MUG]) });
    running.shop.reset();
    assert.deepEqual(codes(await get(cart.id)), ["not_found"]);
    assert.equal(running.shop.state().ucp.carts, 0);
  });
});
