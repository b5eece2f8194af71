const SHOPPING = "dev.ucp.shopping";

/** What the shop can do for an agent, each with what it extends, and the tools that need it. */
const OFFER = {
  [`${SHOPPING}.catalog.search`]: { tools: ["search_catalog"] },
  [`${SHOPPING}.catalog.lookup`]: { tools: ["lookup_catalog", "get_product"] },
  [`${SHOPPING}.cart`]: { tools: ["create_cart", "get_cart", "update_cart", "cancel_cart"] },
  [`${SHOPPING}.checkout`]: {
    tools: ["create_checkout", "get_checkout", "update_checkout", "complete_checkout", "cancel_checkout"],
  },
  [`${SHOPPING}.order`]: { tools: ["get_order"] },
  [`${SHOPPING}.fulfillment`]: { extends: `${SHOPPING}.checkout` },
  [`${SHOPPING}.discount`]: { extends: [`${SHOPPING}.cart`, `${SHOPPING}.checkout`] },
  [`${SHOPPING}.buyer_consent`]: { extends: `${SHOPPING}.checkout` },
  "dev.shopify.catalog": { extends: [`${SHOPPING}.catalog.search`, `${SHOPPING}.catalog.lookup`] },
  "dev.shopify.catalog.global": { extends: [`${SHOPPING}.catalog.search`, `${SHOPPING}.catalog.lookup`] },
};

export const CAPABILITIES = Object.freeze(Object.keys(OFFER));
export const SHOP_CATALOG = "dev.shopify.catalog";
export const GLOBAL_CATALOG = "dev.shopify.catalog.global";
/** What the shop has. */
export const SHOP_CAPABILITIES = Object.freeze(CAPABILITIES.filter((name) => name !== GLOBAL_CATALOG));
/** What the catalog of all shops has. */
export const GLOBAL_CAPABILITIES = Object.freeze([
  `${SHOPPING}.catalog.search`, `${SHOPPING}.catalog.lookup`, GLOBAL_CATALOG,
]);
export const FULFILLMENT = `${SHOPPING}.fulfillment`;
export const DISCOUNT = `${SHOPPING}.discount`;

/** The capability without which an agent has no such tool. */
export function capabilityOfTool(tool) {
  return CAPABILITIES.find((name) => OFFER[name].tools?.includes(tool));
}

/** What a capability extends, if anything. */
export function parentsOf(name) {
  return [OFFER[name]?.extends ?? []].flat();
}

/**
 * The capabilities as a profile declares them.
 *
 * @param {string} version
 * @param {readonly string[]} names
 */
export function declareCapabilities(version, names) {
  return Object.fromEntries(names.map((name) => [name, [{
    version,
    spec: `https://ucp.dev/${version}/specification/${pageOf(name)}`,
    schema: `https://ucp.dev/${version}/schemas/shopping/${pageOf(name)}.json`,
    ...(OFFER[name]?.extends ? { extends: OFFER[name].extends } : {}),
  }]]));
}

function pageOf(name) {
  return name.split(".").slice(2).join("/");
}
