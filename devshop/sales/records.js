import { randomBytes } from "node:crypto";
import { notFound } from "./messages.js";

const SWEEP_EVERY = 500;

/**
 * Who asks for a resource, or made it.
 *
 * @typedef {object} Party
 * @property {string} agent where its profiles are
 * @property {string | null} customer whose token came along
 * @property {boolean} isAgent whether it showed a token of the agent's own
 */

/** The resources of one kind: kept in memory, each the property of the agent that made it. */
export class Records {
  #kind;
  #byId = new Map();
  #added = 0;

  /** @param {"cart" | "checkout" | "order"} kind */
  constructor(kind) {
    this.#kind = kind;
  }

  /** @template {object} T @param {T} record @returns {T & {id: string}} */
  add(record) {
    this.#byId.set(record.id, record);
    this.#added += 1;
    if (this.#added % SWEEP_EVERY === 0) this.#sweep();
    return record;
  }

  /**
   * The live resource with this id if it is the asker's: of the same agent, and of the same customer once a customer's
   * token came along. An agent by its own token acts for all of its customers.
   *
   * @param {string} id
   * @param {Party} party
   */
  find(id, party) {
    const record = this.#byId.get(id);
    if (!record || record.expiresAt <= Date.now() || record.visibleAt > Date.now()) throw notFound(this.#kind);
    const theirs = record.customer === null || record.customer === party.customer || party.isAgent;
    if (record.agent !== party.agent || !theirs) throw notFound(this.#kind);
    return record;
  }

  /** The live resource that a link leads to; whoever has the link may follow it. */
  findByLink(token, key) {
    for (const record of this.#byId.values()) {
      if (record.token === token && record.key === key && record.expiresAt > Date.now()) return record;
    }
    return undefined;
  }

  /** As {@link find}, and the record is the customer's from now on. */
  claim(id, party) {
    const record = this.find(id, party);
    record.customer ??= party.customer;
    return record;
  }

  remove(id) {
    this.#byId.delete(id);
  }

  /** Keeps a long run flat: expired records go. */
  #sweep() {
    const now = Date.now();
    for (const [id, { expiresAt }] of this.#byId) {
      if (expiresAt <= now) this.#byId.delete(id);
    }
  }

  get size() {
    return this.#byId.size;
  }

  clear() {
    this.#byId.clear();
  }
}

/** The two secrets of a resource's address: its token, and the key that goes with it. */
export function newAddress(kind) {
  const token = randomBytes(12).toString("hex");
  const key = randomBytes(16).toString("hex");
  return { token, key, id: `gid://shopify/${kind}/${token}?key=${key}` };
}
