import { TokenBucket } from "../mcp/token-bucket.js";

/** Calls per second: the more the shop knows of a caller the more it may, and always less of checkout than of cart. */
export const DEFAULT_RATES = Object.freeze({
  anonymous: { catalog: 4, cart: 3, checkout: 1, order: 1 },
  signed: { catalog: 10, cart: 8, checkout: 3, order: 2 },
  token: { catalog: 40, cart: 30, checkout: 10, order: 5 },
});

/** @returns {string | null} what is wrong with a table of rates, which may be a part of one */
export function ratesProblem(table) {
  if (!isObject(table)) return "must be an object";
  for (const [tier, families] of Object.entries(table)) {
    if (!Object.hasOwn(DEFAULT_RATES, tier)) return `has no tier ${tier}`;
    if (!isObject(families)) return `${tier} must be an object`;
    for (const [family, rate] of Object.entries(families)) {
      if (!Object.hasOwn(DEFAULT_RATES[tier], family)) return `has no family ${family}`;
      if (!(Number.isFinite(rate) && rate > 0)) return `${tier}.${family} must be a number above 0`;
    }
  }
  return null;
}

/** A table of rates with parts of it replaced. */
export function mergeRates(table, patch) {
  return Object.fromEntries(Object.entries(table).map(([tier, families]) => [tier, { ...families, ...patch[tier] }]));
}

/** The limits of the UCP server: a bucket per tier, family and caller. A change of them starts with full buckets. */
export class UcpLimits {
  #settings;
  #buckets = new Map();

  constructor(settings) {
    this.#settings = settings;
    settings.onChange((names) => {
      if (names.includes("ucpRateLimit") || names.includes("ucpRates")) this.#buckets.clear();
    });
  }

  /**
   * @param {import("./identify.js").Identity} identity
   * @param {string} family
   * @returns {object | null} null to go on, else the limit that was hit
   */
  take({ tier, party }, family) {
    const { ucpRateLimit: limit, ucpRates: rates } = this.#settings.current;
    if (!limit) return null;
    const rate = rates[tier][family];
    // Those who say nothing of themselves share one bucket.
    const caller = tier === "anonymous" ? "" : (party.customer ?? party.agent);
    const name = [tier, family, caller].join(" ");
    if (!this.#buckets.has(name)) this.#buckets.set(name, new TokenBucket(rate));
    return this.#buckets.get(name).take(rate) ? null : limit;
  }
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
