import { Ajv } from "ajv";

const ajv = new Ajv({ allErrors: true, strict: true });
const validators = new Map();

/**
 * Checks a call's arguments against the tool's own input schema.
 *
 * @returns {string | null} every problem, by the argument's name
 */
export function argumentsProblem({ name, inputSchema }, args) {
  if (!validators.has(name)) validators.set(name, ajv.compile(inputSchema));
  const validate = validators.get(name);
  return validate(args) ? null : validate.errors.map(sentence).join("; ");
}

function sentence({ instancePath, keyword, message, params }) {
  const path = instancePath.slice(1).replace(/\/(\d+)/g, "[$1]").replace(/\//g, ".");
  const inside = (name) => (path ? `${path}.${name}` : name);
  if (keyword === "required") return `${inside(params.missingProperty)} is required`;
  if (keyword === "enum") return `${path} must be one of ${params.allowedValues.join(", ")}`;
  return `${path || "arguments"} ${message}`;
}
