import { button, el, freshId } from "../dom.js";

const AMOUNT = /^\d{1,9}([.,]\d{1,3})?$/;
const WRONG = "Please write a number, such as 25 or 25.50.";

/** From and to, in the buyer's currency. */
export class PriceFacet {
  #inputs;
  #problem = el("p", { class: "problem small", id: freshId("price-problem"), hidden: true });

  /** @param {string} currency @param {(range: {min: string, max: string}) => void} onChange */
  constructor(currency, onChange) {
    const field = (name, text) => {
      const id = freshId("price");
      const input = el("input", {
        class: "input",
        id,
        name,
        type: "text",
        inputmode: "decimal",
        autocomplete: "off",
        maxlength: 12,
        "aria-describedby": this.#problem.id,
      });
      return { input, node: el("div", { class: "field" }, el("label", { for: id }, text), input) };
    };
    const [min, max] = [field("min", "From"), field("max", "To")];
    this.#inputs = { min: min.input, max: max.input };
    const apply = button("Apply", () => {}, "quiet small");
    apply.type = "submit";
    const form = el("form", { class: "price-form", novalidate: true }, min.node, max.node, apply);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#check()) onChange({ min: this.#text("min"), max: this.#text("max") });
    });
    this.node = el(
      "fieldset",
      { class: "facet" },
      el("legend", {}, `Price in ${currency}`),
      form,
      this.#problem,
    );
  }

  update({ min, max }) {
    for (const [side, value] of Object.entries({ min, max })) this.#inputs[side].value = value;
    this.#tell(null);
  }

  #check() {
    const wrong = ["min", "max"].find((side) => this.#text(side) !== "" && !AMOUNT.test(this.#text(side)));
    this.#tell(wrong ?? null);
    if (wrong) this.#inputs[wrong].focus();
    return wrong === undefined;
  }

  #tell(wrong) {
    for (const [side, input] of Object.entries(this.#inputs)) {
      if (side === wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    this.#problem.hidden = wrong === null;
    this.#problem.textContent = wrong === null ? "" : WRONG;
  }

  #text(side) {
    return this.#inputs[side].value.trim().replace(",", ".");
  }
}
