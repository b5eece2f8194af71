// What an agent's page says and does on the way to an order.

import { lines, MUG, paymentOf, readyCheckout } from "../../../devshop/test/support/ucp.js";

export {
  APRIL, AUGUST, KILN, lines, MUG, PORTLAND, profileOf, readyCheckout, totalOf, ucpEndpoint, variant,
} from "../../../devshop/test/support/ucp.js";

/** `checkout` of `complete`. */
export const PAID = paymentOf();

/** An id that leads nowhere. */
export const NO_ORDER = "gid://shopify/Order/1";

/** A checkout that can be completed, through the page. */
export async function newCheckout(tab, options = {}) {
  const { data } = await tab.done("checkout.create", readyCheckout(), options);
  return data;
}

/** From a cart to a paid checkout. */
export async function purchase(tab) {
  const { data: cart } = await tab.done("cart.create", lines([MUG, 2]));
  const { line_items: _, ...wish } = readyCheckout();
  const { data: checkout } = await tab.done("checkout.fromCart", cart.id, wish);
  const { data: completed } = await tab.done("checkout.complete", checkout.id, PAID);
  return { cart, checkout, completed, order: completed.order };
}
