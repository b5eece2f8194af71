import { el, freshId } from "../dom.js";
import { CheckList } from "./check-list.js";
import { PriceFacet } from "./price-facet.js";
import { CATALOGS } from "./servers.js";

const COUNTRIES = ["US", "CA", "GB", "DE", "SE", "AU", "JP", "KW"];
const RATINGS = [
  ["", "Any"],
  ["3", "3 stars and up"],
  ["4", "4 stars and up"],
  ["4.5", "4.5 stars and up"],
];
const CONDITIONS = {
  global: [
    ["new", "New"],
    ["secondhand", "Second-hand"],
  ],
  // It knows but one question: whether second-hand things are among the results.
  discover: [["secondhand", "Second-hand too"]],
};

/** What the results can be narrowed by: what the chosen catalog takes, and nothing else. */
export class Facets {
  /** @type {(change: Partial<import("./address.js").Search>) => void} */
  onChange = () => {};
  #country;
  #parts;

  /** @param {import("./servers.js").Server} catalog @param {{country: string, currency: string}} buyer */
  constructor(catalog, { country, currency }) {
    this.#country = country;
    const change = (patch) => this.onChange(patch);
    const make = {
      category: () =>
        checks(
          "Category",
          (categories) => change({ categories }),
          (search, known) => [known.categories(search.categories), search.categories],
        ),
      price: () => {
        const price = new PriceFacet(currency, change);
        return { node: price.node, update: (search) => price.update(search) };
      },
      availability: () =>
        checks(
          "Availability",
          (chosen) => change({ soldOut: chosen.length > 0 }),
          ({ soldOut }) => [[["sold-out", "Show sold out too"]], soldOut ? ["sold-out"] : []],
        ),
      condition: () =>
        checks(
          "Condition",
          (conditions) => change({ conditions }),
          ({ conditions }) => [CONDITIONS[catalog], conditions],
        ),
      shipsTo: () => this.#shipsTo(),
      rating: () => this.#rating(),
      shops: () =>
        checks(
          "Shop",
          (shops) => change({ shops }),
          (search, known) => [known.shops(search.shops), search.shops],
        ),
    };
    this.#parts = CATALOGS[catalog].facets.map((name) => make[name]());
    this.node = el(
      "div",
      { class: "facets" },
      this.#parts.map(({ node }) => node),
    );
  }

  /**
   * @param {import("./address.js").Search} search
   * @param {import("./facet-memory.js").FacetMemory} known
   */
  update(search, known) {
    for (const part of this.#parts) part.update(search, known);
  }

  #shipsTo() {
    const names = new Intl.DisplayNames("en", { type: "region" });
    const id = freshId("ships-to");
    const select = el(
      "select",
      {
        class: "input",
        id,
        onchange: () => this.onChange({ shipsTo: select.value === this.#country ? "" : select.value }),
      },
      COUNTRIES.map((country) => el("option", { value: country }, names.of(country))),
      el("option", { value: "any" }, "Anywhere"),
    );
    return {
      node: el("div", { class: "facet field" }, el("label", { for: id }, "Ships to"), select),
      update: ({ shipsTo }) => {
        select.value = shipsTo || this.#country;
      },
    };
  }

  #rating() {
    const name = freshId("rating");
    const radios = RATINGS.map(([value]) =>
      el("input", { type: "radio", name, value, onchange: () => this.onChange({ rating: value }) }),
    );
    return {
      node: el(
        "fieldset",
        { class: "facet" },
        el("legend", {}, "Rating"),
        RATINGS.map(([, text], index) =>
          el("label", { class: "choice" }, radios[index], el("span", {}, text)),
        ),
      ),
      update: ({ rating }) => {
        for (const radio of radios) radio.checked = radio.value === rating;
      },
    };
  }
}

function checks(title, onChange, read) {
  const list = new CheckList(title, onChange);
  return { node: list.node, update: (search, known) => list.update(...read(search, known)) };
}
