// Numbers as people read them.

/** Three digits that mean something. */
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** A median and its quartiles. */
export function spread(summary) {
  if (summary === null || summary === undefined) return "";
  if (typeof summary === "number") return number(summary);
  const { median, q1, q3 } = summary;
  return `${number(median)} (${number(q1)}–${number(q3)})`;
}
