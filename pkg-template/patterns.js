// The common patterns of Shopify's MCP tools, as pure functions. Types and documentation: patterns.d.ts.
//
// One policy for errors: what reads text that somebody else wrote answers `null` (or `false`) when it does not fit;
// what takes the page's own values (`formatGid`, `checkQuantity`) throws a TypeError or a RangeError.

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

// ISO 4217 by its number of decimals; two where nothing else is said. Not taken from Intl, whose digits are CLDR's:
// what is usual in print, not what the standard says.
const DECIMALS = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

// Metals, funds, tests and "no currency": codes of ISO 4217 that have no minor unit.
const NO_MINOR_UNIT = "XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX";

function decimalsOf(currency) {
  if (!/^[A-Z]{3}$/.test(currency) || NO_MINOR_UNIT.includes(currency)) return null;
  const found = Object.entries(DECIMALS).find(([, codes]) => codes.includes(currency));
  return found ? Number(found[0]) : 2;
}

export function parseMoney(value) {
  const { amount, currency, currencyCode, currency_code } = value ?? {};
  const codes = [currency, currencyCode, currency_code].filter((code) => code !== undefined);
  if (typeof amount !== "string" || codes.some((code) => typeof code !== "string" || code !== codes[0])) return null;
  const decimals = decimalsOf(codes[0]);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (decimals === null || !match) return null;
  const fraction = (match[3] ?? "").padEnd(decimals, "0");
  if (/[1-9]/.test(fraction.slice(decimals))) return null;
  const minorUnits = Number(match[2] + fraction.slice(0, decimals));
  if (!Number.isSafeInteger(minorUnits)) return null;
  return { minorUnits: match[1] && minorUnits ? -minorUnits : minorUnits, currency: codes[0] };
}
