// How long one call is ready to wait for a rate limit.

import { sleep } from "./wait.js";

/** The upper bound of the first wait where a server does not say how long, ms; it doubles up to `LONGEST`. */
const FIRST = 500;
const LONGEST = 30_000;
/** Added to a wait that a server names, so that those it turned away do not come back as one, ms. */
const SPREAD = 250;

export class Patience {
  #left;
  #tries = 0;

  /** @param {number} ms at most so long in all */
  constructor(ms) {
    this.#left = ms;
  }

  /** Waits as the refusal asks, or by exponential back-off with full jitter. Throws what is no limit, or too long a wait. */
  async wait(refusal, signal) {
    if (refusal.code !== "rate_limited") throw refusal;
    const chance = Math.random();
    const named = refusal.retryAfterMs;
    const ms = named === null ? chance * Math.min(LONGEST, FIRST * 2 ** this.#tries++) : named + chance * SPREAD;
    if (ms > this.#left || this.#left <= 0) throw refusal;
    // A server that never says how long must not be asked for ever by waits near zero.
    this.#left -= Math.max(ms, FIRST);
    await sleep(ms, signal);
  }
}
