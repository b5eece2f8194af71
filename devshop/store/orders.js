import { CUSTOMERS } from "./customers.js";
import { ORDER_STATES } from "./order-states.js";
import { ORDER_TABLE } from "./order-table.js";
import { PRODUCTS } from "./products.js";
import { SHOP } from "./shop.js";

const DAY = 24 * 60 * 60 * 1000;
const SHIPPING_CENTS = 800;
const CARRIERS = [
  { company: "UPS", prefix: "1Z5R89390", url: "https://www.ups.com/track?tracknum=" },
  { company: "USPS", prefix: "940010000000", url: "https://tools.usps.com/go/TrackConfirmAction?tLabels=" },
  {
    company: "Canada Post",
    prefix: "70231004",
    url: "https://www.canadapost-postescanada.ca/track-reperage/en#/details/",
  },
];

/**
 * Every order of the shop, as the store holds it: amounts in cents, dates as Date, newest last.
 *
 * @param {Date} now
 */
export function pastOrders(now) {
  return ORDER_TABLE.map(([number, customer, age, state, lines]) =>
    order({ number, customer: CUSTOMERS[customer], age, state, lines, now }));
}

function order({ number, customer, age, state, lines, now }) {
  const traits = ORDER_STATES[state];
  const createdAt = new Date(now.getTime() - age * DAY - (number % 17) * 37 * 60 * 1000);
  const lineItems = lines.split(" ").map((text, index) => lineItem(number, index, text));
  const subtotal = lineItems.reduce((sum, line) => sum + line.cents * line.quantity, 0);
  const made = {
    id: `gid://shopify/Order/${5904000000000 + number * 1013}`,
    number,
    name: `#${number}`,
    customer,
    createdAt,
    currency: customer.address.country_code === "CA" ? "CAD" : SHOP.currency,
    financialStatus: traits.financial,
    fulfillmentStatus: traits.fulfillment,
    canceledAt: traits.canceled ? new Date(createdAt.getTime() + 5 * 60 * 60 * 1000) : null,
    cancelReason: traits.canceled ?? null,
    holdReason: traits.hold ?? null,
    shipsAt: traits.shipsInDays ? new Date(now.getTime() + traits.shipsInDays * DAY) : null,
    lineItems,
    subtotal,
    shipping: subtotal >= 10000 ? 0 : SHIPPING_CENTS,
    shipments: [],
    refunds: [],
    returns: [],
  };
  made.shipments = (traits.shipments ?? []).map((shipment, index) => parcel(made, shipment, index, now));
  if (traits.refund) made.refunds.push(refund(made, traits.refund));
  if (traits.returns) made.returns.push(seededReturn(made, traits.returns));
  return made;
}

function lineItem(number, index, text) {
  const [key, quantity] = text.split("*");
  const product = PRODUCTS[key];
  return {
    id: `gid://shopify/LineItem/${14820000000000 + number * 1000 + index + 1}`,
    ...product,
    quantity: Number(quantity),
  };
}

function parcel(order, { status, lines, pickup = false }, index, now) {
  const carrier = CARRIERS[order.currency === "CAD" ? 2 : order.number % 2];
  const shippedAt = new Date(Math.min(order.createdAt.getTime() + DAY, now.getTime() - 3 * 60 * 60 * 1000));
  const arrival = new Date(shippedAt.getTime() + 4 * DAY);
  const number = `${carrier.prefix}${String(order.number * 7919 + index).padStart(9, "0")}`;
  return {
    id: `gid://shopify/Fulfillment/${5310000000000 + order.number * 10 + index}`,
    status,
    shippedAt,
    estimatedDeliveryAt: ["IN_TRANSIT", "OUT_FOR_DELIVERY"].includes(status) ? new Date(Math.max(arrival, now)) : null,
    deliveredAt: ["DELIVERED", "PICKED_UP"].includes(status) ? new Date(Math.min(arrival, now)) : null,
    tracking: pickup ? null : { company: carrier.company, number, url: carrier.url + number },
    pickup,
    lineItems: order.lineItems
      .filter((_, position) => lines === "all" || position === 0)
      .map(({ id, quantity }) => ({ id, quantity })),
  };
}

function refund(order, extent) {
  const cents = extent === "all" ? order.subtotal + order.shipping : order.lineItems[0].cents;
  return {
    id: `gid://shopify/Refund/${9120000000000 + order.number}`,
    createdAt: new Date(order.createdAt.getTime() + 9 * DAY),
    cents,
  };
}

function seededReturn(order, status) {
  return {
    id: `gid://shopify/Return/${2230000000000 + order.number}`,
    name: `${order.name}-R1`,
    status,
    createdAt: new Date(order.createdAt.getTime() + 8 * DAY),
    lineItems: order.lineItems.map(({ id }) => ({ id, quantity: 1, reason: "UNWANTED", customerNote: null })),
  };
}
