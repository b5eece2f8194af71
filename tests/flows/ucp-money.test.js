// Amounts: whole minor units in, and out as people and forms have them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Scene } from "./support/scene.js";
import { UcpScene } from "./support/ucp-scene.js";

const LARGEST = 2 ** 53 - 1;
const money = (await new UcpScene().page()).ucp.money;

/** Amounts and their decimals, by currency. */
const EXACT = {
  JPY: [[0, "0"], [1, "1"], [-500, "-500"], [LARGEST, "9007199254740991"], [-LARGEST, "-9007199254740991"]],
  USD: [[0, "0.00"], [5, "0.05"], [-1230, "-12.30"], [100, "1.00"], [LARGEST, "90071992547409.91"], [-LARGEST, "-90071992547409.91"]],
  KWD: [[0, "0.000"], [7, "0.007"], [8700, "8.700"], [-1, "-0.001"], [LARGEST, "9007199254740.991"]],
  CLF: [[12345, "1.2345"]],
  EUR: [[199, "1.99"]],
};

describe("amounts go to decimals and back", () => {
  for (const [currency, rows] of Object.entries(EXACT)) {
    for (const [amount, decimal] of rows) {
      test(`${amount} ${currency} is ${decimal}`, () => {
        assert.equal(money.toDecimal(amount, currency), decimal);
        assert.ok(Object.is(money.toMinor(decimal, currency), amount));
      });
    }
  }

  for (const [decimal, currency, amount] of [
    ["12.3", "USD", 1230], ["12", "USD", 1200], ["12.300", "USD", 1230], ["007.10", "USD", 710], ["5.0", "JPY", 5],
    ["1.5", "KWD", 1500], ["-0", "USD", 0], ["-0.00", "USD", 0],
  ]) {
    test(`${decimal} ${currency} is ${amount}`, () => assert.ok(Object.is(money.toMinor(decimal, currency), amount)));
  }
});

describe("what is no amount is refused", () => {
  const refused = (field) => (error) => {
    assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "amount_invalid", field]);
    return true;
  };
  for (const amount of [1.5, NaN, Infinity, 2 ** 53, -(2 ** 53), "12", null, undefined, 12n, {}, [12], true]) {
    test(`${typeof amount} ${String(amount)}`, () => {
      assert.throws(() => money.toDecimal(amount, "USD"), refused("amount"));
      assert.throws(() => money.format(amount, "USD"), refused("amount"));
    });
  }

  for (const decimal of [
    "12.345", "0.5 ", " 1", "1,5", "1.", ".5", "", "-", "+1", "1e3", "0x10", "--1", "1.2.3", "90071992547409.92", "١",
    "NaN", 12, null, undefined, {},
  ]) {
    test(`the decimal ${JSON.stringify(decimal)}`, () => assert.throws(() => money.toMinor(decimal, "USD"), refused("decimal")));
  }
  test("half a yen", () => assert.throws(() => money.toMinor("1.5", "JPY"), refused("decimal")));

  for (const currency of ["usd", "US", "USDT", "", "€", null, undefined, 7, "XAU", "XXX"]) {
    test(`the currency ${String(currency)}`, () => {
      assert.throws(() => money.toDecimal(1, currency), refused("currency"));
      assert.throws(() => money.toMinor("1", currency), refused("currency"));
      assert.throws(() => money.format(1, currency), refused("currency"));
    });
  }
});

describe("people read", () => {
  const spaces = (text) => text.replace(/[\u00a0\u202f]/g, " ");
  for (const [amount, currency, locale, shown] of [
    [1230, "USD", "en-US", "$12.30"],
    [-1230, "USD", "en-US", "-$12.30"],
    [1200, "USD", "en-US", "$12.00"],
    [4200, "JPY", "ja-JP", "￥4,200"],
    [8700, "KWD", "en-US", "KWD 8.700"],
    [123456, "EUR", "de-DE", "1.234,56 €"],
    [LARGEST, "USD", "en-US", "$90,071,992,547,409.91"],
    [LARGEST, "JPY", "en-US", "¥9,007,199,254,740,991"],
    [-LARGEST, "KWD", "en-US", "-KWD 9,007,199,254,740.991"],
    [500, "ISK", "en-US", "ISK 500"],
    [500, "UGX", "en-US", "UGX 500"],
    // Browsers have other digits for these: those that are usual in print.
    [1500, "IQD", "en-US", "IQD 1.500"],
    [123, "LAK", "en-US", "LAK 1.23"],
  ]) {
    test(`${shown} of ${amount} ${currency}`, () => assert.equal(spaces(money.format(amount, currency, { locale })), shown));
  }

  test("in a language of theirs, by a list", () => {
    assert.equal(spaces(money.format(199, "EUR", { locale: ["xx-invalid", "de-DE"].slice(1) })), "1,99 €");
    assert.equal(typeof money.format(199, "EUR"), "string");
  });
});

test("there is money without an agent", async () => {
  const page = await new Scene().page();
  assert.equal(page.ucp.money.toDecimal(1230, "USD"), "12.30");
});
