// The beginning of the flows with the catalogs.

import { CatalogServer } from "./catalog-server.js";
import { UcpScene } from "./ucp-scene.js";

/** A token of the agent's that may search. */
export const SEARCH_SCOPE = "read_global_api_catalog_search";

export class CatalogScene extends UcpScene {
  /**
   * @param {object} [catalog] the option
   * @param {object} [agent] beside its profiles
   * @param {object} [options] other ones for `connect`
   */
  constructor(catalog, agent = {}, options = {}) {
    super(agent, { ...(catalog ? { catalog } : {}), ...options });
    this.catalog = new CatalogServer(this.shop);
  }

  /** A page whose catalog is the one before today's, with tokens that may search it. */
  static former(catalog = {}, agent = {}, options = {}) {
    const scene = new CatalogScene({ server: "discover" }, agent, options);
    scene.options.catalog = { server: "discover", token: scene.searchTokens(), ...catalog };
    return scene;
  }

  /** A page that calls as no agent. */
  withoutAgent() {
    delete this.options.agent;
    return this;
  }

  /** A function of the page that fetches such tokens; counts how often it was asked. */
  searchTokens(given = {}) {
    return this.tokenSource({ scope: SEARCH_SCOPE, ...given });
  }

  /** The calls of the catalogs so far; none from here on. */
  taken() {
    return this.catalog.calls.splice(0);
  }
}

/** What a page got, as data of this realm. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
export const idsOf = (products) => Array.from(products, ({ id }) => id);
