import { paymentHandlers } from "./payment-handlers.js";

/** Ways to write a result; `structuredContent` is what counts, and not every server of the field has it. */
const FORMS = {
  both: (resource) => ({ content: [text(JSON.stringify(resource))], structuredContent: resource }),
  text: (resource) => ({ content: [text(JSON.stringify(resource))] }),
  prose: (resource) => ({ content: [text("Done. See the structured content.")], structuredContent: resource }),
};

export const UCP_RESULT_FORMS = Object.freeze(Object.keys(FORMS));

/**
 * A resource, or what came of a request that led to none, as MCP content.
 *
 * @param {object} resource
 * @param {{version: string, shared: Map<string, string>, status: "success" | "error", form: string, tool: string}} how
 */
export function resultOf(resource, { version, shared, status, form, tool }) {
  const capabilities = Object.fromEntries([...shared].map(([name, date]) => [name, [{ version: date }]]));
  const handlers = tool.endsWith("_checkout") ? paymentHandlers(version) : {};
  return FORMS[form]({ ucp: { version, status, capabilities, payment_handlers: handlers }, ...resource });
}

/** What is wrong with arguments, by their place. */
export function argumentsSentence({ instancePath, keyword, message, params }) {
  const what = keyword === "additionalProperties" ? ` (${params.additionalProperty})` : "";
  return `value at \`${instancePath || "/"}\` ${message}${what}`;
}

/** Arguments that do not fit the schema. */
export function badArguments(problem) {
  return { content: [text(`Invalid arguments: ${problem}`)], isError: true };
}

function text(words) {
  return { type: "text", text: words };
}
