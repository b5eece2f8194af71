import { APRIL, AUGUST, profileOf } from "./ucp.js";
import { agentToken } from "./agent.js";

export { APRIL, AUGUST };

/** Posts a message, or a body as it is, to one of the catalogs of all shops. */
export function postTo(url, message, headers = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "accept": "application/json", ...headers },
    body: typeof message === "string" || message instanceof Uint8Array ? message : JSON.stringify(message),
  });
}

export const catalogEndpoint = (shop) => `${shop.catalog}/api/ucp/mcp`;
export const discoverEndpoint = (shop) => `${shop.discover}/global/mcp`;

export function catalogMessage(shop, name, catalog, { agent, version, profile } = {}) {
  const meta = { "ucp-agent": { profile: profile ?? profileOf(shop, agent, version) } };
  return { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: { meta, catalog } } };
}

/** Calls a tool of the global catalog. */
export async function callCatalog(shop, name, catalog, { token, headers = {}, ...how } = {}) {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  const response = await postTo(catalogEndpoint(shop), catalogMessage(shop, name, catalog, how), {
    ...authorization, ...headers,
  });
  const { error, result } = await response.json();
  return { status: response.status, headers: response.headers, error, result, data: result?.structuredContent };
}

/** Calls a tool of the old catalog. `data` is the JSON in its text, `text` what it says instead. */
export async function callDiscover(shop, name, args, { token, headers = {} } = {}) {
  const bearer = token ?? await agentToken(shop);
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } };
  const response = await postTo(discoverEndpoint(shop), message, { authorization: `Bearer ${bearer}`, ...headers });
  const { error, result } = await response.json();
  const text = result?.content[0].text;
  const data = result && !result.isError ? JSON.parse(text) : undefined;
  return { status: response.status, error, result, text, data };
}
