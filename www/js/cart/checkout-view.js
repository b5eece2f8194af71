import { button, el, focusOn, icon, ICONS, skeleton } from "../dom.js";
import { words } from "../format.js";
import { errorNotice } from "../notices.js";
import { messageLine, messageNotices, placed } from "./messages.js";
import { PayForm, testCard } from "./pay-form.js";
import { amountOf, totalsView } from "./totals.js";

/** What the buyer is told before they go on, by what the shop's messages come to. */
const LEADS = Object.freeze({
  success: "Everything is there. The shop’s own checkout page takes your payment.",
  recoverable: "The shop’s own checkout page asks for what is still missing.",
  requires_buyer_input: "The shop has a question, and asks it on its own checkout page.",
  requires_buyer_review: "The shop wants you to look something over on its own checkout page.",
  unrecoverable: "The shop cannot make a checkout of this cart.",
});
const LOOKS = Object.freeze({ recoverable: { tone: "warn", title: "Still missing" } });
const TONES = Object.freeze({ ready_for_complete: "good", completed: "good", canceled: "bad" });

/** The checkout of the cart: what it comes to, what is missing, and the way on. */
export class CheckoutView {
  title = "Checkout";
  #handOver;
  #agent;
  #text;
  #payForm;
  #content = el("div", { class: "cart-content" });
  #problem = el("div");
  #pay = el("div");
  #sums = el("div");
  #go;
  #wasPaying = false;

  /**
   * @param {object} parts
   * @param {import("./hand-over.js").HandOver} parts.handOver
   * @param {import("../agent/agent.js").Agent} parts.agent
   * @param {import("../control-api.js").ControlApi | null} parts.control
   * @param {(amount: number, currency: string) => string} parts.text money as text
   */
  constructor({ handOver, agent, control, text }) {
    this.#handOver = handOver;
    this.#agent = agent;
    this.#text = text;
    this.#payForm = new PayForm({ handOver, agent, control });
    this.#go = button("Continue to the shop’s checkout", () => handOver.open());
    this.#go.classList.add("cart-go");
    const back = button("Back to the cart", () => handOver.leave(), "plain small");
    back.prepend(icon(ICONS.back, 16));
    this.body = el(
      "div",
      { class: "cart-view" },
      el("div", {}, back),
      this.#problem,
      this.#content,
      this.#pay,
    );
    this.foot = el("div", { class: "cart-sums" }, this.#sums, this.#go);
  }

  update() {
    const { result, busy, problem } = this.#handOver;
    this.body.setAttribute("aria-busy", String(busy !== null));
    this.#problem.replaceChildren(...(problem ? [problemNotice(problem)] : []));
    this.#go.disabled = busy !== null;
    this.#go.hidden = !result?.continueUrl;
    if (!result)
      this.#content.replaceChildren(...(busy ? [skeleton("title", "block", "long", "short")] : []));
    else this.#showResult(result);
    this.#showPayment(result);
    // What came of a payment stands above the form that asked for it.
    const answered = this.#wasPaying && busy === null;
    this.#wasPaying = busy === "updating" || busy === "paying";
    const said = answered && this.body.querySelector(".notice");
    if (said) focusOn(said);
  }

  #showResult({ data, messages, outcome }) {
    const { line_items: lines = [], status, currency, totals } = data;
    const places = placed(messages, { lines: lines.length, codes: 0 });
    this.#content.replaceChildren(
      el(
        "p",
        { class: "checkout-lead" },
        status &&
          el("span", { class: `chip tone-${TONES[status] ?? "calm"}`, "data-status": status }, words(status)),
        el("span", {}, LEADS[outcome] ?? LEADS.recoverable),
      ),
      ...messageNotices(places.general, status === "incomplete" ? LOOKS : {}),
      el(
        "ul",
        { class: "checkout-lines", "aria-label": "Items" },
        lines.map((line, index) => this.#line(line, { currency, messages: places.lines.get(index) ?? [] })),
      ),
    );
    this.#sums.replaceChildren(...(totals ? [totalsView({ totals, currency }, this.#text)] : []));
  }

  #line({ item, quantity, totals }, { currency, messages }) {
    const amount = amountOf(totals, "total");
    return el(
      "li",
      {},
      el(
        "p",
        { class: "break" },
        item.title ?? "Item",
        el("span", { class: "soft" }, `\u00a0×\u00a0${quantity}`),
      ),
      el("p", { class: "line-price" }, amount === null ? "" : this.#text(amount, currency)),
      messages.length > 0 && el("div", { class: "line-said" }, messages.map(messageLine)),
    );
  }

  /** Paying without the shop's page takes a token, and a way to pay that this page has. */
  #showPayment(result) {
    const may = this.#agent.tier === "token" && testCard(result?.data) !== null && result.data.id;
    this.#payForm.update(result);
    const shown = may ? this.#payForm.node : null;
    if (shown !== this.#pay.firstElementChild) this.#pay.replaceChildren(...(shown ? [shown] : []));
  }
}

function problemNotice({ error, again }) {
  // An outcome that is not known is asked for with the same key: that is safe, and so it is offered.
  const key = error?.idempotencyKey;
  return errorNotice(error, {
    title: key ? "We do not know yet whether you have paid" : "The checkout did not go on",
    retry: () => again(),
    actions: key && !error.retryable ? [button("Ask what became of it", again, "small")] : [],
  });
}
