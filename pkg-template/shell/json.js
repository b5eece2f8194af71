// JSON that may not be JSON.

import { invalid } from "./errors.js";

/** The value, or `undefined`, which is no JSON value. */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object as text. `sentence` says of `field` what was expected where it has none (a cycle, a BigInt). */
export function jsonText(value, field, sentence) {
  try {
    const text = JSON.stringify(value);
    if (text?.startsWith("{")) return text;
  } catch {
    // Said below.
  }
  throw invalid(field, sentence);
}

export const isPlainObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
