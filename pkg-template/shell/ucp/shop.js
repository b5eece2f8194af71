// The whole shop: the customer, and what an agent can do.

import { Shop } from "../shop.js";
import { tellingMethods } from "../words.js";
import { setupOf, UcpCalls } from "./calls.js";
import { Catalog } from "./catalog.js";
import { Carts } from "./carts.js";
import { Checkouts } from "./checkouts.js";
import { Money } from "./money.js";
import { Orders } from "./orders.js";

export class UcpShop extends Shop {
  money = new Money();
  #calls;
  #advised = new Set();

  constructor(connection) {
    super(connection);
    const advise = (about, sentence) => this.#advise(about, sentence);
    const setup = setupOf(connection);
    this.#calls = new UcpCalls(connection, setup, { server: "shop", upstream: "ucp" });
    this.catalog = new Catalog(connection, setup, this.#calls, advise);
    this.cart = new Carts(connection, this.#calls);
    this.checkout = new Checkouts(connection, this.#calls, advise);
    this.orders = new Orders(this.#calls, advise);
  }

  async capabilities(options) {
    return this.#calls.capabilities(options);
  }

  async listTools(options) {
    return this.#calls.listTools(options);
  }

  async callTool(name, args, options) {
    return this.#calls.callTool(name, args, options);
  }

  /** Once each: to the page's listeners, or else to the console. */
  #advise(about, sentence) {
    if (this.#advised.has(about)) return;
    this.#advised.add(about);
    queueMicrotask(() => {
      const advice = new CustomEvent("advice", { detail: { about, sentence }, cancelable: true });
      if (this.dispatchEvent(advice)) console.warn(sentence);
    });
  }
}

tellingMethods(UcpShop, "capabilities", "listTools", "callTool");
