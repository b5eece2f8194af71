import { Provider, interactionPolicy } from "oidc-provider";
import { customerById } from "../store/customers.js";
import { SCOPES } from "./clients.js";
import { renderErrorPage } from "./error-page.js";

const DAY = 24 * 60 * 60;

/**
 * The OpenID provider behind the login: a public client, S256, exact redirect URIs, no consent page.
 *
 * @param {object} options
 * @param {string} options.issuer
 * @param {import("./records.js").LoginRecords} options.records
 * @param {import("./clients.js").ClientRegistry} options.clients
 * @param {{privateJwk: object}} options.signingKey
 * @param {(ctx: object, uid: string) => string} options.signInUrl
 */
export function loginProvider({ issuer, records, clients, settings, signingKey, signInUrl }) {
  const provider = new Provider(issuer, {
    adapter: (model) => (model === "Client" ? { find: async (id) => clients.metadata(id) } : records.adapter(model)),
    jwks: { keys: [signingKey.privateJwk] },
    routes: { authorization: "/oauth/authorize", token: "/oauth/token", jwks: "/.well-known/jwks.json" },
    clientAuthMethods: ["none"],
    responseTypes: ["code"],
    pkce: { required: () => true },
    scopes: SCOPES,
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    clockTolerance: 0,
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: ["locale", "region_country", "login_hint_mode"],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
    },
    interactions: { policy: signInOnly(), url: (ctx, interaction) => signInUrl(ctx, interaction.uid) },
    cookies: {
      names: { session: "customer_session", interaction: "customer_login", resume: "customer_login_resume" },
    },
    ttl: {
      AccessToken: () => settings.current.accessTokenTtl,
      AuthorizationCode: 60,
      IdToken: 60 * 60,
      Interaction: 60 * 60,
      RefreshToken: 30 * DAY,
      Session: 30 * DAY,
      Grant: 30 * DAY,
    },
    findAccount,
    loadExistingGrant,
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client) => clients.mayRefresh(client.clientId),
    rotateRefreshToken: true,
    // The front of every host answers CORS, for all endpoints alike.
    clientBasedCORS: () => false,
    renderError: renderErrorPage,
  });
  provider.on("server_error", (_ctx, error) => console.error(error));
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
    return clients.redirectUriAllowed(this.clientId, uri);
  };
  provider.Client.prototype.includeSid = () => true;
  prefixTokens(provider.AccessToken, "shcat_");
  prefixTokens(provider.RefreshToken, "shcrt_");
  return provider;
}

/** A shop asks who you are, never what you allow. */
function signInOnly() {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  policy.get("login").checks.get("no_session").description = "End-User authentication required.";
  return policy;
}

async function findAccount(_ctx, sub) {
  const customer = customerById(sub);
  if (!customer) return undefined;
  return { accountId: sub, claims: async () => ({ sub, email: customer.email, email_verified: true }) };
}

/** Every authorization is a grant of its own, so that a replayed token ends one family and not a sibling's. */
async function loadExistingGrant(ctx) {
  const { provider, client, session, params } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope ?? "");
  await grant.save();
  return grant;
}

function prefixTokens(Token, prefix) {
  const { generateTokenId } = Token.prototype;
  Token.prototype.generateTokenId = function prefixedTokenId() {
    return prefix + generateTokenId.call(this);
  };
}
