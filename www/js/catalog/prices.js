import { el } from "../dom.js";

/**
 * Prices as text.
 *
 * @param {(amount: number, currency: string) => string} text see cart/money-text.js
 */
export function priceWords(text) {
  const one = ({ amount, currency }) => text(amount, currency);
  return {
    /** @param {import("/pkg/index.js").Price | null} price */
    one: (price) => (price ? one(price) : ""),

    /** `$28.00`, `From $28.00`, or nothing. @param {import("/pkg/index.js").Product} product */
    from({ priceRange }) {
      const { min, max } = priceRange ?? {};
      if (!min) return "";
      return max && max.amount !== min.amount ? `From ${one(min)}` : one(min);
    },

    /** `$28.00 to $32.00` */
    range({ priceRange }) {
      const { min, max } = priceRange ?? {};
      if (!min) return "";
      return max && max.amount !== min.amount ? `${one(min)} to ${one(max)}` : one(min);
    },

    /** The price of an offer, with the one that it had before. @param {import("/pkg/index.js").Offer} offer */
    ofOffer({ price, listPrice }) {
      if (!price) return [];
      const isLess = listPrice && listPrice.currency === price.currency && listPrice.amount > price.amount;
      return [
        one(price),
        isLess &&
          el(
            "s",
            { class: "soft list-price" },
            el("span", { class: "visually-hidden" }, "before: "),
            one(listPrice),
          ),
      ];
    },
  };
}
