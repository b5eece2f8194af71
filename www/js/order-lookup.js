import { button, el, emptyState, focusOn, ready, skeleton } from "./dom.js";
import { jsonView } from "./json-view.js";
import { announce, errorNotice, notice } from "./notices.js";
import { orderOf, textOf } from "./order-reading.js";
import { orderInWords, orderView } from "./order-view.js";
import { pageOption } from "./page-options.js";
import { forgetQuestion, rememberQuestion, rememberedQuestion } from "./pending-question.js";

export const ORDER_TOOL = "get_order_status";

/** How long a wait goes without a Cancel button, ms. */
const PATIENCE = 1500;

/** "Where is my order?": the form, and the region that shows the answer. */
export class OrderLookup {
  #form = document.getElementById("order-lookup");
  #input = document.getElementById("order-number");
  #problem = document.getElementById("order-number-problem");
  #region = document.getElementById("order-status");
  #body = document.getElementById("order-status-body");
  #customer;
  #returnWay;
  #running = null;
  #showsOrder = false;

  /** @param {(order: import("./order-reading.js").Order) => Node | null} returnWay the button or link to a return */
  constructor(returnWay) {
    this.#returnWay = returnWay;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#input.addEventListener("input", () => this.#complain(null));
    document.addEventListener("sessionchange", () => this.#showsOrder && this.showNothing());
    addEventListener(
      "pageshow",
      ({ persisted }) => persisted && this.#running && !this.#customer?.session.signedIn && this.#stop(),
    );
    const asked = rememberedQuestion();
    if (asked) {
      this.#input.value = asked;
      this.#wait("Fetching your order…");
    }
  }

  /** The SDK is there: the form may be used. */
  connect(customer) {
    this.#customer = customer;
    ready(this.#form.querySelector("button[type=submit]"));
  }

  /** Nothing came back for a question that a former page load asked. */
  settle() {
    forgetQuestion();
    if (!this.#running && !this.#showsOrder && this.#region.getAttribute("aria-busy") === "true")
      this.showNothing();
  }

  /**
   * Asks for an order.
   *
   * @param {string} number
   * @param {{onSignInNeeded?: import("/pkg/index.js").SignInPolicy}} [options]
   * @returns {Promise<import("./order-reading.js").Order | null>}
   */
  async find(number, { onSignInNeeded = pageOption("signIn") } = {}) {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { signedIn } = this.#customer.session;
    if (!signedIn) rememberQuestion(number);
    const call = this.#customer.callTool(
      ORDER_TOOL,
      { order_number: number },
      { signal: running.signal, onSignInNeeded },
    );
    this.#input.value = number;
    this.#wait(signedIn ? "Fetching your order…" : "Please sign in to see this order.");
    this.#region.scrollIntoView({ block: "nearest" });
    this.#offerCancel(running);
    try {
      const result = await call;
      return running === this.#running ? this.showAnswer(result) : null;
    } catch (error) {
      if (running === this.#running) this.showError(error, number);
      return null;
    } finally {
      if (running === this.#running) {
        this.#running = null;
        forgetQuestion();
      }
    }
  }

  /** A lookup that waited for the sign-in across pages. */
  showResumed({ arguments: args, result, error }) {
    forgetQuestion();
    const number = String(args?.order_number ?? "");
    this.#input.value = number;
    if (error) this.showError(error, number);
    else this.showAnswer(result);
    const heading = this.#body.querySelector("h3") ?? this.#region.querySelector("h2");
    focusOn(heading);
    this.#region.scrollIntoView({ block: "nearest" });
  }

  showAnswer(result) {
    const order = orderOf(result);
    this.#show(order ? orderView(order, { returnWay: this.#returnWay }) : plainAnswer(result));
    this.#showsOrder = true;
    announce(order ? orderInWords(order) : "The shop has answered.");
    return order;
  }

  showError(error, number) {
    if (error?.code === "aborted") return this.showNothing();
    this.#show(errorNotice(error, { retry: (signIn) => this.find(number, { onSignInNeeded: signIn }) }));
    this.#showsOrder = false;
  }

  showNothing() {
    this.#showsOrder = false;
    this.#show(emptyState("Your order will show up here."));
  }

  #submit() {
    const number = this.#input.value.trim();
    if (number === "")
      return this.#complain("Enter the number from your confirmation e-mail, for example #1001.");
    this.#complain(null);
    this.find(number);
  }

  #complain(text) {
    this.#problem.hidden = !text;
    this.#problem.textContent = text ?? "";
    this.#input.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) this.#input.focus();
  }

  #wait(text) {
    this.#showsOrder = false;
    this.#region.setAttribute("aria-busy", "true");
    this.#body.replaceChildren(el("p", { class: "soft" }, text), skeleton("title", "long", "block", "short"));
    announce(text);
  }

  /** A way out of a long wait: a busy shop, or a sign-in window that was forgotten. */
  #offerCancel(running) {
    const cancel = button("Cancel", () => running.abort(), "plain");
    setTimeout(() => running === this.#running && this.#body.append(cancel), PATIENCE);
  }

  #show(node) {
    this.#region.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(node);
  }

  /** The visitor came back from the sign-in page with the browser's Back button. */
  #stop() {
    this.#running.abort();
    this.#running = null;
    forgetQuestion();
    this.#show(
      notice({ tone: "calm", role: "status" }, "You are not signed in yet. Ask again whenever you like."),
    );
  }
}

/** An answer in a form that this page does not know: shown as it came. */
function plainAnswer(result) {
  const text = textOf(result);
  return el("div", {}, el("h3", { tabindex: "-1" }, "The shop's answer"), jsonView(text ?? result));
}
