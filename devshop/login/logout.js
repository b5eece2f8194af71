import { decodeJwt } from "jose";
import { redirect, sendHtml } from "../http/reply.js";
import { customerById } from "../store/customers.js";
import { refusedPage } from "./pages.js";

/**
 * OpenID Connect RP-initiated logout as the shop does it: at once, with no question asked, and to a registered address
 * even when another was named.
 */
export function logoutEndpoint({ provider, records }) {
  return async ({ req, res, url, entry }) => {
    const hint = url.searchParams.get("id_token_hint");
    const client = hint ? await clientOfHint(provider, hint) : null;
    if (!client) {
      entry.outcome = "invalid_request";
      return sendHtml(res, 400, refusedPage("invalid_request", "id_token_hint is missing or not valid"));
    }
    await endOwnSession({ provider, records, req, res, entry, sub: decodeJwt(hint).sub });
    entry.outcome ??= "ok";
    return redirect(res, 302, whereTo(client, url.searchParams));
  };
}

async function clientOfHint(provider, hint) {
  try {
    const client = await provider.Client.find(decodeJwt(hint).aud);
    await provider.IdToken.validate(hint, client);
    return client;
  } catch {
    return null;
  }
}

/** Ends the account session of this browser, unless it belongs to somebody else than the hint says. */
async function endOwnSession({ provider, records, req, res, entry, sub }) {
  const session = await provider.Session.get(provider.createContext(req, res));
  if (!session.accountId) {
    entry.outcome = "no_session";
    return;
  }
  if (session.accountId !== sub) {
    entry.outcome = "other_customer";
    return;
  }
  entry.customer = customerById(sub).email;
  records.endSession(session.uid, { tokens: true });
  res.setHeader("set-cookie", `${provider.cookieName("session")}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly`);
}

function whereTo(client, params) {
  const wanted = params.get("post_logout_redirect_uri");
  const target = new URL(client.postLogoutRedirectUris.includes(wanted) ? wanted : client.postLogoutRedirectUris[0]);
  if (params.has("state")) target.searchParams.set("state", params.get("state"));
  return target.href;
}
