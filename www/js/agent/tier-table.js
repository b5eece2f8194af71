import { el } from "../dom.js";
import { COLUMNS, TIERS } from "./tiers.js";

/** What each tier may call, with the row marked that calls go as now. */
export class TierTable {
  #rows;

  constructor() {
    this.#rows = TIERS.map(({ tier, name, may }) =>
      el(
        "tr",
        { "data-tier": tier },
        el("th", { scope: "row" }, name),
        may.map((answer, column) => el("td", { "data-label": COLUMNS[column] }, cell(answer))),
      ),
    );
    this.node = el(
      "table",
      { class: "tier-table" },
      el("caption", { class: "label" }, "What each tier may call"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "Tier"),
          COLUMNS.map((name) => el("th", { scope: "col" }, name)),
        ),
      ),
      el("tbody", {}, this.#rows),
    );
  }

  /** @param {import("/pkg/index.js").Tier} tier */
  mark(tier) {
    for (const row of this.#rows) {
      if (row.dataset.tier === tier) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }
}

function cell(answer) {
  if (answer === "yes") return el("span", { class: "chip tone-good" }, "Yes");
  if (answer === "no") return el("span", { class: "chip" }, "No");
  return el("span", { class: "small" }, answer);
}
