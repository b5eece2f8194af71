// The former catalog's own rules, tool by tool: what its document says of each member, at each bound.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertRefused, formerly, toolOf } from "./former-arguments.js";

const SEARCH = { context: "a gift", query: "a mug" };
const PRODUCT = { upid: "AbC123XyZ" };

const NO_FLAGS = [null, 0, 1, "true", "", [], {}];
const FLAG = { valid: [true, false], invalid: NO_FLAGS };
const COUNTRY = { valid: ["US", "ca", "De"], invalid: ["", "U", "USA", "U1", "États", " US", "US ", "US\n", 1, null, ["US"], true] };
const TEXT = { valid: ["a", " ", "a\nb", "émaux 😀", "x".repeat(5_000)], invalid: [null, 1, true, ["a"], { a: 1 }] };
const upTo = (most) => ({ valid: [1, 2, most - 1, most], invalid: [0, -1, most + 1, 1.5, "1", "", null, true, [1], {}, 1e400, 2 ** 60] });
const PRICE = { valid: [0, 0.01, 50, 19.99, 1e9, 2 ** 53], invalid: [-0.01, -1, "50", "", null, true, [50], NaN, Infinity, -Infinity] };
const SHOPS = [68817551382, "68817551382", "gid://shopify/Shop/68817551382", 1, Number.MAX_SAFE_INTEGER];
const NO_SHOPS = ["", "shop.example", "gid://shopify/Product/1", "gid://shopify/Shop/", "gid://shopify/Shop/1a", "1 ", 0, -1, 1.5, 2 ** 53, null, true, {}];

const RULES = {
  search: {
    context: { ...TEXT, invalid: [...TEXT.invalid] },
    query: TEXT,
    available_for_sale: FLAG,
    include_secondhand: FLAG,
    requires_selling_plan: FLAG,
    limit: upTo(300),
    products_limit: upTo(10),
    max_price: PRICE,
    min_price: PRICE,
    saved_catalog: TEXT,
    ships_from: COUNTRY,
    ships_to: COUNTRY,
    shop_ids: { valid: [[], ...SHOPS.map((shop) => [shop]), SHOPS], invalid: ["1", 1, {}, null, ...NO_SHOPS.map((shop) => [SHOPS[0], shop])] },
  },
  product: {
    _gsid: TEXT,
    context: TEXT,
    query: TEXT,
    available_for_sale: FLAG,
    include_secondhand: FLAG,
    limit: upTo(100),
    ships_from: COUNTRY,
    ships_to: COUNTRY,
    option_preferences: { valid: ["Color", "Color,Size,Material", ""], invalid: [null, 1, true, {}, ["Color", 1], ["Color, matte"], [["Color"]]] },
    product_id: { valid: [1, 1234567890], invalid: ["1234567890", 0, -1, 1.5, "a", null, [1], 2 ** 53] },
    product_options: {
      valid: [[], [{ key: "Color", values: ["Blue", "Navy"] }], [{ key: "Color", values: ["Red"] }, { key: "Size", values: ["S"] }]],
      invalid: [{}, "Color", null, [null], ["Color"], [{}], [{ key: "Color" }], [{ key: "Color", values: [] }], [{ key: "Color", values: "Blue" }],
        [{ key: "Color", values: [1] }], [{ key: 1, values: ["Blue"] }], [{ values: ["Blue"] }], [{ key: "Color", values: ["Blue", null] }]],
    },
  },
};

for (const [what, rules] of Object.entries(RULES)) {
  const rest = what === "search" ? SEARCH : PRODUCT;
  describe(`${what}, by the document`, () => {
    for (const [member, { valid, invalid }] of Object.entries(rules)) {
      test(`${member}: what is right is sent as it is`, () => {
        for (const value of valid) assert.deepEqual(formerly(what, { ...rest, [member]: value }), { ...rest, [member]: value }, JSON.stringify(value));
      });
      test(`${member}: what is wrong is refused by its name`, () => {
        for (const value of invalid) assertRefused(() => formerly(what, { ...rest, [member]: value }), member);
      });
    }
  });
}

test("the tools", () => {
  assert.deepEqual(
    [toolOf("search", true), toolOf("product", true), toolOf("search", false), toolOf("product", false)],
    ["search_global_products", "get_global_product_details", "search_catalog", "get_product"],
  );
});

describe("a search", () => {
  test("takes both a context and a query", () => {
    assert.deepEqual(formerly("search", SEARCH), SEARCH);
    for (const member of ["context", "query"]) {
      const { [member]: _, ...rest } = SEARCH;
      assertRefused(() => formerly("search", rest), member);
      assertRefused(() => formerly("search", { ...SEARCH, [member]: "" }), member);
      assertRefused(() => formerly("search", { ...SEARCH, [member]: undefined }), member);
    }
  });

  for (const member of ["available_for_sale", "include_secondhand", "requires_selling_plan"]) {
    test(`keeps ${member} apart: left out, true, false`, () => {
      assert.ok(!(member in formerly("search", SEARCH)));
      assert.ok(!(member in formerly("search", { ...SEARCH, [member]: undefined })));
      assert.equal(formerly("search", { ...SEARCH, [member]: true })[member], true);
      assert.equal(formerly("search", { ...SEARCH, [member]: false })[member], false);
    });
  }

  test("has no default of ours", () => assert.deepEqual(Object.keys(formerly("search", SEARCH)).sort(), ["context", "query"]));

  test("says no value of what it refuses", () => {
    assertRefused(() => formerly("search", { ...SEARCH, ships_to: "SECRET" }), "ships_to", "option_invalid", "SECRET");
    assertRefused(() => formerly("search", { ...SEARCH, shop_ids: ["SECRET"] }), "shop_ids", "option_invalid", "SECRET");
  });

  test("has no currency at the former catalog", () => {
    assertRefused(() => formerly("search", { ...SEARCH, max_price: 5, currency: "USD" }), "currency", "argument_unsupported");
  });
});

