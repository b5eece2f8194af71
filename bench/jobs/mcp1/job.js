// The MCP SDK, version 1, alone: it signs in and calls. It finds no shop by itself: it is given what was discovered
// (`discoveryState`), and told that there is no resource indicator. The client is a chunk of its own.

import { auth } from "@modelcontextprotocol/sdk/client/auth.js";

import { left, takeCallback } from "../shared/callback.js";
import { discover } from "../shared/discovery.js";
import { keep, kept, take } from "../shared/store.js";

let client;

export async function answer(shop, tool) {
  const query = takeCallback();
  const mcp = (query || kept("tokens")) && import("./connect.js");
  const { login, endpoint } = await discover(shop);
  const provider = providerOf(shop, login, endpoint);
  if (query) {
    // The SDK makes a state and leaves the check to the page.
    if (query.get("state") !== take("state")) throw new Error("state");
    if (query.has("error")) throw new Error(query.get("error"));
    await auth(provider, { serverUrl: endpoint, authorizationCode: query.get("code") });
  } else if (!kept("tokens")) {
    await auth(provider, { serverUrl: endpoint });
    return left();
  }
  const { connect } = await mcp;
  client = await connect(endpoint, provider);
  return call(tool, {});
}

export const call = (name, given) => client.callTool({ name, arguments: given });

function providerOf({ clientId, redirectUri, scope }, login, endpoint) {
  return {
    redirectUrl: redirectUri,
    clientMetadata: { redirect_uris: [redirectUri], scope, token_endpoint_auth_method: "none" },
    clientInformation: () => ({ client_id: clientId, token_endpoint_auth_method: "none" }),
    state: () => keep("state", crypto.randomUUID()),
    tokens: () => kept("tokens") ?? undefined,
    saveTokens: (tokens) => void keep("tokens", tokens),
    redirectToAuthorization: ({ href }) => location.assign(href),
    saveCodeVerifier: (verifier) => void keep("verifier", verifier),
    codeVerifier: () => take("verifier"),
    discoveryState: () => ({
      authorizationServerUrl: login.issuer,
      authorizationServerMetadata: login,
      resourceMetadata: { resource: endpoint, authorization_servers: [login.issuer] },
    }),
    validateResourceURL: async () => undefined,
  };
}
