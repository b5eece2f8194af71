/** Checks of a setting's value: null, or what is wrong with it. */
export const boolean = (value) => (typeof value === "boolean" ? null : "must be true or false");

export const oneOf = (...allowed) => (value) =>
  allowed.includes(value) ? null : `must be one of ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;

export const integerFrom = (least) => (value) =>
  Number.isSafeInteger(value) && value >= least ? null : `must be a whole number, at least ${least}`;

export const integerBetween = (least, most) => (value) =>
  integerFrom(least)(value) === null && value <= most ? null : `must be a whole number from ${least} to ${most}`;

export const orNull = (check) => (value) => (value === null ? null : check(value));

/** A list of different things, each of which passes. */
export const listOf = (check, { least = 0 } = {}) => (value) => {
  if (!Array.isArray(value)) return "must be a list";
  if (value.length < least) return `must hold at least ${least}`;
  if (new Set(value).size !== value.length) return "must not name the same thing twice";
  const problem = value.map(check).find(Boolean);
  return problem ? `each ${problem}` : null;
};

/** @param {(value: unknown) => boolean} fits */
export const must = (fits, words) => (value) => (fits(value) ? null : `must be ${words}`);

/** An object with exactly these parts, each of which passes. */
export const partsOf = (parts, name) => (value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return "must be null or an object";
  const unknown = Object.keys(value).find((part) => !Object.hasOwn(parts, part));
  if (unknown) return `${unknown} is not a part of ${name}`;
  for (const [part, check] of Object.entries(parts)) {
    const problem = check(value[part]);
    if (problem) return `${part} ${problem}`;
  }
  return null;
};

/** What every rate limit says: how it refuses, and how long it asks to wait. */
export const LIMIT_PARTS = Object.freeze({
  shape: oneOf("http429", "rpc", "ok200"),
  retryAfter: orNull(must((value) => Number.isFinite(value) && value >= 0, "seconds or null")),
});
