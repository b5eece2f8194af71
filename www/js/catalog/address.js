import { SHOP_PATH } from "./servers.js";

/**
 * What the page shows, as its address says it: links, reloads and the back button all go by that.
 *
 * @typedef {object} Search
 * @property {"results"} view
 * @property {import("./servers.js").Server} catalog
 * @property {string} words
 * @property {string[]} categories
 * @property {string} min a decimal number of the buyer's currency, or ""
 * @property {string} max
 * @property {boolean} soldOut whether what cannot be bought is shown too
 * @property {string[]} conditions
 * @property {string} shipsTo a country, "any", or "": where the buyer is
 * @property {string} rating the least, or ""
 * @property {string[]} shops
 *
 * @typedef {object} ProductPlace
 * @property {"product"} view
 * @property {import("./servers.js").Server} catalog
 * @property {string} id
 * @property {Wish[]} wishes values of options, the dearest first
 *
 * @typedef {{name: string, label: string}} Wish
 * @typedef {Search | ProductPlace} Place
 */

const OPTION = "o.";
const AMOUNT = /^\d{1,9}([.,]\d{1,3})?$/;
const RATING = /^[1-4](\.5)?$/;
const COUNTRY = /^([A-Z]{2}|any)$/;

/** @param {string} query of a URL @param {import("./servers.js").Server} catalog @returns {Place} */
export function readPlace(query, catalog) {
  const said = new URLSearchParams(query);
  const id = said.get("product");
  if (id) return { view: "product", catalog, id, wishes: wishesIn(said) };
  const fitting = (name, pattern) => (pattern.test(said.get(name) ?? "") ? said.get(name) : "");
  return {
    view: "results",
    catalog,
    words: (said.get("q") ?? "").trim(),
    categories: said.getAll("category"),
    min: fitting("min", AMOUNT).replace(",", "."),
    max: fitting("max", AMOUNT).replace(",", "."),
    soldOut: said.get("sold-out") === "yes",
    conditions: said.getAll("condition"),
    shipsTo: fitting("ships-to", COUNTRY),
    rating: fitting("rating", RATING),
    shops: said.getAll("shop"),
  };
}

/** @param {Partial<Search> & {catalog: string}} search */
export function searchUrl({
  catalog,
  words = "",
  categories = [],
  min = "",
  max = "",
  soldOut = false,
  conditions = [],
  shipsTo = "",
  rating = "",
  shops = [],
}) {
  return urlOf([
    ["catalog", catalog],
    ["q", words],
    ...categories.map((value) => ["category", value]),
    ["min", min],
    ["max", max],
    ["sold-out", soldOut ? "yes" : ""],
    ...conditions.map((value) => ["condition", value]),
    ["ships-to", shipsTo],
    ["rating", rating],
    ...shops.map((value) => ["shop", value]),
  ]);
}

/** @param {{catalog: string, id: string, wishes?: Wish[]}} place */
export function productUrl({ catalog, id, wishes = [] }) {
  return urlOf([
    ["catalog", catalog],
    ["product", id],
    ...wishes.map(({ name, label }) => [OPTION + name, label]),
  ]);
}

/** A search for the same words, with nothing else asked. @param {Search} search @returns {Search} */
export function withoutFacets({ catalog, words }) {
  return readPlace(new URLSearchParams({ q: words }).toString(), catalog);
}

/** How many things a search is narrowed by. @param {Search} search */
export function facetCount({ categories, min, max, soldOut, conditions, shipsTo, rating, shops }) {
  const flags = [min || max, soldOut, shipsTo, rating].filter(Boolean);
  return flags.length + categories.length + conditions.length + shops.length;
}

function wishesIn(said) {
  return [...said]
    .filter(([name, label]) => name.startsWith(OPTION) && label)
    .map(([name, label]) => ({ name: name.slice(OPTION.length), label }));
}

function urlOf(entries) {
  return `${SHOP_PATH}?${new URLSearchParams(entries.filter(([, value]) => value !== ""))}`;
}
