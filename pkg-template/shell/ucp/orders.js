// Orders that were placed through this agent: read on demand.

import { tellingMethods } from "../words.js";
import { idOf } from "./baskets.js";

/** This many reads of one order in so short a time, ms, are a loop. */
const MANY_READS = 5;
const SHORT = 120_000;

export class Orders {
  #calls;
  #advise;
  /** By id, when it was read lately. */
  #reads = new Map();

  constructor(calls, advise) {
    this.#calls = calls;
    this.#advise = advise;
  }

  async get(id, options) {
    this.#watch(idOf(id));
    return this.#calls.callTool("get_order", { id }, options);
  }

  #watch(id) {
    const now = performance.now();
    const lately = [...(this.#reads.get(id) ?? []).filter((at) => now - at < SHORT), now];
    this.#reads.set(id, lately.slice(-MANY_READS));
    if (lately.length < MANY_READS) return;
    this.#advise("order_webhooks", "An order is read again and again: subscribe to order webhooks on a server, and read it when they say that it changed.");
  }
}

tellingMethods(Orders, "get");
