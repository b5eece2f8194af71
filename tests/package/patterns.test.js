import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { importPackageFile } from "./package-under-test.js";
import { seeded } from "./random.js";

const {
  checkQuantity, formatGid, isQuantity, normalizeOrderNumber, parseDate, parseGid, parseMoney, sameOrderNumber,
} = await importPackageFile("patterns.js");

const NOT_STRINGS = [undefined, null, 0, 1001, true, {}, [], ["1001"], Symbol("x"), 5n, () => "1001"];

describe("global ids", () => {
  const read = {
    "gid://shopify/Order/123": { type: "Order", id: "123", suffix: "" },
    "gid://shopify/Order/123?key=x": { type: "Order", id: "123", suffix: "?key=x" },
    "gid://shopify/Cart/Z2NwLXVz?key=a/b&c=d#e": { type: "Cart", id: "Z2NwLXVz", suffix: "?key=a/b&c=d#e" },
    "gid://shopify/p/7f8aB-_c": { type: "p", id: "7f8aB-_c", suffix: "" },
    "gid://shopify/TaxonomyCategory/aa-1-2": { type: "TaxonomyCategory", id: "aa-1-2", suffix: "" },
    "gid://shopify/LineItem/9007199254740993": { type: "LineItem", id: "9007199254740993", suffix: "" },
    "gid://shopify/Model/1/2": { type: "Model", id: "1", suffix: "/2" },
  };
  for (const [text, parts] of Object.entries(read)) {
    test(`${text} is taken apart and put together again`, () => {
      assert.deepEqual(parseGid(text), parts);
      assert.equal(formatGid(parts), text);
    });
  }

  const refused = [
    "", "gid://", "gid://shopify/", "gid://shopify/Order", "gid://shopify/Order/", "gid://shopify//1",
    "gid://shopify/Order/?key=x", "gid://shop/Order/1", "GID://shopify/Order/1", " gid://shopify/Order/1",
    "gid://shopify/Order/1\n", "gid://shopify/Order/1 2", "gid://shopify/Order/1?a b", "https://shopify/Order/1",
    ...NOT_STRINGS,
  ];
  for (const value of refused) {
    test(`${inspect(value)} is no global id`, () => assert.equal(parseGid(value), null));
  }

  test("numbers make ids as long as they are exact", () => {
    assert.equal(formatGid({ type: "Order", id: 123 }), "gid://shopify/Order/123");
    for (const id of [2 ** 53, 1.5, Number.NaN, Infinity]) {
      assert.throws(() => formatGid({ type: "Order", id }), RangeError);
    }
  });

  const unwritable = [
    { type: "", id: "1" }, { type: "Order", id: "" }, { type: "Or/der", id: "1" }, { type: "Order", id: "1?x" },
    { type: "Order", id: "1", suffix: "x" }, { type: "Order", id: "1", suffix: " " }, { type: "Order" }, { id: "1" },
    { type: "Order", id: null }, {}, null,
  ];
  for (const parts of unwritable) {
    test(`${inspect(parts)} makes no global id`, () => assert.throws(() => formatGid(parts), TypeError));
  }
});

describe("order numbers", () => {
  const normalized = {
    "#1001": "1001", 1001: "1001", " #1001 ": "1001", "# 1001": "1001", "EN1001-A": "EN1001-A", "#EN1001-A": "EN1001-A",
    "\t1001\n": "1001", "ORDER 7": "ORDER 7", "007": "007", "№5": "№5", "##5": "#5",
  };
  for (const [text, number] of Object.entries(normalized)) {
    test(`${inspect(text)} is order ${number}`, () => assert.equal(normalizeOrderNumber(text), number));
  }
  for (const value of ["", "#", " ", " # ", "1001\n1002", "1\0", ...NOT_STRINGS]) {
    test(`${inspect(value)} is no order number`, () => assert.equal(normalizeOrderNumber(value), null));
  }

  test("two ways to write one order are the same order", () => {
    assert.equal(sameOrderNumber("#1001", " 1001 "), true);
    assert.equal(sameOrderNumber("en1001-a", "#EN1001-A"), true);
    assert.equal(sameOrderNumber("1001", "01001"), false);
    assert.equal(sameOrderNumber("1001", "1002"), false);
  });
  test("what is no order number equals nothing", () => {
    for (const value of ["", "#", ...NOT_STRINGS]) assert.equal(sameOrderNumber(value, value), false);
    assert.equal(sameOrderNumber("1001", null), false);
    assert.equal(sameOrderNumber("null", null), false);
  });
});

