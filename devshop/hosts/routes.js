import { isPicture } from "../catalog/picture.js";
import { isCheckoutPage } from "../checkout-pages/room.js";
import { isProductPage } from "../discover/product-page.js";
import { SHOP } from "../store/shop.js";
import { isStorePage } from "../stores/room.js";
import {
  ACCESS_TOKEN_PATH, DISCOVER_MCP_PATH, LOGIN_MOUNTS, MCP_PATHS, UCP_DISCOVERY_PATH, UCP_MCP_PATH,
} from "./addresses.js";

/**
 * @typedef {"discovery"|"ucpDiscovery"|"login"|"mcp"|"ucp"|"agentProfiles"|"accessTokens"|"pictures"
 *   |"checkoutPages"|"storefront"|"moved"|"nowhere"|"catalog"|"catalogDiscovery"|"discover"|"discoverPages"
 *   |"stores"} Room
 *
 * @typedef {object} Route
 * @property {"shop"|"shopify"|"account"|"ucp"|"api"|"agents"|"catalog"|"discover"} host
 * @property {string} kind what the log calls it; faults are aimed at it
 * @property {Room} room who answers
 * @property {string} [mount] the login's prefix on this host
 * @property {string} [rest] the path under that prefix
 * @property {string} [location] where a moved path is now
 */

const DISCOVERY = {
  "/.well-known/openid-configuration": "discovery",
  "/.well-known/oauth-authorization-server": "discovery",
  "/.well-known/customer-account-api": "customer-account-api",
};

/**
 * @param {Route["host"]} host
 * @param {string} pathname
 * @returns {Route}
 */
export function routeOf(host, pathname) {
  if (host === "shop" && Object.hasOwn(DISCOVERY, pathname)) {
    return { host, kind: DISCOVERY[pathname], room: "discovery" };
  }
  if (host === "shop" && isUcpDiscovery(pathname)) {
    return { host, kind: "ucp-discovery", room: "ucpDiscovery" };
  }
  if (host === "ucp" && pathname === UCP_MCP_PATH) return { host, kind: "ucp", room: "ucp" };
  if (host === "catalog" && pathname === UCP_MCP_PATH) return { host, kind: "catalog", room: "catalog" };
  if (host === "catalog" && isUcpDiscovery(pathname)) {
    return { host, kind: "ucp-discovery", room: "catalogDiscovery" };
  }
  if (host === "discover" && pathname === DISCOVER_MCP_PATH) return { host, kind: "discover", room: "discover" };
  if (host === "discover" && isProductPage(pathname)) return { host, kind: "store-page", room: "discoverPages" };
  if (host === "api" && pathname === ACCESS_TOKEN_PATH) return { host, kind: "agent-token", room: "accessTokens" };
  if (host === "agents" && pathname.startsWith("/agents/")) {
    return { host, kind: "agent-profile", room: "agentProfiles" };
  }
  if (pathname === MCP_PATHS[host]) return { host, kind: "mcp", room: "mcp" };
  const mount = LOGIN_MOUNTS[host];
  if (mount && pathname.startsWith(`${mount}/`)) {
    const rest = pathname.slice(mount.length);
    const kind = loginKindOf(rest);
    if (kind) return { host, kind, room: "login", mount, rest };
  }
  const otherShop = mount !== LOGIN_MOUNTS.shop ? null : pathname.match(/^\/authentication\/(\d+)(\/.*)$/);
  if (otherShop && otherShop[1] !== SHOP.id) {
    return { host, kind: "other", room: "moved", location: mount + otherShop[2] };
  }
  if (host === "shop" && isCheckoutPage(pathname)) return { host, kind: "checkout-page", room: "checkoutPages" };
  if (host === "shop" && isPicture(pathname)) return { host, kind: "static", room: "pictures" };
  if (host === "shop" && isStorePage(pathname)) return { host, kind: "store-page", room: "stores" };
  return host === "shop" ? { host, kind: "static", room: "storefront" } : { host, kind: "other", room: "nowhere" };
}

function isUcpDiscovery(pathname) {
  return pathname === UCP_DISCOVERY_PATH || pathname.startsWith(`${UCP_DISCOVERY_PATH}/`);
}

function loginKindOf(rest) {
  if (rest === "/oauth/authorize") return "authorize";
  if (rest === "/oauth/token") return "token";
  if (rest === "/.well-known/jwks.json") return "jwks";
  if (rest === "/logout") return "logout";
  if (/^\/oauth\/authorize\/[\w-]+$/.test(rest) || /^\/login\/[\w-]+(\/(code|cancel))?$/.test(rest)) {
    return "signin-page";
  }
  return null;
}
