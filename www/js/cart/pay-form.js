import { el, freshId } from "../dom.js";
import { errorNotice } from "../notices.js";

/** The local shop's test card, as its profiles name it, and what its tokens do. */
const HANDLER = "example.cedarandclay.test_card";
const CARDS = [
  ["tok_ok", "that is good"],
  ["tok_slow", "that takes a moment"],
  ["tok_declined", "that is declined"],
  ["tok_buyer_action", "whose bank asks for you"],
  ["tok_stolen", "that was stolen"],
];
const FIELDS = [
  ["email", "E-mail", "email", ""],
  ["street_address", "Street", "address-line1", "418 Linden Street"],
  ["address_locality", "City", "address-level2", "Portland"],
  ["address_region", "State", "address-level1", "OR"],
  ["postal_code", "Postal code", "postal-code", "97205"],
  ["address_country", "Country", "country", "US"],
];
/** The shop does what it is asked, and its answer breaks off halfway. */
const LOSE_ANSWER = { faults: [{ on: "ucp", times: 1, do: { drop: "half" } }] };

/** The id of the test card's handler in a checkout, or null. */
export function testCard(data) {
  const [handler] = data?.ucp?.payment_handlers?.[HANDLER] ?? [];
  return typeof handler?.id === "string" ? handler.id : null;
}

/** "Pay here with the test card": what the shop's own page would ask for, and a button that pays. */
export class PayForm {
  #handOver;
  #agent;
  #control;
  #inputs = {};
  #card;
  #lose;
  #problem = el("div");
  #submit = el("button", { type: "submit", class: "button" }, "Pay here");

  constructor({ handOver, agent, control }) {
    this.#handOver = handOver;
    this.#agent = agent;
    this.#control = control;
    this.node = this.#draw();
  }

  update(result) {
    const { busy } = this.#handOver;
    this.#submit.disabled = busy !== null;
    this.#submit.textContent = { updating: "Preparing…", paying: "Paying…" }[busy] ?? "Pay here";
    const { email } = this.#inputs;
    if (email.value === "") email.value = result?.data.buyer?.email ?? this.#agent.email ?? "";
  }

  #draw() {
    const fields = FIELDS.map(([name, label, autocomplete, value]) => {
      const input = el("input", {
        class: "input",
        id: freshId(name),
        name,
        type: name === "email" ? "email" : "text",
        autocomplete,
        required: true,
        maxlength: name === "address_country" ? 2 : null,
        value,
      });
      this.#inputs[name] = input;
      return el("div", { class: `field field-${name}` }, el("label", { for: input.id }, label), input);
    });
    this.#card = el(
      "select",
      { class: "input", id: freshId("card") },
      CARDS.map(([value, text]) => el("option", { value }, text)),
    );
    this.#lose = el("input", { type: "checkbox" });
    const form = el(
      "form",
      { class: "pay-form" },
      el("p", { class: "fine-print" }, "Your token may pay by itself. This shop’s test card costs nothing."),
      el("div", { class: "pay-fields" }, fields),
      el("div", { class: "field" }, el("label", { for: this.#card.id }, "With a test card"), this.#card),
      this.#control &&
        el(
          "label",
          { class: "choice small" },
          this.#lose,
          el("span", {}, "Lose the answer of this payment on its way, to see that it takes effect once"),
        ),
      this.#problem,
      this.#submit,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pay();
    });
    return el("details", { class: "pay-here" }, el("summary", {}, "Pay here with the test card"), form);
  }

  async #pay() {
    const { email, ...address } = Object.fromEntries(
      Object.entries(this.#inputs).map(([name, input]) => [name, input.value.trim()]),
    );
    this.#problem.replaceChildren();
    await this.#handOver.pay({
      email,
      address,
      card: { handler: testCard(this.#handOver.result.data), token: this.#card.value },
      beforePaying: () => this.#loseAnswer(),
    });
  }

  /** The next answer of the UCP server does not arrive. */
  async #loseAnswer() {
    if (!this.#lose.checked) return;
    try {
      await this.#control.change(LOSE_ANSWER);
    } catch (error) {
      this.#problem.replaceChildren(errorNotice(error, { title: "The local shop did not agree to that" }));
    }
  }
}
