// Checkouts, for buyers who are ready to buy.

import { invalid } from "../errors.js";
import { tellingMethods } from "../words.js";
import { Baskets, idOf } from "./baskets.js";
import { lineItems } from "./draft.js";
import { openable } from "./outcome.js";

/** Tells the shop's checkout that its customer is signed in: under the name that it documents, and under the older one. */
const SIGNED_IN = "logged_in=true&sso=silent";
/** Changes of a checkout's lines until the page is told of carts. */
const MANY_CHANGES = 3;

export class Checkouts extends Baskets {
  #session;
  #advise;
  /** By id, the lines as they were seen last, and how often they were changed. */
  #lines = new Map();

  constructor(connection, calls, advise) {
    super("checkout", connection, calls);
    this.#session = connection.session;
    this.#advise = advise;
  }

  /** From a cart, whose lines are not sent again. */
  async fromCart(cartId, checkout = {}, options) {
    return this.create({ ...checkout, cart_id: idOf(cartId), line_items: [] }, options);
  }

  async complete(id, checkout, options) {
    return this.call("complete", { id: idOf(id), checkout }, options);
  }

  /** Goes on to the shop's page, in the buyer's click. */
  open(checkout, { target = "_top" } = {}) {
    const continueUrl = openable(typeof checkout === "string" ? checkout : checkout?.continueUrl);
    if (!continueUrl) {
      const sentence = "There is no page to go on to: the URL is missing, or not https without credentials.";
      throw invalid("continueUrl", sentence);
    }
    this.#session.heed();
    const url = new URL(continueUrl);
    if (this.#session.record) url.search += (url.search ? "&" : "") + SIGNED_IN;
    open(url.href, target, target === "_blank" ? "noopener" : undefined);
  }

  async call(verb, args, options) {
    if (verb === "update") this.#watch(args.id, args.checkout.line_items);
    const result = await super.call(verb, args, options);
    const { id, line_items: lines } = result.data;
    if (Array.isArray(lines)) this.#lines.set(id, { changes: 0, ...this.#lines.get(id), seen: textOf(lines) });
    return result;
  }

  #watch(id, lines) {
    const { changes = 0, seen } = this.#lines.get(id) ?? {};
    const now = textOf(lines);
    if (now === seen) return;
    this.#lines.set(id, { changes: changes + 1, seen: now });
    if (changes + 1 < MANY_CHANGES) return;
    this.#advise("cart_for_line_items", "Items are edited through the checkout, whose rate limit is the stricter one: edit `shop.cart`, and make the checkout from it.");
  }
}

tellingMethods(Checkouts, "fromCart", "complete");

const textOf = (lines) => JSON.stringify(lineItems(lines)?.map?.((line) => [line?.item?.id, line?.quantity]));
