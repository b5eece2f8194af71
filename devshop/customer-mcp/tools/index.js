import { getLoyaltyPoints } from "./get-loyalty-points.js";
import { getMostRecentOrderStatus } from "./get-most-recent-order-status.js";
import { getOrderStatus } from "./get-order-status.js";
import { getStoreCreditBalances } from "./get-store-credit-balances.js";
import { requestReturn } from "./request-return.js";

/**
 * @typedef {object} CustomerTool
 * @property {{name: string, description: string, inputSchema: object, outputSchema?: object}} definition
 * @property {(args: object, context: ToolContext) => object} run
 *
 * @typedef {{customer: object, orders: import("../../store/order-book.js").OrderBook}} ToolContext
 */

/** @type {readonly CustomerTool[]} the shop's four documented tools, and one of its own */
export const TOOLS = Object.freeze([
  getMostRecentOrderStatus, getOrderStatus, getStoreCreditBalances, requestReturn, getLoyaltyPoints,
]);
