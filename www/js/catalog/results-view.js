import { button, el, emptyState } from "../dom.js";
import { messageNotices } from "../cart/messages.js";
import { announce } from "../notices.js";
import { facetCount, searchUrl } from "./address.js";
import { cardSkeletons, productCard } from "./card.js";
import { catalogProblem } from "./problem.js";
import { CATALOGS } from "./servers.js";

/** Pictures that are in sight at once on most screens. */
const EAGER = 4;
const IDEAS = ["sweater", "coffee beans", "headphones", "notebook", "tent", "carafe"];

/** The list of what was found: cards, "more", and what there is to say where there are none. */
export class ResultsView {
  #catalog;
  #prices;
  #onClear;
  #results = null;
  #search = null;
  #shown = 0;
  #focusNext = false;
  #count = el("p", { class: "result-count", id: "result-count" });
  #said = el("div", { class: "results-said" });
  #list = el("ul", { class: "collection", "aria-label": "Products" });
  #foot = el("div", { class: "results-foot" });
  #more = button("Show more", () => this.#onMore(), "quiet");

  /**
   * @param {import("./servers.js").Server} catalog
   * @param {{prices: object, onClear: () => void}} parts
   */
  constructor(catalog, { prices, onClear }) {
    this.#catalog = catalog;
    this.#prices = prices;
    this.#onClear = onClear;
    this.node = el("div", { class: "results", "aria-busy": "true" }, this.#said, this.#list, this.#foot);
    this.countNode = this.#count;
    this.#list.replaceChildren(...cardSkeletons(CATALOGS[catalog].pageSize));
  }

  /** Shows a search from now on. What was there stays, paler, until the first answer. */
  show(results, search) {
    this.#results?.removeEventListener("change", this.#update);
    this.#results = results;
    this.#search = search;
    results.addEventListener("change", this.#update);
    this.#shown = 0;
    this.#focusNext = false;
    this.#update();
  }

  /** The place where there is nothing to be found before something is asked for. */
  invite() {
    this.#results?.removeEventListener("change", this.#update);
    this.#results = null;
    this.#count.textContent = "";
    this.#said.replaceChildren(invitation(this.#catalog));
    this.#list.replaceChildren();
    this.#foot.replaceChildren();
    this.#busy(false);
  }

  /** Puts focus on the card of a product, if it is there. */
  focusOn(id) {
    const card = [...this.#list.children].find(({ dataset }) => dataset.product === id);
    card?.querySelector("a")?.focus({ preventScroll: true });
    return card !== undefined;
  }

  #update = () => {
    const { phase, products, messages, problem, isBusy } = this.#results;
    this.#busy(isBusy);
    if (phase === "loading") {
      if (this.#list.children.length === 0) this.#wait();
      return;
    }
    this.#said.replaceChildren(...this.#sayings(phase, problem, messages));
    if (this.#shown === 0) this.#list.replaceChildren();
    const fresh = products.slice(this.#shown).map((product, index) =>
      productCard(product, {
        catalog: this.#catalog,
        prices: this.#prices,
        eager: this.#shown + index < EAGER,
      }),
    );
    this.#list.append(...fresh);
    const isFirst = this.#shown === 0;
    this.#shown = products.length;
    this.#showFoot();
    this.#showCount(isFirst || fresh.length > 0);
    if (fresh.length > 0 && this.#focusNext) fresh[0].querySelector("a")?.focus({ preventScroll: true });
    if (fresh.length > 0) this.#focusNext = false;
  };

  #wait() {
    this.#said.replaceChildren();
    this.#foot.replaceChildren();
    this.#list.replaceChildren(...cardSkeletons(CATALOGS[this.#catalog].pageSize));
  }

  #busy(isBusy) {
    this.node.setAttribute("aria-busy", String(isBusy));
    this.#more.disabled = isBusy;
    this.#more.textContent = isBusy ? "Loading…" : "Show more";
  }

  #onMore() {
    this.#focusNext = true;
    this.#results.more();
  }

  #sayings(phase, problem, messages) {
    const retry = () => this.#results.load(1);
    if (phase === "failed")
      return [catalogProblem(problem, { title: "The products could not be found", retry })];
    const notices = messageNotices(messages);
    return this.#results.products.length === 0 ? [...notices, this.#nothing()] : notices;
  }

  #showFoot() {
    const { problem, phase, hasMore, isTruncated } = this.#results;
    const retry = () => this.#onMore();
    this.#foot.replaceChildren(
      ...[
        phase === "ready" &&
          problem &&
          catalogProblem(problem, { title: "There is more, but it did not come", retry }),
        phase === "ready" && !problem && hasMore && this.#more,
        isTruncated &&
          el(
            "p",
            { class: "small soft" },
            "There is more than this catalog shows. A narrower search finds it.",
          ),
      ].filter(Boolean),
    );
  }

  #showCount(isNew) {
    const { products, total, hasMore, phase } = this.#results;
    const text = phase === "failed" ? "" : countText(products.length, hasMore ? total : products.length);
    if (text !== this.#count.textContent && isNew && text) announce(text);
    this.#count.textContent = text;
  }

  #nothing() {
    const { words, catalog } = this.#search;
    const isNarrowed = facetCount(this.#search) > 0;
    const link = (search, text) =>
      el("a", { class: "button button-quiet", href: searchUrl(search), "data-here": true }, text);
    return emptyState(
      isNarrowed ? "Nothing here fits all of that." : `Nothing was found for “${words}”.`,
      el(
        "div",
        { class: "button-row" },
        isNarrowed && button("Clear all filters", this.#onClear, "quiet"),
        catalog === "shop" && words && link({ catalog: "global", words }, "Look in all shops"),
        link({ catalog: "shop" }, "See all that we make"),
      ),
    );
  }
}

function countText(shown, total) {
  const products = (count) => (count === 1 ? "1 product" : `${count.toLocaleString("en")} products`);
  return total === null || total <= shown ? products(shown) : `${shown} of ${products(total)}`;
}

function invitation(catalog) {
  return emptyState(
    "What are you looking for?",
    el(
      "ul",
      { class: "ideas", "aria-label": "Ideas" },
      IDEAS.map((words) =>
        el(
          "li",
          {},
          el(
            "a",
            {
              class: "button button-quiet button-small",
              href: searchUrl({ catalog, words }),
              "data-here": true,
            },
            words,
          ),
        ),
      ),
    ),
  );
}
