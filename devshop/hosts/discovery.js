import { sendJson } from "../http/reply.js";
import { SCOPES } from "../login/clients.js";
import { endpointsOf, issuerOf } from "./addresses.js";

const UI_LOCALES = (
  "bg cs da de el en es fi fr hi hr hu id it ja ko lt ms nb nl pl pt-BR pt-PT ro ru sk sl sv th tr vi zh-CN zh-TW"
).split(" ");

/** Answers the discovery documents of the shop's host. */
export function discoveryRoom({ origins, settings }) {
  return ({ req, res, route }) => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendJson(res, 405, { error: "method_not_allowed" });
    const document = route.kind === "discovery"
      ? openidConfiguration(origins, settings.current)
      : customerAccountApi(origins, settings.current);
    return sendJson(res, 200, document);
  };
}

/** The same body answers `openid-configuration` and `oauth-authorization-server`. */
function openidConfiguration(origins, { urlShape, issInCallback }) {
  const endpoints = endpointsOf(origins, urlShape);
  return {
    issuer: issuerOf(origins),
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    end_session_endpoint: endpoints.endSession,
    jwks_uri: endpoints.jwks,
    scopes_supported: SCOPES,
    response_types_supported: ["code"],
    grant_types_supported: [
      "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: ["iss", "sub", "aud", "exp", "iat", "nonce", "sid", "email", "email_verified"],
    ui_locales_supported: UI_LOCALES,
    op_policy_uri: `${origins.shop}/policies/privacy-policy`,
    op_tos_uri: `${origins.shop}/policies/terms-of-service`,
    ...(issInCallback ? { authorization_response_iss_parameter_supported: true } : {}),
  };
}

function customerAccountApi(origins, { urlShape, mcpApi }) {
  const endpoints = endpointsOf(origins, urlShape);
  return { graphql_api: endpoints.graphql, ...(mcpApi ? { mcp_api: endpoints.mcp } : {}) };
}
