// What the shop does for agents: carts, checkouts, orders. An update replaces all of a resource.

import assert from "node:assert/strict";

/** Prices in minor units. */
export const MUG = "gid://shopify/ProductVariant/1";
export const BOWL = "gid://shopify/ProductVariant/2";
export const VASE = "gid://shopify/ProductVariant/3";
const PRICES = { [MUG]: 2800, [BOWL]: 4550, [VASE]: 12000 };

/** What only answers have. */
const OF_ANSWERS = [
  "ucp", "id", "currency", "totals", "messages", "links", "continue_url", "expires_at", "status", "order",
];

export const PAYMENT = { instruments: [{ id: "pi_1", handler_id: "card", type: "card", credential: { type: "token", token: "tok_ok" } }] };
export const DECLINED = { instruments: [{ id: "pi_1", handler_id: "card", type: "card", credential: { type: "token", token: "tok_no" } }] };

const message = (severity, code, content) => ({ type: "error", severity, code, content, content_type: "plain" });
const notFound = (what) => ({ isMissing: true, messages: [message("unrecoverable", "not_found", `There is no such ${what}.`)] });

export class Desk {
  /** Of a wish, what comes back in answers. Attribution and signals are for the shop alone. */
  echoed = ["buyer", "context", "discounts", "fulfillment", "payment"];
  #numbers = 0;
  #carts = new Map();
  #checkouts = new Map();
  #orders = new Map();

