import { pageOption } from "../page-options.js";
import { catalogToken } from "./catalog-token.js";

/**
 * The catalogs that this page can search, and what each of them takes.
 *
 * @typedef {"shop" | "global" | "discover"} Server
 * @typedef {"category" | "price" | "availability" | "condition" | "shops" | "shipsTo" | "rating"} FacetName
 *
 * @typedef {object} Catalog
 * @property {string} name
 * @property {string} words what is in it
 * @property {readonly FacetName[]} facets that its search can be narrowed by
 * @property {boolean} needsWords whether it finds nothing without being asked for something
 * @property {boolean} isPaged whether there is more than a first page
 * @property {number} pageSize
 */

/** @type {Readonly<Record<Server, Catalog>>} */
export const CATALOGS = Object.freeze({
  shop: {
    name: "This shop",
    words: "What Cedar & Clay makes.",
    facets: ["category", "price", "availability"],
    needsWords: false,
    isPaged: true,
    pageSize: 12,
  },
  global: {
    name: "All shops",
    words: "The products of all shops, and who sells them.",
    facets: ["category", "price", "availability", "condition", "shipsTo", "rating", "shops"],
    needsWords: true,
    isPaged: true,
    pageSize: 12,
  },
  discover: {
    name: "Former catalog",
    words: "The products of all shops, by the catalog from before UCP: one page, and only with a token.",
    facets: ["price", "availability", "condition", "shipsTo", "shops"],
    needsWords: true,
    isPaged: false,
    pageSize: 20,
  },
});

/** Where the page of the storefront that searches is. */
export const SHOP_PATH = "/shop/";

/** The catalog of this page: what its address says, else what the visitor chose last. @returns {Server} */
export function chosenCatalog({ pathname, search } = location) {
  const named = pathname === SHOP_PATH ? new URLSearchParams(search).get("catalog") : null;
  return Object.hasOwn(CATALOGS, named ?? "") ? named : pageOption("catalog");
}

/**
 * The SDK's `catalog` option for it.
 *
 * @param {Server} server
 * @param {import("../shop.js").ShopConfig} config
 */
export function catalogOptions(server, config) {
  if (server === "global")
    return { server, ...(config.catalog ? { endpoint: `${config.catalog}/api/ucp/mcp` } : {}) };
  if (server !== "discover") return { server };
  return {
    server,
    ...(config.discover ? { endpoint: `${config.discover}/global/mcp` } : {}),
    ...(config.control ? { token: catalogToken(config.control) } : {}),
  };
}
