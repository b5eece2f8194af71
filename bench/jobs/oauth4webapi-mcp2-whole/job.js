// oauth4webapi signs in, MCP client v2 calls: both imported as their documentation imports them.

import { connect } from "../shared/mcp2.js";
import { sessionOf, signedIn, signIn } from "../shared/oauth4webapi.js";

let client;

export async function answer(shop, tool) {
  if (!(await signedIn(shop))) return signIn(shop);
  client = await connect(await sessionOf(shop));
  return call(tool, {});
}

export const call = (name, given) => client.callTool({ name, arguments: given });
