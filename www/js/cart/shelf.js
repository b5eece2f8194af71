import { AddButton, AddToCart } from "./add-to-cart.js";

const VARIANT = "gid://shopify/ProductVariant/";

/** The "Add to cart" buttons of the collection. */
export class Shelf {
  /**
   * @param {import("./cart.js").Cart} cart
   * @param {import("./drawer.js").CartDrawer} drawer
   */
  constructor(cart, drawer) {
    const adding = new AddToCart({ cart, drawer });
    for (const item of document.querySelectorAll("[data-variant]")) {
      adding.take(
        new AddButton(item.querySelector(".add-to-cart"), {
          variant: () => VARIANT + item.dataset.variant,
          product: () => item.querySelector("h3").textContent,
        }),
      );
    }
  }
}
