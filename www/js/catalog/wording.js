import { el } from "../dom.js";
import { words } from "../format.js";

const AVAILABILITY = Object.freeze({
  in_stock: ["good", "In stock"],
  backorder: ["warn", "On back-order"],
  preorder: ["calm", "To pre-order"],
  out_of_stock: ["bad", "Sold out"],
  discontinued: ["bad", "No longer made"],
});
const POLICIES = Object.freeze({
  privacy_policy: "Privacy",
  refund_policy: "Refunds",
  shipping_policy: "Shipping",
  terms_of_service: "Terms",
});

/** A chip with what the shop says about stock; null where it says nothing. */
export function availabilityChip(offer) {
  const [tone, text] = availabilityOf(offer);
  return text && el("span", { class: `chip tone-${tone}` }, text);
}

function availabilityOf({ available, availability, raw }) {
  if (available !== false && raw.availability?.running_low === true) return ["warn", "Only a few left"];
  if (AVAILABILITY[availability]) return AVAILABILITY[availability];
  if (availability) return ["calm", words(availability)];
  return available === false ? AVAILABILITY.out_of_stock : [];
}

/** `Oat, 12 oz` */
export function optionsText({ options }) {
  return options
    .map(({ label }) => label)
    .filter(Boolean)
    .join(", ");
}

const PAYMENTS = Object.freeze({
  shopify_pay: "Shop Pay",
  apple_pay: "Apple Pay",
  google_pay: "Google Pay",
  visa: "Visa",
  master: "Mastercard",
  american_express: "American Express",
});

/** `Shop Pay` of `SHOPIFY_PAY`. */
export function paymentName(code) {
  return PAYMENTS[code.toLowerCase()] ?? words(code);
}

/** `Privacy` of `privacy_policy`. */
export function policyName(type) {
  return POLICIES[type] ?? words(type);
}

/** What something is filed under, by the shop's own word or the end of a longer path. */
export function categoryOf({ raw }) {
  const categories = Array.isArray(raw.categories) ? raw.categories : [];
  const named = categories.find(({ value }) => typeof value === "string" && !value.startsWith("gid://"));
  return named ? { value: named.value, name: named.value.split(" > ").at(-1) } : null;
}

/** A link to a page of somebody else's, in a tab of its own. */
export function outwardLink(url, ...children) {
  return el(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer" },
    children,
    el("span", { class: "visually-hidden" }, " (opens a new tab)"),
  );
}

export const isOwn = ({ seller }, shop) => seller.url !== null && new URL(seller.url).origin === shop;
