import { el, skeleton } from "./dom.js";
import { formatMoney } from "./format.js";
import { jsonView } from "./json-view.js";
import { errorNotice } from "./notices.js";
import { creditOf, orderOf } from "./order-reading.js";
import { orderView } from "./order-view.js";

/** A card whose content is the answer of one read-only tool without arguments. */
class AnswerCard {
  #customer;
  #card;
  #body;
  #tool;
  #bones;
  #draw;
  #running = null;

  constructor(customer, { id, tool, bones, draw }) {
    this.#customer = customer;
    this.#card = document.getElementById(id);
    this.#body = document.getElementById(`${id}-body`);
    this.#tool = tool;
    this.#bones = bones;
    this.#draw = draw;
  }

  get tool() {
    return this.#tool;
  }

  /** Loads without leaving the page: where a sign-in is needed, the header's button is the way on. */
  async load() {
    this.clear();
    const running = new AbortController();
    this.#running = running;
    this.#card.setAttribute("aria-busy", "true");
    try {
      const result = await this.#customer.callTool(
        this.#tool,
        {},
        { signal: running.signal, onSignInNeeded: "event" },
      );
      if (running === this.#running) this.show(result);
    } catch (error) {
      if (running === this.#running && error?.code !== "aborted") this.showError(error);
    }
  }

  show(result) {
    this.#settle(this.#draw(result) ?? jsonView(result, "The shop's answer"));
  }

  showError(error) {
    this.#settle(errorNotice(error, { retry: () => this.load() }));
  }

  clear() {
    this.#running?.abort();
    this.#running = null;
    this.#settle(skeleton(...this.#bones));
  }

  #settle(node) {
    this.#card.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(node);
  }
}

/** @param {(order: import("./order-reading.js").Order) => Node | null} returnWay */
export function recentOrderCard(customer, returnWay) {
  return new AnswerCard(customer, {
    id: "recent-order",
    tool: "get_most_recent_order_status",
    bones: ["title", "long", "block", "block", "short"],
    draw: (result) => {
      const order = orderOf(result);
      return order && orderView(order, { returnWay, compact: true });
    },
  });
}

export function storeCreditCard(customer) {
  return new AnswerCard(customer, {
    id: "store-credit",
    tool: "get_store_credit_balances",
    bones: ["block"],
    draw: (result) => {
      const accounts = creditOf(result);
      if (!accounts) return null;
      if (accounts.length === 0) return el("p", { class: "soft" }, "You have no store credit at the moment.");
      return el(
        "ul",
        { class: "credit-list", "aria-label": "Balances" },
        accounts.map(({ balance }) =>
          el(
            "li",
            { class: "credit" },
            el("span", {}, balance.currency),
            el("strong", {}, formatMoney(balance)),
          ),
        ),
      );
    },
  });
}
