// oidc-client-ts signs in; MCP client v2 calls, as a chunk of its own.

import { UserManager, WebStorageStateStore } from "oidc-client-ts";

import { leaveFor } from "../shared/callback.js";
import { left } from "../shared/callback.js";
import { discover } from "../shared/discovery.js";
import { keep, kept } from "../shared/store.js";

let client;

export async function answer(shop, tool) {
  const isCallback = new URLSearchParams(location.search).has("state");
  const mcp = (isCallback || kept("signed-in")) && import("../shared/mcp2.js");
  const { login, endpoint } = await discover(shop);
  const manager = new UserManager({
    authority: login.issuer,
    // The issuer is not where the shop's document is.
    metadata: login,
    client_id: shop.clientId,
    redirect_uri: shop.redirectUri,
    scope: shop.scope,
    automaticSilentRenew: false,
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    userStore: new WebStorageStateStore({ store: sessionStorage }),
  });
  let user = isCallback ? await manager.signinRedirectCallback() : await manager.getUser();
  if (isCallback) history.replaceState(null, "", location.pathname);
  if (!user) {
    await manager.signinRedirect();
    return left();
  }
  keep("signed-in", true);
  const session = {
    endpoint,
    token: () => user.access_token,
    renew: async () => {
      user = await manager.signinSilent();
    },
  };
  client = await (await mcp).connect(session);
  return call(tool, {});
}

export const call = (name, given) => client.callTool({ name, arguments: given });
