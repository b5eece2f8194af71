import { AGENTS } from "../agents/clients.js";
import { APP_CLIENT_ID, HEADLESS_CLIENT_ID } from "../login/clients.js";
import { marketOf } from "../market/market.js";
import { SAVED_CATALOGS } from "../market/saved-catalogs.js";
import { SHOPS } from "../market/shops.js";
import { CUSTOMERS } from "../store/customers.js";
import { CATALOG_SCOPE } from "../ucp/tiers.js";

/** The clients a page can sign in with. */
export const CLIENTS = Object.freeze({
  headless: Object.freeze({ clientId: HEADLESS_CLIENT_ID }),
  app: Object.freeze({ clientId: APP_CLIENT_ID }),
});

/** The customers by what a test may know of them. */
export const KNOWN_CUSTOMERS = Object.freeze(CUSTOMERS.map(({ id, email, firstName, lastName }) =>
  Object.freeze({ id, email, firstName, lastName })));

/** What can be done to a running shop from outside: by the control API, and by whoever started it. */
export class Operations {
  #settings;
  #log;
  #orders;
  #login;
  #origins;
  #desk;
  #signIn;
  #ucp;
  #catalog;
  #discover;
  #agentProfiles;
  #agentTokens;

  constructor({
    settings, log, orders, login, origins, desk, signIn, ucp, catalog, discover, agentProfiles, agentTokens,
  }) {
    this.#settings = settings;
    this.#log = log;
    this.#orders = orders;
    this.#login = login;
    this.#origins = origins;
    this.#desk = desk;
    this.#signIn = signIn;
    this.#ucp = ucp;
    this.#catalog = catalog;
    this.#discover = discover;
    this.#agentProfiles = agentProfiles;
    this.#agentTokens = agentTokens;
  }

  /** Reads the settings, after applying a patch where one is given. */
  settings(patch) {
    return structuredClone(patch === undefined ? this.#settings.current : this.#settings.patch(patch));
  }

  log() {
    return this.#log.entries();
  }

  clearLog() {
    this.#log.clear();
  }

  /** Back to the morning: settings as started, the store as delivered, nobody signed in, an empty log. */
  reset() {
    this.#settings.reset();
    this.#orders.reset();
    this.#desk.clear();
    this.#signIn.clear();
    for (const room of [this.#ucp, this.#catalog, this.#discover]) room.forget();
    this.#agentProfiles.clear();
    this.#agentTokens.expireAll();
    this.#login.records.clear();
    this.#login.codes.clear();
    this.#log.clear();
  }

  /** A token for the catalog alone, as the demo agent's own server would hand it to its pages. */
  catalogToken() {
    return this.#agentTokens.issue(AGENTS[0], { scopes: [CATALOG_SCOPE], mayComplete: false });
  }

  expireTokens() {
    this.#login.records.expireAccessTokens();
    this.#agentTokens.expireAll();
  }

  revokeSessions() {
    this.#login.records.revokeSessions();
  }

  /** @returns {{url: string}} where the profile is from now on */
  publishProfile(path, document) {
    this.#agentProfiles.publish(path, document);
    return { url: this.#origins.agents + path };
  }

  /** What was published is gone; a ready profile comes back. */
  withdrawProfile(path) {
    this.#agentProfiles.withdraw(path);
  }

  /** What can be found, for whoever looks on. */
  #marketTally() {
    const { items, offers, own } = marketOf(this.#settings.current.catalogProducts);
    return {
      products: offers.length,
      items: items.length,
      own: own.length,
      shops: SHOPS.map(({ id, name, handle, country, currency, secondhand }) =>
        ({ id: `gid://shopify/Shop/${id}`, name, handle, country, currency, secondhand })),
      savedCatalogs: SAVED_CATALOGS.map(({ slug, name }) => ({ slug, name })),
    };
  }

  state() {
    return {
      origins: this.#origins,
      clients: CLIENTS,
      customers: KNOWN_CUSTOMERS,
      oneTimeCodes: this.#login.codes.list(),
      agents: AGENTS,
      ucp: { ...this.#desk.tally(), executions: this.#ucp.executions() },
      catalog: { ...this.#marketTally(), executions: this.#catalog.executions() },
      discover: { executions: this.#discover.executions() },
    };
  }
}
