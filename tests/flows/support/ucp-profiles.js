// What a shop and an agent say about themselves (UCP overview, "Discovery, Governance, and Negotiation").

export const AUGUST = "2026-08-25";
export const APRIL = "2026-04-08";

/** The shop's UCP server: on another host than its storefront. */
export const UCP_ENDPOINT = "https://shop-4711.myshopify.example/api/ucp/mcp";
/** A proxy on the page's own origin, with `proxy: "/agent"`. */
export const PROXY_ENDPOINT = "https://shop.example/agent/ucp";

const SHOP_PROFILE = "https://shop.example/.well-known/ucp";
const leafUrl = (version) => `${SHOP_PROFILE}/${version}`;

/** Where the agent's profiles are. */
export const PROFILES = {
  [AUGUST]: `https://agent.example/ucp/${AUGUST}.json`,
  [APRIL]: `https://agent.example/ucp/${APRIL}.json`,
};

export const UCP_ADDRESSES = {
  [SHOP_PROFILE]: "shopProfile",
  [leafUrl(APRIL)]: "shopLeaf",
  [PROFILES[AUGUST]]: "agentProfile",
  [PROFILES[APRIL]]: "agentProfile",
  [UCP_ENDPOINT]: "ucp",
  [PROXY_ENDPOINT]: "proxy",
};

const NAME = "dev.ucp.shopping";
/** Capabilities, each with what it extends. */
const CAPABILITIES = {
  [`${NAME}.catalog.search`]: undefined,
  [`${NAME}.catalog.lookup`]: undefined,
  [`${NAME}.cart`]: undefined,
  [`${NAME}.checkout`]: undefined,
  [`${NAME}.order`]: undefined,
  [`${NAME}.fulfillment`]: `${NAME}.checkout`,
  [`${NAME}.discount`]: [`${NAME}.cart`, `${NAME}.checkout`],
  [`${NAME}.buyer_consent`]: `${NAME}.checkout`,
};

function capabilities(version) {
  const entry = (extended) => ({ version, ...(extended ? { extends: extended } : {}) });
  return Object.fromEntries(Object.entries(CAPABILITIES).map(([name, extended]) => [name, [entry(extended)]]));
}

/** What the shop hosts: the document of its current version and, by their addresses, those of the older ones. */
export function shopDocuments() {
  const current = shopDocument(AUGUST);
  current.ucp.supported_versions = { [APRIL]: leafUrl(APRIL), "2026-01-23": leafUrl("2026-01-23") };
  return { current, leaves: { [leafUrl(APRIL)]: shopDocument(APRIL) } };
}

function shopDocument(version) {
  const other = version === AUGUST ? APRIL : AUGUST;
  return {
    ucp: {
      version,
      services: {
        "dev.ucp.shopping": [
          // As shops have them: neither the first entry nor the first one with the right transport is meant.
          { version, transport: "embedded", schema: "https://ucp.dev/embedded.json" },
          { version: other, transport: "mcp", endpoint: "https://decoy.example/api/ucp/mcp" },
          { version, transport: "mcp", endpoint: UCP_ENDPOINT },
        ],
      },
      capabilities: capabilities(version),
      payment_handlers: {},
    },
  };
}

/** What the agent hosts, by addresses. Keys are in the place where the version looks for them. */
export function agentDocuments(keys = []) {
  const document = (version) => ({
    ucp: { version, services: { "dev.ucp.shopping": [{ version, transport: "mcp" }] }, capabilities: capabilities(version), payment_handlers: {} },
    [version === AUGUST ? "keys" : "signing_keys"]: keys,
  });
  return Object.fromEntries(Object.entries(PROFILES).map(([version, url]) => [url, document(version)]));
}
