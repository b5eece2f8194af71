import { linksOf } from "../catalog/describe.js";
import { pictureUrl } from "../catalog/picture.js";
import { cartUrl, checkoutUrl, thankYouUrl } from "../sales/links.js";
import { DISCOUNT, FULFILLMENT } from "./capabilities.js";
import { isFromAugust } from "./versions.js";

const METHOD_ID = "method_1";
const GROUP_ID = "group_1";

/**
 * Resources as UCP tells them to an agent.
 *
 * @typedef {object} Deal what an agent and the shop have in common
 * @property {string} version
 * @property {Map<string, string>} shared capabilities
 * @property {Record<string, string>} origins
 */

/** @param {import("../sales/assess.js").Assessment} assessment @param {Deal} deal */
export function describeCart(record, assessment, deal) {
  return {
    id: record.id,
    ...commonParts(record, assessment, deal),
    continue_url: cartUrl(deal.origins, record),
  };
}

/** @param {object} view of a checkout @param {Deal} deal */
export function describeCheckout(view, deal) {
  const { record, status } = view;
  const over = status === "completed" || status === "canceled";
  return {
    id: record.id,
    status,
    ...commonParts(record, view, deal),
    ...(deal.shared.has(FULFILLMENT) ? { fulfillment: describeFulfillment(view, deal) } : {}),
    ...(over ? {} : { continue_url: checkoutUrl(deal.origins, record) }),
    ...(record.order ? { order: describeOrderLink(record.order, deal) } : {}),
  };
}

/** @param {object} order as the records hold it @param {Deal} deal */
export function describeOrder(order, deal) {
  const { checkout, assessment } = order;
  const { lines, totals, delivery } = assessment;
  return {
    ...describeOrderLink(order, deal),
    checkout_id: checkout.id,
    currency: checkout.currency,
    line_items: lines.map((entry) => ({
      ...describeLine(entry, deal),
      quantity: { original: entry.line.quantity, total: entry.line.quantity, fulfilled: 0 },
      status: "processing",
    })),
    fulfillment: {
      expectations: [{
        id: "expectation_1",
        line_items: lines.map(({ line }) => ({ id: line.id, quantity: line.quantity })),
        method_type: "shipping",
        destination: delivery.destination,
        description: `${delivery.selected.title}: ${delivery.selected.description}`,
      }],
      events: [],
    },
    adjustments: [],
    totals,
  };
}

function describeOrderLink({ id, label, checkout }, { origins }) {
  return { id, label, permalink_url: thankYouUrl(origins, checkout) };
}

function commonParts(record, { lines, totals, applied, messages }, deal) {
  const { wish, currency, expiresAt } = record;
  return {
    line_items: lines.map((entry) => ({ ...describeLine(entry, deal), quantity: entry.line.quantity })),
    currency,
    totals,
    messages,
    links: linksOf(deal.origins),
    expires_at: new Date(expiresAt).toISOString(),
    ...(wish.buyer ? { buyer: wish.buyer } : {}),
    ...(wish.context ? { context: wish.context } : {}),
    ...(deal.shared.has(DISCOUNT) && wish.discounts ? { discounts: describeDiscounts(wish.discounts, applied) } : {}),
  };
}

function describeLine({ line, price, subtotal, off }, { origins }) {
  const { id, variant } = line;
  const { title, handle } = variant.product;
  const name = variant.options.length > 0 ? `${title} (${variant.title})` : title;
  return {
    id,
    item: { id: variant.id, title: name, price, image_url: pictureUrl(origins, handle) },
    totals: [
      { type: "subtotal", amount: subtotal, display_text: "Subtotal" },
      ...(off > 0 ? [{ type: "items_discount", amount: -off, display_text: "Discount" }] : []),
      { type: "total", amount: subtotal - off, display_text: "Total" },
    ],
  };
}

function describeDiscounts({ codes = [] }, applied) {
  return { codes, applied: applied.map(({ code, title, amount }) => ({ code, title, amount })) };
}

function describeFulfillment({ lines, delivery }, { version }) {
  const { destinations, destination, options, selected } = delivery;
  const lineIds = lines.map(({ line }) => line.id);
  const typed = isFromAugust(version) ? { type: "shipping_address" } : {};
  return {
    methods: [{
      id: METHOD_ID,
      type: "shipping",
      line_item_ids: lineIds,
      destinations: destinations.map((address) => ({ ...typed, ...address })),
      ...(destination ? { selected_destination_id: destination.id } : {}),
      groups: options.length === 0 ? [] : [{
        id: GROUP_ID,
        line_item_ids: lineIds,
        selected_option_id: selected.id,
        options: options.map(({ id, title, description, amount }) => ({
          id,
          title,
          description: isFromAugust(version) ? { plain: description } : description,
          totals: [{ type: "total", amount, display_text: title }],
        })),
      }],
    }],
  };
}
