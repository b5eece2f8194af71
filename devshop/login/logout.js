import { decodeJwt } from "jose";
import { redirect, sendHtml } from "../http/reply.js";
import { customerById } from "../store/customers.js";
import { refusedPage } from "./pages.js";

/**
 * OpenID Connect RP-initiated logout as the shop does it: at once, with no question asked, and to a registered address
 * even when another was named.
 */
export function logoutEndpoint({ provider, records, clients }) {
  return async ({ req, res, url, entry }) => {
    const hint = url.searchParams.get("id_token_hint");
    if (!hint || !(await isOurs(provider, hint))) {
      entry.outcome = "invalid_request";
      return sendHtml(res, 400, refusedPage("invalid_request", "id_token_hint is missing or not valid"));
    }
    await endOwnSession({ provider, records, req, res, entry, sub: decodeJwt(hint).sub });
    entry.outcome ??= "ok";
    return redirect(res, 302, whereTo(clients, url.searchParams));
  };
}

/** Whether an ID token was issued here, for a client of this shop; an expired one will do. */
async function isOurs(provider, hint) {
  try {
    await provider.IdToken.validate(hint, await provider.Client.find(decodeJwt(hint).aud));
    return true;
  } catch {
    return false;
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
  const past = new Date(0).toUTCString();
  res.setHeader("set-cookie", `${provider.cookieName("session")}=; Path=/; Expires=${past}; HttpOnly`);
}

function whereTo(clients, params) {
  const target = new URL(clients.postLogoutRedirectUri(params.get("post_logout_redirect_uri")));
  if (params.has("state")) target.searchParams.set("state", params.get("state"));
  return target.href;
}
