/** The only scopes that a customer can grant. */
export const SCOPES = Object.freeze([
  "openid", "email", "customer-account-api:full", "customer-account-mcp-api:full",
]);

/** A client of the Headless channel: registered with the shop, gets refresh tokens. */
export const HEADLESS_CLIENT_ID = "shp_4f2b8c1e-7d3a-4b58-9c06-1e5f0a9d2b73";
/** A client that an app's `[customer_authentication]` defines: no refresh token, loopback redirects allowed. */
export const APP_CLIENT_ID = "b1c94f0a5e7d4c2f8a3b6d9e0f172c55";

/** The client of the shop's own checkout pages: signs buyers in, and may do nothing for them. */
export const CHECKOUT_CLIENT_ID = "shp_c0d7a5e2-9b14-4f36-8a7d-52e1b8f4630c";
const CHECKOUT_SCOPES = Object.freeze(["openid", "email"]);
const KNOWN = new Set([HEADLESS_CLIENT_ID, APP_CLIENT_ID, CHECKOUT_CLIENT_ID]);

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The public clients of the shop, as the provider reads them and as the token endpoint's Origin check needs them. */
export class ClientRegistry {
  #redirectUris;
  #checkoutRedirectUri;
  #settings;

  /**
   * @param {object} options
   * @param {string[]} options.redirectUris registered for both clients of pages, compared exactly
   * @param {string} options.checkoutRedirectUri where the checkout's own client comes back to
   */
  constructor({ redirectUris, checkoutRedirectUri, settings }) {
    this.#redirectUris = redirectUris;
    this.#checkoutRedirectUri = checkoutRedirectUri;
    this.#settings = settings;
  }

  /** Client metadata (RFC 7591) by id. */
  metadata(clientId) {
    if (!KNOWN.has(clientId)) return undefined;
    const isCheckout = clientId === CHECKOUT_CLIENT_ID;
    return {
      client_id: clientId,
      token_endpoint_auth_method: "none",
      grant_types: this.mayRefresh(clientId) ? ["authorization_code", "refresh_token"] : ["authorization_code"],
      response_types: ["code"],
      redirect_uris: isCheckout ? [this.#checkoutRedirectUri] : this.#redirectUris,
      scope: (isCheckout ? CHECKOUT_SCOPES : SCOPES).join(" "),
    };
  }

  mayRefresh(clientId) {
    return clientId === HEADLESS_CLIENT_ID && this.#settings.current.refreshTokens;
  }

  redirectUriAllowed(clientId, uri) {
    if (clientId === CHECKOUT_CLIENT_ID) return uri === this.#checkoutRedirectUri;
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
