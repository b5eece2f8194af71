import {
  buyerParts, choice, closedMeta, cursorAndLimit, inputOf, object, priceFilter, string, strings,
} from "../ucp/tools/schemas.js";

export const HIGHEST_LIMIT = 50;
const MOST_SHOPS = 1000;
const MOST_ATTRIBUTES = 25;
const MOST_IDS = 50;

const countryCode = { type: "string", minLength: 2, maxLength: 2, description: "ISO 3166-1 alpha-2." };
const flag = { type: "boolean" };
const shops = { type: "array", items: string, maxItems: MOST_SHOPS };
const view = { type: "string", description: "\"offer\" for comparing offers." };

const offerFilters = {
  available: { ...flag, description: "Defaults to true in a search." },
  condition: { ...strings, description: "\"new\", \"secondhand\"." },
  ships_to: object({ country: countryCode, region: string, postal_code: string }, ["country"]),
  ships_from: { type: "array", items: object({ country: countryCode }, ["country"]) },
  shops: { ...shops, description: "gid://shopify/Shop/…" },
  shop_ids: { ...shops, description: "The older name of `shops`." },
};

const searchFilters = object({
  ...offerFilters,
  categories: { ...strings, description: "gid://shopify/TaxonomyCategory/…, of any level." },
  price: { ...priceFilter, description: "In minor units." },
  attributes: {
    type: "array",
    maxItems: MOST_ATTRIBUTES,
    items: object({ name: string, values: strings }, ["name", "values"]),
    description: "Color, Size, Target gender.",
  },
  rating: object({
    variant: object({ min: { type: "number", minimum: 0, maximum: 5 }, min_count: { type: "integer", minimum: 0 } }),
  }),
  price_tier: { ...strings, description: "\"low\", \"medium\", \"high\"." },
});

const image = object({ content_type: { type: "string", pattern: "^image/" }, data: string }, ["content_type", "data"]);
const likeness = {
  ...object({ id: string, image }), minProperties: 1, maxProperties: 1, additionalProperties: false,
};

const search = object({
  query: string,
  catalog_id: string,
  saved_catalog_slug: { ...string, description: "The older name of `catalog_id`." },
  like: { type: "array", minItems: 1, maxItems: 2, items: likeness },
  ...buyerParts,
  filters: searchFilters,
  view,
  // A higher limit is taken for the highest, without a word.
  pagination: cursorAndLimit({ description: `${HIGHEST_LIMIT} at most.` }),
});

const lookup = object({
  ids: { type: "array", items: string, minItems: 1, maxItems: MOST_IDS }, ...buyerParts,
  filters: object(offerFilters),
  view,
}, ["ids"]);

const product = object({
  id: string, selected: { type: "array", items: choice }, preferences: strings, ...buyerParts,
  filters: object(offerFilters),
  view,
}, ["id"]);

export const searchInput = inputOf({ meta: closedMeta, catalog: search });
export const lookupInput = inputOf({ meta: closedMeta, catalog: lookup });
export const productInput = inputOf({ meta: closedMeta, catalog: product });
