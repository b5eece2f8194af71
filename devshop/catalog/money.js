import { SHOP } from "../store/shop.js";

/**
 * The currencies that the shop sells in. `digits` as in ISO 4217; `rate` turns a cent of the shop's own currency into
 * minor units, and `step` is what prices are rounded to.
 */
const CURRENCIES = {
  USD: { digits: 2, rate: 1, step: 1 },
  JPY: { digits: 0, rate: 1.5, step: 10 },
  KWD: { digits: 3, rate: 3.1, step: 50 },
};
const CURRENCY_OF_COUNTRY = { JP: "JPY", KW: "KWD" };

/** The currency of whoever asks: the one that is named, else the country's, else the shop's own. */
export function currencyFor({ currency, address_country: country } = {}) {
  if (Object.hasOwn(CURRENCIES, currency ?? "")) return currency;
  return CURRENCY_OF_COUNTRY[country] ?? SHOP.currency;
}

/** An amount of cents as a price in minor units of a currency. */
export function priceIn(currency, cents) {
  const { rate, step } = CURRENCIES[currency];
  return Math.round((cents * rate) / step) * step;
}

/** An amount for people to read: `$28.00`, `¥4,200`. */
export function formatMoney(currency, amount) {
  const { digits } = CURRENCIES[currency];
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount / 10 ** digits);
}
