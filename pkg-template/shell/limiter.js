// The pace of the calls to one server. It is open until the server first refuses for its rate; from then on it goes as fast
// as the server was seen to allow, and a little faster each time that is well received.

import { RateLimitError } from "./errors.js";
import { inTime } from "./wait.js";

/** Calls under way at the same time: few enough that a burst does not spend more than this on learning of a limit. */
const MOST_AT_ONCE = 10;
/** The upper bound of the first wait where a server does not say how long, ms; it doubles up to `LONGEST`. */
const FIRST = 500;
const LONGEST = 30_000;
/** Added to a wait that a server names, so that those it turned away do not come back as one, ms. */
const SPREAD = 250;
/** Without a refusal for so long, the limit is forgotten, ms. */
const MEMORY = 60_000;

export class Limiter {
  /** Calls that wait for their turn, in order: those never sent, and those that were refused. */
  #fresh = [];
  #refused = [];
  #atOnce = 0;
  /** Between two calls, ms; 0 while open. */
  #interval = 0;
  #sentAt = 0;
  /** As a server asked for, ms since the epoch. */
  #pausedUntil = 0;
  #learnedAt = 0;
  /** When the last calls were answered. */
  #answers = [];
  #timer;

  /**
   * Makes the attempt when it is its turn, and again after each `rate_limited`: a limited call was not executed.
   *
   * @param {() => Promise<unknown>} attempt
   * @param {{ patienceMs: number, signal?: AbortSignal }} terms patienceMs: how long it may wait in all
   * @throws {RateLimitError} when that is not enough.
   */
  async run(attempt, { patienceMs, signal }) {
    const call = { left: patienceMs, tries: 0, distance: 1, notBefore: 0, overdueAt: Infinity };
    for (;;) {
      await this.#turn(call, signal);
      const sentAt = performance.now();
      try {
        const outcome = await attempt();
        this.#praise(call);
        return outcome;
      } catch (error) {
        if (error.code !== "rate_limited") throw error;
        // A lone call has no pace, only its own wait.
        const isAlone = this.#fresh.length + this.#refused.length === 0 && this.#atOnce === 1;
        if (!isAlone) this.#learn(error.retryAfterMs, sentAt);
        call.distance = isAlone ? 0 : 2;
        this.#postpone(call, error);
      } finally {
        this.#atOnce--;
        this.#go();
      }
    }
  }

  /** Resolves when the call may be sent. */
  async #turn(call, signal) {
    const queue = call.tries ? this.#refused : this.#fresh;
    const began = performance.now();
    const turn = new Promise((resolve) => {
      call.go = resolve;
    });
    call.waits = true;
    queue.push(call);
    this.#go();
    if (!call.waits) return;
    try {
      await inTime(() => turn, { timeoutMs: call.left, signal }, () => call.refusal ?? tooMany());
    } catch (error) {
      if (call.waits) queue.splice(queue.indexOf(call), 1);
      // Its turn came in the same moment.
      else this.#atOnce--;
      this.#go();
      throw error;
    } finally {
      call.left -= performance.now() - began;
    }
  }

  /** Sends whose turn it is; comes back by itself when the next one's has come. */
  #go() {
    clearTimeout(this.#timer);
    while (this.#atOnce < MOST_AT_ONCE) {
      const now = performance.now();
      const queue = this.#refused[0]?.overdueAt <= now || !this.#fresh.length ? this.#refused : this.#fresh;
      const call = queue[0];
      if (!call) return;
      // Who was refused once goes when it is safe: others try out the pace, and it keeps a greater distance.
      const at = Math.max(call.notBefore, this.#pausedUntil, this.#sentAt + this.#interval * call.distance);
      if (at > now) {
        this.#timer = setTimeout(() => this.#go(), Math.ceil(at - now));
        return;
      }
      queue.shift();
      call.waits = false;
      this.#atOnce++;
      this.#sentAt = now;
      call.go();
    }
  }

  #praise(call) {
    const now = performance.now();
    while (now - this.#answers[0] >= 1_000) this.#answers.shift();
    this.#answers.push(now);
    if (now - this.#learnedAt > MEMORY) this.#interval = 0;
    else if (!call.tries) this.#interval *= 0.99;
  }

  #learn(named, sentAt) {
    const now = performance.now();
    if (named !== null) this.#pausedUntil = Math.max(this.#pausedUntil, now + named);
    // What was sent before the last lesson tells nothing about the pace since.
    if (this.#learnedAt > sentAt) return;
    const lately = this.#answers.filter((at) => now - at < 1_000).length;
    this.#interval = this.#interval ? Math.min(LONGEST, this.#interval * 2) : 1_250 / Math.max(lately, 4);
    this.#learnedAt = now;
  }

  /** As the refusal asks, or by exponential back-off with full jitter. Throws the refusal when that is too long a wait. */
  #postpone(call, refusal) {
    const chance = Math.random();
    const named = refusal.retryAfterMs;
    const wait = named === null ? chance * Math.min(LONGEST, FIRST * 2 ** call.tries) : named + chance * SPREAD;
    if (wait > call.left || call.left <= 0) throw refusal;
    // A server that never says how long must not be asked for ever by waits near zero.
    call.left -= Math.max(0, FIRST - wait);
    call.tries++;
    call.refusal = refusal;
    call.notBefore = performance.now() + wait;
    call.overdueAt = performance.now() + call.left / 2;
  }
}

function tooMany() {
  const sentence = "More calls wait for this server than it answers within `rateLimitWaitMs`: call less often.";
  return new RateLimitError(sentence, { code: "rate_limited", retryable: true });
}
