import { randomUUID } from "node:crypto";

export const AUGUST = "2026-08-25";
export const APRIL = "2026-04-08";

/** A variant by its number in the catalog, as in store and README. */
export const variant = (number) => `gid://shopify/ProductVariant/${number}`;
export const MUG = variant("44100010001");
export const VASE_SOLD_OUT = variant("44100040002");
export const MOON_JAR = variant("44100190001");
export const RAKU_BOWL = variant("44100180001");
export const LUSTRE = variant("44100460001");
export const NAME_TILE = variant("44100470001");
export const KILN = variant("44100480001");
export const OIL_LAMP = variant("44100490001");

export function ucpEndpoint(shop) {
  return `${shop.ucp}/api/ucp/mcp`;
}

export function profileOf(shop, agent = "demo", version = AUGUST) {
  return `${shop.agents}/agents/${agent}/${version}.json`;
}

/** A JSON-RPC call of a UCP tool, as the agent would send it. */
export function ucpMessage(shop, name, args = {}, { agent, version, profile, key, id = 1 } = {}) {
  const meta = {
    "ucp-agent": { profile: profile ?? profileOf(shop, agent, version) },
    ...(key ? { "idempotency-key": key } : {}),
  };
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: { meta, ...args } } };
}

/** Posts a message, or a body as it is. */
export function postUcp(shop, message, headers = {}) {
  return fetch(ucpEndpoint(shop), {
    method: "POST",
    headers: { "content-type": "application/json", "accept": "application/json", ...headers },
    body: typeof message === "string" || message instanceof Uint8Array ? message : JSON.stringify(message),
  });
}

/**
 * Calls a tool.
 *
 * @returns {Promise<{status: number, headers: Headers, error?: object, result?: object, data: object}>} `data` is the
 *   structured content
 */
export async function callUcp(shop, name, args, { token, headers = {}, ...how } = {}) {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  const response = await postUcp(shop, ucpMessage(shop, name, args, how), { ...authorization, ...headers });
  const { error, result } = await response.json();
  return { status: response.status, headers: response.headers, error, result, data: result?.structuredContent };
}

export const newKey = () => randomUUID();

export const PORTLAND = {
  street_address: "418 Linden Street", address_locality: "Portland", address_region: "OR", postal_code: "97205",
  address_country: "US",
};

export const lines = (...pairs) => pairs.map(([id, quantity = 1]) => ({ item: { id }, quantity }));

/** A checkout that lacks nothing. */
export function readyCheckout(more = {}) {
  return {
    line_items: lines([MUG, 2]),
    buyer: { email: "maya.okafor@example.com" },
    fulfillment: { methods: [{ type: "shipping", destinations: [PORTLAND] }] },
    ...more,
  };
}

export function paymentOf(token = "tok_ok") {
  return {
    payment: {
      instruments: [{ id: "card_1", handler_id: "test_card", type: "card", credential: { type: "token", token } }],
    },
  };
}

/** The messages by what one asks for them. */
export const codes = ({ messages = [] }) => messages.map(({ code }) => code);
export const totalOf = ({ totals }, type = "total") => totals.find((entry) => entry.type === type)?.amount;
