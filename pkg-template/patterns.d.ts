/**
 * The patterns that Shopify's MCP tools share, as pure, synchronous functions: no browser, no wasm, safe on a server.
 *
 * One policy for errors. Functions that read text somebody else wrote answer `null` (or `false`) when it does not fit
 * and never throw. Functions that take the page's own values, {@link formatGid} and {@link checkQuantity}, throw a
 * `TypeError` for a wrong type and a `RangeError` for a wrong number.
 */

/** The parts of a global id, `gid://shopify/<Type>/<id><suffix>`. */
export interface Gid {
  /** For instance `Order`, `ProductVariant`. */
  type: string;
  /** Often digits, but not always (carts): keep it as text. */
  id: string;
  /** What follows the id, with its first character (`?key=…`, `/…`, `#…`); `""` when nothing does. */
  suffix: string;
}

/**
 * Takes a global id apart. `formatGid(parseGid(text))` is `text` again, character for character.
 *
 * @returns `null` for anything but a `gid://shopify/…` with a type and an id and without white space.
 */
export function parseGid(value: unknown): Gid | null;

/**
 * Writes a global id.
 *
 * @throws `TypeError` when a part is empty or holds a character that would make it read back as something else.
 * @throws `RangeError` when a numeric id is above 2^53 - 1 or no integer: such an id is only safe as a string.
 */
export function formatGid(gid: { type: string; id: string | number; suffix?: string }): string;

/**
 * An order number as the shop counts it: without spaces around it and without the optional leading `#`. Letters,
 * prefixes and suffixes that a shop configured are kept: `" #EN1001-A "` gives `"EN1001-A"`.
 *
 * @returns `null` when nothing is left, for control characters, and for what is no string.
 */
export function normalizeOrderNumber(value: unknown): string | null;

/** Whether two order numbers name one order: `#`, outer spaces and case do not count. `false` when either is none. */
export function sameOrderNumber(a: unknown, b: unknown): boolean;

/** A moment, or a calendar day. */
export interface ParsedDate {
  /** ms since the epoch; for a calendar day its beginning in UTC. */
  epochMs: number;
  /** Whether the text was a day without a time. Format one with `timeZone: "UTC"`, or it may become the day before. */
  dateOnly: boolean;
}

/**
 * Reads an ISO 8601 date (`2026-02-28`) or date-time with a zone (`2026-02-28T10:00:00Z`, `…T10:00:00.5+02:00`; seconds
 * may be missing, digits below a millisecond are dropped).
 *
 * @returns `null` for days that the calendar does not have, 24:00 and leap seconds, times without a zone (which moment
 *   they mean is unknown), week and ordinal dates, and any other text.
 */
export function parseDate(value: unknown): ParsedDate | null;

/** Whether `value` is a positive integer up to 2^53 - 1. Strings are not: `"2"` is refused. */
export function isQuantity(value: unknown): value is number;

/**
 * Returns `value` when it is a quantity.
 *
 * @param name What to call it in the error. Default: `quantity`.
 * @throws `TypeError` for anything but a number, numeric strings among it.
 * @throws `RangeError` for numbers that are no positive integer up to 2^53 - 1.
 */
export function checkQuantity(value: unknown, name?: string): number;

/** An amount of money, exactly. */
export interface Money {
  /** Cents, yen, fils: the amount in the smallest unit that ISO 4217 gives the currency. A safe integer. */
  minorUnits: number;
  /** ISO 4217 code. */
  currency: string;
}

/**
 * Reads an amount with its currency, `{ amount: "89.00", currencyCode: "USD" }`, by exact decimal arithmetic. The code
 * may be named `currency`, `currencyCode` or `currency_code`.
 *
 * @returns `null` when the amount is no decimal string (a JSON number does not say whether it counts units or minor
 *   units), has more decimals than the currency, or is beyond 2^53 - 1 minor units; and when the code is missing, given
 *   twice with different values, not three capital letters, or a metal, fund or placeholder without a minor unit (XXX).
 */
export function parseMoney(value: unknown): Money | null;
