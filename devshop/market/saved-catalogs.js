import { shopByHandle } from "./shops.js";

/**
 * Catalogs that were saved in a dashboard: bounds for a search, and words that are put before every query.
 *
 * @typedef {object} SavedCatalog
 * @property {string} slug
 * @property {string} name
 * @property {string} [prefix]
 * @property {import("./filters.js").Filters} filters prices in cents
 */

/** @type {readonly SavedCatalog[]} */
export const SAVED_CATALOGS = Object.freeze([
  {
    slug: "slow-kitchen", name: "Slow kitchen", filters: { categories: ["Kitchen & Dining"], conditions: ["new"] },
  },
  { slug: "second-life", name: "Second life", filters: { conditions: ["secondhand"], available: true } },
  { slug: "under-fifty", name: "Under fifty dollars", filters: { price: { max: 5000 } } },
  {
    slug: "two-shops", name: "Two shops, to Canada",
    filters: {
      shops: [shopByHandle("fennmark-knitworks").id, shopByHandle("kestrel-hollow").id], shipsTo: "CA",
    },
  },
  { slug: "wool-first", name: "Wool first", prefix: "wool", filters: {} },
].map(Object.freeze));

export function savedCatalogBySlug(slug) {
  return SAVED_CATALOGS.find((catalog) => catalog.slug === slug);
}

/**
 * Filters within the bounds of a saved catalog: what is inside them narrows, what is outside gives way to them.
 *
 * @param {import("./filters.js").Filters} filters
 * @param {SavedCatalog} saved
 * @param {(cents: number) => number} inCurrency turns the saved prices into what the filters are in
 */
export function within(filters, saved, inCurrency) {
  const bounds = saved.filters;
  const merged = { ...filters };
  for (const [name, bound] of Object.entries(bounds)) {
    if (name === "price") merged.price = priceWithin(filters.price, bound, inCurrency);
    else if (Array.isArray(bound)) merged[name] = listWithin(filters[name], bound);
    else merged[name] = bound;
  }
  return merged;
}

function listWithin(wanted, bound) {
  const inside = (wanted ?? bound).filter((entry) => bound.includes(entry));
  return inside.length > 0 ? inside : bound;
}

function priceWithin({ min = 0, max = Infinity } = {}, bound, inCurrency) {
  const least = bound.min === undefined ? 0 : inCurrency(bound.min);
  const most = bound.max === undefined ? Infinity : inCurrency(bound.max);
  const narrowed = { min: Math.max(min, least), max: Math.min(max, most) };
  return narrowed.min <= narrowed.max ? narrowed : { min: least, max: most };
}
