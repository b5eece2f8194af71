import { pageOption } from "../page-options.js";
import { forgetCart, keepCart, keptCart, onKeptElsewhere, updateKept } from "./cart-keep.js";

const CART = "dev.ucp.shopping.cart";
const CREATION = "cedar-clay:cart-creation";

/**
 * The shopper's cart: what the shop last said about it, and every change to it. Dispatches `change` when anything here
 * is another than before, `changed` when the shop has answered a change.
 *
 * @typedef {"starting" | "closed" | "failed" | "empty" | "filled"} Phase `closed`: the shop has no carts for this page
 */
export class Cart extends EventTarget {
  /** @type {Phase} */
  phase = "starting";
  /**
   * What the shop last said about a cart that is there.
   *
   * @type {import("/pkg/index.js").UcpResult<import("/pkg/index.js").Cart> | null}
   */
  result = null;
  /** What it said last, also where there is no cart. @type {import("/pkg/index.js").Message[]} */
  messages = [];
  /** @type {{error: unknown, again: () => void} | null} what the last change, or the reading, met */
  problem = null;
  /** A sentence of this page's own about what became of the cart. @type {string | null} */
  note = null;
  #isOpen = false;
  #changes = 0;
  #reading = null;
  #shop;
  #agent;

  /**
   * @param {import("/pkg/index.js").Shop} shop
   * @param {import("../agent/agent.js").Agent} agent
   */
  constructor(shop, agent) {
    super();
    this.#shop = shop;
    this.#agent = agent;
    agent.addEventListener("change", () => this.#isOpen && this.read());
    onKeptElsewhere(() => ["empty", "filled"].includes(this.phase) && this.read({ quietly: true }));
  }

  /** Whether the shop is working on a change. */
  get busy() {
    return this.#changes > 0;
  }

  get kept() {
    return keptCart(this.#agent.owner);
  }

  get pieces() {
    if (this.phase === "filled") return piecesOf(this.result.data);
    return this.phase === "starting" || this.phase === "failed" ? (this.kept?.pieces ?? 0) : 0;
  }

  /** Finds out whether the shop has carts for this page's agent, then what is in this one. */
  async open() {
    this.#set({ phase: "starting", problem: null });
    try {
      const { capabilities } = await this.#shop.capabilities();
      if (!Object.hasOwn(capabilities, CART)) return this.#set({ phase: "closed" });
      this.#isOpen = true;
    } catch (error) {
      return this.#set({ phase: "closed", problem: { error, again: () => this.open() } });
    }
    return this.read();
  }

  /** Reads the cart that is kept. `quietly`: what is shown stays until the answer is there. */
  async read({ quietly = false } = {}) {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { kept } = this;
    if (!kept) return this.#set({ phase: "empty", result: null, messages: [], problem: null });
    if (!quietly) this.#set({ phase: "starting", problem: null, note: null });
    try {
      const result = await this.#shop.cart.get(kept.id, this.#agent.options({ signal: reading.signal }));
      if (reading === this.#reading) this.#take(result, { changed: false });
    } catch (error) {
      if (reading === this.#reading)
        this.#set({ phase: "failed", problem: { error, again: () => this.read() } });
    }
  }

  /**
   * Adds items, to a new cart where there is none.
   *
   * @param {import("/pkg/index.js").CartItem[]} items
   * @throws what the SDK throws
   */
  async add(items) {
    await this.#change(async (options) => {
      const known = this.kept && (await this.#shop.cart.add(this.kept.id, items, options));
      if (known && !isGone(known)) return known;
      if (known) this.#forget("Your last cart was no longer there. This is a new one.");
      return this.#create(items, options);
    });
  }

  /** @param {string} lineId @param {number} quantity 0 removes the line */
  async setQuantity(lineId, quantity) {
    await this.#tell((options) => this.#shop.cart.setQuantity(this.kept.id, lineId, quantity, options));
  }

  /** @param {string[]} codes all of them */
  async setCodes(codes) {
    await this.#edit((draft) => {
      draft.discounts = { codes };
    });
  }

  /** Where to send it decides about the currency. @param {string} country */
  async setCountry(country) {
    if (!this.kept) return;
    await this.#edit((draft) => {
      const { currency: _, ...context } = draft.context ?? {};
      draft.context = { ...context, address_country: country };
    });
  }

  /** The cart has become an order. @param {string} id */
  end(id) {
    forgetCart(id);
    this.#set({ phase: "empty", result: null, messages: [], problem: null, note: null });
  }

  #edit(change) {
    return this.#tell((options) => this.#shop.cart.edit(this.kept.id, change, options));
  }

  /** A change whose failure is shown in the cart, with the way to try once more. */
  async #tell(work) {
    try {
      await this.#change(work);
    } catch (error) {
      this.#set({ problem: { error, again: () => this.#tell(work) } });
    }
  }

  async #change(work) {
    this.#reading?.abort();
    this.#reading = null;
    this.#changes += 1;
    this.#set({ problem: null, note: null });
    try {
      const { owner } = this.#agent;
      const result = await work(this.#agent.options());
      if (owner === this.#agent.owner) this.#take(result, { changed: true });
      else await this.read();
      this.dispatchEvent(new CustomEvent("changed"));
    } finally {
      this.#changes -= 1;
      this.#set({});
    }
  }

  /** Two first clicks at once, in whatever tabs, still make one cart. */
  #create(items, options) {
    return oneAtATime(CREATION, async () => {
      if (this.kept) return this.#shop.cart.add(this.kept.id, items, options);
      const context = { address_country: pageOption("country") };
      const result = await this.#shop.cart.create({ line_items: items, context }, options);
      if (result.data.id) this.#keep(result.data);
      return result;
    });
  }

  #take(result, { changed }) {
    if (isGone(result)) {
      if (this.kept) this.#forget("Your last cart was no longer there.");
      return this.#set({ phase: "empty", result: null, messages: [] });
    }
    const { data, messages } = result;
    if (!data.id) return this.#set({ messages });
    if (changed) this.#keep(data);
    else updateKept(data.id, { pieces: piecesOf(data) });
    return this.#set({ phase: data.line_items.length > 0 ? "filled" : "empty", result, messages });
  }

  #keep(data) {
    keepCart(this.#agent.owner, { id: data.id, pieces: piecesOf(data) });
  }

  #forget(note) {
    forgetCart(this.kept.id);
    this.note = note;
  }

  #set(parts) {
    Object.assign(this, parts);
    this.dispatchEvent(new CustomEvent("change"));
  }
}

/** The shop does not know the cart, or not as this caller's: it has expired, was canceled or was bought. */
export function isGone({ data, messages }) {
  return !data.id && messages.some(({ code }) => code === "not_found");
}

export function piecesOf({ line_items: lines }) {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

function oneAtATime(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
