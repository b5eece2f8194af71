import { currencyFor } from "../catalog/money.js";
import { takeLines } from "./lines.js";
import { Records, newAddress } from "./records.js";

/** The carts of one running shop. */
export class Carts {
  #records = new Records("cart");
  #settings;
  #shelves;

  constructor({ settings, shelves }) {
    this.#settings = settings;
    this.#shelves = shelves;
  }

  create(wish, party, terms) {
    const expiresAt = Date.now() + this.#settings.current.ucpCartTtl * 1000;
    return this.#records.add(basket({ kind: "Cart", wish, party, terms, expiresAt, shelves: this.#shelves }));
  }

  get(id, party) {
    return this.#records.find(id, party);
  }

  /** Replaces all of a cart but its id. */
  update(id, wish, party, terms) {
    return fill(this.#records.claim(id, party), { wish, terms, shelves: this.#shelves });
  }

  /** Ends a cart and answers what it was. */
  cancel(id, party) {
    const cart = this.#records.claim(id, party);
    this.#records.remove(id);
    return cart;
  }

  findByLink(token, key) {
    return this.#records.findByLink(token, key);
  }

  /** The cart became an order. */
  end(id) {
    this.#records.remove(id);
  }

  get size() {
    return this.#records.size;
  }

  clear() {
    this.#records.clear();
  }
}

/** A new cart or checkout. */
export function basket({ kind, wish, party, terms, expiresAt, shelves }) {
  const { agent, customer } = party;
  const empty = { ...newAddress(kind), agent, customer, expiresAt, lines: [], reviewed: false, engraving: null };
  return fill(empty, { wish, terms, shelves });
}

/** Puts into a cart or checkout what was asked for, in place of what was in it. */
export function fill(record, { wish, terms, shelves }) {
  const { lines, messages } = takeLines(wish.line_items, shelves, record.lines);
  return Object.assign(record, { wish, terms, lines, notes: messages, currency: currencyFor(wish.context) });
}
