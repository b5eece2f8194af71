import { choosePageOption, pageOption } from "../page-options.js";

/** As whom this page calls the UCP server. Dispatches `change` when that is another one than before. */
export class Agent extends EventTarget {
  #customer;
  #keys;

  /**
   * @param {import("/pkg/index.js").Customer} customer
   * @param {readonly import("/pkg/index.js").SigningKey[]} keys that the page is connected with
   */
  constructor(customer, keys) {
    super();
    this.#customer = customer;
    this.#keys = keys;
    let before = this.#who();
    const look = () => {
      if (this.#who() === before) return;
      before = this.#who();
      this.dispatchEvent(new CustomEvent("change"));
    };
    document.addEventListener("sessionchange", look);
    this.addEventListener("chosen", look);
  }

  /** What the visitor chose. @returns {import("/pkg/index.js").Tier} */
  get chosen() {
    return pageOption("tier");
  }

  /** What calls go as right now: without a signed-in customer there is no token to show, without a key no signature. */
  get tier() {
    const lacks = { token: this.customerId === null, signed: this.#keys.length === 0 };
    return lacks[this.chosen] ? "anonymous" : this.chosen;
  }

  /** `sub` of the signed-in customer, or null. */
  get customerId() {
    const { signedIn, claims } = this.#customer.session;
    return signedIn ? (claims?.sub ?? "customer") : null;
  }

  /** E-mail address of the signed-in customer, or null. */
  get email() {
    const { signedIn, claims } = this.#customer.session;
    return signedIn && typeof claims?.email === "string" ? claims.email : null;
  }

  get keys() {
    return this.#keys;
  }

  /** Whose carts and checkouts the calls change: what a customer's token has touched is that customer's alone. */
  get owner() {
    return this.tier === "token" ? this.customerId : null;
  }

  /** Options of a call, as UcpCallOptions. */
  options(more = {}) {
    return { tier: this.tier, ...more };
  }

  choose(tier) {
    choosePageOption("tier", tier);
    this.dispatchEvent(new CustomEvent("chosen"));
  }

  #who() {
    return `${this.tier} ${this.owner}`;
  }
}
