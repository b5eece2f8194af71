import { exchangeOf } from "../http/exchange.js";
import { customerById } from "../store/customers.js";
import { CHECKOUT_CLIENT_ID } from "./clients.js";
import { spoilIdToken } from "./id-token-faults.js";

/**
 * Gives the provider's answers the form that the shop's have: a token answer without `token_type` and `scope`, no ID
 * token on refresh, no `iss` in callbacks; and notes in the log what came of the request.
 */
export function shapeAnswers(provider, { clients, settings, keys }) {
  provider.use(async (ctx, next) => {
    const readableBy = ctx.response.get("access-control-allow-origin");
    await next();
    keepCors(ctx, readableBy);
    if (!ctx.oidc) return;
    if (ctx.oidc.route === "token") await shapeTokenAnswer(ctx, { clients, settings, keys });
    if (ctx.oidc.route === "authorization" || ctx.oidc.route === "resume") shapeCallback(ctx, settings.current);
  });
}

/** The provider has CORS headers of its own; which pages may read an answer is decided at the front of the host. */
function keepCors(ctx, readableBy) {
  ctx.remove("access-control-expose-headers");
  if (readableBy) ctx.set("access-control-allow-origin", readableBy);
  else ctx.remove("access-control-allow-origin");
}

async function shapeTokenAnswer(ctx, { clients, settings, keys }) {
  const { entry } = exchangeOf(ctx.req);
  const { client, params, account } = ctx.oidc;
  const grantType = params?.grant_type;
  if (typeof grantType === "string") entry.grant = grantType;
  if (client && grantType === "refresh_token" && !clients.mayRefresh(client.clientId)) {
    ctx.status = 400;
    ctx.body = { error: "unsupported_grant_type", error_description: "The grant type is not supported." };
  }
  if (ctx.body?.error) {
    entry.outcome = ctx.body.error;
    return;
  }
  entry.outcome = "ok";
  entry.customer = customerById(account.accountId).email;
  // The checkout is the shop's own; what may be wrong with tokens is for others to meet.
  if (client.clientId === CHECKOUT_CLIENT_ID) return;
  ctx.body = await documentedAnswer(ctx.body, grantType, settings.current, keys);
}

async function documentedAnswer(answer, grantType, { idToken, tokenType, idTokenFault }, keys) {
  const shaped = { access_token: answer.access_token, expires_in: answer.expires_in };
  if (answer.refresh_token) shaped.refresh_token = answer.refresh_token;
  if (answer.id_token && idToken && grantType === "authorization_code") {
    shaped.id_token = idTokenFault ? await spoilIdToken(answer.id_token, idTokenFault, keys) : answer.id_token;
  }
  if (tokenType) shaped.token_type = "Bearer";
  return shaped;
}

function shapeCallback(ctx, { issInCallback }) {
  const { entry } = exchangeOf(ctx.req);
  const location = ctx.response.get("location");
  const redirectUri = ctx.oidc.params?.redirect_uri;
  if (!location || typeof redirectUri !== "string" || !sameResource(location, redirectUri)) {
    entry.outcome = location ? "sign_in" : "refused";
    return;
  }
  const callback = new URL(location);
  entry.outcome = callback.searchParams.get("error") ?? "code";
  if (ctx.oidc.account) entry.customer = customerById(ctx.oidc.account.accountId).email;
  if (issInCallback) return;
  callback.searchParams.delete("iss");
  ctx.set("location", callback.href);
}

function sameResource(location, redirectUri) {
  const [there, wanted] = [new URL(location), new URL(redirectUri)];
  return there.origin === wanted.origin && there.pathname === wanted.pathname;
}
