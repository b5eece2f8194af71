import { object, string, strings } from "../ucp/tools/schemas.js";

const flag = { type: "boolean" };
const price = { type: "number", minimum: 0 };
const country = { type: "string", pattern: "^[A-Za-z]{2}$", description: "ISO country code." };
const count = (most) => ({ type: "integer", minimum: 1, maximum: most });

/** Both refuse what they do not know, so that a name that is misspelt is seen. */
const closed = (properties, required) => ({ ...object(properties, required), additionalProperties: false });

export const searchInput = closed({
  context: { ...string, description: "What is known of the buyer and the occasion." },
  query: { ...string, minLength: 1, description: "What to search for, such as \"blue jeans\"." },
  available_for_sale: { ...flag, description: "False includes what cannot be bought now." },
  include_secondhand: flag,
  limit: { ...count(300), default: 10 },
  max_price: price,
  min_price: price,
  products_limit: { ...count(10), default: 10, description: "Offers per product." },
  requires_selling_plan: { ...flag, description: "True: subscriptions only; false: none." },
  saved_catalog: { ...string, description: "Slug of a saved catalog, whose filters come first." },
  ships_from: country,
  ships_to: country,
  shop_ids: { type: "array", items: { type: ["string", "integer"] } },
}, ["context", "query"]);

export const detailsInput = closed({
  upid: { type: "string", pattern: "^[0-9A-Za-z]+$", description: "Universal product ID, in base62." },
  variant_id: { type: "integer", minimum: 1 },
  _gsid: { ...string, description: "The search that the URL came from." },
  available_for_sale: flag,
  context: string,
  include_secondhand: flag,
  limit: { ...count(100), default: 10, description: "Offers." },
  option_preferences: { ...string, description: "Names of options with commas between, the dearest first." },
  product_id: { type: "integer", minimum: 1, description: "The product to show first." },
  product_options: {
    type: "array",
    items: closed({ key: string, values: { ...strings, minItems: 1 } }, ["key", "values"]),
  },
  query: { ...string, description: "Words to look for within the product." },
  ships_from: country,
  ships_to: country,
  shop_id: { ...string, description: "Number or gid://shopify/Shop/…" },
}, []);
