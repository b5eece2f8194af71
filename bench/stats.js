// Numbers of many runs, and how far they can be trusted.

/** @returns {{ n: number, median: number, q1: number, q3: number } | null} */
export function summary(values) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { n: sorted.length, median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

export const median = (values) => summary(values)?.median;

/** Of pairs that were measured one after the other: what both share falls out. */
export function ratios(values, references) {
  return summary(values.map((value, at) => value / references[at]));
}

/** In which order each round takes them: another one each time. */
export function shuffled(list) {
  const rest = [...list];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
}

function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** Resampled so often, for an interval. */
const RESAMPLES = 1_000;

/**
 * (ours - bare) / (peer - bare), of medians: how much of what a peer costs beyond the least that is possible we cost. The
 * quartiles are those of resampled runs.
 */
export function shareOfCost(ours, bare, peer) {
  const share = (one, least, other) => (median(one) - median(least)) / (median(other) - median(least));
  const resampled = Array.from({ length: RESAMPLES }, () => share(...[ours, bare, peer].map(resample)));
  const { q1, q3 } = summary(resampled.filter(Number.isFinite));
  return { n: ours.length, median: share(ours, bare, peer), q1, q3 };
}

const resample = (values) => values.map(() => values[Math.floor(Math.random() * values.length)]);
