import { recall, remember } from "../tab-memory.js";

const KEY = "cedar-clay:places";
const SAVE_MS = 120;
const KEPT = 40;

/**
 * Where the visitor has been on this page: the address in the bar, and for each step of the history how far it was
 * scrolled and how much of a list was loaded. The browser's own memory of that ends with a reload, and it would scroll
 * before there is anything to scroll.
 *
 * @typedef {{y: number, pages: number, focus: string | null}} Kept
 */
export class Places {
  #onArrive;
  #key;
  #kept = recall(KEY) ?? {};
  #timer = 0;
  /** What is to be kept beside the position. @type {() => {pages: number, focus: string | null}} */
  describe = () => ({ pages: 1, focus: null });

  /** @param {(kept: Kept | null) => void} onArrive at the address in the bar; `kept` where it was left before */
  constructor(onArrive) {
    this.#onArrive = onArrive;
    history.scrollRestoration = "manual";
    this.#key = history.state?.place ?? this.#mark();
    addEventListener("popstate", ({ state }) => this.#back(state));
    addEventListener("scroll", () => this.#soon(), { passive: true });
    addEventListener("pagehide", () => this.keep());
  }

  /** The address in the bar, for the first time. */
  begin() {
    this.#onArrive(this.#kept[this.#key] ?? null);
  }

  /** A step on. @param {string} url of this page @param {object} [state] to be found there again */
  go(url, state = {}) {
    this.keep();
    history.pushState(state, "", url);
    this.#key = this.#mark();
    this.#onArrive(null);
  }

  /** The same step of the history, under another address. */
  rename(url) {
    history.replaceState({ ...history.state, place: this.#key }, "", url);
  }

  /** Notes where the visitor is. */
  keep() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#kept[this.#key] = { y: Math.round(scrollY), ...this.describe() };
    remember(KEY, Object.fromEntries(Object.entries(this.#kept).slice(-KEPT)));
  }

  #back(state) {
    // A link to a part of this page leaves a step without a mark.
    if (!state?.place) {
      this.#key = this.#mark();
      return;
    }
    this.keep();
    this.#key = state.place;
    this.#onArrive(this.#kept[this.#key] ?? { y: 0, pages: 1, focus: null });
  }

  #mark() {
    const place = crypto.randomUUID();
    history.replaceState({ ...history.state, place }, "");
    return place;
  }

  #soon() {
    if (this.#timer === 0) this.#timer = setTimeout(() => this.keep(), SAVE_MS);
  }
}
