import { button, el, freshId, icon, ICONS } from "../dom.js";
import { words } from "../format.js";
import { pictureOf } from "../product-pictures.js";
import { messageLine } from "./messages.js";
import { amountOf } from "./totals.js";

/** A pause after which a chosen quantity is sent, ms: a buyer who clicks three times means the third. */
const PAUSE_MS = 350;
const MOST = 999;

/** One line of the cart, with its stepper. It stays the same element over changes, so that focus stays where it is. */
export class CartLine {
  #id;
  #onQuantity;
  #text;
  #wanted = null;
  #timer = 0;
  #title = el("p", { class: "line-title break" });
  #price = el("p", { class: "line-price" });
  #picture = el("img", { alt: "", width: 64, height: 64, loading: "lazy" });
  #said = el("div", { class: "line-said" });
  #quantity = el("input", {
    class: "stepper-input",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    maxlength: 3,
  });
  #buttons = {};

  /**
   * @param {string} id
   * @param {{onQuantity: (quantity: number) => void, text: (amount: number, currency: string) => string}} how
   */
  constructor(id, { onQuantity, text }) {
    this.#id = id;
    this.#onQuantity = onQuantity;
    this.#text = text;
    this.node = this.#draw();
  }

  get id() {
    return this.#id;
  }

  /**
   * @param {import("/pkg/index.js").LineItem} line
   * @param {{currency: string, messages: import("/pkg/index.js").Message[]}} about
   */
  update(line, { currency, messages }) {
    const title = line.item.title ?? "Item";
    this.#title.textContent = title;
    this.#show(this.#picture, line, title);
    const amount = amountOf(line.totals, "total");
    this.#price.textContent = amount === null ? "" : this.#text(amount, currency);
    if (this.#wanted === null) this.#showQuantity(line.quantity);
    this.#quantity.setAttribute("aria-label", `Quantity of ${title}`);
    this.#buttons.less.setAttribute("aria-label", `One less: ${title}`);
    this.#buttons.more.setAttribute("aria-label", `One more: ${title}`);
    this.#buttons.remove.setAttribute("aria-label", `Remove ${title}`);
    this.#said.replaceChildren(...this.#reductions(line, currency), ...messages.map(messageLine));
  }

  /** What was chosen has been answered, or was refused: the shop's number counts again, unless the buyer goes on. */
  settle() {
    if (this.#timer === 0) this.#wanted = null;
  }

  #draw() {
    const id = freshId("quantity");
    this.#quantity.id = id;
    this.#quantity.addEventListener("change", () =>
      this.#choose(Number.parseInt(this.#quantity.value, 10), 0),
    );
    const step = (by, path) =>
      el(
        "button",
        { type: "button", class: "stepper-button", onclick: () => this.#step(by) },
        icon(path, 16),
      );
    this.#buttons = {
      less: step(-1, ICONS.minus),
      more: step(1, ICONS.plus),
      remove: button("Remove", () => this.#choose(0, 0), "plain small"),
    };
    const { less, more, remove } = this.#buttons;
    return el(
      "li",
      { class: "cart-line", "data-line": this.#id },
      el("div", { class: "line-picture" }, this.#picture),
      this.#title,
      this.#price,
      el("div", { class: "line-tools" }, el("div", { class: "stepper" }, less, this.#quantity, more), remove),
      this.#said,
    );
  }

  #step(by) {
    const now = Number.parseInt(this.#quantity.value, 10);
    const next = Math.min(MOST, Math.max(1, (Number.isInteger(now) ? now : 1) + by));
    if (next !== now) this.#choose(next, PAUSE_MS);
  }

  #choose(quantity, pause) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!Number.isInteger(quantity) || quantity < 0) return this.#onQuantity(null);
    this.#wanted = Math.min(quantity, MOST);
    if (quantity > 0) this.#showQuantity(this.#wanted);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#onQuantity(this.#wanted);
    }, pause);
  }

  #showQuantity(quantity) {
    this.#quantity.value = String(quantity);
    this.#buttons.less.setAttribute("aria-disabled", String(quantity <= 1));
  }

  /** The shelf's own picture where there is one, else the shop's. */
  #show(img, { item }, title) {
    const own = pictureOf({ title });
    const given = typeof item.image_url === "string" && URL.canParse(item.image_url) ? item.image_url : null;
    const wanted = own.endsWith("/parcel.svg") && given ? given : own;
    if (img.getAttribute("src") !== wanted) img.setAttribute("src", wanted);
  }

  /** What is off this line, in the shop's words. */
  #reductions({ totals }, currency) {
    return totals
      .filter(({ type }) => type !== "subtotal" && type !== "total")
      .map(({ type, display_text: label, amount }) =>
        el("p", { class: "small soft" }, `${label ?? words(type)}: ${this.#text(amount, currency)}`),
      );
  }
}