describe("dates", () => {
  const moments = {
    "2026-02-28T10:00:00Z": "2026-02-28T10:00:00.000Z",
    "2026-02-28T10:00Z": "2026-02-28T10:00:00.000Z",
    "2026-02-28t10:00:00z": "2026-02-28T10:00:00.000Z",
    "2026-02-28T10:00:00.5+02:00": "2026-02-28T08:00:00.500Z",
    "2026-02-28T23:30:00,25-01:45": "2026-03-01T01:15:00.250Z",
    "2024-02-29T00:00:00+14:00": "2024-02-28T10:00:00.000Z",
    "2026-12-31T23:59:59.9999999Z": "2026-12-31T23:59:59.999Z",
    "1969-12-31T23:59:59.999Z": "1969-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z": "0001-01-01T00:00:00.000Z",
  };
  for (const [text, iso] of Object.entries(moments)) {
    test(`${text} is the moment ${iso}`, () => {
      assert.deepEqual(parseDate(text), { epochMs: Date.parse(iso), dateOnly: false });
    });
  }
  test("a day begins in UTC and says that it is one", () => {
    assert.deepEqual(parseDate("2026-02-28"), { epochMs: Date.UTC(2026, 1, 28), dateOnly: true });
    assert.deepEqual(parseDate("0000-02-29"), { epochMs: Date.parse("0000-02-29T00:00:00Z"), dateOnly: true });
  });

  const refused = [
    "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2026-1-1",
    "26-01-01", "2026-02-30T10:00:00Z", "2026-02-28T24:00:00Z", "2026-02-28T10:60:00Z", "2026-12-31T23:59:60Z",
    "2026-02-28T10:00:00", "2026-02-28T10:00:00+0200", "2026-02-28T10:00:00+24:00", "2026-02-28T10:00:00+02:60",
    "2026-02-28 10:00:00Z", "2026-02-28T10Z", "2026-02-28T10:00:00.Z", "2026-W09-6", "2026-059", "+02026-02-28", "",
    "2026-02-28\n", "28 February 2026", "today", ...NOT_STRINGS,
  ];
  for (const value of refused) {
    test(`${inspect(value)} is no date`, () => assert.equal(parseDate(value), null));
  }

  test("every day of 400 years is read, every other day from 00 to 32 refused", () => {
    for (let year = 1800; year < 2200; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        for (const day of [0, 1, 28, 29, 30, 31, 32]) {
          const text = `${year}-${`${month}`.padStart(2, "0")}-${`${day}`.padStart(2, "0")}`;
          const expected = day >= 1 && day <= days ? Date.UTC(year, month - 1, day) : undefined;
          assert.equal(parseDate(text)?.epochMs, expected, text);
        }
      }
    }
  });
});

describe("quantities", () => {
  for (const value of [1, 2, 1000, 2 ** 53 - 1]) {
    test(`${value} is a quantity`, () => {
      assert.equal(isQuantity(value), true);
      assert.equal(checkQuantity(value), value);
    });
  }
  for (const value of [0, -0, -1, 1.5, 2 ** 53, Number.NaN, Infinity, -Infinity]) {
    test(`${value} is no quantity`, () => {
      assert.equal(isQuantity(value), false);
      assert.throws(() => checkQuantity(value), RangeError);
    });
  }
  for (const value of ["1", "", null, undefined, 1n, [1], {}, true, Object(1)]) {
    test(`${inspect(value)} is no quantity by its type`, () => {
      assert.equal(isQuantity(value), false);
      assert.throws(() => checkQuantity(value), TypeError);
    });
  }
  test("the error names what was refused", () => {
    assert.throws(() => checkQuantity("2", "line_items[0].quantity"), /^TypeError: line_items\[0\]\.quantity must be/);
    assert.throws(() => checkQuantity(-2), /^RangeError: quantity must be a positive integer, not -2\.$/);
  });
});

describe("money", () => {
  const read = [
    ["89.00", "USD", 8900], ["0", "USD", 0], ["-0.00", "USD", 0], ["-12.5", "EUR", -1250], ["110.0", "CAD", 11000],
    ["1000.0", "JPY", 1000], ["1000", "JPY", 1000], ["1.234", "KWD", 1234], ["0.1", "BHD", 100], ["5", "CLF", 50000],
    ["89.0000000", "USD", 8900], ["0.29", "USD", 29], ["1.15", "USD", 115], ["90071992547409.91", "USD", 2 ** 53 - 1],
    ["1", "CLP", 1], ["2.5", "HUF", 250], ["007.10", "GBP", 710],
  ];
  for (const [amount, code, minorUnits] of read) {
    test(`${amount} ${code} are ${minorUnits} minor units`, () => {
      for (const name of ["currency", "currencyCode", "currency_code"]) {
        const money = parseMoney({ amount, [name]: code });
        assert.deepEqual(money, { minorUnits, currency: code });
        assert.ok(!Object.is(money.minorUnits, -0));
      }
    });
  }

  const refused = [
    { amount: 89, currency: "USD" }, { amount: 89.5, currency: "USD" }, { amount: "89.005", currency: "USD" },
    { amount: "0.5", currency: "JPY" }, { amount: "1.2345", currency: "KWD" }, { amount: "1,000.00", currency: "USD" },
    { amount: "$5", currency: "USD" }, { amount: "+5", currency: "USD" }, { amount: ".5", currency: "USD" },
    { amount: "5.", currency: "USD" }, { amount: "1e3", currency: "USD" }, { amount: "", currency: "USD" },
    { amount: " 5", currency: "USD" }, { amount: "5\n", currency: "USD" }, { amount: "٥", currency: "USD" },
    { amount: "90071992547409.92", currency: "USD" }, { amount: "9".repeat(400), currency: "USD" },
    { amount: "5" }, { amount: "5", currency: "usd" }, { amount: "5", currency: "USDC" }, { amount: "5", currency: "" },
    { amount: "5", currency: "XXX" }, { amount: "5", currency: "XAU" }, { amount: "5", currency: null },
    { amount: "5", currency: "USD", currencyCode: "CAD" }, { currency: "USD" }, null, undefined, "5 USD", 5, [],
  ];
  for (const value of refused) {
    test(`${inspect(value)} is no exact amount`, () => assert.equal(parseMoney(value), null));
  }

  test("ten thousand amounts keep every digit", () => {
    const random = seeded(4217);
    for (let run = 0; run < 10_000; run += 1) {
      const minor = BigInt(random.text("0123456789", 1 + random.below(15)));
      const digits = `${minor}`.padStart(3, "0");
      const amount = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
      assert.equal(BigInt(parseMoney({ amount, currencyCode: "USD" }).minorUnits), minor, amount);
    }
  });
});

function inspect(value) {
  if (typeof value === "object" && value) return JSON.stringify(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
