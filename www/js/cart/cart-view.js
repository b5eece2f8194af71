import { button, el, emptyState, skeleton } from "../dom.js";
import { pieces } from "../format.js";
import { errorNotice, notice } from "../notices.js";
import { DiscountCodes } from "./discount-codes.js";
import { CartLine } from "./line.js";
import { messageNotices, placed } from "./messages.js";
import { amountOf, totalsView } from "./totals.js";

/** What is in the cart: lines, codes, what the shop says about them, and the way to the checkout. */
export class CartView {
  title = "Your cart";
  #cart;
  #text;
  #lines = new Map();
  #list = el("ul", { class: "cart-lines", "aria-label": "Items" });
  #codes;
  #said = el("div", { class: "cart-said" });
  #content = el("div", { class: "cart-content" });
  #totals = el("div");
  #go;

  /**
   * @param {object} parts
   * @param {import("./cart.js").Cart} parts.cart
   * @param {(amount: number, currency: string) => string} parts.text money as text
   * @param {() => void} parts.onCheckout
   * @param {() => void} parts.onLeave back to the page
   */
  constructor({ cart, text, onCheckout, onLeave }) {
    this.#cart = cart;
    this.#text = text;
    this.#codes = new DiscountCodes((codes) => cart.setCodes(codes));
    this.#go = button("Go to checkout", onCheckout);
    this.#go.classList.add("cart-go");
    this.onLeave = onLeave;
    this.body = el("div", { class: "cart-view" }, this.#said, this.#content);
    this.foot = el("div", { class: "cart-sums" }, this.#totals, this.#go);
  }

  /** The whole of it, as the cart is now. */
  update() {
    const { phase, note, problem, busy } = this.#cart;
    const places = placed(this.#cart.messages, this.#counts());
    this.#said.replaceChildren(
      ...(note ? [notice({ role: "status" }, note)] : []),
      ...(problem && phase !== "closed" ? [this.#problemNotice(problem)] : []),
      ...messageNotices(phase === "starting" ? [] : places.general),
    );
    if (!busy) for (const line of this.#lines.values()) line.settle();
    this.#show(phase, places);
    this.foot.hidden = phase !== "filled";
    this.body.setAttribute("aria-busy", String(busy || phase === "starting"));
    this.#totals.classList.toggle("is-stale", busy);
    this.#go.disabled = busy;
  }

  /** What the cart comes to now, in a sentence. */
  inWords() {
    if (this.#cart.phase !== "filled") return "Your cart is empty.";
    const { totals, currency } = this.#cart.result.data;
    return `In your cart: ${pieces(this.#cart.pieces)}. Total ${this.#text(amountOf(totals, "total") ?? 0, currency)}.`;
  }

  #counts() {
    const { data } = this.#cart.result ?? {};
    return { lines: data?.line_items.length ?? 0, codes: data?.discounts?.codes?.length ?? 0 };
  }

  #show(phase, places) {
    if (phase === "filled") return this.#showLines(places);
    this.#lines.clear();
    this.#list.replaceChildren();
    const content = {
      starting: () => skeleton("block", "block", "short"),
      closed: () => closedNotice(this.#cart.problem),
      empty: () => nothingInIt(this.onLeave),
      failed: () => null,
    }[phase]();
    return this.#content.replaceChildren(...(content ? [content] : []));
  }

  #showLines(places) {
    const { line_items: items, currency, totals, discounts } = this.#cart.result.data;
    const lines = items.map((item) => this.#lines.get(item.id) ?? this.#newLine(item.id));
    const gone = [...this.#lines.values()].filter((line) => !lines.includes(line));
    const lost = gone.some(({ node }) => node.contains(document.activeElement));
    for (const { id } of gone) this.#lines.delete(id);
    if (!this.#list.isConnected) this.#content.replaceChildren(this.#list, this.#codes.node);
    lines.forEach((line, index) => {
      if (this.#list.children[index] !== line.node)
        this.#list.insertBefore(line.node, this.#list.children[index]);
      line.update(items[index], { currency, messages: places.lines.get(index) ?? [] });
    });
    for (const { node } of gone) node.remove();
    if (lost) (this.#list.querySelector("input") ?? this.#go).focus();
    this.#codes.update(discounts, places.codes);
    this.#totals.replaceChildren(totalsView({ totals, currency }, this.#text));
  }

  #newLine(id) {
    const line = new CartLine(id, {
      text: this.#text,
      onQuantity: (quantity) => (quantity === null ? this.update() : this.#cart.setQuantity(id, quantity)),
    });
    this.#lines.set(id, line);
    return line;
  }

  #problemNotice({ error, again }) {
    const title = this.#cart.phase === "failed" ? "Your cart could not be read" : "The shop did not do that";
    return errorNotice(error, { title, retry: () => again() });
  }
}

function closedNotice(problem) {
  const title = "No cart here";
  const sentence = "This shop has no cart for this page right now.";
  if (!problem) return notice({ tone: "warn", title }, sentence);
  const actions = [button("Ask again", problem.again, "small")];
  return errorNotice(problem.error, { title, sentence, actions });
}

function nothingInIt(onLeave) {
  return emptyState(
    "Your cart is empty.",
    el("a", { class: "button button-quiet", href: "/#collection", onclick: onLeave }, "See the collection"),
  );
}
