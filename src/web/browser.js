// What is shorter, or only safe, in JavaScript. Every function here is called from src/web and nowhere else.

/** An object's own member; `undefined` for everything inherited, and where a getter throws. */
export function own(value, key) {
  try {
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  } catch {
    return undefined;
  }
}

/** The name of an object's own member; `undefined` past the last one, and where a proxy throws. */
export function ownKey(value, index) {
  try {
    return isObject(value) ? Object.keys(value)[index] : undefined;
  } catch {
    return undefined;
  }
}

/** An array's element; `undefined` past its end, and where a proxy throws. */
export function element(value, index) {
  try {
    return Array.isArray(value) ? value[index] : undefined;
  } catch {
    return undefined;
  }
}

/** 0 null, 1 boolean, 2 number, 3 string, 4 array, 5 object: the order of `Kind`; 6 nothing. */
export function kind(value) {
  try {
    if (value == null) return value === null ? 0 : 6;
    if (Array.isArray(value)) return 4;
    return ["boolean", "number", "string"].indexOf(typeof value) + 1 || 5;
  } catch {
    return 6; // A revoked proxy.
  }
}

/** The kind of an own member. */
export function kindOf(value, key) {
  return kind(own(value, key));
}

/** An own member that is a string. */
export function textOf(value, key) {
  const member = own(value, key);
  return typeof member === "string" ? member : undefined;
}

/** An own member that is a number, or NaN. */
export function numberOf(value, key) {
  const member = own(value, key);
  return typeof member === "number" ? member : NaN;
}

/** Whether an own member is this text. */
export function holds(value, key, text) {
  return own(value, key) === text;
}

/** Whether an own member is `true`. */
export function isTrue(value, key) {
  return own(value, key) === true;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The UTF-8 text as JSON, or `undefined`; `JSON.parse` never returns that. */
export function parseJson(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** What was parsed lately: the addresses of a page and its servers, again and again. */
const parsed = new Map();
const MOST_PARSED = 16;

/** `origin host href` of a URL; `undefined` when it is none. */
export function parseUrl(text, base) {
  const known = base === undefined && parsed.get(text);
  if (known) return known;
  try {
    const { origin, hostname, href } = new URL(text, base);
    const parts = `${origin} ${hostname} ${href}`;
    if (parsed.size === MOST_PARSED) parsed.clear();
    if (base === undefined) parsed.set(text, parts);
    return parts;
  } catch {
    return undefined;
  }
}

/** The `index`-th value of a parameter in a query. */
export function parameter(query, name, index) {
  return new URLSearchParams(query).getAll(name)[index];
}

/** ms since the epoch. */
export function now() {
  return Date.now();
}

/** ms since the epoch, or NaN. */
export function parseDate(text) {
  return Date.parse(text);
}

/** The page's address; empty where there is no page. */
export function address() {
  return globalThis.location?.href ?? "";
}

/** Sets a member of an object of ours; what is absent becomes `null`. */
export function set(object, key, value) {
  object[key] = value ?? null;
}

/** An object of ours. */
export function object() {
  return {};
}

/** Sets a member of an object of ours to a copy of what lies in the memory of the wasm. */
export function setBytes(object, key, bytes) {
  object[key] = bytes.slice();
}

/** What lies in the memory of the wasm, to be copied before the question is over. */
export function lent(bytes) {
  return bytes;
}

/** Appends to a list in an object of ours. */
export function push(object, key, text) {
  (object[key] ??= []).push(text);
}
