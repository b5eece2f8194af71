import { recall, remember } from "../tab-memory.js";
import { categoryOf } from "./wording.js";

const KEY = "cedar-clay:departments";
/** Of so many products at most: a shop's departments are all there long before. */
const LOOKED_AT = 100;
const PAGE = 20;

/**
 * What the shop's own products are filed under. No tool tells that, so it is read once per tab from the products, by
 * the SDK's iterator.
 *
 * @param {import("/pkg/index.js").Catalog} catalog
 * @param {import("/pkg/index.js").UcpCallOptions} options
 * @returns {Promise<{value: string, name: string}[]>}
 */
export async function departments(catalog, options) {
  const kept = recall(KEY);
  if (kept) return kept;
  const found = new Map();
  let count = 0;
  const all = catalog.search(
    { query: "", context: {}, filters: { available: false }, pagination: { limit: PAGE } },
    options,
  );
  for await (const product of all) {
    const category = categoryOf(product);
    if (category) found.set(category.value, category);
    count += 1;
    if (count === LOOKED_AT) break;
  }
  const list = [...found.values()];
  remember(KEY, list);
  return list;
}
