import { button, el } from "../dom.js";

/** The note after a purchase. */
export class ThanksView {
  title = "Thank you";
  #handOver;
  #content = el("div", { class: "empty-state thanks" });

  /**
   * @param {object} parts
   * @param {import("./hand-over.js").HandOver} parts.handOver
   * @param {() => void} parts.onLeave back to the page
   */
  constructor({ handOver, onLeave }) {
    this.#handOver = handOver;
    this.body = el("div", { class: "cart-view" }, this.#content);
    this.foot = el(
      "div",
      { class: "cart-sums" },
      button("Back to the shop", () => {
        onLeave();
        handOver.forgetOrder();
      }),
    );
  }

  update() {
    const { order } = this.#handOver;
    if (!order) return;
    this.#content.replaceChildren(
      el("img", { src: "/images/parcel.svg", alt: "", width: 168, height: 168 }),
      el(
        "p",
        {},
        order.label
          ? ["Your order is ", el("strong", { "data-order": order.id }, order.label), "."]
          : "You have paid.",
        " We have begun to pack it.",
      ),
      orderLink(order),
    );
  }
}

/** The order's page at the shop. */
export function orderLink({ permalink_url: url }) {
  if (typeof url !== "string" || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null;
  return el("a", { href: url }, "See your order");
}
