/**
 * What one search has found so far, page by page. Dispatches `change` when anything here is another than before.
 *
 * @typedef {"loading" | "failed" | "ready"} Phase `loading`: there is nothing yet
 */
export class SearchResults extends EventTarget {
  /** @type {Phase} */
  phase = "loading";
  /** @type {import("/pkg/index.js").Product[]} each once */
  products = [];
  /** @type {number | null} as the catalog says or guesses it */
  total = null;
  /** @type {import("/pkg/index.js").Message[]} */
  messages = [];
  /** @type {unknown} what the last page met, or null */
  problem = null;
  /** How many pages are there. */
  pages = 0;
  #ask;
  #cursor = undefined;
  #asked = new Set();
  #work = null;

  /** @param {(cursor: string | undefined) => PromiseLike<import("/pkg/index.js").CatalogPage>} ask for a page */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  get hasMore() {
    return this.pages === 0 || this.#cursor !== undefined;
  }

  get isBusy() {
    return this.#work !== null;
  }

  /** Whether the catalog stopped before the end of what it has found. */
  get isTruncated() {
    return !this.hasMore && this.total !== null && this.total > this.products.length;
  }

  /** Fetches until so many pages are there; pages that are there stay when the next one fails. */
  load(pages) {
    this.#work ??= this.#load(pages).finally(() => {
      this.#work = null;
      this.#changed();
    });
    return this.#work;
  }

  more() {
    return this.load(this.pages + 1);
  }

  async #load(pages) {
    this.problem = null;
    if (this.pages === 0) this.phase = "loading";
    this.#changed();
    try {
      while (this.pages < pages && this.hasMore) this.#take(await this.#ask(this.#cursor));
      this.phase = "ready";
    } catch (error) {
      this.problem = error;
      this.phase = this.pages > 0 ? "ready" : "failed";
    }
  }

  #take({ products, totalCount, messages, data }) {
    const known = new Set(this.products.map(({ id }) => id));
    this.products.push(...products.filter(({ id }) => !known.has(id)));
    this.total = totalCount;
    this.messages = messages;
    this.pages += 1;
    const { has_next_page: hasNext, cursor } = Object(data.pagination);
    const goesOn =
      hasNext !== false && typeof cursor === "string" && cursor !== "" && !this.#asked.has(cursor);
    this.#cursor = goesOn ? cursor : undefined;
    this.#asked.add(cursor);
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
