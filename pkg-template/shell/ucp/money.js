// Amounts for people and for forms.

import * as core from "#glue";

import { ask } from "../core.js";

export class Money {
  /** With the digits that ISO 4217 gives the currency, whatever the browser's own tables say. */
  format(amount, currency, { locale } = {}) {
    const decimal = this.toDecimal(amount, currency);
    const digits = decimal.split(".")[1]?.length ?? 0;
    const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, options).format(decimal);
  }

  toDecimal(amount, currency) {
    return ask(core.moneyToDecimal, amount, currency);
  }

  toMinor(decimal, currency) {
    return ask(core.moneyToMinor, decimal, currency);
  }
}
