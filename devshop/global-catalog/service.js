import { UCP_MCP_PATH } from "../hosts/addresses.js";
import { marketOf } from "../market/market.js";
import { GLOBAL_CAPABILITIES } from "../ucp/capabilities.js";
import { GLOBAL_TOOLS } from "./tools.js";

/**
 * The catalog of all shops, as the room of UCP servers knows it.
 *
 * @returns {import("../ucp/room.js").UcpService}
 */
export function globalCatalogService({ origins, settings }) {
  return {
    info: { name: "universal-ucp-mcp", version: "0.1.0" },
    tools: GLOBAL_TOOLS,
    endpoint: () => origins.catalog + UCP_MCP_PATH,
    offered: () => GLOBAL_CAPABILITIES,
    asksAlways: true,
    statuses: { invalid_profile_url: 422 },
    limits: { limit: "catalogRateLimit", rates: "catalogRates" },
    // A picture may come along.
    bodyLimit: 8 * 1024 * 1024,
    home: `${origins.shop}/`,
    equip: () => ({ market: marketOf(settings.current.catalogProducts) }),
  };
}
