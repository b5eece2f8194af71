// Amounts, in and out, exactly.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { seeded } from "./random.js";
import { importShell } from "./shell-source.js";

const { Money } = await importShell("ucp/money.js");
const money = new Money();
const LARGEST = Number.MAX_SAFE_INTEGER;

const refusing = (field) => (error) => {
  assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "amount_invalid", field]);
  assert.doesNotMatch(error.message, /SECRET/);
  return true;
};

describe("minor units as text", () => {
  for (const [minor, currency, text] of [
    [0, "USD", "0.00"],
    [1, "USD", "0.01"],
    [-1, "USD", "-0.01"],
    [1_230, "EUR", "12.30"],
    [-99_999, "EUR", "-999.99"],
    [1_230, "JPY", "1230"],
    [-5, "KRW", "-5"],
    [5, "KWD", "0.005"],
    [123_456, "BHD", "123.456"],
    [1, "CLF", "0.0001"],
    [12_345, "UYW", "1.2345"],
    [LARGEST, "USD", "90071992547409.91"],
    [-LARGEST, "KWD", "-9007199254740.991"],
    [LARGEST, "JPY", "9007199254740991"],
    [100, "ZZZ", "1.00"],
  ]) {
    test(`${minor} ${currency} is ${text}`, () => {
      assert.equal(money.toDecimal(minor, currency), text);
      assert.ok(Object.is(money.toMinor(text, currency), minor));
    });
  }

  test("nothing is never less than nothing", () => {
    assert.equal(money.toDecimal(-0, "USD"), "0.00");
    for (const text of ["-0", "-0.00", "-0.0000"]) assert.ok(Object.is(money.toMinor(text, "USD"), 0), text);
  });

  test("ten thousand amounts survive the way out and in", () => {
    const random = seeded(29);
    for (let run = 0; run < 10_000; run += 1) {
      const digits = random.text("0123456789", 1 + random.below(15));
      const minor = Number(digits) * (Number(digits) > 0 && random.chance(0.5) ? -1 : 1);
      for (const [currency, decimals] of [["JPY", 0], ["USD", 2], ["KWD", 3], ["CLF", 4]]) {
        const text = money.toDecimal(minor, currency);
        assert.match(text, new RegExp(`^-?\\d+${decimals ? `\\.\\d{${decimals}}` : ""}$`));
        assert.equal(money.toMinor(text, currency), minor, `${text} ${currency}`);
        assert.equal(BigInt(text.replace(".", "")), BigInt(minor), `${text} ${currency}`);
      }
    }
  });
});

describe("text of other hands", () => {
  for (const [text, currency, minor] of [
    ["110.0", "USD", 11_000],
    ["110", "USD", 11_000],
    ["007.5", "USD", 750],
    ["12.3000", "USD", 1_230],
    ["12.000", "JPY", 12],
    ["1.5", "KWD", 1_500],
    ["00000000000000000000000001.00", "USD", 100],
  ]) {
    test(`${text} ${currency} is ${minor}`, () => assert.equal(money.toMinor(text, currency), minor));
  }
});

describe("what is no amount is refused by its name", () => {
  for (const amount of [0.5, -1.5, NaN, Infinity, -Infinity, LARGEST + 1, -1e300, 1e-9, "12", "", null, undefined, true, 12n, [], {}]) {
    test(`${typeof amount} ${String(amount)}`, () => {
      assert.throws(() => money.toDecimal(amount, "USD"), refusing("amount"));
      assert.throws(() => money.format(amount, "USD"), refusing("amount"));
    });
  }

  for (const decimal of [
    "", "-", ".", "1.", ".5", "+1", "--1", "- 1", " 1", "1 ", "1\n", "1e3", "0x1", "1_000", "1,50", "1.234", "1.2.3", "\u0661", "1.\u0661", "\u22121",
    "90071992547409.92", "-90071992547409.92", "99999999999999999999999", "Infinity", "NaN", "SECRET", 12, 12n, null, undefined, [], ["1"], {},
  ]) {
    test(`${typeof decimal} ${JSON.stringify(String(decimal))}`, () => assert.throws(() => money.toMinor(decimal, "USD"), refusing("decimal")));
  }

  test("decimals that a currency does not have", () => {
    for (const [text, currency] of [["1.5", "JPY"], ["0.001", "EUR"], ["0.0001", "KWD"], ["0.00001", "CLF"]]) {
      assert.throws(() => money.toMinor(text, currency), refusing("decimal"));
    }
  });
});

describe("currencies", () => {
  for (const [digits, currencies] of Object.entries({
    0: ["JPY", "ISK", "UGX", "XPF", "KRW", "VND", "CLP"],
    2: ["USD", "EUR", "HUF", "MXN", "TWD", "ZZZ"],
    3: ["TND", "IQD", "KWD", "BHD"],
    4: ["CLF", "UYW"],
  })) {
    test(`${currencies.join(", ")} have ${digits} decimals`, () => {
      for (const currency of currencies) assert.equal(money.toMinor("1", currency), 10 ** digits, currency);
    });
  }

  for (const currency of [
    "", "usd", "US", "USDT", "U D", "US\u00d6", "123", "JPY KMF", "USD\n", "XXX", "XAU", "XAD", "XTS", null, undefined, 840, [], {},
  ]) {
    test(`${JSON.stringify(currency)} is none`, () => {
      assert.throws(() => money.toDecimal(1, currency), refusing("currency"));
      assert.throws(() => money.toMinor("1", currency), refusing("currency"));
      assert.throws(() => money.format(1, currency), refusing("currency"));
    });
  }
});

describe("people read", () => {
  test("the digits of ISO 4217, whatever is usual in print", () => {
    for (const [currency, shown] of [["JPY", /^\D*1,234$/], ["HUF", /^\D*12\.34$/], ["ISK", /^\D*1,234$/], ["KWD", /^\D*1\.234$/], ["CLF", /^\D*0\.1234$/]]) {
      assert.match(money.format(1_234, currency, { locale: "en" }), shown, currency);
    }
  });

  test("every digit of a large amount", () => {
    assert.match(money.format(LARGEST, "USD", { locale: "en" }), /90,071,992,547,409\.91$/);
    assert.match(money.format(-LARGEST, "KWD", { locale: "en" }), /^-\D*9,007,199,254,740\.991$/);
  });
});
