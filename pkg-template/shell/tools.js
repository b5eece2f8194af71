// What every MCP server's tools have in common: their list comes in pages, and their answer may be a failure.

import { beside } from "./core.js";
import { invalid, ProtocolError, ToolError } from "./errors.js";
import { isPlainObject, jsonText } from "./json.js";

/** Pages of a tool list: far more than any server has, and an end to one that never stops. */
const MOST_PAGES = 100;

/** The tools of all pages. `page` asks for the one at a cursor. */
export async function allTools(page) {
  const tools = [];
  const cursors = new Set();
  for (let cursor; ; ) {
    const list = Object(await page(cursor));
    if (!Array.isArray(list.tools)) throw new ProtocolError("The tool list is not a list.", { code: "answer_invalid", field: "tools" });
    tools.push(...list.tools);
    cursor = list.nextCursor;
    if (typeof cursor !== "string" || cursor === "") return tools;
    if (cursors.has(cursor) || cursors.size === MOST_PAGES) {
      throw new ProtocolError("The tool list's next page makes no progress.", { code: "answer_invalid", field: "nextCursor" });
    }
    cursors.add(cursor);
  }
}

/** A tool's entry in a server's list. */
export const entryOf = (name, tools) => tools?.find((tool) => tool?.name === name);

/** @throws {OptionsError} for a name that is none. */
export function checkName(name) {
  if (typeof name !== "string") throw invalid("name", "A tool's name is a string.");
}

/** A tool's arguments as text. */
export const argumentsText = (args) => jsonText(args, "arguments", "A tool's arguments are a plain object that JSON can hold.");

/**
 * Holds arguments to the tool's own schema, where it lists one, before anything is sent.
 *
 * @throws {OptionsError} `arguments_invalid`, with the path.
 */
export async function checkArguments(tool, args) {
  if (!isPlainObject(tool?.inputSchema)) return;
  const violation = await violationOf(tool.inputSchema, args);
  if (!violation) return;
  const sentence = `The arguments of ${tool.name} do not fit its inputSchema: ${violation.words}.`;
  throw invalid(violation.path, sentence, "arguments_invalid");
}

/**
 * Holds an answer to the tool's own schema, where it lists one.
 *
 * @throws {ProtocolError} `output_invalid`, with the path.
 */
export async function checkOutput(tool, result) {
  if (!tool?.outputSchema) return;
  const violation = await violationOf(tool.outputSchema, result.structuredContent);
  if (!violation) return;
  const sentence = `The answer of ${tool.name} does not fit its outputSchema: ${violation.words}.`;
  throw new ProtocolError(sentence, { code: "output_invalid", field: violation.path });
}

/** Where a value breaks a schema, and in words which rule; `undefined` where it fits. */
async function violationOf(schema, value) {
  const { check } = await beside(import("../schema.js"));
  const violation = check(schema, value);
  return violation && { path: violation.path, words: `${violation.rule} at ${violation.path || "its root"}` };
}

/** What `read` makes of a tool's result, which goes with the error where that is one. */
export function readingResult(result, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof ToolError) error.result = result;
    throw error;
  }
}
