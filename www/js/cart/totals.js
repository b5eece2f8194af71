import { el } from "../dom.js";
import { words } from "../format.js";

/**
 * The totals of a cart or checkout as the shop gives them: its order, its words, its numbers. Nothing is added up here.
 *
 * @param {{totals: import("/pkg/index.js").Total[], currency: string}} resource
 * @param {(amount: number, currency: string) => string} text
 */
export function totalsView({ totals, currency }, text) {
  return el(
    "dl",
    { class: "totals" },
    totals.map(({ type, display_text: label, amount }) =>
      el(
        "div",
        { class: type === "total" ? "grand" : null, "data-type": type },
        el("dt", {}, label ?? words(type)),
        el("dd", {}, text(amount, currency)),
      ),
    ),
  );
}

/** The amount of one type, or null. */
export function amountOf(totals, wanted) {
  return totals.find(({ type }) => type === wanted)?.amount ?? null;
}
