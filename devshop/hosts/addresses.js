import { SHOP } from "../store/shop.js";

/** The families of login and MCP URLs in the field; every one is served, discovery names the current one. */
export const URL_SHAPES = Object.freeze(["shopify", "vanity", "seed"]);

const HOST_OF_SHAPE = { shopify: "shopify", vanity: "account", seed: "shop" };

/** Path under which a host serves the login. */
export const LOGIN_MOUNTS = Object.freeze({
  shop: `/authentication/${SHOP.id}`,
  shopify: `/authentication/${SHOP.id}`,
  account: "/authentication",
});

/** Path under which a host serves the Customer Accounts MCP server. */
export const MCP_PATHS = Object.freeze({
  shop: "/customer/api/mcp",
  shopify: `/${SHOP.id}/account/customer/api/mcp`,
  account: "/customer/api/mcp",
});

/** Where the shop says what it offers to agents; its leaf profiles are under it. */
export const UCP_DISCOVERY_PATH = "/.well-known/ucp";
/** Path under which the `ucp` and the `catalog` host serve their UCP MCP servers. */
export const UCP_MCP_PATH = "/api/ucp/mcp";
/** Path under which the `discover` host serves the old catalog of all shops. */
export const DISCOVER_MCP_PATH = "/global/mcp";
/** Path under which the `api` host gives agents their tokens. */
export const ACCESS_TOKEN_PATH = "/auth/access_token";

const GRAPHQL_VERSION = "2026-10";

/** The issuer is always on the default account host, whatever the endpoints. */
export function issuerOf(origins) {
  return `${origins.shopify}/authentication/${SHOP.id}`;
}

/**
 * @param {{shop: string, shopify: string, account: string}} origins
 * @param {string} shape one of {@link URL_SHAPES}
 */
export function endpointsOf(origins, shape) {
  const host = HOST_OF_SHAPE[shape];
  const login = origins[host] + LOGIN_MOUNTS[host];
  const mcp = origins[host] + MCP_PATHS[host];
  return {
    authorization: `${login}/oauth/authorize`,
    token: `${login}/oauth/token`,
    endSession: `${login}/logout`,
    jwks: `${login}/.well-known/jwks.json`,
    mcp,
    graphql: mcp.replace(/mcp$/, `${GRAPHQL_VERSION}/graphql`),
  };
}
