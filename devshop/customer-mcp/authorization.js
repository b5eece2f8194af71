const SCOPE = "customer-account-mcp-api:full";

/**
 * Finds out who calls: a live access token of this shop with the MCP scope, in a style that the settings admit.
 *
 * @returns {Promise<{customerId: string} | {customerId: null, reason: string}>}
 */
export async function authorize({ req, provider, settings }) {
  const header = req.headers.authorization;
  if (!header) return refused("Missing Authorization Header");
  const bearer = header.match(/^Bearer +(\S+)$/i);
  if (bearer ? !settings.acceptBearer : !settings.acceptRaw) return refused("Invalid Authorization Header");
  const token = await provider.AccessToken.find(bearer ? bearer[1] : header);
  if (!token || token.isExpired || !token.scopes.has(SCOPE)) return refused("Invalid access token");
  return { customerId: token.accountId };
}

function refused(reason) {
  return { customerId: null, reason };
}
