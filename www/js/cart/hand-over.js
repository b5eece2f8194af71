import { isGone } from "./cart.js";
import { updateKept } from "./cart-keep.js";

const LEFT = "cedar-clay:left-for-checkout";
const POLL_MS = 1500;
const POLLS = 20;

/**
 * From the cart to the shop's checkout page, and back. Dispatches `change`; `back` when something has become of a
 * checkout while the buyer was away; `bought` when it is an order.
 */
export class HandOver extends EventTarget {
  /** @type {import("/pkg/index.js").UcpResult<import("/pkg/index.js").Checkout> | null} */
  result = null;
  /** @type {{error: unknown, again: () => void} | null} */
  problem = null;
  /** What the shop is doing for us. @type {"making" | "updating" | "paying" | null} */
  busy = null;
  /** The order that was placed last. @type {import("/pkg/index.js").Checkout["order"] | null} */
  order = null;
  #shop;
  #agent;
  #cart;
  #visit = 0;

  /**
   * @param {import("/pkg/index.js").Shop} shop
   * @param {import("../agent/agent.js").Agent} agent
   * @param {import("./cart.js").Cart} cart
   */
  constructor(shop, agent, cart) {
    super();
    this.#shop = shop;
    this.#agent = agent;
    this.#cart = cart;
    agent.addEventListener("change", () => this.leave());
    cart.addEventListener("change", () => cart.phase === "filled" && this.order && this.forgetOrder());
  }

  /** The checkout of the cart as it is now: the one that was made before, or a new one. */
  async begin() {
    await this.#work(
      "making",
      () => this.begin(),
      async (options) => {
        const { data } = this.#cart.result;
        const { id, checkout } = this.#cart.kept;
        const of = contentOf(data);
        const before = checkout?.of === of ? await this.#shop.checkout.get(checkout.id, options) : null;
        if (before && !isGone(before) && !isEnd(before.data.status)) return before;
        const codes = data.discounts?.codes ?? [];
        const { email } = this.#agent;
        const more = {
          ...(codes.length > 0 ? { discounts: { codes } } : {}),
          ...(email ? { buyer: { email } } : {}),
        };
        const made = await this.#shop.checkout.fromCart(id, more, options);
        if (made.data.id) updateKept(id, { checkout: { id: made.data.id, of } });
        return made;
      },
    );
  }

  /** Goes on to the shop's own page. Called in a click. */
  open() {
    this.#shop.checkout.open(this.result);
    rememberLeaving(this.result.data.id);
  }

  /** Back to the cart; the checkout stays for the next time. */
  leave() {
    this.#visit += 1;
    this.#set({ result: null, problem: null, busy: null });
  }

  /**
   * Pays without the shop's page, as far as the tier may. What the shop asks for goes into the checkout first.
   *
   * @param {object} said
   * @param {string} said.email
   * @param {object} said.address
   * @param {{handler: string, token: string}} said.card
   * @param {() => Promise<void>} said.beforePaying
   */
  async pay(said) {
    const { id } = this.result.data;
    const fill = (draft) => {
      draft.buyer = { ...draft.buyer, email: said.email };
      draft.fulfillment = { methods: [{ type: "shipping", destinations: [said.address] }] };
    };
    const isReady = ({ data }) => data.status === "ready_for_complete";
    const result = await this.#work(
      "updating",
      () => this.pay(said),
      (options) => this.#shop.checkout.edit(id, fill, options),
      (updated) => (isReady(updated) ? "paying" : null),
    );
    if (!result || !isReady(result)) return;
    await said.beforePaying();
    await this.#complete(id, said.card);
  }

  /** A second call with the same card, while the outcome of the first is not known, is the same call. */
  async #complete(id, { handler, token }) {
    const card = { id: "card", handler_id: handler, type: "card", credential: { type: "token", token } };
    const payment = { instruments: [card] };
    const result = await this.#work(
      "paying",
      () => this.#complete(id, { handler, token }),
      (options) => this.#shop.checkout.complete(id, { payment }, options),
    );
    if (result?.data.status === "completed") this.#bought(result.data);
    if (result?.data.status === "complete_in_progress") this.#watch(id);
  }

  /** What became of the checkout that the buyer left for. Asked for when the storefront is shown again. */
  async look() {
    const left = rememberLeaving(null);
    const { kept } = this.#cart;
    const checkoutId = left ?? kept?.checkout?.id;
    if (!checkoutId) return;
    try {
      const result = await this.#shop.checkout.get(checkoutId, this.#agent.options());
      const status = isGone(result) ? "gone" : result.data.status;
      if (status === "completed") return this.#bought(result.data);
      if (isEnd(status) && kept?.checkout?.id === checkoutId) updateKept(kept.id, { checkout: null });
      if (left || status === "canceled") this.#tell("back", { status });
      if (status === "complete_in_progress") this.#watch(checkoutId);
    } catch (error) {
      if (left) this.#tell("back", { error });
    }
  }

  forgetOrder() {
    this.#set({ order: null });
  }

  async #watch(id) {
    for (let polls = 0; polls < POLLS; polls += 1) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const result = await this.#shop.checkout.get(id, this.#agent.options()).catch(() => null);
      const status = result?.data.status;
      if (!result || status === "complete_in_progress") continue;
      if (this.result?.data.id === id) this.#set({ result });
      if (status === "completed") this.#bought(result.data);
      return;
    }
  }

  #bought({ id, order }) {
    const { kept } = this.#cart;
    if (kept?.checkout?.id === id) this.#cart.end(kept.id);
    this.#set({ result: null, problem: null, order: order ?? { id: "", permalink_url: "" } });
    this.#tell("bought", { order: this.order });
  }

  /**
   * Asks the shop for something; shows it unless the buyer has gone back to the cart meanwhile.
   *
   * @param {(result: object) => HandOver["busy"]} [next] what follows at once
   * @returns {Promise<import("/pkg/index.js").UcpResult<import("/pkg/index.js").Checkout> | null>} null: it failed
   */
  async #work(busy, again, ask, next = () => null) {
    const visit = this.#visit;
    const show = (parts) => visit === this.#visit && this.#set(parts);
    show({ busy, problem: null });
    try {
      const result = await ask(this.#agent.options());
      show({ result, busy: next(result) });
      return result;
    } catch (error) {
      show({ busy: null, problem: { error, again } });
      return null;
    }
  }

  #set(parts) {
    Object.assign(this, parts);
    this.#tell("change");
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A checkout holds what the cart held when it was made. */
function contentOf({ line_items: lines, currency, discounts }) {
  return JSON.stringify([
    lines.map(({ item, quantity }) => [item.id, quantity]),
    currency,
    discounts?.codes ?? [],
  ]);
}

function isEnd(status) {
  return ["completed", "canceled", "gone"].includes(status);
}

/** Notes for which checkout the buyer leaves, or that they are back. @returns {string | null} what was noted before */
function rememberLeaving(checkoutId) {
  try {
    const before = sessionStorage.getItem(LEFT);
    if (checkoutId) sessionStorage.setItem(LEFT, checkoutId);
    else sessionStorage.removeItem(LEFT);
    return before;
  } catch {
    return null;
  }
}
