import { marketOf } from "../market/market.js";
import { OWN_SHOP } from "../market/shops.js";
import { CATALOG, productById, variantById } from "./products.js";

/** So many products all shops have together before any of the generated ones is the shop's own. */
const OWN_ONLY = 600;

/** What the shop itself sells: its fifty products, and with a large catalog a part of what is generated. */
export class Shelves {
  #settings;

  constructor({ settings }) {
    this.#settings = settings;
  }

  /** @returns {readonly import("./products.js").Product[]} */
  get products() {
    const market = this.#market();
    return market ? [...CATALOG, ...market.own.slice(CATALOG.length)] : CATALOG;
  }

  /** @returns {import("./products.js").Product | undefined} */
  productById(id) {
    return productById(id) ?? ownOnly(this.#market()?.offerById(id));
  }

  /** @returns {import("./products.js").Variant | undefined} */
  variantById(id) {
    const known = variantById(id);
    if (known) return known;
    const found = this.#market()?.variantById(id);
    return found && ownOnly(found.offer) && found.variant;
  }

  #market() {
    const { catalogProducts } = this.#settings.current;
    return catalogProducts > OWN_ONLY ? marketOf(catalogProducts) : null;
  }
}

function ownOnly(offer) {
  return offer?.shop === OWN_SHOP ? offer : undefined;
}
