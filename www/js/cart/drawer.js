import { button, el, icon, ICONS } from "../dom.js";
import { pieces } from "../format.js";
import { announce, errorNotice, notice, toast } from "../notices.js";
import { CartView } from "./cart-view.js";
import { CheckoutView } from "./checkout-view.js";
import { orderLink, ThanksView } from "./thanks-view.js";

/** What became of a checkout while the buyer was away. */
const BACK = Object.freeze({
  canceled: ["Your checkout was canceled", "Nothing was paid. Your cart is as it was."],
  gone: ["Your checkout has ended", "It waited too long, or the shop took it back. Your cart is as it was."],
  complete_in_progress: ["Your payment is under way", "We tell you as soon as the shop has it."],
});
const STILL_OPEN = ["Your checkout waits for you", "Nothing was paid yet."];

/** The cart at the side of every page: a modal dialog with the cart, its checkout, or the thanks for an order. */
export class CartDrawer {
  #opener = document.getElementById("cart-button");
  #count = document.getElementById("cart-count");
  #cart;
  #handOver;
  #views;
  #shown = null;
  #title = el("h2", { id: "cart-title", tabindex: "-1", autofocus: true });
  #body = el("div", { class: "cart-body" });
  #foot = el("div", { class: "cart-foot" });
  #dialog;

  /**
   * @param {object} parts
   * @param {import("./cart.js").Cart} parts.cart
   * @param {import("./hand-over.js").HandOver} parts.handOver
   * @param {import("../agent/agent.js").Agent} parts.agent
   * @param {import("../control-api.js").ControlApi | null} parts.control
   * @param {(amount: number, currency: string) => string} parts.text money as text
   */
  constructor({ cart, handOver, agent, control, text }) {
    this.#cart = cart;
    this.#handOver = handOver;
    const onLeave = () => this.close();
    this.#views = {
      cart: new CartView({ cart, text, onLeave, onCheckout: () => handOver.begin() }),
      checkout: new CheckoutView({ handOver, agent, control, text }),
      thanks: new ThanksView({ handOver, onLeave }),
    };
    this.#dialog = this.#draw();
    this.#opener.addEventListener("click", () => this.open());
    this.#opener.disabled = false;
    for (const source of [cart, handOver]) source.addEventListener("change", () => this.#update());
    cart.addEventListener("changed", () => this.#dialog.open && announce(this.#views.cart.inWords()));
    handOver.addEventListener("bought", ({ detail }) => this.#thank(detail.order));
    handOver.addEventListener("back", ({ detail }) => this.#tellBack(detail));
    this.#update();
  }

  open() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  #draw() {
    const close = el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Close the cart", onclick: () => this.close() },
      icon(ICONS.close),
    );
    const dialog = el(
      "dialog",
      { class: "cart", id: "cart", "aria-labelledby": this.#title.id },
      el("div", { class: "cart-head" }, this.#title, close),
      this.#body,
      this.#foot,
      el("p", { class: "visually-hidden", role: "status", "data-announcer": true }),
    );
    dialog.addEventListener("click", ({ target }) => target === dialog && this.close());
    document.body.append(dialog);
    return dialog;
  }

  #update() {
    const { order, result, busy, problem } = this.#handOver;
    const name =
      result || busy || problem ? "checkout" : order && this.#cart.phase !== "filled" ? "thanks" : "cart";
    const view = this.#views[name];
    view.update();
    if (name !== this.#shown) this.#show(name, view);
    this.#showCount();
  }

  #show(name, view) {
    const isNew = this.#shown !== null && this.#dialog.open;
    this.#shown = name;
    this.#dialog.dataset.view = name;
    this.#title.textContent = view.title;
    this.#body.replaceChildren(view.body);
    this.#foot.replaceChildren(view.foot);
    this.#body.scrollTop = 0;
    if (isNew) this.#title.focus();
  }

  #showCount() {
    const count = this.#cart.pieces;
    this.#count.hidden = count === 0;
    this.#count.textContent = count > 99 ? "99+" : String(count);
    this.#opener.setAttribute("aria-label", count === 0 ? "Cart, empty" : `Cart, ${pieces(count)}`);
  }

  #thank(order) {
    announce(`Thank you. Your order is ${order.label ?? "placed"}.`);
    if (this.#dialog.open) return;
    const words = order.label ? `Your order is ${order.label}. We have begun to pack it.` : "You have paid.";
    toast(notice({ tone: "good", title: "Thank you", role: "status" }, words, orderLink(order)));
  }

  #tellBack({ status, error }) {
    if (error) return toast(errorNotice(error, { title: "We could not look after your checkout" }));
    const [title, words] = BACK[status] ?? STILL_OPEN;
    const see = button(
      "See the cart",
      () => {
        shown.remove();
        this.open();
      },
      "small",
    );
    const shown = notice({ title, role: "status" }, words, el("div", { class: "button-row" }, see));
    return toast(shown, { forMs: 15_000 });
  }
}
