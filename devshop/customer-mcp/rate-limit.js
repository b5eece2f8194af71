/** A token bucket over the tool calls of the shop, refilled continuously and never fuller than one second's worth. */
export class RateLimit {
  #settings;
  #tokens;
  #filledAt;

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
    if (!limit) return null;
    const now = performance.now();
    this.#tokens = Math.min(this.#capacity(), this.#tokens + ((now - this.#filledAt) / 1000) * limit.perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return limit;
    this.#tokens -= 1;
    return null;
  }

  #refill() {
    this.#tokens = this.#capacity();
    this.#filledAt = performance.now();
  }

  #capacity() {
    return Math.max(1, this.#settings.current.rateLimit?.perSecond ?? 1);
  }
}
