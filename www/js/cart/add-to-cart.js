import { icon, ICONS, ready } from "../dom.js";
import { announce, errorNotice, toast } from "../notices.js";

const SHOWN_MS = 2400;

/** What "Add to cart" buttons do, and what they say while the cart is not there. */
export class AddToCart {
  #cart;
  #drawer;
  #buttons = [];

  /** @param {{cart: import("./cart.js").Cart, drawer: import("./drawer.js").CartDrawer}} parts */
  constructor({ cart, drawer }) {
    this.#cart = cart;
    this.#drawer = drawer;
    cart.addEventListener("change", () => this.#update());
  }

  /** @param {AddButton} button */
  take(button) {
    this.#buttons.push(button);
    button.onPress = () => this.#add(button);
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
    const { variant, product } = button;
    if (variant === null) return;
    button.wait();
    try {
      await this.#cart.add([{ item: variant, quantity: 1 }]);
      const speaks = this.#cart.messages.some(({ type }) => type === "error" || type === "warning");
      button.tick();
      // What the shop has to say about it is in the drawer.
      if (speaks) this.#drawer.open();
      else announce(`${product} is in your cart.`);
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

/** One button. Its width is not that of its words, so that they may change. */
export class AddButton {
  onPress = () => {};
  node;
  #about;
  #words;
  #state = "idle";

  /**
   * @param {HTMLButtonElement} node
   * @param {{variant: () => string | null, product: () => string}} about `variant`: its id; null where none is chosen
   */
  constructor(node, about) {
    this.node = node;
    this.#about = about;
    this.#words = node.querySelector("[data-words]");
    node.addEventListener("click", () => this.#state !== "busy" && this.onPress());
  }

  get variant() {
    return this.#about.variant();
  }

  get product() {
    return this.#about.product();
  }

  offer() {
    ready(this.node);
    if (this.#state === "closed") this.end();
  }

  close() {
    this.#set("closed", "No cart right now");
    this.node.disabled = true;
    this.node.removeAttribute("data-waits");
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

  /** It is about another thing now. */
  turn() {
    if (this.#state === "done") this.end();
  }

  #set(state, ...words) {
    this.#state = state;
    this.node.dataset.state = state;
    this.#words.replaceChildren(...words);
  }
}
