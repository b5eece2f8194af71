/** The only scopes that a customer can grant. */
export const SCOPES = Object.freeze([
  "openid", "email", "customer-account-api:full", "customer-account-mcp-api:full",
]);

/** A client of the Headless channel: registered with the shop, gets refresh tokens. */
export const HEADLESS_CLIENT_ID = "shp_4f2b8c1e-7d3a-4b58-9c06-1e5f0a9d2b73";
/** A client that an app's `[customer_authentication]` defines: no refresh token, loopback redirects allowed. */
export const APP_CLIENT_ID = "b1c94f0a5e7d4c2f8a3b6d9e0f172c55";

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The public clients of the shop, as the provider reads them and as the token endpoint's Origin check needs them. */
export class ClientRegistry {
  #redirectUris;
  #settings;

  /**
   * @param {object} options
   * @param {string[]} options.redirectUris registered for both clients, compared exactly
   */
  constructor({ redirectUris, settings }) {
    this.#redirectUris = redirectUris;
    this.#settings = settings;
  }

  /** Client metadata (RFC 7591) by id. */
  metadata(clientId) {
    if (clientId !== HEADLESS_CLIENT_ID && clientId !== APP_CLIENT_ID) return undefined;
    return {
      client_id: clientId,
      token_endpoint_auth_method: "none",
      grant_types: this.mayRefresh(clientId) ? ["authorization_code", "refresh_token"] : ["authorization_code"],
      response_types: ["code"],
      redirect_uris: this.#redirectUris,
      scope: SCOPES.join(" "),
    };
  }

  mayRefresh(clientId) {
    return clientId === HEADLESS_CLIENT_ID && this.#settings.current.refreshTokens;
  }

  redirectUriAllowed(clientId, uri) {
    return this.#redirectUris.includes(uri) || (clientId === APP_CLIENT_ID && isLoopbackRedirect(uri));
  }

  /** Where a logout ends: at the address that was asked for if it is registered, else at a registered one. */
  postLogoutRedirectUri(wanted) {
    return this.#redirectUris.includes(wanted) ? wanted : this.#redirectUris[0];
  }

  /** Whether any client may call from a page of this origin: its "JavaScript origins". */
  originAllowed(origin) {
    return this.#redirectUris.some((uri) => new URL(uri).origin === origin) || isLoopbackOrigin(origin);
  }
}

function isLoopbackRedirect(uri) {
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  const plain = !url.username && !url.password && !uri.includes("#");
  return plain && /^https?:$/.test(url.protocol) && LOOPBACK_HOSTS.has(url.hostname);
}

function isLoopbackOrigin(origin) {
  return URL.canParse(origin) && new URL(origin).origin === origin && isLoopbackRedirect(origin);
}
