import { TokenBucket } from "../mcp/token-bucket.js";

/** Calls per second: the more the shop knows of a caller the more it may, and always less of checkout than of cart. */
export const DEFAULT_RATES = Object.freeze({
  anonymous: { catalog: 4, cart: 3, checkout: 1, order: 1 },
  signed: { catalog: 10, cart: 8, checkout: 3, order: 2 },
  token: { catalog: 40, cart: 30, checkout: 10, order: 5 },
});

/** The same of the catalog of all shops. */
export const DEFAULT_CATALOG_RATES = Object.freeze({
  anonymous: { catalog: 1 }, signed: { catalog: 3 }, token: { catalog: 5 },
});

/**
 * A check of a table of rates, which may be a part of one.
 *
 * @param {object} whole a table that has all tiers and families
 * @returns {(table: unknown) => string | null}
 */
export const ratesLike = (whole) => (table) => {
  if (!isObject(table)) return "must be an object";
  for (const [tier, families] of Object.entries(table)) {
    if (!Object.hasOwn(whole, tier)) return `has no tier ${tier}`;
    if (!isObject(families)) return `${tier} must be an object`;
    for (const [family, rate] of Object.entries(families)) {
      if (!Object.hasOwn(whole[tier], family)) return `has no family ${family}`;
      if (!(Number.isFinite(rate) && rate > 0)) return `${tier}.${family} must be a number above 0`;
    }
  }
  return null;
};

/** A table of rates with parts of it replaced. */
export function mergeRates(table, patch) {
  return Object.fromEntries(Object.entries(table).map(([tier, families]) => [tier, { ...families, ...patch[tier] }]));
}

/** The limits of a UCP server: a bucket per tier, family and caller. A change of them starts with full buckets. */
export class UcpLimits {
  #settings;
  #names;
  #buckets = new Map();

  /** @param {{limit: string, rates: string}} names of the settings */
  constructor(settings, names) {
    this.#settings = settings;
    this.#names = names;
    settings.onChange((changed) => {
      if (changed.includes(names.limit) || changed.includes(names.rates)) this.#buckets.clear();
    });
  }

  /**
   * @param {import("./identify.js").Identity} identity
   * @param {string} family
   * @returns {object | null} null to go on, else the limit that was hit
   */
  take({ tier, party }, family) {
    const { [this.#names.limit]: limit, [this.#names.rates]: rates } = this.#settings.current;
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
