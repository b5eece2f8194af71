import { button, el, freshId } from "../dom.js";
import { announce, errorNotice } from "../notices.js";
import { choosePageOption, pageOption } from "../page-options.js";

const VARIANT = "gid://shopify/ProductVariant/";

/** What makes the local shop say something about a cart or checkout: number of the variant, quantity, words. */
const SPECIALS = [
  ["44100040002", 1, "a vase that is sold out"],
  ["44100190001", 3, "three moon jars, of which two are left"],
  ["44100460001", 1, "a lustre glaze, with a disclosure"],
  ["44100180001", 1, "a raku bowl, with a notice"],
  ["44100470001", 1, "a name tile, which takes the buyer’s words"],
  ["44100480001", 1, "a kiln, which takes the buyer’s consent"],
  ["44100490001", 1, "an oil lamp that is no longer made"],
];
const COUNTRIES = [
  ["US", "United States (USD)"],
  ["JP", "Japan (JPY)"],
  ["KW", "Kuwait (KWD)"],
];

/** Puts into the cart what the shop has something to say about, and prices it elsewhere. */
export class Specials {
  #cart;
  #problem = el("div");

  /** @param {import("../cart/cart.js").Cart} cart */
  constructor(cart) {
    this.#cart = cart;
    const item = select(
      "special",
      SPECIALS.map(([, , words], index) => [index, words]),
    );
    const country = select("country", COUNTRIES, pageOption("country"));
    country.addEventListener("change", () => this.#sendTo(country.value));
    this.node = el(
      "fieldset",
      { class: "setting-group" },
      el("legend", {}, "Into the cart"),
      labelled("Something that the shop speaks up about", item),
      button("Put it in", () => this.#add(SPECIALS[Number(item.value)]), "quiet small"),
      this.#problem,
      labelled("Prices for", country),
    );
  }

  async #add([variant, quantity, words]) {
    this.#problem.replaceChildren();
    try {
      await this.#cart.add([{ item: VARIANT + variant, quantity }]);
      announce(`In your cart: ${words}`);
      document.getElementById("cart-button").click();
    } catch (error) {
      this.#problem.replaceChildren(errorNotice(error));
    }
  }

  async #sendTo(country) {
    choosePageOption("country", country);
    await this.#cart.setCountry(country);
  }
}

function select(name, choices, chosen) {
  return el(
    "select",
    { class: "input", id: freshId(name) },
    choices.map(([value, text]) => el("option", { value, selected: value === chosen }, text)),
  );
}

function labelled(text, control) {
  return el("div", { class: "field" }, el("label", { for: control.id }, text), control);
}
