import { UCP_DISCOVERY_PATH, UCP_MCP_PATH } from "../hosts/addresses.js";
import { sendJson, sendText } from "../http/reply.js";
import { GLOBAL_CAPABILITIES, declareCapabilities } from "../ucp/capabilities.js";

const CACHEABLE = { "cache-control": "public, max-age=60" };

/** What the catalog of all shops offers to agents, in its current version and the older ones. */
export function globalDiscoveryRoom({ origins, settings }) {
  const leafUrl = (version) => `${origins.catalog}${UCP_DISCOVERY_PATH}/${version}`;
  const leaf = (version) => ({
    version,
    services: {
      "dev.ucp.shopping": [{
        version,
        transport: "mcp",
        spec: `https://ucp.dev/${version}/specification/overview`,
        schema: `https://ucp.dev/${version}/services/shopping/mcp.openrpc.json`,
        endpoint: origins.catalog + UCP_MCP_PATH,
      }],
    },
    capabilities: declareCapabilities(version, GLOBAL_CAPABILITIES),
    payment_handlers: {},
  });

  return ({ req, res, url }) => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendJson(res, 405, { error: "method_not_allowed" });
    const { ucpVersions } = settings.current;
    const [current, ...older] = ucpVersions;
    if (url.pathname === UCP_DISCOVERY_PATH) {
      const supported = Object.fromEntries(older.map((version) => [version, leafUrl(version)]));
      const more = older.length > 0 ? { supported_versions: supported } : {};
      return sendJson(res, 200, { ucp: { ...leaf(current), ...more } }, CACHEABLE);
    }
    const version = url.pathname.slice(UCP_DISCOVERY_PATH.length + 1);
    if (!ucpVersions.includes(version)) return sendText(res, 404, "Not Found");
    return sendJson(res, 200, { ucp: leaf(version) }, CACHEABLE);
  };
}
