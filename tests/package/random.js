// Random choices that a seed repeats, so that a failure can be run again.

/** @param {number} seed */
export function seeded(seed) {
  let state = seed >>> 0;
  /** Uniform in [0, 1): mulberry32. */
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(number() * limit);
  return {
    below,
    chance: (probability) => number() < probability,
    pick: (items) => items[below(items.length)],
    several: (items, count) => Array.from({ length: count }, () => items[below(items.length)]),
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(""),
  };
}
