// The catalog as a page uses it: the search that is both a page and a walk over all of them.

/**
 * @param shop as `connect` gave it
 * @param {(begin: (signal: AbortSignal) => Promise<unknown>) => import("./work.js").Work} work
 */
export const catalogOf = (shop, work) => ({
  /** The search itself: nothing of it has begun. */
  begin: (request, options) => shop().catalog.search(request, options),
  /** The first page. */
  search: (request, options = {}) => work(async (signal) => shop().catalog.search(request, { signal, ...options })),
  /** All products, until `visit` says `false`: `{ products, truncated }`; what is visited is not kept. */
  walk: (request, visit, options = {}) => work(async (signal) => {
    const search = shop().catalog.search(request, { signal, ...options });
    return walkOver(search, visit);
  }),
  lookup: (request, options = {}) => work((signal) => shop().catalog.lookup(request, { signal, ...options })),
  product: (request, options = {}) => work((signal) => shop().catalog.product(request, { signal, ...options })),
  listTools: (options = {}) => work((signal) => shop().catalog.listTools({ signal, ...options })),
  work,
});

/** Walks over a search's products. */
export async function walkOver(search, visit) {
  const products = [];
  for await (const product of search) {
    if (visit === undefined) products.push(product);
    else if ((await visit(product)) === false) break;
  }
  return { products, truncated: search.truncated };
}
