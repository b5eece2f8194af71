import { DISCOUNT, FULFILLMENT, SHOP_CATALOG } from "./capabilities.js";
import { offeredCapabilities, ucpEndpoint } from "./shop-profile.js";
import { TOOLS } from "./tools/index.js";

/**
 * The shop's own UCP server, as the room knows it.
 *
 * @param {{origins: object, settings: object, desk: import("../sales/desk.js").SalesDesk, shelves: object}} shop
 * @returns {import("./room.js").UcpService}
 */
export function shopService({ origins, settings, desk, shelves }) {
  return {
    info: { name: "universal-commerce", version: "0.1.0" },
    tools: TOOLS,
    endpoint: () => ucpEndpoint(origins, settings.current),
    offered: () => offeredCapabilities(settings.current),
    asksAlways: false,
    statuses: {},
    limits: { limit: "ucpRateLimit", rates: "ucpRates" },
    bodyLimit: 1024 * 1024,
    home: `${origins.shop}/`,
    equip: ({ shared, party }) => ({
      shelves,
      extended: shared.has(SHOP_CATALOG),
      carts: desk.carts,
      checkouts: desk.checkouts,
      orders: desk.orders,
      terms: {
        discounts: shared.has(DISCOUNT), fulfillment: shared.has(FULFILLMENT), customer: party.customer !== null,
      },
    }),
  };
}
