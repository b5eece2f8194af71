import { AgentTokens, accessTokenRoom } from "./agents/access-tokens.js";
import { AGENTS } from "./agents/clients.js";
import { AgentProfiles } from "./agents/profiles.js";
import { agentProfilesRoom } from "./agents/room.js";
import { pictureRoom } from "./catalog/picture.js";
import { Shelves } from "./catalog/shelves.js";
import { checkoutPagesRoom } from "./checkout-pages/room.js";
import { SilentSignIn, checkoutRedirectUri } from "./checkout-pages/silent-sign-in.js";
import { controlApi } from "./control/api.js";
import { Faults } from "./control/faults.js";
import { RequestLog } from "./control/log.js";
import { CLIENTS, KNOWN_CUSTOMERS, Operations } from "./control/operations.js";
import { Settings } from "./control/settings.js";
import { openMcpRoom } from "./customer-mcp/room.js";
import { productPageRoom } from "./discover/product-page.js";
import { openDiscoverRoom } from "./discover/room.js";
import { globalDiscoveryRoom } from "./global-catalog/discovery.js";
import { globalCatalogService } from "./global-catalog/service.js";
import { issuerOf } from "./hosts/addresses.js";
import { discoveryRoom } from "./hosts/discovery.js";
import { SIGNS, frontDoor } from "./hosts/front.js";
import { openPlainListeners, openTlsListeners } from "./hosts/listeners.js";
import { storefrontRoom } from "./hosts/storefront.js";
import { corsPolicy } from "./http/cors.js";
import { answerFailure } from "./http/failure.js";
import { ClientRegistry } from "./login/clients.js";
import { openLoginRoom } from "./login/room.js";
import { SalesDesk } from "./sales/desk.js";
import { OrderBook } from "./store/order-book.js";
import { storesRoom } from "./stores/room.js";
import { ucpDiscoveryRoom } from "./ucp/discovery.js";
import { ProfileCache } from "./ucp/profiles.js";
import { openUcpRoom } from "./ucp/room.js";
import { shopService } from "./ucp/shop-service.js";
import { UCP_VERSIONS } from "./ucp/versions.js";

/**
 * @typedef {object} Devshop
 * @property {string} shop origin of the storefront
 * @property {string} shopify origin of the default account host
 * @property {string} account origin of the shop's own account host
 * @property {string} control origin of the control API
 * @property {string} ucp origin of the UCP MCP server
 * @property {string} api origin where agents get their tokens
 * @property {string} agents origin where agents publish their profiles
 * @property {string} catalog origin of the catalog of all shops
 * @property {string} discover origin of the old catalog of all shops
 * @property {string} issuer
 * @property {{headless: {clientId: string}, app: {clientId: string}}} clients
 * @property {readonly {id: string, email: string, firstName: string, lastName: string}[]} customers
 * @property {import("./hosts/listeners.js").Listeners["tls"]} tls how a browser gets to the TLS hosts
 * @property {(patch?: object) => object} settings applies a patch and answers all settings
 * @property {() => import("./control/log.js").LogEntry[]} log
 * @property {() => void} clearLog
 * @property {() => void} reset
 * @property {() => void} expireTokens every access token is invalid from now on
 * @property {() => void} revokeSessions every refresh token and account session is gone
 * @property {readonly {name: string, clientId: string, clientSecret: string}[]} agentClients
 * @property {() => object} state as the control API answers it
 * @property {(path: string, document: object) => {url: string}} publishProfile puts an agent's profile on its host
 * @property {() => Promise<void>} close
 */

/**
 * Starts the local shop on loopback.
 *
 * @param {object} [options]
 * @param {number} [options.port] of the shop; the other hosts follow it. 0: free ports. Default 8787, with `tls` 0
 * @param {object} [options.settings] settings that differ from the defaults
 * @param {string} [options.www] folder with the storefront's pages
 * @param {string} [options.package] folder served under `/pkg/`
 * @param {boolean} [options.tls] real-looking names over TLS
 * @param {string[]} [options.redirectUris] redirect URIs registered beside the shop's own
 * @param {boolean} [options.quiet] say nothing on stdout
 * @returns {Promise<Devshop>}
 */
export async function startDevshop(options = {}) {
  const { tls = false, redirectUris = [], quiet = false, port = tls ? 0 : 8787 } = options;
  const settings = new Settings(options.settings);
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  const serve = async (host, req, res) => {
    try {
      await (await opened)(host, req, res);
    } catch (error) {
      answerFailure(res, error);
    }
  };
  const listeners = await (tls ? openTlsListeners : openPlainListeners)(port, serve);
  const shop = await furnish({ ...options, redirectUris, settings, origins: listeners.origins, tls: listeners.tls });
  open(shop.serve);
  if (!quiet) announce(listeners);
  const { operations } = shop;
  return {
    ...listeners.origins,
    issuer: issuerOf(listeners.origins),
    clients: CLIENTS,
    customers: KNOWN_CUSTOMERS,
    agentClients: AGENTS,
    tls: listeners.tls,
    settings: (patch) => operations.settings(patch),
    log: () => operations.log(),
    clearLog: () => operations.clearLog(),
    reset: () => operations.reset(),
    expireTokens: () => operations.expireTokens(),
    revokeSessions: () => operations.revokeSessions(),
    state: () => operations.state(),
    publishProfile: (path, document) => operations.publishProfile(path, document),
    close: listeners.close,
  };
}

