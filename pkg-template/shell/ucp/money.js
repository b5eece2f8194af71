// Amounts for people and for forms.

import { decimalsOf, minorUnits } from "../currency.js";
import { invalid } from "../errors.js";

export class Money {
  /** With the digits that ISO 4217 gives the currency, whatever the browser's own tables say. */
  format(amount, currency, { locale } = {}) {
    const digits = decimals(currency);
    const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, options).format(this.toDecimal(amount, currency));
  }

  toDecimal(amount, currency) {
    const digits = decimals(currency);
    if (!Number.isSafeInteger(amount)) throw wrong("amount", "An amount is a whole number of minor units up to 9007199254740991.");
    const text = String(Math.abs(amount)).padStart(digits + 1, "0");
    return (amount < 0 ? "-" : "") + text.slice(0, text.length - digits) + (digits ? `.${text.slice(-digits)}` : "");
  }

  toMinor(decimal, currency) {
    const units = minorUnits(decimal, decimals(currency));
    if (units === null) throw wrong("decimal", "This is not a decimal text with the digits of its currency.");
    return units;
  }
}

function decimals(currency) {
  const known = decimalsOf(currency);
  if (known === null) throw wrong("currency", "This is not a currency of ISO 4217 with a minor unit.");
  return known;
}

const wrong = (field, sentence) => invalid(field, sentence, "amount_invalid");
