// The package's proxy, set up in the ways in which integrators set it up: routes of a front, see front.js.

import { pathToFileURL } from "node:url";
import { join } from "node:path";

import { newKeyPair } from "../../../devshop/test/support/key-pair.js";
import { profileOf, ucpEndpoint } from "../../../devshop/test/support/ucp.js";
import { CLIENT_IP } from "./front.js";
import { packageFolder } from "./package-under-test.js";

const { createProxy } = await import(pathToFileURL(join(packageFolder, "proxy.js")).href);

const VISITORS = { secret: "a secret of thirty-two characters or more" };

const { privateKey, publicKey } = newKeyPair("ec", { namedCurve: "P-256" });

/** The key of {@link proxySignedProxy}; its public half goes into the profile of the agent `signer`. */
export const PROXY_KEY = {
  kid: "proxy-key-1",
  publicJwk: { ...publicKey.export({ format: "jwk" }), kid: "proxy-key-1" },
};

const proxyOf = (shop, options) =>
  createProxy({ upstreams: { ucp: { url: ucpEndpoint(shop) } }, visitors: VISITORS, ...options });

function agentOf({ api, agentClients: [{ clientId, clientSecret }] }) {
  return { clientId, clientSecret, tokenUrl: `${api}/auth/access_token` };
}

export const tokenProxy = (shop) => proxyOf(shop, { agent: agentOf(shop) });

export const pageSignedProxy = (shop) => proxyOf(shop, {});

export const proxySignedProxy = (shop) => proxyOf(shop, {
  sign: { kid: PROXY_KEY.kid, key: privateKey.export({ format: "jwk" }), profile: profileOf(shop, "signer") },
});

export const buyerIpProxy = (shop) => proxyOf(shop, {
  agent: agentOf(shop), buyerIp: (request) => request.headers.get(CLIENT_IP),
});
