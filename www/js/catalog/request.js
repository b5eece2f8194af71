import { CATALOGS } from "./servers.js";

/** What the shop takes money in, by where the buyer is. */
const CURRENCIES = Object.freeze({ US: "USD", JP: "JPY", KW: "KWD" });

export function currencyOf(country) {
  return CURRENCIES[country] ?? "USD";
}

/**
 * A search in the form in which the SDK takes it. The former catalog has no counterpart for some of it: what it cannot
 * be asked is left out here, since the SDK refuses it by name.
 *
 * @param {import("./address.js").Search} search
 * @param {{country: string, money: import("/pkg/index.js").MoneyFormat}} buyer
 * @returns {import("/pkg/index.js").CatalogSearchRequest}
 */
export function searchRequest(search, { country, money }) {
  const { catalog, words } = search;
  const currency = currencyOf(country);
  const price = priceFilter(search, (decimal) => money.toMinor(decimal, currency));
  return {
    query: words,
    context: contextOf(catalog, {
      country,
      currency: price || catalog !== "discover" ? currency : undefined,
      words,
    }),
    filters: {
      available: !search.soldOut,
      ...(price ? { price } : {}),
      ...filtersOf(search, country),
    },
    pagination: { limit: CATALOGS[catalog].pageSize },
  };
}

/**
 * @param {import("./address.js").ProductPlace} place
 * @param {{country: string}} buyer
 * @returns {import("/pkg/index.js").CatalogProductRequest}
 */
export function productRequest({ catalog, id, wishes }, { country }) {
  const currency = catalog === "discover" ? undefined : currencyOf(country);
  return {
    id,
    context: contextOf(catalog, { country, currency, words: "" }),
    ...(catalog === "shop" ? {} : { filters: { ships_to: { country } } }),
    ...(wishes.length > 0 ? { selected: wishes, preferences: wishes.map(({ name }) => name) } : {}),
  };
}

function contextOf(catalog, { country, currency, words }) {
  const intent = words
    ? `A visitor of Cedar & Clay's storefront looks for: ${words}`
    : "A visitor looks at a product.";
  if (catalog === "discover") return { intent, ...(currency ? { currency } : {}) };
  return { ...(catalog === "global" ? { intent } : {}), address_country: country, currency };
}

function filtersOf({ catalog, categories, conditions, shipsTo, rating, shops }, country) {
  if (catalog === "shop") return categories.length > 0 ? { categories } : {};
  const to = shipsTo || country;
  return {
    ...(to === "any" ? {} : { ships_to: { country: to } }),
    ...(shops.length > 0 ? { shops } : {}),
    ...(catalog === "discover"
      ? { condition: conditions.includes("secondhand") ? ["new", "secondhand"] : ["new"] }
      : {
          ...(categories.length > 0 ? { categories } : {}),
          ...(conditions.length > 0 ? { condition: conditions } : {}),
          ...(rating ? { rating: { variant: { min: Number(rating) } } } : {}),
        }),
  };
}

function priceFilter({ min, max }, minor) {
  const price = Object.fromEntries(
    Object.entries({ min, max })
      .filter(([, decimal]) => decimal !== "")
      .map(([side, decimal]) => [side, minor(decimal)]),
  );
  return Object.keys(price).length > 0 ? price : null;
}
