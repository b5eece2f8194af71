/** A bucket that is refilled continuously, and never fuller than one second's worth. */
export class TokenBucket {
  #tokens;
  #filledAt;

  constructor(perSecond) {
    this.#tokens = capacity(perSecond);
    this.#filledAt = performance.now();
  }

  /** @returns {boolean} whether there was one to take, at what is the rate now */
  take(perSecond) {
    const now = performance.now();
    this.#tokens = Math.min(capacity(perSecond), this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

function capacity(perSecond) {
  return Math.max(1, perSecond);
}
