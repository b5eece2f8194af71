import { button, el } from "../dom.js";
import { jsonView } from "../json-view.js";
import { notice } from "../notices.js";
import { tierName } from "./tiers.js";

const NOBODYS = "gid://shopify/Checkout/none?key=none";
const CARD = {
  id: "card",
  handler_id: "test_card",
  type: "card",
  credential: { type: "token", token: "tok_ok" },
};

/** Calls that not every tier may make. What they ask for does not exist: who may ask is told that. */
const CALLS = [
  [
    "complete_checkout",
    (shop, options) => shop.checkout.complete(NOBODYS, { payment: { instruments: [CARD] } }, options),
  ],
  ["get_order", (shop, options) => shop.orders.get("gid://shopify/Order/none", options)],
  [
    "search_catalog",
    (shop, options) =>
      shop.callTool("search_catalog", { catalog: { query: "mug", pagination: { limit: 1 } } }, options),
  ],
];

/** Tries calls at the chosen tier, and shows what comes of them: the SDK's own sentence, or the shop's answer. */
export class Trials {
  #shop;
  #agent;
  #answer = el("div", { class: "trial-answer", role: "status" });

  /**
   * @param {import("/pkg/index.js").Shop} shop
   * @param {import("./agent.js").Agent} agent
   */
  constructor(shop, agent) {
    this.#shop = shop;
    this.#agent = agent;
    this.node = el(
      "fieldset",
      { class: "setting-group" },
      el("legend", {}, "Try what this tier may"),
      el(
        "div",
        { class: "setting-actions" },
        CALLS.map(([name, call]) => button(name, () => this.#try({ name, call }), "quiet small")),
      ),
      this.#answer,
    );
  }

  async #try({ name, call, force = false }) {
    const tier = this.#agent.chosen;
    this.#answer.replaceChildren(el("p", { class: "small soft" }, `${name}, as ${tierName(tier)}…`));
    try {
      const { outcome, messages, data } = await call(this.#shop, { tier, force });
      this.#show(
        notice(
          { tone: "good", title: `${name}: allowed` },
          messages[0] ? `The shop says: “${messages[0].content}”` : "The shop has answered.",
          el("p", { class: "fine-print" }, "Outcome: ", el("code", {}, outcome)),
        ),
        jsonView(data, `Answer of ${name}`),
      );
    } catch (error) {
      const refused = error?.status === null && ["tier_insufficient", "scope_missing"].includes(error.code);
      this.#show(this.#refusal(name, error, refused && (() => this.#try({ name, call, force: true }))));
    }
  }

  /** @param {(() => void) | false} insist sends it though the SDK says that the shop will refuse */
  #refusal(name, error, insist) {
    const by =
      error?.status === null ? "before anything was sent" : `by the shop (${error?.status ?? "no answer"})`;
    return notice(
      { tone: "warn", title: `${name}: refused ${by}` },
      el("p", { "data-sentence": true }, withCode(error?.message ?? String(error))),
      el("p", { class: "fine-print" }, "Code: ", el("code", {}, error?.code ?? "none")),
      insist && el("p", { class: "button-row" }, button("Send it anyway", insist, "quiet small")),
    );
  }

  #show(...nodes) {
    this.#answer.replaceChildren(...nodes);
  }
}

/** The SDK names options and members between backticks. */
function withCode(sentence) {
  return sentence.split("`").map((part, index) => (index % 2 === 1 ? el("code", {}, part) : part));
}
