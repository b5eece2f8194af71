import { priceIn } from "../catalog/money.js";
import { KILN, LUSTRE, NAME_TILE, RAKU } from "../catalog/specials.js";
import { arrangeDelivery } from "./delivery.js";
import { judgeCodes } from "./discounts.js";
import { stockMessages } from "./lines.js";
import { error, info, warning } from "./messages.js";

const KILN_FREIGHT_CENTS = 15000;
const ENGRAVING_CENTS = 600;
/** Sales tax by region and consumption tax by country, in hundredths of a percent. */
const TAX = { "US-CA": 725, "US-NY": 400, "US-WA": 650, "JP": 1000 };

/**
 * @typedef {object} Assessment what a basket comes to
 * @property {{line: import("./lines.js").Line, price: number, subtotal: number, off: number}[]} lines
 * @property {{type: string, amount: number, display_text: string}[]} totals
 * @property {{code: string, title: string, amount: number}[]} applied
 * @property {import("./delivery.js").Delivery | null} delivery null for a cart
 * @property {object[]} messages
 */

/**
 * Works out what a basket costs and what is to be said about it.
 *
 * @param {object} basket a cart or checkout as the records hold it
 * @param {{isCheckout: boolean, discounts: boolean, fulfillment: boolean, customer: boolean}} terms
 *   what the agent and the shop share, and whether a customer is signed in
 * @returns {Assessment}
 */
export function assess(basket, { isCheckout, discounts, fulfillment, customer }) {
  const { currency, wish } = basket;
  const priced = basket.lines.map((line) => {
    const price = priceIn(currency, line.variant.cents);
    return { line, price, subtotal: price * line.quantity, off: 0 };
  });
  const subtotal = sum(priced, (entry) => entry.subtotal);
  const codes = discounts ? (wish.discounts?.codes ?? []) : [];
  const judged = judgeCodes(codes, { subtotal, currency, customer, reviewed: basket.reviewed });
  const applied = applyDiscounts(judged.granted, { priced, subtotal, currency });
  const whereTo = basket.delivery ?? (fulfillment ? wish.fulfillment : undefined);
  const delivery = !isCheckout ? null : arrangeDelivery(whereTo, {
    currency,
    subtotalCents: sum(basket.lines, ({ variant, quantity }) => variant.cents * quantity),
    free: judged.granted.some(({ freeShipping }) => freeShipping),
    byAgent: fulfillment,
  });
  return {
    lines: priced,
    applied,
    delivery,
    totals: totals({ basket, priced, subtotal, applied, delivery, isCheckout }),
    messages: [
      ...basket.notes,
      ...stockMessages(basket.lines),
      ...judged.messages,
      ...(delivery?.messages ?? []),
      ...(isCheckout ? specialMessages(basket) : []),
      ...(delivery?.selected?.amount === 0 ? [info("free_shipping", "This order ships free.")] : []),
    ],
  };
}

/** Takes what is off single pieces from their lines, then what is off the whole from what is left. */
function applyDiscounts(granted, { priced, subtotal, currency }) {
  const applied = [];
  for (const { code, title, offEach } of granted.filter((entry) => entry.offEach)) {
    const before = sum(priced, ({ off }) => off);
    for (const entry of priced) {
      const off = offEach({ variant: entry.line.variant, currency }) * entry.line.quantity;
      entry.off = Math.min(entry.subtotal, entry.off + off);
    }
    applied.push({ code, title, amount: sum(priced, ({ off }) => off) - before, type: "items_discount" });
  }
  let left = subtotal - sum(priced, ({ off }) => off);
  for (const { code, title, off } of granted.filter((entry) => entry.off)) {
    const amount = Math.min(left, off({ subtotal }));
    left -= amount;
    applied.push({ code, title, amount, type: "discount" });
  }
  const free = granted.filter(({ freeShipping }) => freeShipping);
  return [...applied, ...free.map(({ code, title }) => ({ code, title, amount: 0, type: "discount" }))];
}

function totals({ basket, priced, subtotal, applied, delivery, isCheckout }) {
  const { currency } = basket;
  const entries = [{ type: "subtotal", amount: subtotal, display_text: "Subtotal" }];
  for (const { type, title, amount } of applied) {
    if (amount > 0) entries.push({ type, amount: -amount, display_text: title });
  }
  if (delivery?.selected) {
    entries.push({ type: "fulfillment", amount: delivery.selected.amount, display_text: delivery.selected.title });
  }
  const pieces = (handle) => sum(priced, ({ line }) => (line.variant.product.handle === handle ? line.quantity : 0));
  const add = (type, cents, text) => {
    if (cents > 0) entries.push({ type, amount: priceIn(currency, cents), display_text: text });
  };
  if (isCheckout) {
    add("fee", pieces(KILN) * KILN_FREIGHT_CENTS, "Freight handling");
    add("custom", pieces(NAME_TILE) * ENGRAVING_CENTS, "Engraving");
  }
  const goods = subtotal - sum(applied, ({ amount }) => amount);
  const tax = Math.round((goods * taxRate(delivery?.destination)) / 10000);
  if (tax > 0) entries.push({ type: "tax", amount: tax, display_text: "Tax" });
  return [...entries, { type: "total", amount: sum(entries, ({ amount }) => amount), display_text: "Total" }];
}

function taxRate(destination) {
  if (!destination) return 0;
  const { address_country: country, address_region: region } = destination;
  return TAX[`${country}-${region}`] ?? TAX[country] ?? 0;
}

/** What single products make a checkout say. */
function specialMessages({ lines, engraving, reviewed }) {
  const at = (handle) => lines.findIndex(({ variant }) => variant.product.handle === handle);
  const path = (handle) => `$.line_items[${at(handle)}]`;
  const messages = [];
  if (at(LUSTRE) >= 0) {
    messages.push(warning("hazard_disclosure", "Contains lead. Do not use on tableware. Keep away from children.", {
      path: path(LUSTRE), presentation: "disclosure", url: "https://cedarandclay.example/pages/lustre-safety",
    }));
  }
  if (at(RAKU) >= 0) {
    messages.push(warning("made_by_hand", "No two raku bowls are alike; yours differs from the picture.", {
      path: path(RAKU), presentation: "notice",
    }));
  }
  if (at(NAME_TILE) >= 0 && !engraving) {
    messages.push(error("extension_interaction_required", "requires_buyer_input",
      "The buyer has to say what to engrave.", path(NAME_TILE)));
  }
  if (at(KILN) >= 0 && !reviewed) {
    messages.push(error("delivery_review_required", "requires_buyer_review",
      "The buyer has to agree to delivery by freight.", path(KILN)));
  }
  return messages;
}

function sum(list, amountOf) {
  return list.reduce((total, entry) => total + amountOf(entry), 0);
}
