import { SHOP } from "../store/shop.js";

/**
 * The currencies that somebody here sells in. `digits` as in ISO 4217; `rate` turns a cent of the shop's own currency
 * into minor units, and `step` is what prices are rounded to.
 */
const CURRENCIES = {
  USD: { digits: 2, rate: 1, step: 1 },
  EUR: { digits: 2, rate: 0.92, step: 50 },
  GBP: { digits: 2, rate: 0.79, step: 50 },
  CAD: { digits: 2, rate: 1.37, step: 50 },
  AUD: { digits: 2, rate: 1.52, step: 50 },
  SEK: { digits: 2, rate: 10.5, step: 1000 },
  JPY: { digits: 0, rate: 1.5, step: 10 },
  KWD: { digits: 3, rate: 3.1, step: 50 },
};
const EURO_COUNTRIES = ["AT", "BE", "DE", "ES", "FI", "FR", "IE", "IT", "NL", "PT"];

export const CURRENCY_OF_COUNTRY = Object.freeze({
  US: "USD", GB: "GBP", CA: "CAD", AU: "AUD", SE: "SEK", JP: "JPY", KW: "KWD",
  ...Object.fromEntries(EURO_COUNTRIES.map((country) => [country, "EUR"])),
});
/** What the shop itself sells in. */
export const SHOP_CURRENCIES = Object.freeze(["USD", "JPY", "KWD"]);
/** What anybody sells in. */
export const ALL_CURRENCIES = Object.freeze(Object.keys(CURRENCIES));

/** The currency of whoever asks the shop: the one that is named, else the country's, else the shop's own. */
export function currencyFor({ currency, address_country: country } = {}) {
  const wanted = [currency, CURRENCY_OF_COUNTRY[country]];
  return wanted.find((name) => SHOP_CURRENCIES.includes(name)) ?? SHOP.currency;
}

export function isCurrency(text) {
  return ALL_CURRENCIES.includes(text);
}

/** An amount in minor units as a decimal number: `28.00`, `4200`, `8.700`. */
export function decimal(currency, amount) {
  const { digits } = CURRENCIES[currency];
  return (amount / 10 ** digits).toFixed(digits);
}

/** What a decimal number of a currency is in minor units. */
export function minorUnits(currency, value) {
  return value * 10 ** CURRENCIES[currency].digits;
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
