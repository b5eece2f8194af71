// What carts and checkouts have in common: both are created, read, replaced, edited and cancelled.

import { invalid } from "../errors.js";
import { plain } from "../parts.js";
import { withLock } from "../tabs.js";
import { until } from "../wait.js";
import { tellingMethods } from "../words.js";
import { draftOf, requestOf, unanswered } from "./draft.js";

/** Requests that one edit makes, each of which may wait for a rate limit: another tab's edit is waited for that long. */
const REQUESTS = 2;
/** How much longer than them, ms. */
const LOCK_MARGIN = 5_000;

export class Baskets {
  #kind;
  #connection;
  #calls;
  /** By id, what this page sent that no answer repeats. */
  #sent = new Map();
  /** By id, the end of the last edit. */
  #queues = new Map();

  /** @param {"cart" | "checkout"} kind */
  constructor(kind, connection, calls) {
    this.#kind = kind;
    this.#connection = connection;
    this.#calls = calls;
  }

  async create(basket, options) {
    const request = requestOf(basket);
    const sent = unanswered(request);
    const result = await this.call("create", { [this.#kind]: request }, options);
    if (typeof result.data.id === "string") this.#sent.set(result.data.id, sent);
    return result;
  }

  async get(id, options) {
    return this.call("get", { id: idOf(id) }, options);
  }

  async update(id, basket, options) {
    const request = requestOf(basket);
    const sent = unanswered(request);
    const result = await this.call("update", { id: idOf(id), [this.#kind]: request }, options);
    this.#sent.set(id, sent);
    return result;
  }

  /** Reads, changes, writes back; what is not there is given as it was read. */
  async edit(id, change, options = {}) {
    const { signal } = plain(options, "The call's options");
    if (typeof change !== "function") throw invalid("change", "An edit takes a function that changes the draft.");
    const terms = this.#connection.callTerms(signal, options.timeoutMs);
    const name = this.#connection.name(`${this.#kind}:${idOf(id)}`);
    const patience = REQUESTS * (terms.timeoutMs + terms.patienceMs) + LOCK_MARGIN;
    const edited = this.#inTurn(id, () => withLock(name, patience, () => this.#edit(id, change, options, terms.signal)));
    return until(edited, terms.signal);
  }

  async #edit(id, change, options, signal) {
    const found = await this.get(id, options);
    if (!Array.isArray(found.data.line_items)) return found;
    const draft = draftOf(found.data, this.#sent.get(id));
    // Who gives up while the page's function waits, for a dialog say, lets the next one go on.
    const changed = await until((async () => change(draft))(), signal);
    return this.update(id, changed ?? draft, options);
  }

  /** One after the other in this page, so that no more than one of them waits for the lock that other tabs share. */
  #inTurn(id, work) {
    const turn = (this.#queues.get(id) ?? Promise.resolve()).then(work);
    const over = turn.catch(() => {}).then(() => {
      if (this.#queues.get(id) === over) this.#queues.delete(id);
    });
    this.#queues.set(id, over);
    return turn;
  }

  async cancel(id, options) {
    return this.call("cancel", { id: idOf(id) }, options);
  }

  call(verb, args, options) {
    return this.#calls.callTool(`${verb}_${this.#kind}`, args, options);
  }
}

tellingMethods(Baskets, "create", "get", "update", "edit", "cancel");

/** All of an id is the id: some have a key in their query. */
export function idOf(id) {
  if (typeof id === "string" && id) return id;
  throw invalid("id", "An id is a string: `data.id` of a result.");
}
