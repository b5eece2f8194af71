// What carts and checkouts have in common: both are created, read, replaced, edited and cancelled.

import { OptionsError } from "../errors.js";
import { plain } from "../parts.js";
import { withLock } from "../tabs.js";
import { until } from "../wait.js";
import { draftOf, requestOf, unanswered } from "./draft.js";

/** Requests that one edit makes: it is waited for that long in another tab. */
const REQUESTS = 2;
/** How much longer than them, ms. */
const LOCK_MARGIN = 5_000;

export class Baskets {
  #kind;
  #connection;
  #calls;
  /** By id, what this page sent that no answer repeats. */
  #sent = new Map();

  /** @param {"cart" | "checkout"} kind */
  constructor(kind, connection, calls) {
    this.#kind = kind;
    this.#connection = connection;
    this.#calls = calls;
  }

  async create(basket, options) {
    const request = requestOf(basket);
    const result = await this.call("create", { [this.#kind]: request }, options);
    if (typeof result.data.id === "string") this.#sent.set(result.data.id, unanswered(request));
    return result;
  }

  async get(id, options) {
    return this.call("get", { id: idOf(id) }, options);
  }

  async update(id, basket, options) {
    const request = requestOf(basket);
    const result = await this.call("update", { id: idOf(id), [this.#kind]: request }, options);
    this.#sent.set(id, unanswered(request));
    return result;
  }

  /** Reads, changes, writes back; what is not there is given as it was read. */
  async edit(id, change, options = {}) {
    const { signal } = plain(options, "The call's options");
    if (typeof change !== "function") {
      throw new OptionsError("An edit takes a function that changes the draft.", { code: "option_invalid", field: "change" });
    }
    const { timeoutMs } = this.#connection.callTerms(signal, options.timeoutMs);
    const name = this.#connection.name(`${this.#kind}:${idOf(id)}`);
    const edited = withLock(name, REQUESTS * timeoutMs + LOCK_MARGIN, async () => {
      const found = await this.get(id, options);
      if (!Array.isArray(found.data.line_items)) return found;
      const draft = draftOf(found.data, this.#sent.get(id));
      return this.update(id, (await change(draft)) ?? draft, options);
    });
    return until(edited, signal);
  }

  async cancel(id, options) {
    return this.call("cancel", { id: idOf(id) }, options);
  }

  call(verb, args, options) {
    return this.#calls.callTool(`${verb}_${this.#kind}`, args, options);
  }
}

/** All of an id is the id: some have a key in their query. */
function idOf(id) {
  if (typeof id === "string" && id) return id;
  throw new OptionsError("An id is a string: `data.id` of a result.", { code: "option_invalid", field: "id" });
}
