const LOCALE = document.documentElement.lang || "en";
const DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });

/** @param {{amount: string, currency: string} | null} money a decimal amount with its currency code */
export function formatMoney(money) {
  if (!money) return "";
  const amount = Number(money.amount);
  if (!Number.isFinite(amount)) return `${money.amount} ${money.currency}`.trim();
  try {
    return new Intl.NumberFormat(LOCALE, { style: "currency", currency: money.currency }).format(amount);
  } catch {
    return `${money.amount} ${money.currency}`.trim();
  }
}

/** `3 October 2026`, or the text itself when it is not a date. */
export function formatDate(text) {
  return dateIn(DAY, text);
}

/** `Saturday, October 3`, for days close by. */
export function formatWeekday(text) {
  return dateIn(WEEKDAY, text);
}

function dateIn(format, text) {
  const time = Date.parse(text);
  return Number.isNaN(time) ? String(text) : format.format(time);
}

/** `RETURN_REQUESTED` as `Return requested`. */
export function words(code) {
  const text = String(code).replace(/[_-]+/g, " ").trim().toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function pieces(count) {
  return count === 1 ? "1 piece" : `${count} pieces`;
}
