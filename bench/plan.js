// How often everything is measured: in full, or quickly, to see that it works.

const SIZES = [1_000, 50_000, 1_000_000];
const GROWING = [1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000, 4_000_000];

/** Calls in a row that are timed as one: the shorter a call, the more. */
const batchOf = (bytes) => Math.max(2, Math.min(20, Math.round(1_000_000 / bytes)));
const sizes = (all, rounds) => all.map((bytes) => ({ bytes, rounds, batch: batchOf(bytes) }));

export const FULL = Object.freeze({
  loads: 30,
  calls: sizes(SIZES, 40),
  overhead: { rounds: 40, batch: 200 },
  burst: { calls: 1_000, rounds: 7 },
  sizes: sizes(GROWING, 15),
  tools: { counts: [10, 100, 1_000, 10_000], rounds: 15 },
  tabs: { counts: [1, 2, 4, 8, 16], rounds: 5 },
  memory: 10_000,
  ready: 30,
  pkce: { rounds: 30, batch: 2_000 },
  signing: { rounds: 60, batch: 20 },
});

export const QUICK = Object.freeze({
  loads: 4,
  calls: sizes(SIZES, 10),
  overhead: { rounds: 15, batch: 200 },
  burst: { calls: 1_000, rounds: 2 },
  sizes: sizes(GROWING, 4),
  tools: { counts: [10, 100, 1_000, 10_000], rounds: 4 },
  tabs: { counts: [1, 4], rounds: 2 },
  memory: 2_000,
  ready: 5,
  pkce: { rounds: 8, batch: 1_000 },
  signing: { rounds: 20, batch: 20 },
});
