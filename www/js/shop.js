import { signingKeys } from "./agent/signing-keys.js";
import { catalogOptions, chosenCatalog } from "./catalog/servers.js";
import { pageOption } from "./page-options.js";

/**
 * Connects this page to its shop: the SDK, with what the shop's server said about itself.
 *
 * @returns {Promise<Opened>}
 *
 * @typedef {object} Opened
 * @property {import("/pkg/index.js").Shop} shop
 * @property {ShopConfig} config
 * @property {typeof import("/pkg/index.js")} sdk
 * @property {import("/pkg/index.js").SigningKey[]} keys of this browser, newest first
 *
 * @typedef {object} ShopConfig
 * @property {string} shop the shop's origin
 * @property {string} clientId
 * @property {string} [appClientId] the client of an app, which gets no refresh token
 * @property {string} redirectUri
 * @property {string} [scope]
 * @property {string} [control] the local shop's control API
 * @property {string} [catalog] the origin of a catalog of all shops, where it is not the usual one
 * @property {string} [discover] the same of the former catalog
 * @property {Record<string, string>} [agentProfiles] where the profiles of this page's agent are, by UCP version
 */
export async function openShop() {
  const [sdk, config, keys] = await Promise.all([import("/pkg/index.js"), readConfig(), signingKeys()]);
  const shop = await sdk.connect({
    shop: config.shop,
    clientId: pageOption("client") === "app" && config.appClientId ? config.appClientId : config.clientId,
    redirectUri: config.redirectUri,
    ...(config.scope ? { scope: config.scope } : {}),
    authorization: pageOption("authorization"),
    storage: pageOption("storage"),
    onSignInNeeded: pageOption("signIn"),
    ...(config.agentProfiles
      ? {
          agent: agentOptions(config.agentProfiles, keys),
          catalog: catalogOptions(chosenCatalog(), config),
        }
      : {}),
  });
  return { shop, config, sdk, keys };
}

/** With what there is to show; each call says as whom it goes, see agent/agent.js. */
function agentOptions(profiles, keys) {
  return { profiles, token: "customer", ...(keys.length > 0 ? { signer: keys } : {}) };
}

async function readConfig() {
  const answer = await fetch("/shop-config.json", { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`/shop-config.json answered ${answer.status}`);
  return answer.json();
}
