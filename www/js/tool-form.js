import { el } from "./dom.js";
import { arrayField } from "./tool-form-array.js";
import { jsonField, requiredMark, scalarField } from "./tool-form-scalar.js";

/**
 * A form drawn from a JSON Schema.
 *
 * @typedef {object} SchemaField
 * @property {HTMLElement} node
 * @property {() => unknown} read the value; undefined when the field was left empty
 * @property {() => boolean} check marks what is wrong; true when nothing is
 * @property {(value: unknown) => void} fill
 */

/** Schemas may refer to themselves; below this depth a field is typed as JSON. */
const DEEPEST = 6;

/** @param {{type?: string, properties?: object, required?: string[]}} schema a tool's `inputSchema` */
export function schemaForm(schema) {
  return objectFields(schema, { root: schema, depth: 0 });
}

/**
 * The field for one schema.
 *
 * @param {string} name as the tool calls it
 * @param {object} given
 * @param {{required: boolean, root: object, depth: number, entry?: boolean}} place `entry`: one of a list, there
 *   because it was added
 * @returns {SchemaField}
 */
export function schemaField(name, given, place) {
  const schema = plainSchema(given, place.root);
  const look = { name, schema, required: place.required, marked: place.required && !place.entry };
  if (place.depth > DEEPEST) return jsonField(look);
  if (schema.type === "object" && Object.keys(schema.properties ?? {}).length > 0)
    return groupField(look, place);
  if (schema.type === "array" && schema.items && !Array.isArray(schema.items))
    return arrayField(look, place, schemaField);
  return scalarField(look) ?? jsonField(look);
}

/** @returns {SchemaField} */
function objectFields(schema, place) {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    schemaField(name, property, { root: place.root, required: required.has(name), depth: place.depth + 1 }),
  ]);
  return {
    node: el(
      "div",
      { class: "tool-form" },
      fields.map(([, field]) => field.node),
    ),
    read: () =>
      Object.fromEntries(
        fields.map(([name, field]) => [name, field.read()]).filter(([, value]) => value !== undefined),
      ),
    check: () => fields.map(([, field]) => field.check()).every(Boolean),
    fill: (value) => {
      for (const [name, field] of fields) field.fill(value?.[name]);
    },
  };
}

/** An object inside an object. Left empty altogether, an optional one is not sent and nothing in it is missed. */
function groupField({ name, schema, required, marked }, place) {
  const inner = objectFields(schema, place);
  const used = () => required || Object.keys(inner.read()).length > 0;
  return {
    node: el(
      "fieldset",
      { class: "tool-group" },
      el("legend", {}, name, marked && requiredMark()),
      schema.description && el("p", { class: "small soft" }, schema.description),
      inner.node,
    ),
    read: () => (used() ? inner.read() : undefined),
    check: () => !used() || inner.check(),
    fill: inner.fill,
  };
}

/** A schema without references, null alternatives and one-armed choices. */
function plainSchema(given, root, hops = 0) {
  if (given === null || typeof given !== "object" || hops > DEEPEST) return {};
  if (typeof given.$ref === "string") return plainSchema(referred(given.$ref, root), root, hops + 1);
  if (Array.isArray(given.type)) return { ...given, type: given.type.find((type) => type !== "null") };
  const arms = (given.anyOf ?? given.oneOf ?? []).filter?.((arm) => arm?.type !== "null") ?? [];
  if (!given.type && arms.length === 1)
    return plainSchema({ ...given, anyOf: undefined, oneOf: undefined, ...arms[0] }, root, hops + 1);
  return given;
}

/** `#/$defs/name`, and nothing outside this document. */
function referred(pointer, root) {
  if (!pointer.startsWith("#/")) return {};
  return pointer
    .slice(2)
    .split("/")
    .reduce((at, step) => {
      const key = decodeURIComponent(step).replace(/~1/g, "/").replace(/~0/g, "~");
      return at !== null && typeof at === "object" && Object.hasOwn(at, key) ? at[key] : null;
    }, root);
}
