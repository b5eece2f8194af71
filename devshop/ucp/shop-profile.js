import { UCP_DISCOVERY_PATH, UCP_MCP_PATH } from "../hosts/addresses.js";
import { SHOP_CAPABILITIES, declareCapabilities } from "./capabilities.js";
import { paymentHandlers } from "./payment-handlers.js";

const SERVICE = "dev.ucp.shopping";

/** Where agents talk to the shop, as the shop itself believes it. */
export function ucpEndpoint(origins, { ucpAuthority }) {
  const { protocol, host } = new URL(origins.ucp);
  return `${protocol}//${ucpAuthority ?? host}${UCP_MCP_PATH}`;
}

/** Where the leaf profile of a version is. */
function leafUrl(origins, version) {
  return `${origins.shop}${UCP_DISCOVERY_PATH}/${version}`;
}

/**
 * The shop's profile: the current version with the way to the older ones.
 *
 * @param {object} settings the current ones
 */
export function shopProfile(origins, settings) {
  const [current, ...older] = settings.ucpVersions;
  const { ucp } = leafProfile(origins, settings, current);
  const { version, ...rest } = ucp;
  const supported = Object.fromEntries(older.map((date) => [date, leafUrl(origins, date)]));
  return { ucp: { version, ...(older.length > 0 ? { supported_versions: supported } : {}), ...rest } };
}

/** What the shop offers in one version. */
export function leafProfile(origins, settings, version) {
  const offered = offeredCapabilities(settings);
  return {
    ucp: {
      version,
      services: { [SERVICE]: services(origins, settings, version) },
      capabilities: declareCapabilities(version, offered),
      payment_handlers: paymentHandlers(version),
    },
  };
}

export function offeredCapabilities({ ucpCapabilitiesLeftOut }) {
  return SHOP_CAPABILITIES.filter((name) => !ucpCapabilitiesLeftOut.includes(name));
}

function services(origins, settings, version) {
  const entry = (transport, endpoint, of = version) => ({
    version: of,
    transport,
    spec: `https://ucp.dev/${of}/specification/overview`,
    schema: `https://ucp.dev/${of}/services/shopping/${transport}.openrpc.json`,
    ...(endpoint ? { endpoint } : {}),
  });
  const endpoints = { mcp: ucpEndpoint(origins, settings), embedded: null };
  const entries = settings.ucpTransports.map((transport) => entry(transport, endpoints[transport]));
  if (!settings.ucpDecoyService) return entries;
  // An entry of the right transport and a wrong version, before the right one.
  return [entry("mcp", `${origins.ucp}/api/ucp/retired`, "2026-01-11"), ...entries];
}
