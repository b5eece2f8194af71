// oauth4webapi signs in; the call is by hand.

import { sessionOf, signedIn, signIn } from "../shared/oauth4webapi.js";
import { callTool } from "../shared/rpc.js";

let session;

export async function answer(shop, tool) {
  if (!(await signedIn(shop))) return signIn(shop);
  session = await sessionOf(shop);
  return call(tool, {});
}

export const call = (name, given) => callTool(session.endpoint, session, name, given);