describe("a product's id", () => {
  const numbers = [43696935272470, 1, Number.MAX_SAFE_INTEGER];
  for (const [what, member, given, sent] of [
    ["in Base62", "upid", "AbC123XyZ", "AbC123XyZ"],
    ["as a whole gid", "upid", "gid://shopify/p/AbC123XyZ", "AbC123XyZ"],
    ["as a whole gid with a query", "upid", "gid://shopify/p/AbC123XyZ?shop=1", "AbC123XyZ"],
    ["of digits alone", "upid", "1234", "1234"],
    ...numbers.map((number) => ["as a number", "variant_id", number, number]),
    ["as a whole gid", "variant_id", "gid://shopify/ProductVariant/43696935272470", 43696935272470],
    ["as an answer has it", "variant_id", "gid://shopify/ProductVariant/11111111111?shop=1111111111", 11111111111],
  ]) {
    test(`${member}, ${what}: ${given}`, () => assert.deepEqual(formerly("product", { [member]: given }), { [member]: sent }));
  }

  test("of the product to show first", () => {
    assert.deepEqual(formerly("product", { ...PRODUCT, product_id: "gid://shopify/Product/12" }), { ...PRODUCT, product_id: 12 });
  });

  for (const [member, given] of [
    ["upid", ""], ["upid", "a_b"], ["upid", "a-b"], ["upid", "é"], ["upid", 12], ["upid", null], ["upid", ["A"]],
    ["upid", "gid://shopify/ProductVariant/1"], ["upid", "gid://shopify/p/"], ["upid", "gid://shopify/p/a_b"], ["upid", "https://shop.example/p/A1"],
    ["variant_id", "43696935272470"], ["variant_id", ""], ["variant_id", 0], ["variant_id", -1], ["variant_id", 1.5], ["variant_id", 2 ** 53],
    ["variant_id", "gid://shopify/p/AbC123XyZ"], ["variant_id", "gid://shopify/Product/1"], ["variant_id", "gid://shopify/ProductVariant/12a"],
    ["variant_id", "gid://shopify/ProductVariant/0x10"], ["variant_id", "gid://shopify/ProductVariant/1e3"], ["variant_id", "gid://shopify/ProductVariant/"],
    ["variant_id", "gid://shopify/ProductVariant/9007199254740993"], ["variant_id", null], ["variant_id", [1]], ["variant_id", {}],
  ]) {
    test(`${member} is not ${JSON.stringify(given)}`, () => assertRefused(() => formerly("product", { [member]: given }), member));
  }

  test("is there", () => {
    assertRefused(() => formerly("product", {}), "upid");
    assertRefused(() => formerly("product", { upid: undefined, context: "c" }), "upid");
  });

  test("is one of the two, and both only where a shop's offer is pinned", () => {
    const both = { upid: "AbC123XyZ", variant_id: 43696935272470 };
    assertRefused(() => formerly("product", both), "variant_id");
    const pinned = { ...both, shop_id: "gid://shopify/Shop/68817551382", include_secondhand: false };
    assert.deepEqual(formerly("product", pinned), pinned);
  });

  test("of a shop is a text: its number or its gid", () => {
    for (const shop of ["68817551382", "gid://shopify/Shop/68817551382"]) {
      assert.equal(formerly("product", { ...PRODUCT, shop_id: shop }).shop_id, shop);
    }
    assert.equal(formerly("product", { ...PRODUCT, shop_id: 68817551382 }).shop_id, "68817551382");
    for (const shop of NO_SHOPS) assertRefused(() => formerly("product", { ...PRODUCT, shop_id: shop }), "shop_id");
  });

  test("goes with preferences as a text or as a list", () => {
    const preferring = (names) => formerly("product", { ...PRODUCT, option_preferences: names }).option_preferences;
    assert.equal(preferring("Color,Size"), "Color,Size");
    assert.equal(preferring(["Color", "Size"]), "Color,Size");
    assert.equal(preferring(["Color"]), "Color");
    assert.equal(preferring([]), undefined);
  });
});

describe("what the document does not name", () => {
  test("is sent as it is", () => {
    const strange = { new_filter: { deep: [1, null, "a"] }, other: null, empty: {} };
    assert.deepEqual(formerly("search", { ...SEARCH, ...strange }), { ...SEARCH, ...strange });
    assert.deepEqual(formerly("product", { ...PRODUCT, ...strange }), { ...PRODUCT, ...strange });
  });

  test("but not where it is today's form: a request speaks one of the two", () => {
    for (const member of ["filters", "pagination", "like", "signals", "view", "catalog_id", "attribution"]) {
      assertRefused(() => formerly("search", { ...SEARCH, [member]: {} }), member);
    }
    for (const member of ["id", "selected", "preferences", "filters"]) assertRefused(() => formerly("product", { ...PRODUCT, [member]: [] }), member);
  });
});
