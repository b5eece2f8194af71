// Amounts as they are shown and as they come: whole minor units, exact, in the order in which the shop gives them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { callUcp } from "../../devshop/test/support/ucp.js";
import { seeded } from "../package/random.js";
import { agentTab } from "./support/agent-page.js";
import { each } from "./support/each.js";
import { KILN, lines, MUG, PORTLAND, readyCheckout, totalOf } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const MOST = 9007199254740991;
/** Spaces of the formatter are not to be told apart. */
const shown = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("amounts are shown with the digits of their currency, up to the largest", async () => {
  const tab = await agentTab(world);
  await each({
    "JPY": [4200, "JPY", "en-US", "¥4,200"],
    "USD": [2800, "USD", "en-US", "$28.00"],
    "USD, one cent": [1, "USD", "en-US", "$0.01"],
    "KWD": [8700, "KWD", "en-US", "KWD 8.700"],
    "a discount": [-1230, "USD", "en-US", "-$12.30"],
    "in French": [123456, "USD", "fr-CA", "1 234,56 $ US"],
    "nothing": [0, "KWD", "en-US", "KWD 0.000"],
    "the largest, JPY": [MOST, "JPY", "en-US", "¥9,007,199,254,740,991"],
    "the largest, USD": [MOST, "USD", "en-US", "$90,071,992,547,409.91"],
    "the largest, KWD": [MOST, "KWD", "en-US", "KWD 9,007,199,254,740.991"],
    "the least, USD": [-MOST, "USD", "en-US", "-$90,071,992,547,409.91"],
  }, async ([amount, currency, locale, wanted]) => {
    assert.equal(shown(await tab.done("money.format", amount, currency, { locale })), wanted);
  });
});

test("what is no amount or no currency is refused", async () => {
  const tab = await agentTab(world);
  await each({
    "a fraction": [1.5, "USD"], "too large": [MOST + 1, "USD"], "a text": ["1", "USD"], "nothing": [null, "USD"],
    "no currency": [1, "XXX"], "a name": [1, "dollar"],
  }, async (args) => {
    const error = await tab.refused("money.format", ...args);
    assert.deepEqual([error.class, error.code], ["OptionsError", "amount_invalid"]);
  });
});

test("amounts go to decimals and back", async () => {
  const tab = await agentTab(world);
  const seed = Date.now() % 2 ** 32;
  const random = seeded(seed);
  const randomAmount = () => (1 + random.below(2 ** 32)) * random.pick([1, -1, 2 ** 20, -(2 ** 20)]);
  const amounts = [0, 1, -1, 99, -100, MOST, -MOST, ...Array.from({ length: 300 }, randomAmount)];
  const back = await tab.run((all) => {
    const { money } = globalThis.page.shop;
    const thereAndBack = (currency) => all.map((amount) => money.toMinor(money.toDecimal(amount, currency), currency));
    return ["JPY", "USD", "KWD"].map(thereAndBack);
  }, amounts);
  assert.deepEqual(back, [amounts, amounts, amounts], `seed ${seed}`);
});

for (const [currency, country] of [["USD", "US"], ["JPY", "JP"], ["KWD", "KW"]]) {
  test(`${currency}: totals come in the shop's order, with negative discounts, untouched`, async () => {
    const tab = await agentTab(world);
    const wish = readyCheckout({
      line_items: lines([MUG, 3], [KILN, 1]),
      context: { currency, address_country: country },
      discounts: { codes: ["MUGS5", "CLAY10"] },
      fulfillment: { methods: [{ type: "shipping", destinations: [{ ...PORTLAND, address_region: "CA" }] }] },
    });
    const { data } = await tab.done("checkout.create", wish);
    assert.equal(data.currency, currency);
    // The same checkout, as another client reads it.
    const { data: witness } = await callUcp(world.shop, "get_checkout", { id: data.id });
    assert.deepEqual(data.totals, witness.totals);
    assert.deepEqual(data.line_items, witness.line_items);
    const types = data.totals.map(({ type }) => type);
    assert.ok(types.indexOf("subtotal") < types.indexOf("discount") && types.at(-1) === "total", types.join(" "));
    assert.ok(totalOf(data, "discount") < 0 && totalOf(data, "items_discount") < 0);
    const show = ({ amount }) => tab.done("money.format", amount, currency, { locale: "en" });
    const texts = await Promise.all(data.totals.map(show));
    const digits = { USD: 2, JPY: 0, KWD: 3 }[currency];
    for (const text of texts) assert.match(text, digits ? new RegExp(`\\.\\d{${digits}}$`) : /^[^.]+$/);
    assert.match(texts[types.indexOf("discount")], /^-/);
  });
}

test("the largest amounts, and what this release does not know, pass through as they came", async () => {
  const tab = await agentTab(world);
  const data = {
    ucp: { version: "2026-08-25", status: "success", capabilities: {}, payment_handlers: {} },
    id: "gid://shopify/Cart/large", currency: "USD", status: "on_the_moon",
    line_items: [{ id: "1", item: { id: MUG, price: MOST }, quantity: 1, totals: [], quantity_unit: { code: "x" } }],
    totals: [
      { type: "moon_fee", amount: -MOST }, { type: "subtotal", amount: 1 }, { type: "total", amount: MOST, lines: [] },
    ],
    new_member: { deep: [null, true, "é"] },
  };
  const result = { content: [{ type: "text", text: "{}" }], structuredContent: data };
  world.shop.settings({ faults: [{ on: "ucp", times: null, do: { result } }] });
  const answer = await tab.done("cart.get", data.id);
  assert.deepEqual(answer.data, data);
});