/** Builds the rooms behind the listeners, now that every origin is known. */
async function furnish({ origins, tls, settings, redirectUris, www, package: packageFolder }) {
  const log = new RequestLog();
  const orders = new OrderBook();
  const shelves = new Shelves({ settings });
  const desk = new SalesDesk({ settings, shelves });
  const agentTokens = new AgentTokens({ settings });
  const agentProfiles = new AgentProfiles();
  const profiles = new ProfileCache({ origin: origins.agents, tls });
  agentProfiles.onChange(() => {
    if (settings.current.ucpFreshProfiles) profiles.clear();
  });
  const clients = new ClientRegistry({
    redirectUris: [`${origins.shop}/account/`, `${origins.shop}/`, ...redirectUris],
    checkoutRedirectUri: checkoutRedirectUri(origins),
    settings,
  });
  const login = await openLoginRoom({ origins, clients, settings });
  const signIn = new SilentSignIn({ origins, settings, tls, provider: login.provider });
  const common = { origins, settings, profiles, provider: login.provider, agentTokens };
  const ucp = openUcpRoom({ ...common, service: shopService({ origins, settings, desk, shelves }) });
  const catalog = openUcpRoom({ ...common, service: globalCatalogService({ origins, settings }) });
  const discover = openDiscoverRoom({ origins, settings, agentTokens });
  const rooms = {
    ...SIGNS,
    discovery: discoveryRoom({ origins, settings }),
    ucpDiscovery: ucpDiscoveryRoom({ origins, settings }),
    login: login.answer,
    mcp: openMcpRoom({ origins, settings, provider: login.provider, orders }),
    ucp: ucp.answer,
    accessTokens: accessTokenRoom(agentTokens),
    agentProfiles: agentProfilesRoom(agentProfiles),
    checkoutPages: checkoutPagesRoom({ origins, desk, shelves, signIn }),
    catalog: catalog.answer,
    catalogDiscovery: globalDiscoveryRoom({ origins, settings }),
    discover: discover.answer,
    discoverPages: productPageRoom({ origins, settings }),
    stores: storesRoom({ origins, settings }),
    pictures: pictureRoom({ settings }),
    storefront: storefrontRoom({ origins, www, package: packageFolder, config: shopConfig(origins) }),
  };
  const faults = new Faults(settings);
  const front = frontDoor({ origins, settings, log, faults, cors: corsPolicy({ settings, clients }), rooms });
  const operations = new Operations({
    settings, log, orders, login, origins, desk, signIn, ucp, catalog, discover, agentProfiles, agentTokens,
  });
  const control = controlApi(operations, origins);
  return {
    operations,
    serve: (host, req, res) => (host === "control" ? control(req, res) : front(host, req, res)),
  };
}

/** What a theme would have rendered into the page. */
function shopConfig(origins) {
  return {
    shop: origins.shop,
    clientId: CLIENTS.headless.clientId,
    appClientId: CLIENTS.app.clientId,
    redirectUri: `${origins.shop}/account/`,
    scope: "openid email customer-account-mcp-api:full",
    control: origins.control,
    catalog: origins.catalog,
    discover: origins.discover,
    agentProfiles: Object.fromEntries(UCP_VERSIONS.map((version) =>
      [version, `${origins.agents}/agents/${AGENTS[0].name}/${version}.json`])),
  };
}

function announce({ origins, tls }) {
  console.log(`shop     ${origins.shop}/`);
  console.log(`shopify  ${origins.shopify}/  (login and MCP, default account host)`);
  console.log(`account  ${origins.account}/  (login and MCP, the shop's own account host)`);
  console.log(`control  ${origins.control}/  (settings, log, faults)`);
  console.log(`ucp      ${origins.ucp}/  (MCP server for agents: catalog, cart, checkout, order)`);
  console.log(`api      ${origins.api}/  (agents' access tokens)`);
  console.log(`agents   ${origins.agents}/  (agents' profiles)`);
  console.log(`catalog  ${origins.catalog}/  (MCP server for agents: the products of all shops)`);
  console.log(`discover ${origins.discover}/  (the same by its old tools, for agents with a token)`);
  if (tls) {
    console.log(`browser  --host-resolver-rules="${tls.hostResolverRules}"`);
    console.log(`         --ignore-certificate-errors-spki-list=${tls.spkiSha256}`);
  }
}
