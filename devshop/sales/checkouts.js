import { assess } from "./assess.js";
import { basket, fill } from "./carts.js";
import { takeLines } from "./lines.js";
import { BusinessRefusal, error } from "./messages.js";
import { charge } from "./payment.js";
import { Records } from "./records.js";

const CONTACT_PATH = "$.buyer.email";

/**
 * The checkouts of one running shop. A record's `state` is `open`, `in_progress`, `completed` or `canceled`; what an
 * open one still needs follows from what is in it.
 */
export class Checkouts {
  #records = new Records("checkout");
  #settings;
  #shelves;
  #carts;
  #orders;

  constructor({ settings, shelves, carts, orders }) {
    this.#settings = settings;
    this.#shelves = shelves;
    this.#carts = carts;
    this.#orders = orders;
  }

  create(wish, party, terms) {
    const cart = wish.cart_id === undefined ? null : this.#carts.get(wish.cart_id, party);
    const expiresAt = Date.now() + this.#settings.current.ucpCheckoutTtl * 1000;
    const record = {
      ...basket({ kind: "Checkout", wish: withCart(wish, cart), party, terms, expiresAt, shelves: this.#shelves }),
      state: "open", cartId: cart?.id ?? null, account: null, order: null, finishesAt: null, verdict: [], delivery: null,
    };
    refuseEnded(record, wish);
    this.#records.add(record);
    return this.#view(record, terms);
  }

  get(id, party, terms) {
    return this.#view(this.#records.find(id, party), terms);
  }

  update(id, wish, party, terms) {
    const record = this.#open(id, party);
    refuseEnded(takeLines(wish.line_items, this.#shelves), wish);
    record.verdict = [];
    return this.#view(fill(record, { wish, terms, shelves: this.#shelves }), terms);
  }

  /** Pays for a checkout that is ready; one that is not comes back as it is, with what it needs. */
  complete(id, { payment }, party, terms) {
    const record = this.#open(id, party);
    record.verdict = [];
    if (this.#view(record, terms).status !== "ready_for_complete") return this.#view(record, terms);
    const { outcome, message } = charge(payment);
    if (outcome === "paid") this.#finish(record, terms);
    if (outcome === "pending") {
      record.state = "in_progress";
      record.finishesAt = Date.now() + this.#settings.current.ucpCompletionMs;
    }
    if (outcome === "ended") record.state = "canceled";
    if (message) record.verdict = [message];
    return this.#view(record, terms);
  }

  cancel(id, party, terms) {
    const record = this.#open(id, party);
    record.state = "canceled";
    return this.#view(record, terms);
  }

  findByLink(token, key) {
    return this.#records.findByLink(token, key);
  }

  /** What the buyer's own page shows. */
  viewForBuyer(record, terms) {
    return this.#view(record, terms);
  }

  /**
   * The buyer pays on the checkout page, and says there what was missing.
   *
   * @param {{email?: string, address?: object, engraving?: string}} said
   */
  payAsBuyer(record, said, terms) {
    if (record.state !== "open") return this.#view(record, terms);
    record.verdict = [];
    record.reviewed = true;
    if (said.engraving) record.engraving = said.engraving;
    if (said.email) record.wish = { ...record.wish, buyer: { ...record.wish.buyer, email: said.email } };
    if (said.address) record.delivery = { methods: [{ type: "shipping", destinations: [said.address] }] };
    if (this.#view(record, terms).status === "ready_for_complete") this.#finish(record, terms);
    return this.#view(record, terms);
  }

  /** The buyer is signed in on the checkout page: a customer's terms hold, and there is somebody to write to. */
  signInBuyer(record, { accountId, email }) {
    if (record.state !== "open") return;
    record.account = accountId;
    if (!record.wish.buyer?.email) record.wish = { ...record.wish, buyer: { ...record.wish.buyer, email } };
  }

  get size() {
    return this.#records.size;
  }

  clear() {
    this.#records.clear();
  }

  #open(id, party) {
    const record = this.#records.claim(id, party);
    this.#settle(record);
    if (record.state === "open") return record;
    const words = { in_progress: "is being paid", completed: "is completed", canceled: "is canceled" }[record.state];
    throw new BusinessRefusal([error("invalid_state", "unrecoverable", `This checkout ${words}.`)]);
  }

  #finish(record, terms) {
    record.order = this.#orders.place(record, this.#assess(record, terms));
    record.state = "completed";
    if (record.cartId) this.#carts.end(record.cartId);
  }

  /** A payment that takes its time is through when it is looked at late enough. */
  #settle(record) {
    if (record.state !== "in_progress" || record.finishesAt > Date.now()) return;
    this.#finish(record, { ...record.terms, customer: record.customer !== null });
  }

  #assess(record, terms) {
    return assess(record, { ...terms, customer: terms.customer || record.account !== null, isCheckout: true });
  }

  #view(record, terms) {
    this.#settle(record);
    const assessment = this.#assess(record, terms);
    const open = record.state === "open";
    const messages = [
      ...(open ? [...basketMessages(record), ...assessment.messages] : assessment.messages.filter(isNoError)),
      ...record.verdict,
    ];
    return { record, ...assessment, messages, status: statusOf(record.state, messages) };
  }
}

function isNoError({ type }) {
  return type !== "error";
}

function basketMessages({ lines, wish }) {
  return [
    ...(lines.length > 0 ? [] : [error("empty", "recoverable", "There is nothing in this checkout.", "$.line_items")]),
    ...(wish.buyer?.email || wish.buyer?.phone_number ? [] : [
      error("buyer_identity_contact_method_required", "recoverable", "The shop needs the buyer's email.", CONTACT_PATH),
    ]),
  ];
}

function statusOf(state, messages) {
  if (state === "in_progress") return "complete_in_progress";
  if (state !== "open") return state;
  const severities = new Set(messages.filter(({ type }) => type === "error").map(({ severity }) => severity));
  // A declined payment can be made again as things are.
  const again = messages.filter(({ code, severity }) => code === "payment_failed" && severity === "recoverable");
  const errors = messages.filter(({ type }) => type === "error").length;
  if (errors === again.length) return "ready_for_complete";
  return severities.has("recoverable") ? "incomplete" : "requires_escalation";
}

/** A checkout from a cart takes its lines, its buyer and its context; codes stay behind. */
function withCart({ cart_id: _, ...wish }, cart) {
  if (!cart) return wish;
  return {
    ...wish,
    line_items: cart.lines.map(({ variant, quantity }) => ({ item: { id: variant.id }, quantity })),
    buyer: wish.buyer ?? cart.wish.buyer,
    context: wish.context ?? cart.wish.context,
  };
}

/** With nothing but what is no longer made there is no checkout to have. */
function refuseEnded({ lines }, wish) {
  const gone = lines.filter(({ variant }) => variant.stock.status === "discontinued");
  if (gone.length === 0 || gone.length < lines.length || lines.length < wish.line_items.length) return;
  const [{ variant }] = gone;
  throw new BusinessRefusal([
    error("item_unavailable", "unrecoverable", `${variant.product.title} is no longer made.`, "$.line_items[0]"),
  ]);
}
