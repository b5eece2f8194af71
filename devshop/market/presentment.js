import { CURRENCY_OF_COUNTRY, isCurrency, priceIn } from "../catalog/money.js";
import { SHOP } from "../store/shop.js";

/**
 * The currency that a buyer would like: the one that is named, else that of a country, else the dollar.
 *
 * @param {{currency?: string, countries: (string | undefined)[]}} buyer
 */
export function wantedCurrency({ currency, countries }) {
  if (isCurrency(currency)) return currency;
  return countries.map((country) => CURRENCY_OF_COUNTRY[country]).find(Boolean) ?? SHOP.currency;
}

/** What a variant costs the buyer: in the wanted currency if the shop sells in it, else in the shop's own. */
export function priceOf({ cents }, shop, wanted) {
  const currency = shop.currencies.includes(wanted) ? wanted : shop.currency;
  return { amount: priceIn(currency, cents), currency };
}

/** What a variant comes to in the wanted currency, whatever it is sold in; for comparison only. */
export function worth({ cents }, wanted) {
  return priceIn(wanted, cents);
}

/**
 * The lowest and the highest of some variants. Where shops ask in different currencies, those count that ask in the
 * wanted one, or else as the first does.
 *
 * @param {{shop: object, variant: object}[]} asked
 */
export function priceRange(asked, wanted) {
  const prices = asked.map(({ shop, variant }) => priceOf(variant, shop, wanted));
  const currency = prices.some((price) => price.currency === wanted) ? wanted : prices[0].currency;
  const amounts = prices.filter((price) => price.currency === currency).map(({ amount }) => amount);
  return { min: { amount: Math.min(...amounts), currency }, max: { amount: Math.max(...amounts), currency } };
}
