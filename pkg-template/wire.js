// Turns raw traffic into the `wire` event's detail (WireDetail in index.d.ts), with the secrets masked: a mask keeps
// a token's public prefix and the length, `shcat_…(42 characters)`.
//
// Bodies are masked as text, whatever they claim to be, so that half an answer, an event stream, JSON inside of JSON
// strings and plain garbage are treated alike. Where the text is ambiguous, more is masked rather than less: a member
// named `state` or `code` is masked in an address or a tool's answer too.
//
// Every expression here is matched in linear time; one that could fail late is written so that it cannot fail.

const BODY_LIMIT = 64 * 1024;
/** A mask is shorter than what it hides: what is looked at to fill the limit. */
const LOOK_LIMIT = 4 * BODY_LIMIT;

const SECRET_HEADERS = /authorization|cookie|dpop|token|secret|password|api-?key/i;
const SCHEME = /^(?:Basic|Bearer|Digest|DPoP|Negotiate|OAuth|Signature) +/i;
const TOKEN_PREFIX = /^sh[cp][a-z]{1,6}_/;

// The joint may be missing (camelCase) or escaped.
const JOINT = "(?:[_-]|%5f|\\\\+u005f)?";
const SECRET_NAME = [
  `(?:access|actor|id|logout|refresh|session|subject)${JOINT}token(?:${JOINT}hint)?`,
  `(?:(?:device|user)${JOINT})?code(?:${JOINT}verifier)?`,
  `client${JOINT}(?:assertion|secret)`,
  "assertion|nonce|password|state",
].join("|");

