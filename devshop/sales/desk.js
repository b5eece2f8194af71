import { Carts } from "./carts.js";
import { Checkouts } from "./checkouts.js";
import { AgentOrders } from "./orders.js";

/** Where the shop sells to agents: carts, checkouts, orders. In memory. */
export class SalesDesk {
  constructor({ settings, shelves }) {
    this.carts = new Carts({ settings, shelves });
    this.orders = new AgentOrders({ settings });
    this.checkouts = new Checkouts({ settings, shelves, carts: this.carts, orders: this.orders });
  }

  /** How much there is of everything, for whoever looks on. */
  tally() {
    return { carts: this.carts.size, checkouts: this.checkouts.size, orders: this.orders.size };
  }

  clear() {
    for (const part of [this.carts, this.checkouts, this.orders]) part.clear();
  }
}
