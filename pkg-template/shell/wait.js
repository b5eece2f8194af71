// Waiting: for a time, for a ring, for work that many want; always with a way to give up.

import { NetworkError } from "./errors.js";

/** Browsers take longer delays for none at all. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** What the one who gave up is told. */
export function abandoned(signal) {
  return new NetworkError("The caller aborted.", { code: "aborted", cause: signal.reason });
}

/** The promise's outcome, unless the caller gives up first. The work itself goes on. */
export function until(promise, signal) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(abandoned(signal));
    const settle = (how) => (outcome) => {
      signal?.removeEventListener("abort", giveUp);
      how(outcome);
    };
    promise.then(settle(resolve), settle(reject));
    if (signal?.aborted) giveUp();
    signal?.addEventListener("abort", giveUp);
  });
}

/** Resolves after so many ms. */
export function sleep(ms, signal) {
  let timer;
  const elapsed = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, LONGEST_DELAY));
  });
  return until(elapsed, signal).finally(() => clearTimeout(timer));
}

/**
 * The work's outcome, within a time; what is left of it learns by its signal that it is over.
 *
 * @param {(ending: AbortSignal) => Promise<unknown>} work
 * @param {{ timeoutMs: number, signal?: AbortSignal }} terms
 * @param {() => Error} late
 */
export async function inTime(work, { timeoutMs, signal }, late) {
  const ending = new AbortController();
  let timer;
  const overdue = new Promise((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.min(timeoutMs, LONGEST_DELAY));
  });
  try {
    return await until(Promise.race([work(ending.signal), overdue]), signal);
  } finally {
    clearTimeout(timer);
    // With a reason, so that none is made, which takes longer than all the rest.
    ending.abort(null);
  }
}

/** Tells everyone who waits for it, each time it rings. */
export class Bell {
  #ring;
  #rung;

  constructor() {
    this.#hang();
  }

  /** Resolves at the next ring. */
  next() {
    return this.#rung;
  }

  ring() {
    const ring = this.#ring;
    this.#hang();
    ring();
  }

  #hang() {
    this.#rung = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}

/** One piece of work for all who want it at the same time: those who come later join the one under way. */
export function singleFlight() {
  let underWay;
  return (work) => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** The same for work that is given up, by the signal that it gets, when all who wanted it have given up. */
export function wantedFlight() {
  let underWay;
  const begin = (work) => {
    const givenUp = new AbortController();
    return { wanted: 0, givenUp, outcome: work(givenUp.signal) };
  };
  return (work, signal) => {
    const flight = (underWay ??= begin(work));
    const land = () => {
      if (underWay === flight) underWay = undefined;
    };
    flight.wanted++;
    return until(flight.outcome.finally(land), signal).finally(() => {
      if (--flight.wanted > 0) return;
      land();
      flight.givenUp.abort();
    });
  };
}
