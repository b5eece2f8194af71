import { el, freshId } from "../dom.js";
import { AddButton, AddToCart } from "../cart/add-to-cart.js";
import { checkoutLink } from "./offers.js";
import { availabilityChip, isOwn, optionsText } from "./wording.js";

/** The price of what is chosen, and the way to buy it: into this shop's cart, or at the checkout of another. */
export class BuyBox {
  /** Above the options. */
  priceNode = el("div", { class: "price-row" });
  /** Beneath them. */
  node = el("div", { class: "buy-box" });
  #add;
  #button;
  #prices;
  #shop;
  #pickers;
  #offer = null;
  #title = "";
  #price = el("p", { class: "price" });
  #stock = el("div", { class: "chips" });
  #way = el("div", { class: "buy-way" });
  #problem = el("p", { class: "problem small", id: freshId("choose"), hidden: true });

  /**
   * @param {object} parts
   * @param {import("../cart/cart.js").Cart} parts.cart
   * @param {import("../cart/drawer.js").CartDrawer} parts.drawer
   * @param {object} parts.prices
   * @param {string} parts.shop this shop's origin
   * @param {import("./option-pickers.js").OptionPickers} parts.pickers
   */
  constructor({ cart, drawer, prices, shop, pickers }) {
    this.#prices = prices;
    this.#shop = shop;
    this.#pickers = pickers;
    this.#button = this.#draw();
    this.#add = new AddToCart({ cart, drawer });
    this.#add.take(this.#button);
    this.priceNode.append(this.#price, this.#stock);
    this.node.append(this.#problem, this.#way);
  }

  /** @param {import("/pkg/index.js").Product} product narrowed to what the pickers show */
  update(product) {
    const { offers } = product;
    this.#problem.hidden = true;
    this.#button.turn();
    this.#title = product.title ?? "This product";
    const isChosen = this.#pickers.open().length === 0;
    const own = offers.filter((offer) => isOwn(offer, this.#shop));
    const best = own.length > 0 ? firstOf(own) : firstOf(offers);
    this.#offer = own.length > 0 && isChosen ? best : null;
    this.#price.replaceChildren(
      ...(isChosen && best ? this.#prices.ofOffer(best).filter(Boolean) : [this.#prices.range(product)]),
    );
    this.#stock.replaceChildren(...[isChosen && best && availabilityChip(best)].filter(Boolean));
    this.#way.replaceChildren(...this.#waysOf({ best, isSoldHere: own.length > 0, isChosen }));
  }

  #waysOf({ best, isSoldHere, isChosen }) {
    if (!best) return [el("p", { class: "soft" }, "Nobody sells this right now.")];
    if (isSoldHere) {
      const isGone = isChosen && best.available === false;
      this.#button.node.hidden = isGone;
      return [
        this.#button.node,
        ...(isGone ? [el("p", { class: "soft" }, "This one is gone. Perhaps another?")] : []),
      ];
    }
    const { seller, checkoutUrl, available } = best;
    if (!checkoutUrl || available === false)
      return [el("p", { class: "soft" }, "It cannot be bought right now.")];
    const name = seller.name ?? "the shop";
    return [
      checkoutLink(checkoutUrl, name, "button buy-there"),
      el(
        "p",
        { class: "fine-print break" },
        [optionsText(best), `at the checkout of ${name}, ${new URL(checkoutUrl).host}`]
          .filter(Boolean)
          .join(", "),
      ),
    ];
  }

  #draw() {
    const node = el(
      "button",
      {
        type: "button",
        class: "button add-to-cart",
        disabled: true,
        "data-waits": true,
        "aria-describedby": this.#problem.id,
      },
      el("span", { "data-words": true }, "Add to cart"),
    );
    return new AddButton(node, {
      variant: () => this.#chosen(),
      product: () => [this.#title, this.#offer && optionsText(this.#offer)].filter(Boolean).join(", "),
    });
  }

  /** The variant to add; where something is still to be chosen, that is said. */
  #chosen() {
    const open = this.#pickers.open();
    this.#problem.hidden = open.length === 0;
    if (open.length === 0) return this.#offer?.id?.split("?")[0] ?? null;
    this.#problem.textContent = `Please choose: ${open.join(", ")}.`;
    this.#pickers.focus(open[0]);
    return null;
  }
}

const firstOf = (offers) => offers.find(({ available }) => available !== false) ?? offers[0] ?? null;
