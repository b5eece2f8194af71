// The common patterns of Shopify's MCP tools, as pure functions. Types and documentation: patterns.d.ts.
//
// One policy for errors: what reads text that somebody else wrote answers `null` (or `false`) when it does not fit;
// what takes the page's own values (`formatGid`, `checkQuantity`) throws a TypeError or a RangeError.

import { decimalsOf, minorUnits } from "./shell/currency.js";

const GID = /^gid:\/\/shopify\/([^\s/?#]+)\/([^\s/?#]+)((?:[/?#]\S*)?)$/;

export function parseGid(value) {
  const match = typeof value === "string" && GID.exec(value);
  return match ? { type: match[1], id: match[2], suffix: match[3] } : null;
}

export function formatGid(gid) {
  const { type, id, suffix = "" } = gid;
  if (typeof id === "number" && !Number.isSafeInteger(id)) {
    throw new RangeError(`The id ${id} is no safe integer; give it as a string.`);
  }
  const idText = typeof id === "number" ? `${id}` : id;
  const text = `gid://shopify/${type}/${idText}${suffix}`;
  const parsed = parseGid(text);
  if (parsed?.type !== type || parsed.id !== idText || parsed.suffix !== suffix) {
    throw new TypeError("A gid has a type and an id without spaces, /, ? and #; a suffix starts with one of these.");
  }
  return text;
}

export function normalizeOrderNumber(value) {
  if (typeof value !== "string") return null;
  const number = value.trim().replace(/^#/, "").trimStart();
  return number && !/[\0-\x1f\x7f]/.test(number) ? number : null;
}

export function sameOrderNumber(a, b) {
  const [left, right] = [normalizeOrderNumber(a), normalizeOrderNumber(b)];
  return left !== null && left.toUpperCase() === right?.toUpperCase();
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:Z|([+-])(\d\d):(\d\d)))?$/i;

export function parseDate(value) {
  const match = typeof value === "string" && DATE.exec(value);
  if (!match) return null;
  const [year, month, day, hours, minutes, seconds, , , offsetHours, offsetMinutes] =
    match.map((digits) => Number(digits ?? 0)).slice(1);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999, and rolls 30 February over into March.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 23 || offsetMinutes > 59) return null;
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === "-" ? -1 : 1);
  const time = ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + milliseconds;
  return { epochMs: date.getTime() + time, dateOnly: match[4] === undefined };
}

export function isQuantity(value) {
  return Number.isSafeInteger(value) && value > 0;
}

export function checkQuantity(value, name = "quantity") {
  if (typeof value !== "number") {
    throw new TypeError(`${name} must be a number, got ${value === null ? "null" : typeof value}.`);
  }
  if (!isQuantity(value)) throw new RangeError(`${name} must be a positive integer, not ${value}.`);
  return value;
}

export function parseMoney(value) {
  const { amount, currency, currencyCode, currency_code } = value ?? {};
  const codes = [currency, currencyCode, currency_code].filter((code) => code !== undefined);
  if (typeof amount !== "string" || codes.some((code) => typeof code !== "string" || code !== codes[0])) return null;
  const units = minorUnits(amount, decimalsOf(codes[0]));
  return units === null ? null : { minorUnits: units, currency: codes[0] };
}
