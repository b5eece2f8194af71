import { el, freshId } from "../dom.js";

/** What the look of a value says. */
const SAID = Object.freeze({ missing: ", not with this choice", "sold-out": ", sold out", there: "" });

/**
 * The options of a product: for each a group of values, with what there is of them beside what is chosen in the others.
 * A value that is not there can be chosen all the same: then another wish gives way. Groups and values stay the same
 * elements over answers, so that focus stays where it is.
 */
export class OptionPickers {
  node = el("div", { class: "option-pickers" });
  #groups = new Map();
  #onPick;

  /** @param {(wish: import("./address.js").Wish) => void} onPick */
  constructor(onPick) {
    this.#onPick = onPick;
  }

  /**
   * @param {import("/pkg/index.js").Product["options"]} options
   * @param {import("./address.js").Wish[]} selected in the end
   */
  update(options, selected) {
    const named = options.filter(({ name, values }) => name && values.length > 0);
    const shape = JSON.stringify(named.map(({ name, values }) => [name, values.map(({ label }) => label)]));
    if (shape !== this.node.dataset.shape) this.#build(named, shape);
    for (const { name, values } of named) {
      const { inputs, chosenText } = this.#groups.get(name);
      // Where there is but one value there is nothing to choose.
      const only = values.length === 1 ? values[0].label : null;
      const chosen = selected.find((one) => one.name === name)?.label ?? only;
      chosenText.textContent = chosen ?? "Please choose";
      chosenText.classList.toggle("is-open", chosen === null);
      for (const value of values) {
        const entry = inputs.get(value.label);
        if (entry) show(entry, value, value.label === chosen);
      }
    }
  }

  /** The names of the options in which nothing is chosen. */
  open() {
    return [...this.#groups]
      .filter(([, { inputs }]) => ![...inputs.values()].some(({ input }) => input.checked))
      .map(([name]) => name);
  }

  /** Puts focus where something is to be chosen. @param {string} name */
  focus(name) {
    const [first] = this.#groups.get(name)?.inputs.values() ?? [];
    first?.input.focus();
  }

  #build(options, shape) {
    this.#groups.clear();
    this.node.dataset.shape = shape;
    this.node.replaceChildren(...options.map(({ name, values }) => this.#group(name, values)));
  }

  #group(name, values) {
    const group = freshId("option");
    const chosenText = el("span", { class: "option-chosen" });
    const inputs = new Map();
    const pills = values
      .filter(({ label }) => label)
      .map(({ label }) => {
        const input = el("input", {
          type: "radio",
          name: group,
          value: label,
          onchange: () => this.#onPick({ name, label }),
        });
        const pill = el("label", { class: "pill" }, input, el("span", { class: "break" }, label));
        inputs.set(label, { input, pill, label });
        return pill;
      });
    this.#groups.set(name, { inputs, chosenText });
    return el(
      "fieldset",
      { class: "option" },
      el(
        "legend",
        {},
        el("span", { class: "label" }, name),
        el("span", { "aria-hidden": "true" }, chosenText),
      ),
      el("div", { class: "pills" }, pills),
    );
  }
}

function show({ input, pill, label }, { available, exists }, isChosen) {
  input.checked = isChosen;
  const state = exists === false ? "missing" : available === false ? "sold-out" : "there";
  pill.dataset.state = state;
  input.setAttribute("aria-label", label + SAID[state]);
}
