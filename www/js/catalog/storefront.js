import { pageOption } from "../page-options.js";
import { readPlace, searchUrl } from "./address.js";
import { Places } from "./places.js";
import { priceWords } from "./prices.js";
import { ProductPage } from "./product-page.js";
import { ResultsPage } from "./results-page.js";
import { chosenCatalog, SHOP_PATH } from "./servers.js";

/** The page that searches and shows products: which of its two views, by the address, and the way back. */
export class Storefront {
  #place = document.getElementById("storefront");
  #catalog = chosenCatalog();
  #places = new Places((kept) => this.#arrive(kept));
  #results;
  #product;
  #shown = null;
  #left = null;
  #stays = false;

  /**
   * @param {import("../page.js").Parts} parts
   * @param {(amount: number, currency: string) => string} text money as text
   */
  constructor({ shop, config, agent, cart, drawer }, text) {
    const origin = new URL(config.shop).origin;
    const common = {
      shop,
      origin,
      catalog: this.#catalog,
      buyer: { country: pageOption("country") },
      prices: priceWords(text),
      // A customer's token is for the shop alone, and the former catalog takes the agent's.
      options: (more = {}) => (this.#catalog === "shop" ? agent.options(more) : more),
    };
    this.#results = new ResultsPage({ ...common, go: (url, how) => this.go(url, how) });
    this.#product = new ProductPage({
      ...common,
      cart,
      drawer,
      rename: (url) => this.#places.rename(url),
      isFromResults: () => history.state?.from === "results",
      onBack: () => this.#back(),
    });
    this.#places.describe = () => ({ pages: this.#results.pages, focus: this.#left });
    document.addEventListener("click", (event) => this.#follow(event));
    this.#places.begin();
  }

  /** Another place of this page. `stay`: where focus is, and how far it is scrolled, stays. */
  go(url, { stay = false } = {}) {
    const { searchParams } = new URL(url, location.href);
    // The SDK is connected with one catalog.
    if ((searchParams.get("catalog") ?? this.#catalog) !== this.#catalog) return location.assign(url);
    this.#stays = stay;
    return this.#places.go(url, this.#shown === this.#results ? { from: "results" } : {});
  }

  async #arrive(kept) {
    const place = readPlace(location.search, this.#catalog);
    const stays = this.#stays;
    this.#stays = false;
    const page = place.view === "product" ? this.#product : this.#results;
    const isFirst = this.#shown === null;
    if (page !== this.#shown) this.#place.replaceChildren(page.node);
    this.#shown = page;
    document.getElementById("site-search-words").value = place.view === "results" ? place.words : "";
    const shown = page.show(place, kept?.pages ?? 1);
    if (place.view === "results") document.title = `${page.title}: Cedar & Clay`;
    // What is there already is in its place before anything is painted.
    if (!stays) this.#settle(page, kept, { isFirst });
    await shown;
    if (page !== this.#shown) return;
    if (!stays && kept?.y && place.view === "results") this.#settle(page, kept, { isFirst });
    this.#left = kept?.focus ?? null;
    // What had focus is gone, and what was to have it was not there yet.
    if (!isFirst && document.activeElement === document.body) page.focus(this.#left);
  }

  #settle(page, kept, { isFirst }) {
    scrollTo({ top: kept?.y ?? 0, behavior: "instant" });
    if (!isFirst) page.focus(kept?.focus ?? null);
  }

  /** From a product to the list that it was found in, else to a new one. */
  #back() {
    if (history.state?.from === "results") return history.back();
    return this.go(searchUrl({ catalog: this.#catalog }));
  }

  /** Links to places of this page do without a page load. */
  #follow(event) {
    const link = event.target.closest?.("a[data-here]");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== SHOP_PATH) return;
    event.preventDefault();
    this.#left = link.closest("[data-product]")?.dataset.product ?? null;
    this.go(url.pathname + url.search);
  }
}
