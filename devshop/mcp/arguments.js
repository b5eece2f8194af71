import { Ajv } from "ajv";

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validators = new WeakMap();

/**
 * Checks a call's arguments against the tool's own input schema.
 *
 * @returns {import("ajv").ErrorObject[]} what is wrong
 */
export function argumentErrors({ inputSchema }, args) {
  if (!validators.has(inputSchema)) validators.set(inputSchema, ajv.compile(inputSchema));
  const validate = validators.get(inputSchema);
  return validate(args) ? [] : validate.errors;
}

/** @returns {string | null} every problem, by the argument's name */
export function argumentsProblem(definition, args) {
  return argumentErrors(definition, args).map(sentence).join("; ") || null;
}

function sentence({ instancePath, keyword, message, params }) {
  const path = instancePath.slice(1).replace(/\/(\d+)/g, "[$1]").replace(/\//g, ".");
  const inside = (name) => (path ? `${path}.${name}` : name);
  if (keyword === "required") return `${inside(params.missingProperty)} is required`;
  if (keyword === "enum") return `${path} must be one of ${params.allowedValues.join(", ")}`;
  return `${path || "arguments"} ${message}`;
}
