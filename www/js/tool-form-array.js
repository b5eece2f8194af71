import { button, el } from "./dom.js";
import { requiredMark } from "./tool-form-scalar.js";

/**
 * A list whose entries can be added and removed.
 *
 * @param {{name: string, schema: object, required: boolean, marked: boolean}} look
 * @param {{root: object, depth: number}} place
 * @param {typeof import("./tool-form.js").schemaField} fieldFor
 * @returns {import("./tool-form.js").SchemaField}
 */
export function arrayField({ name, schema, required, marked }, place, fieldFor) {
  const entries = [];
  const least = Number.isInteger(schema.minItems) ? schema.minItems : 0;
  const start = required ? Math.max(1, least) : 0;
  const list = el("div", { class: "tool-items" });
  const problem = el("p", { class: "problem", hidden: true });
  const complain = (text) => {
    problem.textContent = text;
    problem.hidden = text === "";
  };

  const add = () => {
    const entry = entryOf(`${name} ${entries.length + 1}`, schema.items, place, fieldFor, () =>
      remove(entry),
    );
    entries.push(entry);
    list.append(entry.node);
    complain("");
    return entry;
  };
  const remove = (entry) => {
    entries.splice(entries.indexOf(entry), 1);
    entry.node.remove();
    entries.forEach((left, index) => left.rename(`${name} ${index + 1}`));
    addButton.focus();
  };
  const addButton = button(`Add to ${name}`, () => add().focus(), "quiet small");
  for (let count = 0; count < start; count += 1) add();

  return {
    node: el(
      "fieldset",
      { class: "tool-group" },
      el("legend", {}, name, marked && requiredMark()),
      schema.description && el("p", { class: "small soft" }, schema.description),
      list,
      el("div", { class: "field" }, problem),
      el("div", {}, addButton),
    ),
    read: () => (entries.length > 0 || required ? entries.map(({ field }) => field.read()) : undefined),
    check: () => {
      const short = required && entries.length < Math.max(1, least);
      complain(short ? `At least ${Math.max(1, least)}` : "");
      return entries.map(({ field }) => field.check()).every(Boolean) && !short;
    },
    fill: (values) => {
      while (entries.length > 0) entries.pop().node.remove();
      const given = Array.isArray(values) ? values : Array.from({ length: start });
      for (const value of given) add().field.fill(value);
    },
  };
}

function entryOf(name, schema, place, fieldFor, onRemove) {
  const field = fieldFor(name, schema, {
    root: place.root,
    required: true,
    entry: true,
    depth: place.depth + 1,
  });
  const removeButton = button("Remove", onRemove, "plain");
  removeButton.setAttribute("aria-label", `Remove ${name}`);
  const title = field.node.querySelector("legend, label");
  const node = field.node.matches("fieldset")
    ? field.node
    : el("div", { class: "tool-group tool-item" }, field.node);
  node.classList.add("tool-item");
  node.append(el("div", {}, removeButton));
  return {
    node,
    field,
    focus: () => node.querySelector("input, select, textarea")?.focus(),
    rename: (text) => {
      title.firstChild.textContent = text;
      removeButton.setAttribute("aria-label", `Remove ${text}`);
    },
  };
}
