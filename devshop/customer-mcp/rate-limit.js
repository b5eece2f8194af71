import { TokenBucket } from "../mcp/token-bucket.js";

/** The limit on the tool calls of the customer server; a change of it starts with a full bucket. */
export class RateLimit {
  #settings;
  #bucket;

  constructor(settings) {
    this.#settings = settings;
    this.#refill();
    settings.onChange((names) => {
      if (names.includes("rateLimit")) this.#refill();
    });
  }

  /** @returns {object | null} null to go on, else the limit that was hit */
  take() {
    const limit = this.#settings.current.rateLimit;
    if (!limit || this.#bucket.take(limit.perSecond)) return null;
    return limit;
  }

  #refill() {
    this.#bucket = new TokenBucket(this.#settings.current.rateLimit?.perSecond ?? 1);
  }
}
