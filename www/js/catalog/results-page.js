import { el, icon, ICONS, skeleton } from "../dom.js";
import { facetCount, searchUrl, withoutFacets } from "./address.js";
import { CatalogSwitch } from "./catalog-switch.js";
import { chosenFacets } from "./chosen-facets.js";
import { departments } from "./departments.js";
import { FacetMemory } from "./facet-memory.js";
import { Facets } from "./facets.js";
import { currencyOf, searchRequest } from "./request.js";
import { ResultsView } from "./results-view.js";
import { SearchResults } from "./search-results.js";
import { CATALOGS } from "./servers.js";
import { categoryOf } from "./wording.js";

/** Searches that are kept with what they found, for the way back. */
const KEPT = 6;

/** The page of the results: its title, the catalog, the facets, and the list. */
export class ResultsPage {
  #parts;
  #currency;
  #search = null;
  #known = new FacetMemory();
  #kept = new Map();
  #departments = [];
  #view;
  #facets;
  #switch;
  #bones = skeleton("short", "long", "long", "long", "short", "block");
  #title = el("h1", { id: "results-title", tabindex: "-1" });
  #lead = el("p", { class: "soft" });
  #chosen = el("div");
  #toggle;

  /**
   * @param {object} parts
   * @param {import("/pkg/index.js").Shop} parts.shop
   * @param {import("./servers.js").Server} parts.catalog
   * @param {{country: string}} parts.buyer
   * @param {ReturnType<typeof import("./prices.js").priceWords>} parts.prices
   * @param {() => import("/pkg/index.js").UcpCallOptions} parts.options of calls
   * @param {(url: string, how?: {stay: boolean}) => void} parts.go
   */
  constructor(parts) {
    this.#parts = parts;
    const { catalog, buyer, prices } = parts;
    this.#currency = currencyOf(buyer.country);
    this.#view = new ResultsView(catalog, { prices, onClear: () => this.#clear() });
    this.#facets = new Facets(catalog, { country: buyer.country, currency: this.#currency });
    this.#facets.onChange = (change) => this.#change(change);
    this.#switch = new CatalogSwitch(catalog);
    this.node = this.#draw();
  }

  get title() {
    return this.#title.textContent;
  }

  /** How many pages of the list are there. */
  get pages() {
    return this.#results()?.pages ?? 1;
  }

  /**
   * Shows a search, with so many pages of it.
   *
   * @param {import("./address.js").Search} search
   * @returns {Promise<void>} when they are there
   */
  async show(search, pages = 1) {
    this.#search = search;
    this.#known.turnTo(search);
    if (!search.words) this.#known.add(this.#departments);
    this.#tellWords(search);
    this.#showFacets();
    const { needsWords } = CATALOGS[search.catalog];
    if (needsWords && !search.words) {
      this.#settle();
      return this.#view.invite();
    }
    const results = this.#results() ?? this.#begin();
    this.#view.show(results, search);
    if (results.pages < pages) await results.load(pages);
  }

  /** @param {string | null} product whose card is to have focus; the title where there is none */
  focus(product) {
    if (product && this.#view.focusOn(product)) return;
    this.#title.focus({ preventScroll: true });
  }

  #begin() {
    const { shop, buyer, options } = this.#parts;
    const request = searchRequest(this.#search, { ...buyer, money: shop.money });
    const results = new SearchResults((cursor) =>
      shop.catalog.search(
        { ...request, pagination: { ...request.pagination, ...(cursor ? { cursor } : {}) } },
        options(),
      ),
    );
    const search = this.#search;
    results.addEventListener("change", () => {
      this.#learn(search, results);
      if (results.phase !== "loading") this.#settle();
    });
    this.#kept.set(searchUrl(search), results);
    for (const url of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(url);
    return results;
  }

  /** What was found says what it can be narrowed by. */
  #learn(search, { products }) {
    if (search !== this.#search || products.length === 0) return;
    const sellers = products.flatMap(({ offers }) => offers.map(({ seller }) => [seller.id, seller.name]));
    this.#known.add(
      products.map(categoryOf),
      sellers.filter(([id, name]) => id && name),
    );
    this.#showFacets();
  }

  /** Facets that the first answer names would push the others aside: so all of them come with it. */
  #settle() {
    if (!this.#bones.parentNode) return;
    this.#bones.remove();
    this.#facets.node.classList.remove("is-waiting");
    if (this.#parts.catalog === "shop") this.#learnDepartments();
  }

  async #learnDepartments() {
    const { shop, options } = this.#parts;
    try {
      this.#departments = await departments(shop.catalog, options());
      if (!this.#search || this.#search.words) return;
      this.#known.add(this.#departments);
      this.#showFacets();
    } catch {
      // What the results say has to do.
    }
  }

  #results() {
    return this.#search ? this.#kept.get(searchUrl(this.#search)) : undefined;
  }

  #change(change) {
    this.#parts.go(searchUrl({ ...this.#search, ...change }), { stay: true });
  }

  #clear() {
    this.#parts.go(searchUrl(withoutFacets(this.#search)), { stay: true });
  }

  #tellWords({ words, catalog }) {
    this.#title.textContent = words
      ? `“${words}”`
      : catalog === "shop"
        ? "All that we make"
        : CATALOGS[catalog].name;
    this.#lead.textContent = CATALOGS[catalog].words;
    this.#switch.update(words);
  }

  #showFacets() {
    const search = this.#search;
    const count = facetCount(search);
    this.#facets.update(search, this.#known);
    this.#toggle.querySelector("[data-count]").textContent = count === 0 ? "" : ` (${count})`;
    const chips = chosenFacets(search, {
      known: this.#known,
      currency: this.#currency,
      onChange: (change) => this.#change(change),
      onClear: () => this.#clear(),
    });
    const hadFocus = this.#chosen.contains(document.activeElement);
    this.#chosen.replaceChildren(...(chips ? [chips] : []));
    if (hadFocus) (this.#chosen.querySelector("button") ?? this.#title).focus({ preventScroll: true });
  }

  #draw() {
    this.#facets.node.classList.add("is-waiting");
    const panel = el("div", { class: "facet-panel", id: "facet-panel" }, this.#bones, this.#facets.node);
    this.#toggle = el(
      "button",
      {
        type: "button",
        class: "button button-quiet facet-toggle",
        "aria-expanded": "false",
        "aria-controls": panel.id,
        onclick: () => this.#toggle.setAttribute("aria-expanded", String(panel.classList.toggle("is-open"))),
      },
      icon(ICONS.filter, 18),
      el("span", {}, "Filters", el("span", { "data-count": true })),
    );
    return el(
      "div",
      { class: "page results-page" },
      el(
        "div",
        { class: "results-head" },
        el("div", { class: "results-title" }, el("p", { class: "eyebrow" }, "Shop"), this.#title, this.#lead),
        this.#switch.node,
      ),
      el(
        "div",
        { class: "shop-layout" },
        el(
          "section",
          { class: "narrow", "aria-labelledby": "narrow-title" },
          el("h2", { class: "visually-hidden", id: "narrow-title" }, "Filters"),
          this.#toggle,
          panel,
        ),
        el(
          "section",
          { class: "found", "aria-labelledby": "found-title" },
          el("h2", { class: "visually-hidden", id: "found-title" }, "Products"),
          el("div", { class: "found-head" }, this.#view.countNode, this.#chosen),
          this.#view.node,
        ),
      ),
    );
  }
}
