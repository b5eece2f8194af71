import { el, icon, ICONS } from "../dom.js";
import { messageLine } from "./messages.js";

/** The field for a discount code, and the codes that are in the cart. */
export class DiscountCodes {
  #onCodes;
  #codes = [];
  #input = el("input", {
    class: "input",
    id: "discount-code",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 64,
  });
  #list = el("ul", { class: "codes", "aria-label": "Codes in your cart" });
  #said = el("div", { class: "line-said" });

  /** @param {(codes: string[]) => void} onCodes told all codes, when one was added or taken out */
  constructor(onCodes) {
    this.#onCodes = onCodes;
    const form = el(
      "form",
      { class: "code-form", novalidate: true },
      el("label", { class: "label", for: this.#input.id }, "Discount code"),
      el(
        "div",
        { class: "code-row" },
        this.#input,
        el("button", { type: "submit", class: "button button-quiet" }, "Apply"),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add(this.#input.value.trim());
    });
    this.node = el("div", { class: "discount-codes" }, form, this.#list, this.#said);
  }

  /**
   * @param {{codes?: string[], applied?: {code: string, title?: string}[]}} [discounts] as the cart has them
   * @param {import("/pkg/index.js").Message[]} messages about codes
   */
  update({ codes = [], applied = [] } = {}, messages) {
    this.#codes = codes;
    this.#list.hidden = codes.length === 0;
    this.#list.replaceChildren(...codes.map((code) => this.#chip(code, applied)));
    this.#said.replaceChildren(...messages.map(messageLine));
  }

  #chip(code, applied) {
    const grant = applied.find((entry) => entry.code?.toUpperCase() === code.toUpperCase());
    return el(
      "li",
      { class: `chip ${grant ? "tone-good" : "tone-warn"}` },
      code,
      grant?.title && el("span", { class: "code-title" }, grant.title),
      el(
        "button",
        {
          type: "button",
          class: "chip-button",
          "aria-label": `Take out the code ${code}`,
          onclick: () => this.#onCodes(this.#codes.filter((other) => other !== code)),
        },
        icon(ICONS.close, 14),
      ),
    );
  }

  #add(code) {
    if (code === "") return this.#input.focus();
    this.#input.value = "";
    const known = this.#codes.some((other) => other.toUpperCase() === code.toUpperCase());
    return known ? undefined : this.#onCodes([...this.#codes, code]);
  }
}