  /** Executes a tool; gives its resource. */
  run(tool, { id, cart, checkout }) {
    const onCart = (act) => this.#with(this.#carts, id, "cart", (found) => this.#showCart(act(found)));
    const onCheckout = (act) => this.#with(this.#checkouts, id, "checkout", (found) => this.#showCheckout(act(found)));
    const same = (found) => found;
    switch (tool) {
      case "search_catalog": return { products: [{ id: "gid://shopify/Product/1", title: "Mug" }] };
      case "create_cart": return this.#showCart(this.#open(this.#carts, "Cart", cart));
      case "get_cart": return onCart(same);
      case "update_cart": return onCart((found) => this.#replace(found, cart));
      case "cancel_cart": return onCart((found) => this.#drop(found));
      case "create_checkout": return this.#createCheckout(checkout);
      case "get_checkout": return onCheckout(same);
      case "update_checkout": return onCheckout((found) => this.#replace(found, checkout));
      case "cancel_checkout": return onCheckout((found) => Object.assign(found, { status: "canceled" }));
      case "complete_checkout": return this.#with(this.#checkouts, id, "checkout", (found) => this.#complete(found, checkout));
      case "get_order": return this.#with(this.#orders, id, "order", same);
      default: return undefined;
    }
  }

  /** What a cart or checkout holds: members as they were last sent. */
  wish(id) {
    return (this.#carts.get(id) ?? this.#checkouts.get(id)).wish;
  }

  #with(shelf, id, what, show) {
    const found = shelf.get(id);
    return found ? show(found) : notFound(what);
  }

  #open(shelf, kind, wish) {
    const number = this.#number();
    const record = { id: `gid://shopify/${kind}/${number}?key=k${number}`, status: null };
    shelf.set(record.id, this.#replace(record, wish));
    return record;
  }

  #replace(record, wish) {
    assertRequest(wish);
    const line = (asked) => ({ ...asked, id: asked.id ?? `line-${this.#number()}` });
    record.wish = { ...wish, line_items: wish.line_items.map(line) };
    return record;
  }

  #createCheckout({ cart_id: cartId, ...wish }) {
    if (cartId === undefined) return this.#showCheckout(this.#open(this.#checkouts, "Checkout", wish));
    assert.deepEqual(wish.line_items, [], "a cart is taken over whole");
    return this.#with(this.#carts, cartId, "cart", (cart) => {
      const taken = cart.wish.line_items.map(({ item, quantity }) => ({ item, quantity }));
      return this.#showCheckout(this.#open(this.#checkouts, "Checkout", { ...wish, line_items: taken }));
    });
  }

  #drop(cart) {
    this.#carts.delete(cart.id);
    return cart;
  }

  #complete(checkout, { payment, ...rest }) {
    assert.deepEqual(Object.keys(rest).filter((name) => name !== "attribution"), [], "what completes a checkout");
    if (payment.instruments[0].credential.token !== "tok_ok") {
      const shown = this.#showCheckout(checkout);
      return { ...shown, messages: [message("recoverable", "payment_failed", "The card was declined.")] };
    }
    const id = `gid://shopify/Order/${this.#number()}`;
    const { line_items: lines, currency, totals } = this.#showCheckout(checkout);
    const permalink_url = `https://shop.example/orders/${id.split("/").at(-1)}`;
    const items = lines.map(({ id, quantity }) => ({ id, quantity: { original: quantity, total: quantity, fulfilled: 0 } }));
    this.#orders.set(id, { id, checkout_id: checkout.id, permalink_url, line_items: items, currency, totals });
    return this.#showCheckout(Object.assign(checkout, { status: "completed", order: { id, permalink_url, label: "#1001" } }));
  }

  #showCart({ id, wish }) {
    return { id, ...this.#show(wish), continue_url: `https://shop.example/cart/c/${encodeURIComponent(id)}` };
  }

  #showCheckout({ id, wish, status, order }) {
    const isReady = wish.buyer?.email !== undefined;
    const missing = message("recoverable", "buyer_identity_contact_method_required", "Who buys?");
    const isOver = status !== null;
    return {
      id,
      ...this.#show(wish),
      status: status ?? (isReady ? "ready_for_complete" : "incomplete"),
      messages: isReady || isOver ? [] : [missing],
      ...(isOver ? {} : { continue_url: `https://shop.example/checkouts/${id.split("/").at(-1)}` }),
      ...(order ? { order } : {}),
    };
  }

  #show(wish) {
    const lines = wish.line_items.map(({ id, item, quantity }) => {
      const amount = PRICES[item.id] * quantity;
      return { id, item: { id: item.id, title: "Clay", price: PRICES[item.id] }, quantity, totals: [{ type: "total", amount }] };
    });
    const subtotal = lines.reduce((sum, { totals: [{ amount }] }) => sum + amount, 0);
    const codes = wish.discounts?.codes ?? [];
    const off = codes.includes("TEN") ? Math.round(subtotal / 10) : 0;
    const discount = off > 0 ? [{ type: "discount", amount: -off }] : [];
    const echo = Object.fromEntries(this.echoed.filter((name) => name in wish).map((name) => [name, wish[name]]));
    if (echo.discounts) echo.discounts = { codes, applied: codes.map((code) => ({ code, amount: off })) };
    return {
      ...echo,
      line_items: lines,
      currency: wish.context?.currency ?? "USD",
      totals: [{ type: "subtotal", amount: subtotal }, ...discount, { type: "total", amount: subtotal - off }],
    };
  }

  #number() {
    this.#numbers += 1;
    return this.#numbers;
  }
}

/** A request has nothing in it that only answers have. */
function assertRequest(wish) {
  assert.deepEqual(Object.keys(wish).filter((name) => OF_ANSWERS.includes(name)), [], "nothing of an answer is sent back");
  for (const line of wish.line_items) {
    assert.deepEqual(Object.keys(line).filter((name) => !["id", "item", "quantity"].includes(name)), []);
    assert.deepEqual(Object.keys(line.item), ["id"]);
    assert.ok(line.item.id in PRICES, `${line.item.id} is sold here`);
    assert.ok(Number.isSafeInteger(line.quantity) && line.quantity >= 1);
  }
  if (wish.discounts) assert.deepEqual(Object.keys(wish.discounts), ["codes"]);
}
