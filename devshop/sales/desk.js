import { Idempotency } from "../ucp/idempotency.js";
import { Carts } from "./carts.js";
import { Checkouts } from "./checkouts.js";
import { AgentOrders } from "./orders.js";

/** How often each tool took effect; a call that was answered from memory or refused does not count. */
export class Executions {
  #counts = {};

  count(tool) {
    this.#counts[tool] = (this.#counts[tool] ?? 0) + 1;
  }

  list() {
    return { ...this.#counts };
  }

  clear() {
    this.#counts = {};
  }
}

/** Where the shop sells to agents: carts, checkouts, orders. In memory. */
export class SalesDesk {
  constructor({ settings }) {
    this.carts = new Carts({ settings });
    this.orders = new AgentOrders({ settings });
    this.checkouts = new Checkouts({ settings, carts: this.carts, orders: this.orders });
    this.executions = new Executions();
    this.idempotency = new Idempotency();
  }

  /** How much there is of everything, for whoever looks on. */
  tally() {
    return {
      carts: this.carts.size,
      checkouts: this.checkouts.size,
      orders: this.orders.size,
      executions: this.executions.list(),
    };
  }

  clear() {
    for (const part of [this.carts, this.checkouts, this.orders, this.executions, this.idempotency]) {
      part.clear();
    }
  }
}