/** Between the parts of JSON: white space, that of JSON inside of a string, the `data:` of an event stream. */
const GAP = "(?:\\s|\\\\+[nrt]|data:)*";
/** A JSON member's name up to its value, or to the first item of a list. */
const MEMBER = new RegExp(`["'](${SECRET_NAME})(\\\\*["'])${GAP}:${GAP}(\\[${GAP})?`, "gi");
const OPENING_QUOTE = /(\\*)(["'])/y;
const NUMBER = /[-+.\d][-+.\deE]*/y;
const COMMA = new RegExp(`${GAP},${GAP}`, "y");

/** `name=value` in a form, a query or a fragment; the same percent-encoded once or more often, up to its own `&`. */
const BEFORE_NAME = "(?<=^|[^\\w%-]|%(?:25){0,4}[0-9a-f]{2})";
const PARAMETER = new RegExp(`(${BEFORE_NAME}(?:${SECRET_NAME})=)([^&\\s"<>\\\\]+)`, "gi");
const ENCODED_PARAMETER = new RegExp(
  `(${BEFORE_NAME}(?:${SECRET_NAME})%((?:25){0,4})3d)((?:(?!%\\2(?:26|22))[^&\\s"<>\\\\])+)`,
  "gi",
);

/** `https://user:password@host`. */
const USER_INFO = /(:\/\/)([^/?#@\s"\\]*)(?=@)/g;

/** What looks like a JWT or like one of Shopify's tokens, wherever it stands. */
const TOKEN = /sh[cp][a-z]{1,6}_[\w.~+/=-]*|eyJ[\w-]*(?:\.[\w-]*)*/g;

/**
 * @param {{ exchange: number, phase: string, method: string, url: string, headers?: [string, string][],
 *   status?: number, body?: string | BufferSource, durationMs?: number, signatureBase?: string }} traffic
 * @returns {import("./index.js").WireDetail}
 */
export function describe({ exchange, phase, method, url, headers, status, body, durationMs, signatureBase }) {
  const detail = { exchange, phase, method: masked(textOf(method)), url: masked(textOf(url)), headers: {} };
  detail.headers = Object.fromEntries(maskedHeaders(headers));
  if (typeof status === "number") detail.status = status;
  if (body !== undefined && body !== null) detail.body = cut(masked(textOf(body)));
  if (typeof durationMs === "number") detail.durationMs = durationMs;
  // It holds no credential: methods, addresses, digests, names.
  if (typeof signatureBase === "string") detail.signatureBase = signatureBase;
  return detail;
}

function textOf(value) {
  if (typeof value === "string") return value.slice(0, LOOK_LIMIT);
  if (value instanceof URL) return textOf(value.href);
  if (!(value instanceof ArrayBuffer || ArrayBuffer.isView(value))) return "";
  const bytes = ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  return new TextDecoder().decode(bytes.slice(0, LOOK_LIMIT));
}

/** Cuts at the limit in UTF-8, never through a character. */
function cut(text) {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(BODY_LIMIT));
  return text.slice(0, read);
}

function maskedHeaders(headers) {
  const byName = new Map();
  for (const [name, value] of Array.isArray(headers) ? headers : []) {
    const key = textOf(name).toLowerCase();
    const shown = SECRET_HEADERS.test(key) ? maskedCredential(textOf(value)) : masked(textOf(value));
    byName.set(key, byName.has(key) ? `${byName.get(key)}, ${shown}` : shown);
  }
  return byName;
}

function maskedCredential(value) {
  const scheme = SCHEME.exec(value)?.[0] ?? "";
  return scheme + mask(value.slice(scheme.length));
}

function masked(text) {
  return maskedMembers(text)
    .replace(PARAMETER, (_, name, value) => name + mask(value))
    .replace(ENCODED_PARAMETER, (_, name, level, value) => name + mask(value))
    .replace(USER_INFO, (_, slashes, user) => slashes + mask(user))
    .replace(TOKEN, (token, at, all) => (isToken(token, at + token.length === all.length) ? mask(token) : token));
}

/** One segment of base64url may be a cursor; it is taken for a JWT where the text was cut before its first dot. */
function isToken(text, endsText) {
  return text.startsWith("eyJ") ? endsText || text.includes(".") : true;
}

function mask(secret) {
  const prefix = TOKEN_PREFIX.exec(secret)?.[0] ?? "";
  return secret.length > prefix.length ? `${prefix}…(${secret.length} characters)` : secret;
}

/**
 * Masks the strings and numbers that are values of JSON members with a secret's name, and the items of lists of them.
 * Objects stay: a tool's schema may describe an argument named `state`.
 */
function maskedMembers(text) {
  let shown = "";
  let done = 0;
  MEMBER.lastIndex = 0;
  for (let member = MEMBER.exec(text); member; member = MEMBER.exec(text)) {
    const [, name, quote, bracket] = member;
    let value = valueAt(text, MEMBER.lastIndex, name, quote);
    while (value) {
      shown += text.slice(done, value.start) + value.shown;
      done = value.end;
      MEMBER.lastIndex = done;
      const comma = bracket && matchAt(COMMA, text, value.after);
      value = comma && valueAt(text, value.after + comma[0].length, name, quote);
    }
  }
  return shown + text.slice(done);
}

function valueAt(text, at, name, quoteOfName) {
  const opening = matchAt(OPENING_QUOTE, text, at);
  if (opening) {
    const [both, backslashes, quote] = opening;
    const start = at + both.length;
    const end = endOfString(text, start, quote, backslashes.length);
    return { start, end, after: end + both.length, shown: mask(text.slice(start, end)) };
  }
  const number = matchAt(NUMBER, text, at)?.[0];
  // A number under `code` is JSON-RPC's error code.
  if (!number || name.toLowerCase() === "code") return null;
  const quote = quoteOfName;
  return { start: at, end: at + number.length, after: at + number.length, shown: quote + mask(number) + quote };
}

function matchAt(expression, text, at) {
  expression.lastIndex = at;
  return expression.exec(text);
}

/**
 * Where a string ends whose opening quote has `depth` backslashes before it: none in JSON, one in JSON inside of a JSON
 * string, then three, seven, … A closing quote has as many, and pairs of backslashes that end the string's own text
 * add multiples of 2 (depth + 1). A quote with fewer ends the string around it.
 */
function endOfString(text, start, quote, depth) {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > start && text[at - backslashes - 1] === "\\") backslashes += 1;
    if (backslashes < depth) return at - backslashes;
    if ((backslashes - depth) % (2 * (depth + 1)) === 0) return at - depth;
  }
  return text.length;
}
