import { ATTRIBUTES } from "../market/filters.js";
import { wantedCurrency, worth } from "../market/presentment.js";
import { savedCatalogBySlug, within } from "../market/saved-catalogs.js";
import { BusinessRefusal, error, info } from "../sales/messages.js";

const CONDITIONS = new Set(["new", "secondhand"]);
const TIERS = new Set(["low", "medium", "high"]);

/**
 * What a call of the global catalog wants, in the words of the market.
 *
 * @param {object} catalog of the call
 * @param {{available: boolean}} otherwise whether only what can be bought, where the call does not say
 * @returns {{currency: string, filters: import("../market/filters.js").Filters, query: string, messages: object[]}}
 *   `messages`: what was ignored
 */
export function wishOf(catalog, otherwise) {
  const { query = "", context = {}, filters = {}, catalog_id: id, saved_catalog_slug: slug } = catalog;
  const currency = wantedCurrency({
    currency: context.currency, countries: [context.address_country, filters.ships_to?.country],
  });
  const messages = [];
  const wanted = { ...marketFilters(filters, messages), available: filters.available ?? otherwise.available };
  const saved = savedCatalog(id ?? slug, id === undefined ? "$.saved_catalog_slug" : "$.catalog_id");
  if (!saved) return { currency, filters: wanted, query, messages };
  return {
    currency,
    filters: within(wanted, saved, (cents) => worth({ cents }, currency)),
    query: [saved.prefix, query].filter(Boolean).join(" "),
    messages,
  };
}

function savedCatalog(slug, path) {
  if (slug === undefined) return null;
  const saved = savedCatalogBySlug(slug);
  if (saved) return saved;
  throw new BusinessRefusal([error("not_found", "recoverable", `There is no saved catalog ${slug}.`, path)]);
}

function marketFilters(filters, messages) {
  const { categories, price, rating, ships_to: to, ships_from: from } = filters;
  const shops = filters.shops ?? filters.shop_ids;
  return {
    categories,
    price,
    rating: rating?.variant,
    shipsTo: to?.country.toUpperCase(),
    shipsFrom: from?.map(({ country }) => country.toUpperCase()),
    shops: shops?.map((id) => id.replace(/^gid:\/\/shopify\/Shop\//, "")),
    conditions: known(filters.condition, CONDITIONS, { messages, what: "Condition", path: "condition" }),
    tiers: known(filters.price_tier, TIERS, { messages, what: "Price tier", path: "price_tier" }),
    attributes: known(filters.attributes, new Set(Object.keys(ATTRIBUTES)), {
      messages, what: "Attribute", path: "attributes", nameOf: ({ name }) => name,
    }),
  };
}

/** Drops what nobody here knows, and says so; undefined when nothing is left. */
function known(list, names, { messages, what, path, nameOf = (entry) => entry }) {
  const kept = list?.filter((entry, index) => {
    if (names.has(nameOf(entry))) return true;
    const words = `${what} "${nameOf(entry)}" is not supported and was ignored. Supported: ${[...names].join(", ")}.`;
    messages.push(info("not_found", words, `$.filters.${path}[${index}]`));
    return false;
  });
  return kept?.length > 0 ? kept : undefined;
}
