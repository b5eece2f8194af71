import { cancelCart, createCart, getCart, updateCart } from "./cart.js";
import { getProduct, lookupCatalog, searchCatalog } from "./catalog.js";
import { cancelCheckout, completeCheckout, createCheckout, getCheckout, updateCheckout } from "./checkout.js";
import { getOrder } from "./order.js";

/**
 * @typedef {object} UcpTool
 * @property {{name: string, description: string, inputSchema: object}} definition
 * @property {"catalog" | "cart" | "checkout" | "order"} family what its limit goes by
 * @property {boolean} [needsKey] whether it takes effect once per idempotency key
 * @property {(args: object) => string | null | undefined} [problem] what is wrong with arguments that fit the schema
 * @property {(args: object, call: object) => object} run
 */

/** @type {readonly UcpTool[]} */
export const TOOLS = Object.freeze([
  searchCatalog, lookupCatalog, getProduct, createCart, getCart, updateCart, cancelCart, createCheckout, getCheckout,
  updateCheckout, completeCheckout, cancelCheckout, getOrder,
]);
