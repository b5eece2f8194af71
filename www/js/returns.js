import { button, el, focusOn, skeleton } from "./dom.js";
import { words } from "./format.js";
import { announce, errorNotice, notice } from "./notices.js";
import { orderOf, requestedReturnOf } from "./order-reading.js";
import { ORDER_TOOL } from "./order-lookup.js";
import { pageOption } from "./page-options.js";
import { returnForm } from "./return-form.js";
import { reviewOf } from "./return-review.js";

export const RETURN_TOOL = "request_return";

/** Where it is unknown whether the shop got the request: it is never sent again without a look at the order. */
const UNCERTAIN = new Set([
  "network",
  "http_status",
  "timeout",
  "offline",
  "instance_lost",
  "answer_invalid",
  "answer_mismatch",
  "too_large",
]);

/** A return request: choose pieces, look it over, send it once. */
export class ReturnRequest {
  #section = document.getElementById("returns");
  #place = document.getElementById("return-body");
  #customer;
  #reasons = null;
  #onSent;
  #showsOrder = false;

  /**
   * @param {import("/pkg/index.js").Customer} customer
   * @param {(orderNumber: string) => void} onSent told when a return was made
   */
  constructor(customer, onSent) {
    this.#customer = customer;
    this.#onSent = onSent;
    document.addEventListener("sessionchange", () => this.#showsOrder && this.showNothing());
    this.showNothing();
  }

  /** Learns the reasons that the shop's tool takes. */
  useTools(tools) {
    const schema = tools.find(({ name }) => name === RETURN_TOOL)?.inputSchema;
    const reasons = schema?.properties?.line_items?.items?.properties?.return_reason?.enum;
    if (Array.isArray(reasons)) this.#reasons = reasons.filter((reason) => typeof reason === "string");
  }

  /** The button under an order that starts a return of its pieces. */
  startButton = (order) =>
    el(
      "div",
      { class: "button-row" },
      button("Return items", () => this.start(order), "quiet"),
    );

  start(order) {
    this.#choose(order);
    focusOn(this.#section.querySelector("h2"));
    this.#section.scrollIntoView({ block: "start" });
  }

  showNothing() {
    this.#showsOrder = false;
    this.#show(
      el(
        "div",
        { class: "empty-state" },
        el("p", {}, "To send something back, find its order and choose “Return items”."),
      ),
    );
  }

  /** A return that a sign-in interrupted. It was not sent; the customer decides again. */
  async confirmAgain({ arguments: args, result, error }) {
    if (result) return this.#showMade(result, String(args.order_number ?? ""));
    if (error.code !== "call_not_resumed") return this.#showProblem(error, args, null);
    this.#show(skeleton("title", "long", "short"));
    const order = await this.#orderOf(args);
    this.#review(
      args,
      order,
      notice(
        { tone: "warn", title: "Please confirm again", role: "status" },
        "You signed in on the way, so this return was not sent yet. Nothing is sent without you.",
        el("p", { class: "fine-print" }, "Code: ", el("code", {}, error.code)),
      ),
    );
    focusOn(this.#section.querySelector("h2"));
    this.#section.scrollIntoView({ block: "start" });
  }

  #choose(order, args = null) {
    const form = returnForm(order, {
      reasons: this.#reasons,
      given: args,
      onReview: (chosen) => this.#review(chosen, order),
      onCancel: () => this.showNothing(),
    });
    this.#showsOrder = true;
    this.#show(form);
  }

  #review(args, order, before = null) {
    this.#showsOrder = true;
    this.#show(
      reviewOf(args, order, {
        before,
        onSend: () => this.#send(args, order),
        onBack: order ? () => this.#choose(order, args) : () => this.showNothing(),
      }),
    );
    focusOn(this.#place.querySelector("h3"));
  }

  async #send(args, order, onSignInNeeded = pageOption("signIn")) {
    const call = this.#customer.callTool(RETURN_TOOL, args, { onSignInNeeded });
    this.#show(
      el("p", { class: "soft" }, "Sending your return request…"),
      skeleton("title", "long", "short"),
    );
    // On its way, it stays in sight even if the session changes: its outcome is still to come.
    this.#showsOrder = false;
    announce("Sending your return request.");
    try {
      this.#showMade(await call, String(args.order_number ?? order?.name ?? ""));
    } catch (error) {
      this.#showProblem(error, args, order);
    }
  }

  #showMade(result, orderNumber) {
    const made = requestedReturnOf(result);
    const heading = el("h3", { tabindex: "-1" }, made ? `Return ${made.name}` : "Your return request");
    this.#showsOrder = true;
    this.#show(
      el(
        "div",
        { class: "return-review" },
        heading,
        notice(
          { tone: "good", title: made?.status ? words(made.status) : "Sent", role: "status" },
          "We have your return request and answer by e-mail within two days.",
        ),
        el(
          "div",
          { class: "button-row" },
          orderNumber && button("See the order", () => this.#onSent(orderNumber), "quiet"),
        ),
      ),
    );
    focusOn(heading);
  }

  #showProblem(error, args, order) {
    const number = String(args.order_number ?? order?.name ?? "");
    const uncertain = UNCERTAIN.has(error?.code);
    const actions = uncertain
      ? [number && button("Look at the order first", () => this.#onSent(number), "small")]
      : [order && button("Change the return", () => this.#choose(order, args), "small")];
    this.#show(
      errorNotice(error, {
        title: uncertain ? "We do not know whether your return arrived" : "Your return was not made",
        retry: uncertain ? undefined : (signIn) => this.#send(args, order, signIn),
        actions: actions.filter(Boolean),
      }),
    );
  }

  async #orderOf(args) {
    if (!args.order_number) return null;
    try {
      return orderOf(
        await this.#customer.callTool(
          ORDER_TOOL,
          { order_number: args.order_number },
          { onSignInNeeded: "event" },
        ),
      );
    } catch {
      return null;
    }
  }

  #show(...nodes) {
    this.#place.replaceChildren(...nodes);
  }
}
