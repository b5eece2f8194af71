import { ALL_CURRENCIES, SHOP_CURRENCIES } from "../catalog/money.js";
import { SHOP } from "../store/shop.js";

/**
 * The shops of the global catalog. The first is the one that lives here; of the others there is what they sell, and a
 * page that says so.
 *
 * @typedef {object} Seller
 * @property {string} id the number in `gid://shopify/Shop/…`
 * @property {string} handle
 * @property {string} name
 * @property {string} country it ships from
 * @property {string} currency its own
 * @property {readonly string[]} currencies that it sells in; its own among them
 * @property {readonly string[] | null} shipsTo countries; null: everywhere that goods can be delivered
 * @property {readonly string[]} departments what it sells
 * @property {boolean} secondhand whether all it sells was owned before
 * @property {boolean} nativeCheckout whether agents can pay there
 * @property {string} promise what it says of itself
 */

const EUROPE = Object.freeze(["AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "NL", "NO", "PT",
    "SE"]);
const AMERICA = Object.freeze(["US", "CA", "MX"]);

/** Where nobody delivers. */
const OUT_OF_REACH = new Set(["AQ"]);

const others = [
  {
    id: "68817551382", handle: "fennmark-knitworks", name: "Fennmark Knitworks", country: "US", currency: "USD",
    departments: ["knitwear", "clothing"], promise: "Knitted from yarn that we can name the farm of.",
  },
  {
    id: "71400920113", handle: "tarnbrook-glass", name: "Tarnbrook Glass", country: "PT", currency: "EUR",
    departments: ["glass", "home"], promise: "Blown by mouth, flawed by hand.",
  },
  {
    id: "71400920237", handle: "twice-around", name: "Twice Around", country: "US", currency: "USD",
    currencies: ["USD"], shipsTo: AMERICA, departments: ["knitwear", "clothing", "outdoor", "audio", "home"],
    secondhand: true, nativeCheckout: false, promise: "Everything here has been loved before.",
  },
  {
    id: "71400920344", handle: "kestrel-hollow", name: "Kestrel Hollow Coffee", country: "CA", currency: "CAD",
    shipsTo: [...AMERICA, "GB"], departments: ["coffee", "kitchen"],
    promise: "Roasted on Tuesdays, sent on Wednesdays.",
  },
  {
    id: "71400920451", handle: "skarvheim", name: "Skarvheim Outdoor", country: "SE", currency: "SEK",
    shipsTo: [...EUROPE, ...AMERICA], departments: ["outdoor", "clothing"], promise: "Repaired free, for ever.",
  },
  {
    id: "71400920568", handle: "ohmwood-audio", name: "Ohmwood Audio", country: "DE", currency: "EUR",
    departments: ["audio"], promise: "Two years to change your mind.",
  },
  {
    id: "71400920672", handle: "pith-and-marrowleaf", name: "Pith & Marrowleaf", country: "AU", currency: "AUD",
    departments: ["beauty", "home"], promise: "Short lists of things you can pronounce.",
  },
  {
    id: "71400920789", handle: "kumohara-paper", name: "Kumohara Paper", country: "JP", currency: "JPY",
    currencies: ["JPY"], departments: ["paper"], promise: "Paper that a fountain pen does not bleed through.",
  },
  {
    id: "71400920893", handle: "dunmarrow-supply", name: "Dunmarrow Supply", country: "US", currency: "USD",
    departments: ["kitchen", "home", "glass", "coffee", "audio", "beauty", "paper"],
    promise: "One of each thing, the good one.",
  },
  {
    id: "71400920906", handle: "larchling-toys", name: "Larchling Toys", country: "GB", currency: "GBP",
    shipsTo: EUROPE, departments: ["toys"], promise: "Sanded until it passes the cheek test.",
  },
  {
    id: "71400921018", handle: "attic-and-ash", name: "Attic & Ash", country: "GB", currency: "GBP",
    currencies: ["GBP"],
    shipsTo: EUROPE, departments: ["clothing", "toys", "kitchen", "glass"], secondhand: true, nativeCheckout: false,
    promise: "Cleared from houses, cleaned by us.",
  },
];

/** @type {Seller} */
export const OWN_SHOP = Object.freeze({
  id: SHOP.id, handle: "cedar-and-clay", name: SHOP.name, country: "US", currency: SHOP.currency,
  currencies: SHOP_CURRENCIES, shipsTo: null, departments: Object.freeze([]), secondhand: false,
  nativeCheckout: true, promise: "Thrown, glazed and fired under one roof.",
});

/** @type {readonly Seller[]} */
export const SHOPS = Object.freeze([OWN_SHOP, ...others.map((shop) => Object.freeze({
  currencies: ALL_CURRENCIES, shipsTo: null, secondhand: false, nativeCheckout: true, ...shop,
}))]);

const BY_ID = new Map(SHOPS.map((shop) => [shop.id, shop]));
const BY_HANDLE = new Map(SHOPS.map((shop) => [shop.handle, shop]));

export const shopByHandle = (handle) => BY_HANDLE.get(handle);

/** @param {string} text a number, or `gid://shopify/Shop/…` @returns {Seller | undefined} */
export function shopById(text) {
  return BY_ID.get(text.replace(/^gid:\/\/shopify\/Shop\//, ""));
}

/** Whether a shop delivers to a country. */
export function shipsTo({ shipsTo: countries }, country) {
  return !OUT_OF_REACH.has(country) && (countries === null || countries.includes(country));
}

/** Where a shop's pages are: its own origin each, as in the field. */
export function storefrontOf(shop, origins) {
  if (shop === OWN_SHOP) return origins.shop;
  const { protocol, port } = new URL(origins.shop);
  return protocol === "https:" ? `https://${tlsNameOf(shop)}` : `http://${shop.handle}.localhost:${port}`;
}

/** The host by which an agent reaches a shop's own server; it never changes. */
export function permanentDomainOf(shop, origins) {
  return shop === OWN_SHOP ? new URL(origins.ucp).host : `${shop.handle}-example.myshopify.com`;
}

/** The name of another shop in the TLS profile. */
export function tlsNameOf({ handle }) {
  return `${handle}.example`;
}
