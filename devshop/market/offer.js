import { chance } from "./chance.js";
import { combinations, surcharge } from "./options.js";

const PLENTY = 400;
const FEW = 3;

/**
 * What one shop asks for one thing: a product of that shop. Its variants are made when somebody looks at them.
 *
 * @typedef {object} Item a thing of the world, whoever sells it: a "universal product"
 * @property {number} number
 * @property {string} upid
 * @property {string} title
 * @property {string} maker
 * @property {string} shape of its picture
 * @property {string} taxonomyId
 * @property {string} path of its category
 * @property {string} description
 * @property {string} sellingPoint
 * @property {string[]} features
 * @property {{name: string, values: string[]}[]} attributes
 * @property {Offer[]} offers the first is the one to show
 *
 * @typedef {import("../catalog/products.js").Variant} Variant
 */
export class Offer {
  #make;
  #variants = null;

  /**
   * @param {object} parts
   * @param {Item} parts.item
   * @param {import("./shops.js").Seller} parts.shop
   * @param {number} parts.number of all offers
   * @param {(offer: Offer) => Variant[]} parts.make its variants
   */
  constructor({ make, ...parts }) {
    this.#make = make;
    Object.assign(this, parts);
  }

  /** @returns {readonly Variant[]} */
  get variants() {
    this.#variants ??= Object.freeze(this.#make(this));
    return this.#variants;
  }

  get isSecondhand() {
    return this.condition === "secondhand";
  }
}

/**
 * The variants of a generated offer: most combinations of its options exist, most of these are in stock.
 *
 * @param {{firstId: number, cents: number, seed: number}} how
 */
export function variantsOf(offer, { firstId, cents, seed }) {
  const all = combinations(offer.options);
  const exists = (index) => all.length < 4 || index === 0 || chance(seed, `gap${index}`) > 0.1;
  const existing = all.filter((_, index) => exists(index));
  return existing.map((options, index) => Object.freeze({
    id: `gid://shopify/ProductVariant/${firstId + index}`,
    title: options.map(({ label }) => label).join(" / ") || "Default",
    sku: `${offer.skuPrefix}-${index + 1}`,
    cents: Math.round((cents * (1 + surcharge(offer.options, options))) / 50) * 50,
    options,
    stock: offer.isSecondhand ? { left: 1, status: "in_stock" } : stockBy(chance(seed, `stock${index}`)),
    product: offer,
  }));
}

/** Everything that can be said of stock happens, most of it seldom. */
function stockBy(share) {
  if (share < 0.78) return { left: PLENTY, status: "in_stock" };
  if (share < 0.86) return { left: 1 + Math.floor((share - 0.78) * 37), status: "in_stock" };
  if (share < 0.92) return { left: 0, status: "out_of_stock" };
  if (share < 0.95) return { left: PLENTY, status: "backorder" };
  if (share < 0.98) return { left: PLENTY, status: "preorder" };
  return { left: 0, status: "discontinued" };
}

/** Whether there are so few that a buyer should know. */
export function runsLow({ left, status }) {
  return status === "in_stock" && left > 0 && left <= FEW;
}

export const isAvailable = ({ stock }) => stock.left > 0;
