import { el } from "./dom.js";

/** Above this many characters JSON is shown without colours. */
const COLOUR_LIMIT = 60_000;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON, indented and coloured; text that is not JSON as it is.
 *
 * @param {unknown} value text, or a value from JSON.parse
 * @param {string} [label] name of the scrollable box
 */
export function jsonView(value, label = "JSON") {
  const text = indented(value);
  const box = el("pre", { class: "json", tabindex: "0", role: "group", "aria-label": label });
  if (text.length > COLOUR_LIMIT || !/^\s*[[{]/.test(text)) box.textContent = text;
  else box.append(...coloured(text));
  return box;
}

function indented(value) {
  if (typeof value !== "string") return JSON.stringify(value, null, 2) ?? String(value);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

function* coloured(text) {
  let from = 0;
  for (const match of text.matchAll(TOKENS)) {
    if (match.index > from) yield text.slice(from, match.index);
    yield el("span", { class: kindOf(match) }, match[1] ?? match[0]);
    if (match[2]) yield match[2];
    from = match.index + match[0].length;
  }
  if (from < text.length) yield text.slice(from);
}

function kindOf([token, string, colon]) {
  if (string) return colon ? "key" : "text";
  return /^[tfn]/.test(token) ? "word" : "number";
}
