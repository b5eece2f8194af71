const UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

export const string = { type: "string" };
export const strings = { type: "array", items: string };
export const object = (properties, required = []) => ({ type: "object", properties, required });

const agent = object({ profile: { type: "string", description: "URL of the agent's profile." } }, ["profile"]);

/** `meta` of the catalog tools, which takes nothing else. */
export const closedMeta = { ...object({ "ucp-agent": agent }, ["ucp-agent"]), additionalProperties: false };
export const openMeta = object({ "ucp-agent": agent }, ["ucp-agent"]);
export const metaWithKey = object({
  "ucp-agent": agent,
  "idempotency-key": { type: "string", pattern: UUID, description: "A new UUID per attempt, the same per retry." },
}, ["ucp-agent", "idempotency-key"]);

/** Whether a key is one that the shop would take where its schema does not ask for one. */
export function isIdempotencyKey(value) {
  return typeof value === "string" && new RegExp(UUID).test(value);
}

export const id = string;

const context = object({
  address_country: { type: "string", minLength: 2, maxLength: 2 },
  address_region: string,
  postal_code: string,
  language: string,
  currency: { type: "string", pattern: "^[A-Z]{3}$" },
  intent: string,
  eligibility: strings,
});
const attribution = { type: "object", additionalProperties: string };
const signals = object({ "dev.ucp.buyer_ip": string, "dev.ucp.user_agent": string });
const amount = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

/** Who asks, and how they came here. */
export const buyerParts = { context, signals, attribution };
export const cursorAndLimit = (most) => object({ cursor: string, limit: { type: "integer", minimum: 1, ...most } });
export const priceFilter = object({ min: amount, max: amount });

export const searchRequest = object({
  query: string,
  ...buyerParts,
  filters: object({
    categories: strings,
    price: priceFilter,
    available: { type: "boolean" },
  }),
  pagination: cursorAndLimit({ maximum: 250 }),
});

export const lookupRequest = object({
  ids: { type: "array", items: string, minItems: 1, maxItems: 10 },
  filters: object({ available: { type: "boolean" } }),
  ...buyerParts,
}, ["ids"]);

export const choice = object({ name: string, label: string, id: string }, ["name", "label"]);

export const productRequest = object({
  id: string, selected: { type: "array", items: choice }, preferences: strings, ...buyerParts,
}, ["id"]);

const lineItem = object({
  id: string,
  quantity: { type: "integer", minimum: 1 },
  item: object({ id: string }, ["id"]),
}, ["item", "quantity"]);

const buyer = object({
  first_name: string,
  last_name: string,
  email: { type: "string", pattern: "^[^@\\s]+@[^@\\s]+$" },
  phone_number: { type: "string", pattern: "^\\+[1-9][0-9]{1,14}$" },
});

const address = object({
  id: string, first_name: string, last_name: string, street_address: string, extended_address: string,
  address_locality: string, address_region: string, postal_code: string,
  address_country: { type: "string", minLength: 2, maxLength: 2 }, phone_number: string,
});
const group = object({ id: string, selected_option_id: { type: ["string", "null"] } });
const fulfillment = object({
  methods: {
    type: "array",
    items: object({
      id: string,
      type: string,
      line_item_ids: strings,
      destinations: { type: "array", items: address },
      selected_destination_id: { type: ["string", "null"] },
      groups: { type: "array", items: group },
    }),
  },
});
export const payment = object({
  instruments: {
    type: "array",
    minItems: 1,
    items: object({
      id: string,
      handler_id: string,
      type: string,
      selected: { type: "boolean" },
      credential: object({ type: string, token: string }, ["type"]),
    }, ["id", "handler_id", "type"]),
  },
});

const basketParts = {
  line_items: { type: "array", items: lineItem },
  buyer,
  context,
  signals,
  attribution,
  fulfillment,
  discounts: object({ codes: strings }),
};

export const cartRequest = object(basketParts, ["line_items"]);
export const checkoutRequest = object({ ...basketParts, cart_id: string, payment }, ["line_items"]);
export const completion = object({ payment, attribution }, ["payment"]);

/** The input schema of a tool. Everything in it is required. */
export function inputOf(properties) {
  return object(properties, Object.keys(properties));
}
