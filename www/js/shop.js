import { pageOption } from "./page-options.js";

/**
 * Connects this page to its shop: the SDK, with what the shop's server said about itself.
 *
 * @returns {Promise<{shop: import("/pkg/index.js").Shop, config: ShopConfig}>}
 *
 * @typedef {object} ShopConfig
 * @property {string} shop the shop's origin
 * @property {string} clientId
 * @property {string} [appClientId] the client of an app, which gets no refresh token
 * @property {string} redirectUri
 * @property {string} [scope]
 * @property {string} [control] the local shop's control API
 */
export async function openShop() {
  const [{ connect }, config] = await Promise.all([import("/pkg/index.js"), readConfig()]);
  const shop = await connect({
    shop: config.shop,
    clientId: pageOption("client") === "app" && config.appClientId ? config.appClientId : config.clientId,
    redirectUri: config.redirectUri,
    ...(config.scope ? { scope: config.scope } : {}),
    authorization: pageOption("authorization"),
    storage: pageOption("storage"),
    onSignInNeeded: pageOption("signIn"),
  });
  return { shop, config };
}

async function readConfig() {
  const answer = await fetch("/shop-config.json", { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`/shop-config.json answered ${answer.status}`);
  return answer.json();
}
