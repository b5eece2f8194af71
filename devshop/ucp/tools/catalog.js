import { describeProduct } from "../../catalog/describe.js";
import { currencyFor } from "../../catalog/money.js";
import { search } from "../../catalog/search.js";
import { optionsBeside, select } from "../../catalog/selection.js";
import { BusinessRefusal, error, info } from "../../sales/messages.js";
import { closedMeta, inputOf, lookupRequest, productRequest, searchRequest } from "./schemas.js";

export const searchCatalog = {
  family: "catalog",
  definition: {
    name: "search_catalog",
    description: "Search the shop's products.",
    inputSchema: inputOf({ meta: closedMeta, catalog: searchRequest }),
  },
  run({ catalog }, { origins, shelves, extended }) {
    const currency = currencyFor(catalog.context);
    const { products, total, next, badCursor } = search(shelves.products, catalog, currency);
    if (badCursor) {
      const path = "$.pagination.cursor";
      throw new BusinessRefusal([error("invalid_cursor", "recoverable", "The cursor is not one of this shop's.", path)]);
    }
    return {
      products: products.map((product) => describeProduct(product, { origins, currency, extended })),
      pagination: { has_next_page: next !== null, ...(next ? { cursor: next } : {}), total_count: total },
    };
  },
};

export const lookupCatalog = {
  family: "catalog",
  definition: {
    name: "lookup_catalog",
    description: "Look up products and variants by their ids.",
    inputSchema: inputOf({ meta: closedMeta, catalog: lookupRequest }),
  },
  run({ catalog }, { origins, shelves, extended }) {
    const currency = currencyFor(catalog.context);
    const { available = false } = catalog.filters ?? {};
    const found = new Map();
    const messages = [];
    for (const id of new Set(catalog.ids)) {
      const product = productOf(shelves, id, available);
      if (product) found.set(product, [...(found.get(product) ?? []), id]);
      else messages.push(info("not_found", `The shop has no ${id}.`, `$.ids[${catalog.ids.indexOf(id)}]`));
    }
    const products = [...found].map(([product, ids]) =>
      withInputs(describeProduct(product, { origins, currency, extended }), ids));
    return { products, ...(messages.length > 0 ? { messages } : {}) };
  },
};

export const getProduct = {
  family: "catalog",
  definition: {
    name: "get_product",
    description: "Get a product, narrowed to the options that were selected.",
    inputSchema: inputOf({ meta: closedMeta, catalog: productRequest }),
  },
  run({ catalog }, { origins, shelves, extended }) {
    const { id, selected: wanted = [], preferences = [], context } = catalog;
    const product = productOf(shelves, id);
    if (!product) throw new BusinessRefusal([error("not_found", "unrecoverable", `The shop has no product ${id}.`)]);
    const currency = currencyFor(context);
    const { selected, variants } = select(product, wanted, preferences);
    const described = describeProduct(product, { origins, currency, extended });
    const kept = new Set(variants.map((variant) => variant.id));
    return {
      product: {
        ...described,
        selected,
        options: optionsBeside(product, selected),
        variants: described.variants.filter((variant) => kept.has(variant.id)),
      },
    };
  },
};

/** The product that an id leads to; with `available`, only if what is named can be bought. */
function productOf(shelves, id, available = false) {
  const variant = shelves.variantById(id);
  const product = shelves.productById(id) ?? variant?.product;
  const named = variant ? [variant] : (product?.variants ?? []);
  return available && !named.some(({ stock }) => stock.left > 0) ? undefined : product;
}

/** Marks the variants with the ids that led to them; an id of a product leads to its first one. */
function withInputs(product, ids) {
  const variants = product.variants.map((variant, index) => ({
    ...variant,
    inputs: [
      ...(ids.includes(variant.id) ? [{ id: variant.id, match: "exact" }] : []),
      ...(index === 0 && ids.includes(product.id) ? [{ id: product.id, match: "featured" }] : []),
    ],
  }));
  return { ...product, variants: variants.filter(({ inputs }) => inputs.length > 0) };
}
