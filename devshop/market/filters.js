import { isAvailable } from "./offer.js";
import { worth } from "./presentment.js";
import { shipsTo } from "./shops.js";

/**
 * What a buyer accepts, as both catalogs understand it. What is left out is accepted.
 *
 * @typedef {object} Filters
 * @property {boolean} [available] whether only what can be bought
 * @property {string[]} [categories] ids or names, of any level
 * @property {string[]} [conditions] `new`, `secondhand`
 * @property {string} [shipsTo] a country
 * @property {string[]} [shipsFrom] countries
 * @property {string[]} [shops] ids of shops
 * @property {{min?: number, max?: number}} [price] in minor units of the wanted currency
 * @property {{name: string, values: string[]}[]} [attributes]
 * @property {{min?: number, min_count?: number}} [rating]
 * @property {string[]} [tiers]
 * @property {boolean} [requiresPlan]
 *
 * @typedef {object} Match a shop's offer with those of its variants that are accepted
 * @property {import("./offer.js").Offer} offer
 * @property {import("../catalog/products.js").Variant[]} variants
 */

/** The attributes that one can ask for, and the options that are meant. */
export const ATTRIBUTES = Object.freeze({
  "Color": new Set(["Color", "Colour", "Glaze", "Finish"]),
  "Size": new Set(["Size"]),
  "Target gender": new Set(),
});

/**
 * The offers of an item that pass; none when the item itself does not.
 *
 * @param {import("./offer.js").Item} item
 * @param {Filters} filters
 * @param {string} currency wanted
 * @returns {Match[]}
 */
export function matchesOf(item, filters, currency) {
  if (filters.categories && !filters.categories.some((wanted) => isIn(item, wanted))) return [];
  if (filters.tiers && !filters.tiers.includes(item.priceTier)) return [];
  const matches = [];
  for (const offer of item.offers) {
    if (!offerPasses(offer, filters)) continue;
    const variants = offer.variants.filter((variant) => variantPasses(variant, offer, filters, currency));
    if (variants.length > 0) matches.push({ offer, variants });
  }
  return matches;
}

function offerPasses(offer, { conditions, shipsTo: country, shipsFrom, shops, rating, requiresPlan }) {
  const { shop } = offer;
  if (conditions && !conditions.includes(offer.condition)) return false;
  if (country && !shipsTo(shop, country)) return false;
  if (shipsFrom && !shipsFrom.includes(shop.country)) return false;
  if (shops && !shops.includes(shop.id)) return false;
  if (requiresPlan !== undefined && offer.requiresPlan !== requiresPlan) return false;
  if (!rating) return true;
  const { value = 0, count = 0 } = offer.rating ?? {};
  return value >= (rating.min ?? 0) && count >= (rating.min_count ?? 0);
}

function variantPasses(variant, offer, { available, price, attributes = [] }, currency) {
  if (available && !isAvailable(variant)) return false;
  if (price) {
    const amount = worth(variant, currency);
    if (amount < (price.min ?? 0) || amount > (price.max ?? Infinity)) return false;
  }
  return attributes.every(({ name, values }) => hasAttribute(variant, offer.item, name, values));
}

function hasAttribute({ options }, item, name, values) {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const own = options.filter((option) => ATTRIBUTES[name].has(option.name)).map(({ label }) => label);
  const has = own.length > 0 ? own : (item.attributes.find((attribute) => attribute.name === name)?.values ?? []);
  return has.some((value) => wanted.has(value.toLowerCase()));
}

/** By the taxonomy's id or a name in the path, of the category itself or one above it. */
function isIn({ taxonomyId, path }, wanted) {
  const [, id] = wanted.match(/^gid:\/\/shopify\/TaxonomyCategory\/(.+)$/) ?? [];
  if (id) return taxonomyId === id || taxonomyId.startsWith(`${id}-`);
  const name = wanted.toLowerCase();
  const whole = path.toLowerCase();
  return whole === name || whole.startsWith(`${name} > `) || whole.split(" > ").includes(name);
}
