// oauth4webapi signs in; MCP client v2 calls. It is 75 kB that signing in does not need, so it is a chunk of its own, asked
// for as soon as a page load is going to call.

import { sessionOf, signedIn, signIn } from "../shared/oauth4webapi.js";

let client;

export async function answer(shop, tool) {
  const isCalling = new URLSearchParams(location.search).has("state") || sessionStorage.getItem("job:tokens");
  const mcp = isCalling && import("../shared/mcp2.js");
  if (!(await signedIn(shop))) return signIn(shop);
  const { connect } = await mcp;
  client = await connect(await sessionOf(shop));
  return call(tool, {});
}

export const call = (name, given) => client.callTool({ name, arguments: given });

export const listTools = async () => (await client.listTools()).tools;
