import { sendHtml, sendJson, sendText } from "../http/reply.js";
import { LOGIN_MOUNTS, issuerOf } from "../hosts/addresses.js";
import { exchangeOf } from "../http/exchange.js";
import { PAGE_HEADERS } from "../pages/page.js";
import { shapeAnswers } from "./answers.js";
import { logoutEndpoint } from "./logout.js";
import { OneTimeCodes } from "./one-time-codes.js";
import { refusedPage } from "./pages.js";
import { loginProvider } from "./provider.js";
import { LoginRecords } from "./records.js";
import { SignIn } from "./sign-in.js";
import { generateSigningKey } from "./signing-key.js";

const PAGE_KINDS = new Set(["authorize", "signin-page", "logout"]);

/** Everything under the login's prefix, on whichever host. */
export async function openLoginRoom({ origins, clients, settings }) {
  const keys = { published: await generateSigningKey(), unpublished: await generateSigningKey() };
  const records = new LoginRecords();
  const codes = new OneTimeCodes();
  const provider = loginProvider({
    issuer: issuerOf(origins),
    records,
    clients,
    settings,
    signingKey: keys.published,
    signInUrl: (ctx, uid) => {
      const { host } = exchangeOf(ctx.req).route;
      return `${origins[host]}${LOGIN_MOUNTS[host]}/login/${uid}`;
    },
  });
  shapeAnswers(provider, { clients, settings, keys });
  const passToProvider = provider.callback();
  const signIn = new SignIn({ provider, records, codes });
  const logout = logoutEndpoint({ provider, records, clients });

  async function answer(exchange) {
    const { req, res, route } = exchange;
    if (PAGE_KINDS.has(route.kind)) setPageHeaders(res, settings.current);
    if (route.kind === "logout") return logout(exchange);
    if (route.kind === "signin-page" && route.rest.startsWith("/login/")) return signIn.answer(exchange);
    if (route.kind === "token" && !callerAccepted(exchange, clients)) return undefined;
    if (route.kind === "authorize" && req.method !== "GET") {
      return sendHtml(res, 405, refusedPage("invalid_request", "The authorization endpoint takes GET."));
    }
    mountProvider(exchange);
    return passToProvider(req, res);
  }

  return { answer, provider, records, codes };
}

function setPageHeaders(res, { coop }) {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) res.setHeader(name, value);
  if (coop) res.setHeader("cross-origin-opener-policy", "same-origin");
}

/** What the token endpoint asks of whoever calls it: a user agent, and an origin that a client has registered. */
function callerAccepted({ req, res, entry }, clients) {
  if (req.method !== "POST") {
    sendJson(res, 405, { error: "invalid_request" }, { allow: "POST" });
    return false;
  }
  if (!req.headers["user-agent"]) {
    entry.outcome = "no_user_agent";
    sendText(res, 403, "You do not have permission to access this website");
    return false;
  }
  if (!clients.originAllowed(req.headers.origin ?? "")) {
    entry.outcome = "invalid_token";
    sendJson(res, 401, { error: "invalid_token" }, { "www-authenticate": 'Bearer error="invalid_token"' });
    return false;
  }
  return true;
}

/** Shows the provider the path under its mount, and only the query it should judge. */
function mountProvider({ req, url, route }) {
  const query = new URLSearchParams(url.search);
  // The provider ties acr_values to openid; the shop takes it as a hint from anyone.
  const openid = (query.get("scope") ?? "").split(" ").includes("openid");
  const spared = route.kind === "authorize" && !openid && query.has("acr_values");
  query.delete("acr_values");
  req.url = route.rest + (spared ? `?${query}` : url.search);
  req.originalUrl = route.mount + req.url;
  // CORS is answered at the front of the host.
  delete req.headers.origin;
}
