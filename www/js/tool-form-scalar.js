import { el, freshId } from "./dom.js";

/**
 * A field for a string, number, boolean or enumeration; null when the schema is none of these.
 *
 * @param {{name: string, schema: object, required: boolean, marked: boolean}} look
 * @returns {import("./tool-form.js").SchemaField | null}
 */
export function scalarField({ name, schema, required, marked }) {
  const kind = kindOf(schema);
  if (!kind) return null;
  const { control, value, problem = () => "" } = kind;
  const start = schema.default === undefined ? "" : asTyped(schema.default);
  control.value = start;
  return field({
    name,
    required,
    marked,
    control,
    hint: schema.description,
    read: () => (control.value === "" ? undefined : value(control.value)),
    problem: () =>
      control.validity.badInput
        ? "This is not a number"
        : control.value === ""
          ? missing(required)
          : problem(control.value),
    fill: (given) => {
      control.value = given === undefined ? start : asTyped(given);
    },
  });
}

/** A field whose value is typed as JSON: for schemas that no other field fits. */
export function jsonField({ name, schema, required, marked }) {
  const control = el("textarea", { class: "input", rows: 4, spellcheck: "false", placeholder: "JSON" });
  return field({
    name,
    required,
    marked,
    control,
    hint: schema.description,
    read: () => parsed(control.value),
    problem: () => {
      if (control.value.trim() === "") return missing(required);
      return parsed(control.value) === undefined ? "This is not JSON" : "";
    },
    fill: (given) => {
      control.value = given === undefined ? "" : JSON.stringify(given, null, 2);
    },
  });
}

function kindOf(schema) {
  if (Array.isArray(schema.enum)) return enumeration(schema.enum);
  switch (schema.type) {
    case "boolean":
      return enumeration([true, false]);
    case "integer":
      return numeric(schema, 1);
    case "number":
      return numeric(schema, "any");
    case "string":
      return textual(schema);
    default:
      return null;
  }
}

function enumeration(values) {
  const control = el(
    "select",
    { class: "input" },
    el("option", { value: "" }, "Choose…"),
    values.map((value) => el("option", { value: asTyped(value) }, asTyped(value))),
  );
  return { control, value: (typed) => values.find((value) => asTyped(value) === typed) };
}

function numeric(schema, step) {
  const { minimum, maximum } = schema;
  const control = el("input", {
    class: "input",
    type: "number",
    step,
    min: minimum,
    max: maximum,
    inputmode: step === 1 ? "numeric" : "decimal",
  });
  return {
    control,
    value: Number,
    problem: (typed) => {
      const number = Number(typed);
      if (step === 1 && !Number.isInteger(number)) return "This must be a whole number";
      if (typeof minimum === "number" && number < minimum) return `At least ${minimum}`;
      if (typeof maximum === "number" && number > maximum) return `At most ${maximum}`;
      return "";
    },
  };
}

const INPUT_TYPES = { email: "email", uri: "url", date: "date" };

function textual({ format, maxLength }) {
  const control =
    maxLength > 200
      ? el("textarea", { class: "input", rows: 3, maxlength: maxLength })
      : el("input", {
          class: "input",
          type: INPUT_TYPES[format] ?? "text",
          maxlength: maxLength,
          autocomplete: "off",
          spellcheck: "false",
        });
  return { control, value: String };
}

function field({ name, required, marked, control, hint, read, problem, fill }) {
  control.id = freshId("argument");
  const hintNode = hint && el("p", { class: "hint", id: `${control.id}-hint` }, hint);
  const problemNode = el("p", { class: "problem", id: `${control.id}-problem`, hidden: true });
  control.setAttribute("aria-describedby", [hintNode?.id, problemNode.id].filter(Boolean).join(" "));
  if (required) control.setAttribute("aria-required", "true");
  const mark = (text) => {
    problemNode.textContent = text;
    problemNode.hidden = text === "";
    control.setAttribute("aria-invalid", String(text !== ""));
    return text === "";
  };
  control.addEventListener("input", () => mark(""));
  return {
    node: el(
      "div",
      { class: "field" },
      el("label", { for: control.id }, name, marked && requiredMark()),
      control,
      hintNode,
      problemNode,
    ),
    read,
    check: () => mark(problem()),
    fill: (value) => {
      fill(value);
      mark("");
    },
  };
}

function missing(required) {
  return required ? "This is required" : "";
}

function asTyped(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(text) {
  try {
    return text.trim() === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function requiredMark() {
  return el("span", { class: "required-mark" }, " (required)");
}
