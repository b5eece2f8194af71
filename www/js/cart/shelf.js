import { icon, ICONS, ready } from "../dom.js";
import { announce, errorNotice, toast } from "../notices.js";

const VARIANT = "gid://shopify/ProductVariant/";
const SHOWN_MS = 2400;

/** The "Add to cart" buttons of the collection. */
export class Shelf {
  #cart;
  #drawer;
  #buttons = [...document.querySelectorAll("[data-variant] .add-to-cart")].map(
    (button) => new AddButton(button),
  );

  /**
   * @param {import("./cart.js").Cart} cart
   * @param {import("./drawer.js").CartDrawer} drawer
   */
  constructor(cart, drawer) {
    this.#cart = cart;
    this.#drawer = drawer;
    for (const button of this.#buttons) button.onPress = () => this.#add(button);
    cart.addEventListener("change", () => this.#update());
    this.#update();
  }

  #update() {
    const { phase } = this.#cart;
    for (const button of this.#buttons) {
      if (phase === "closed") button.close();
      else if (phase !== "starting") button.offer();
    }
  }

  async #add(button) {
    button.wait();
    try {
      await this.#cart.add([{ item: VARIANT + button.variant, quantity: 1 }]);
      const speaks = this.#cart.messages.some(({ type }) => type === "error" || type === "warning");
      button.tick();
      // What the shop has to say about it is in the drawer.
      if (speaks) this.#drawer.open();
      else announce(`${button.product} is in your cart.`);
    } catch (error) {
      button.end();
      const shown = errorNotice(error, {
        title: "This is not in your cart",
        retry: () => {
          shown.remove();
          this.#add(button);
        },
      });
      toast(shown);
    }
  }
}

/** One button. Its width is its card's, so that its words may change. */
class AddButton {
  onPress = () => {};
  #node;
  #words;
  #state = "idle";

  constructor(node) {
    this.#node = node;
    this.#words = node.querySelector("[data-words]");
    node.addEventListener("click", () => this.#state !== "busy" && this.onPress());
  }

  get variant() {
    return this.#node.closest("[data-variant]").dataset.variant;
  }

  get product() {
    return this.#node.closest("[data-variant]").querySelector("h3").textContent;
  }

  offer() {
    ready(this.#node);
    if (this.#state === "closed") this.end();
  }

  close() {
    this.#set("closed", "No cart right now");
    this.#node.disabled = true;
    this.#node.removeAttribute("data-waits");
  }

  wait() {
    this.#set("busy", "Adding…");
  }

  tick() {
    this.#set("done", icon(ICONS.tick, 18), "In your cart");
    setTimeout(() => this.#state === "done" && this.end(), SHOWN_MS);
  }

  end() {
    this.#set("idle", "Add to cart");
  }

  #set(state, ...words) {
    this.#state = state;
    this.#node.dataset.state = state;
    this.#words.replaceChildren(...words);
  }
}
