const LOCALE = document.documentElement.lang || "en";

/**
 * Amounts of carts and checkouts as text, by the SDK. An amount that is none is shown as it came.
 *
 * @param {import("/pkg/index.js").MoneyFormat} money
 * @returns {(amount: number, currency: string) => string}
 */
export function moneyText(money) {
  return (amount, currency) => {
    try {
      return money.format(amount, currency, { locale: LOCALE });
    } catch {
      return `${amount} ${currency}`;
    }
  };
}
