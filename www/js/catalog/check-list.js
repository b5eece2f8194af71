import { el } from "../dom.js";

/** A group of checkboxes whose entries come and go; those that stay are the same elements, so that focus stays too. */
export class CheckList {
  #boxes = new Map();
  #list = el("div", { class: "facet-list" });
  #onChange;

  /** @param {string} title @param {(chosen: string[]) => void} onChange */
  constructor(title, onChange) {
    this.#onChange = onChange;
    this.node = el("fieldset", { class: "facet" }, el("legend", {}, title), this.#list);
  }

  /** @param {[value: string, name: string][]} entries @param {string[]} chosen */
  update(entries, chosen) {
    this.node.hidden = entries.length === 0;
    const rows = entries.map(([value, name]) => this.#boxes.get(value) ?? this.#box(value, name));
    rows.forEach(({ row }, index) => {
      if (this.#list.children[index] !== row)
        this.#list.insertBefore(row, this.#list.children[index] ?? null);
    });
    for (const [value, { row }] of this.#boxes) {
      if (entries.some(([kept]) => kept === value)) continue;
      this.#boxes.delete(value);
      row.remove();
    }
    for (const [value, { box }] of this.#boxes) box.checked = chosen.includes(value);
  }

  #box(value, name) {
    const box = el("input", { type: "checkbox", value, onchange: () => this.#onChange(this.#chosen()) });
    const row = el("label", { class: "choice" }, box, el("span", { class: "break" }, name));
    this.#boxes.set(value, { box, row });
    return { box, row };
  }

  #chosen() {
    return [...this.#boxes].filter(([, { box }]) => box.checked).map(([value]) => value);
  }
}
