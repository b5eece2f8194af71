import { priceIn } from "./money.js";

const DEFAULT_LIMIT = 10;
const HIGHEST_LIMIT = 250;
/** Nobody is shown more of what was found. */
const DEPTH = 1000;

/**
 * Finds products. Every word of the query must be somewhere in the product; titles count more than the rest.
 *
 * @param {readonly import("./products.js").Product[]} products
 * @param {object} request the `catalog` of the call
 * @param {string} currency of prices and of price filters
 * @returns {{products: import("./products.js").Product[], total: number, next: string | null} | {badCursor: true}}
 */
export function search(products, { query = "", filters = {}, pagination = {} }, currency) {
  const start = pagination.cursor === undefined ? 0 : positionOf(pagination.cursor);
  if (start === null) return { badCursor: true };
  const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const found = products
    .map((product) => ({ product, score: score(product, words) }))
    .filter(({ product, score: points }) => points > 0 && passes(product, filters, currency))
    .sort((one, other) => other.score - one.score)
    .map(({ product }) => product);
  const end = Math.min(start + Math.min(pagination.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT), DEPTH);
  const next = end < Math.min(found.length, DEPTH) ? cursorOf(end) : null;
  return { products: found.slice(start, end), total: found.length, next };
}

function score(product, words) {
  const title = product.title.toLowerCase();
  const rest = `${product.description} ${product.category} ${labels(product)}`.toLowerCase();
  const points = words.map((word) => (title.includes(word) ? 3 : 0) + (rest.includes(word) ? 1 : 0));
  return points.includes(0) ? 0 : points.reduce((sum, value) => sum + value, 1);
}

function labels({ options }) {
  return options.flatMap((option) => option.labels).join(" ");
}

function passes({ category, variants }, { categories, price, available = true }, currency) {
  if (categories && !categories.some((wanted) => wanted.toLowerCase() === category.toLowerCase())) return false;
  if (available && !variants.some(({ stock }) => stock.left > 0)) return false;
  if (!price) return true;
  return variants.some(({ cents }) => {
    const amount = priceIn(currency, cents);
    return amount >= (price.min ?? 0) && amount <= (price.max ?? Infinity);
  });
}

function cursorOf(position) {
  return Buffer.from(`products:${position}`).toString("base64url");
}

function positionOf(cursor) {
  const [, position] = Buffer.from(cursor, "base64url").toString().match(/^products:(\d{1,6})$/) ?? [];
  return position === undefined ? null : Number(position);
}
