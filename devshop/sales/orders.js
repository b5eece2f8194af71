import { randomBytes } from "node:crypto";
import { Records } from "./records.js";

const FIRST_NUMBER = 2001;
const FAR = Number.POSITIVE_INFINITY;

/** The orders that came from checkouts, each seen by the agent it was placed through. */
export class AgentOrders {
  #records = new Records("order");
  #settings;
  #placed = 0;

  constructor({ settings }) {
    this.#settings = settings;
  }

  /**
   * @param {object} checkout
   * @param {import("./assess.js").Assessment} assessment
   */
  place(checkout, assessment) {
    const number = FIRST_NUMBER + this.#placed;
    this.#placed += 1;
    const placedAt = Date.now();
    return this.#records.add({
      id: `gid://shopify/Order/${5910000000000 + number * 1013}`,
      label: `#${number}`,
      agent: checkout.agent,
      customer: checkout.customer,
      placedAt,
      visibleAt: placedAt + this.#settings.current.ucpOrderDelayMs,
      expiresAt: FAR,
      token: randomBytes(12).toString("hex"),
      checkout,
      assessment,
    });
  }

  get(id, party) {
    return this.#records.find(id, party);
  }

  get size() {
    return this.#records.size;
  }

  clear() {
    this.#records.clear();
    this.#placed = 0;
  }
}
