import { button, el, icon, ICONS } from "../dom.js";

/**
 * What the results are narrowed by, each with the way to take it back.
 *
 * @param {import("./address.js").Search} search
 * @param {object} how
 * @param {import("./facet-memory.js").FacetMemory} how.known
 * @param {string} how.currency
 * @param {(change: Partial<import("./address.js").Search>) => void} how.onChange
 * @param {() => void} how.onClear
 */
export function chosenFacets(search, { known, currency, onChange, onClear }) {
  const chips = chosen(search, known, currency);
  if (chips.length === 0) return null;
  return el(
    "div",
    { class: "chosen-facets" },
    el(
      "ul",
      { "aria-label": "Narrowed by" },
      chips.map(([text, change]) =>
        el(
          "li",
          { class: "chip" },
          el("span", {}, text),
          takeBack(text, () => onChange(change)),
        ),
      ),
    ),
    button("Clear all", onClear, "plain small"),
  );
}

function takeBack(text, onclick) {
  return el(
    "button",
    { type: "button", class: "chip-button", "aria-label": `Without: ${text}`, onclick },
    icon(ICONS.close, 14),
  );
}

function chosen({ categories, conditions, shops, min, max, soldOut, shipsTo, rating }, known, currency) {
  const without = (list, value) => list.filter((one) => one !== value);
  const names = new Map([...known.categories(categories), ...known.shops(shops)]);
  return [
    ...categories.map((value) => [names.get(value), { categories: without(categories, value) }]),
    ...(min || max ? [[priceText(min, max, currency), { min: "", max: "" }]] : []),
    ...(soldOut ? [["Sold out too", { soldOut: false }]] : []),
    ...conditions.map((value) => [
      value === "secondhand" ? "Second-hand" : "New",
      { conditions: without(conditions, value) },
    ]),
    ...(shipsTo ? [[shipsTo === "any" ? "Ships anywhere" : `Ships to ${shipsTo}`, { shipsTo: "" }]] : []),
    ...(rating ? [[`${rating} stars and up`, { rating: "" }]] : []),
    ...shops.map((value) => [names.get(value), { shops: without(shops, value) }]),
  ];
}

function priceText(min, max, currency) {
  if (min && max) return `${min} to ${max} ${currency}`;
  return min ? `From ${min} ${currency}` : `To ${max} ${currency}`;
}
