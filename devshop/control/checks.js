/** Checks of a setting's value: null, or what is wrong with it. */
export const boolean = (value) => (typeof value === "boolean" ? null : "must be true or false");

export const oneOf = (...allowed) => (value) =>
  allowed.includes(value) ? null : `must be one of ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;

export const integerFrom = (least) => (value) =>
  Number.isSafeInteger(value) && value >= least ? null : `must be a whole number, at least ${least}`;

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
