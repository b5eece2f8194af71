// The table between the two forms of a catalog's arguments, in both directions, member by member.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertRefused, formerly, toFormer, toToday } from "./former-arguments.js";
import { seeded } from "./random.js";

const FORMER = { search: { query: "a mug", context: "a gift" }, product: { upid: "AbC123XyZ" } };
const TODAY = { search: { query: "a mug", context: { intent: "a gift" } }, product: { id: "gid://shopify/p/AbC123XyZ" } };
const SHOP = "gid://shopify/Shop/68817551382";
const VARIANT = "gid://shopify/ProductVariant/43696935272470";

/** Members of one form and of the other, which say the same. */
const SAME = {
  search: [
    [{}, {}],
    [{ available_for_sale: true }, { filters: { available: true } }],
    [{ available_for_sale: false }, { filters: { available: false } }],
    [{ include_secondhand: true }, { filters: { condition: ["new", "secondhand"] } }],
    [{ include_secondhand: false }, { filters: { condition: ["new"] } }],
    [{ limit: 3 }, { pagination: { limit: 3 } }],
    [{ ships_to: "US" }, { filters: { ships_to: { country: "US" } } }],
    [{ ships_from: "CA" }, { filters: { ships_from: [{ country: "CA" }] } }],
    [{ saved_catalog: "slow-kitchen" }, { catalog_id: "slow-kitchen" }],
    [{ shop_ids: [SHOP] }, { filters: { shops: [SHOP] } }],
    [{ shop_ids: [] }, { filters: { shops: [] } }],
    [
      { available_for_sale: true, include_secondhand: false, ships_to: "DE", limit: 20, saved_catalog: "second-life" },
      { filters: { available: true, condition: ["new"], ships_to: { country: "DE" } }, pagination: { limit: 20 }, catalog_id: "second-life" },
    ],
  ],
  product: [
    [{}, {}],
    [{ context: "dark colours" }, { context: { intent: "dark colours" } }],
    [{ available_for_sale: false }, { filters: { available: false } }],
    [{ include_secondhand: true }, { filters: { condition: ["new", "secondhand"] } }],
    [{ ships_to: "US", ships_from: "CA" }, { filters: { ships_to: { country: "US" }, ships_from: [{ country: "CA" }] } }],
    [{ shop_id: SHOP }, { filters: { shops: [SHOP] } }],
    [{ product_options: [{ key: "Color", values: ["Red"] }, { key: "Size", values: ["Small"] }] },
      { selected: [{ name: "Color", label: "Red" }, { name: "Size", label: "Small" }] }],
    [{ option_preferences: "Color,Size" }, { preferences: ["Color", "Size"] }],
  ],
};

/** One object of two, with what is in members of both. */
function merged(one, other) {
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const both = Object.entries(other).map(([name, value]) => [name, isObject(value) && isObject(one[name]) ? merged(one[name], value) : value]);
  return { ...one, ...Object.fromEntries(both) };
}

for (const [what, pairs] of Object.entries(SAME)) {
  describe(`${what}: where both sides have it`, () => {
    for (const [former, today] of pairs) {
      const [old, ucp] = [{ ...FORMER[what], ...former }, merged(TODAY[what], today)];
      test(`${JSON.stringify(former)} is ${JSON.stringify(today)}`, () => {
        assert.deepEqual(toToday(what, old), ucp);
        assert.deepEqual(toFormer(what, ucp), old);
      });
    }
  });
}

describe("a product is named", () => {
  test("by its variant", () => {
    assert.deepEqual(toToday("product", { variant_id: 43696935272470 }), { id: VARIANT });
    assert.deepEqual(toFormer("product", { id: VARIANT }), { variant_id: 43696935272470 });
    assert.deepEqual(toFormer("product", { id: `${VARIANT}?shop=1111111111` }), { variant_id: 43696935272470 });
  });
  test("by its universal id, bare or whole", () => {
    assert.deepEqual(toFormer("product", { id: "AbC123XyZ" }), { upid: "AbC123XyZ" });
    assert.deepEqual(toToday("product", { upid: "gid://shopify/p/AbC123XyZ" }), { id: "gid://shopify/p/AbC123XyZ" });
  });
  test("by a pinned offer: the variant, in its shop", () => {
    const pinned = { upid: "AbC123XyZ", variant_id: 43696935272470, shop_id: 68817551382 };
    assert.deepEqual(toToday("product", pinned), { id: VARIANT, filters: { shops: [SHOP] } });
  });
  for (const id of ["gid://shopify/Product/1", "", "a b", "https://shop.example/products/mug", null, 12, undefined, {}, `${VARIANT}x`]) {
    test(`for the former catalog by no ${JSON.stringify(id)}`, () => {
      assertRefused(() => toFormer("product", { id }), "id");
    });
  }
  test("nor by none", () => assertRefused(() => toFormer("product", {}), "id"));
});

test("names of options lose the spaces around them, and what is none", () => {
  assert.deepEqual(toToday("product", { ...FORMER.product, option_preferences: " Color, Size ,,Shoe size" }).preferences, ["Color", "Size", "Shoe size"]);
  assert.deepEqual(toToday("product", { ...FORMER.product, option_preferences: "" }).preferences, []);
});

describe("shops by number are shops by gid", () => {
  test("of a search", () => {
    assert.deepEqual(toToday("search", { ...FORMER.search, shop_ids: [68817551382, "68817551382", SHOP] }).filters.shops, [SHOP, SHOP, SHOP]);
  });
  test("of a product", () => {
    for (const shop of [68817551382, "68817551382", SHOP]) {
      assert.deepEqual(toToday("product", { ...FORMER.product, shop_id: shop }).filters.shops, [SHOP]);
    }
  });
  test("older names of today's form are understood", () => {
    const request = merged(TODAY.search, { saved_catalog_slug: "slow-kitchen", filters: { shop_ids: [SHOP] } });
    assert.deepEqual(toFormer("search", request), { ...FORMER.search, saved_catalog: "slow-kitchen", shop_ids: [SHOP] });
  });
});

describe("prices", () => {
  for (const [currency, decimal, minor] of [
    ["USD", 50, 5000], ["USD", 19.99, 1999], ["USD", 0.01, 1], ["USD", 0, 0], ["USD", 0.29, 29], ["USD", 1.1, 110], ["USD", 4.35, 435],
    ["USD", 1e9, 1e11], ["JPY", 4200, 4200], ["JPY", 0, 0], ["KWD", 8.7, 8700], ["KWD", 1.005, 1005], ["KWD", 0.001, 1], ["CLF", 1.2345, 12345],
  ]) {
    test(`${decimal} ${currency} are ${minor} minor units`, () => {
      const former = { ...FORMER.search, min_price: decimal, max_price: decimal };
      const today = merged(TODAY.search, { context: { currency }, filters: { price: { min: minor, max: minor } } });
      assert.deepEqual(toToday("search", { ...former, currency }), today);
      assert.deepEqual(toFormer("search", today), former);
    });
  }

  test("one side at a time", () => {
    const priced = (side) => toToday("search", { ...FORMER.search, [`${side}_price`]: 5, currency: "USD" }).filters;
    assert.deepEqual([priced("min"), priced("max")], [{ price: { min: 500 } }, { price: { max: 500 } }]);
    const filters = { price: { max: 500 } };
    assert.deepEqual(toFormer("search", merged(TODAY.search, { context: { currency: "USD" }, filters })), { ...FORMER.search, max_price: 5 });
  });

  test("every amount of cents there and back", () => {
    const random = seeded(7);
    for (let run = 0; run < 2_000; run += 1) {
      const currency = random.pick(["USD", "JPY", "KWD", "CLF"]);
      const min = random.below(random.pick([1_000, 1e6, 1e9, 2 ** 42]));
      const today = merged(TODAY.search, { context: { currency }, filters: { price: { min } } });
      assert.deepEqual(toToday("search", { ...toFormer("search", today), currency }), today, `${min} ${currency}`);
    }
  });

  test("without a currency have no counterpart", () => {
    assertRefused(() => toToday("search", { ...FORMER.search, max_price: 5 }), "currency", "argument_unsupported");
    for (const currency of ["usd", "XXX", "Dollar", 1]) {
      assertRefused(() => toToday("search", { ...FORMER.search, max_price: 5, currency }), "currency", "argument_unsupported");
    }
    assertRefused(() => toFormer("search", merged(TODAY.search, { filters: { price: { min: 1 } } })), "context.currency");
  });

  for (const [currency, amount] of [["USD", 19.999], ["JPY", 0.5], ["KWD", 1e-4], ["USD", 1e21], ["USD", 1e-7]]) {
    test(`${amount} is no amount of ${currency}, and is not rounded to one`, () => {
      for (const side of ["min_price", "max_price"]) assertRefused(() => toToday("search", { ...FORMER.search, [side]: amount, currency }), side);
    });
  }
});

describe("what the former catalog has no counterpart of is refused by its path", () => {
  const rows = {
    search: {
      like: { like: [{ id: VARIANT }] },
      view: { view: "offer" },
      "signals.dev.ucp.buyer_ip": { signals: { "dev.ucp.buyer_ip": "192.0.2.1" } },
      "attribution.utm_source": { attribution: { utm_source: "newsletter" } },
      "pagination.cursor": { pagination: { cursor: "c2", limit: 5 } },
      "context.address_country": { context: { address_country: "US" } },
      "context.language": { context: { language: "de-AT" } },
      "context.currency": { context: { currency: "USD" } },
      "context.eligibility": { context: { eligibility: ["members"] } },
      "context.new": { context: { new: 1 } },
      "filters.categories": { filters: { categories: ["Mugs"] } },
      "filters.attributes": { filters: { attributes: [{ name: "Color", values: ["Red"] }] } },
      "filters.rating.variant.min": { filters: { rating: { variant: { min: 4 } } } },
      "filters.price_tier": { filters: { price_tier: ["low"] } },
      "filters.price.step": { context: { currency: "USD" }, filters: { price: { min: 1, step: 2 } } },
      "filters.price.min": { context: { currency: "USD" }, filters: { price: { min: "500" } } },
      "filters.price.max": { context: { currency: "USD" }, filters: { price: { max: 1.5 } } },
      "filters.price": { filters: { price: 5 } },
      "filters.condition": { filters: { condition: ["secondhand"] } },
      "filters.ships_to.region": { filters: { ships_to: { country: "US", region: "CA" } } },
      "filters.ships_to": { filters: { ships_to: "US" } },
      "filters.ships_from": { filters: { ships_from: [{ country: "US" }, { country: "CA" }] } },
      "filters.shop_ids": { filters: { shops: [SHOP], shop_ids: [SHOP] } },
      "filters.brand_new": { filters: { brand_new: { a: 1 } }, path: "filters.brand_new.a" },
      saved_catalog_slug: { catalog_id: "a", saved_catalog_slug: "b" },
      filters: { filters: ["available"] },
      id: { id: VARIANT },
    },
    product: {
      "filters.shops": { filters: { shops: [SHOP, "gid://shopify/Shop/2"] } },
      "filters.price.min": { filters: { price: { min: 5 } } },
      selected: { selected: [{ name: "Color", label: "Red", id: "gid://shopify/ProductOptionValue/1" }] },
      preferences: { preferences: ["Color, matte"] },
      "context.postal_code": { context: { postal_code: "1010" } },
      view: { view: "offer" },
    },
  };
  for (const [what, paths] of Object.entries(rows)) {
    for (const [name, { path = name, ...more }] of Object.entries(paths)) {
      test(`${what}: ${path}`, () => assertRefused(() => toFormer(what, merged(TODAY[what], more)), path, "argument_unsupported"));
    }
  }

  for (const [what, more, path] of [
    ["conditions that nobody knows", { filters: { condition: ["refurbished"] } }, "filters.condition"],
    ["conditions that are a text", { filters: { condition: "secondhand" } }, "filters.condition"],
    ["places that are a text", { filters: { ships_from: "US" } }, "filters.ships_from"],
    ["a place with a region", { filters: { ships_from: [{ country: "US", region: "CA" }] } }, "filters.ships_from"],
    ["places that are texts", { filters: { ships_from: ["US"] } }, "filters.ships_from"],
    ["a context that is a list", { context: ["a gift"] }, "context"],
    ["pagination that is none", { pagination: null }, "pagination"],
  ]) {
    test(`search: ${what}`, () => assertRefused(() => toFormer("search", merged(TODAY.search, more)), path, "argument_unsupported"));
  }
  for (const selected of ["Red", [null], [{ name: "Color" }], [{ label: "Red" }], [{ name: 1, label: "Red" }]]) {
    test(`product: selected ${JSON.stringify(selected)}`, () => {
      assertRefused(() => toFormer("product", { ...TODAY.product, selected }), "selected", "argument_unsupported");
    });
  }
});

describe("what today's catalogs have no counterpart of is refused by its name", () => {
  for (const [what, member, value] of [
    ["search", "products_limit", 5],
    ["search", "requires_selling_plan", true],
    ["search", "requires_selling_plan", false],
    ["product", "limit", 5],
    ["product", "product_id", 12],
    ["product", "_gsid", "example123"],
    ["product", "query", "red"],
    ["product", "product_options", [{ key: "Color", values: ["Blue", "Navy"] }]],
  ]) {
    test(`${what}: ${member}`, () => assertRefused(() => toToday(what, { ...FORMER[what], [member]: value }), member, "argument_unsupported"));
  }
});

describe("what comes of a translation is held to the rules of the former catalog", () => {
  for (const [what, more, field] of [
    ["a limit", { pagination: { limit: 301 } }, "limit"],
    ["a limit of another type", { pagination: { limit: "5" } }, "limit"],
    ["a country", { filters: { ships_to: { country: "USA" } } }, "ships_to"],
    ["a shop", { filters: { shops: ["shop.example"] } }, "shop_ids"],
    ["availability", { filters: { available: "yes" } }, "available_for_sale"],
    ["a query", { query: 5 }, "query"],
  ]) {
    test(what, () => assertRefused(() => toFormer("search", merged(TODAY.search, more)), field));
  }
  test("an intent is its context", () => {
    assertRefused(() => toFormer("search", { query: "a mug" }), "context");
    assertRefused(() => toFormer("search", { context: { intent: "a gift" } }), "query");
  });
  test("at the other catalogs neither has to be there, but what is has to fit", () => {
    assert.deepEqual(toToday("search", { query: "a mug", limit: 5 }), { query: "a mug", pagination: { limit: 5 } });
    assertRefused(() => toToday("search", { query: "a mug", limit: 301 }), "limit");
    assertRefused(() => toToday("product", { upid: "a", variant_id: 1 }), "variant_id");
  });
});

describe("members that neither knows", () => {
  const strange = { new_wish: { deep: [null, {}] }, empty: {}, nothing: null };
  test("are sent as they are, both ways", () => {
    for (const what of ["search", "product"]) {
      assert.deepEqual(toFormer(what, { ...TODAY[what], ...strange }), { ...FORMER[what], ...strange });
      assert.deepEqual(toToday(what, { ...FORMER[what], ...strange }), { ...TODAY[what], ...strange });
      assert.deepEqual(formerly(what, { ...FORMER[what], ...strange }), { ...FORMER[what], ...strange });
    }
  });
  test("`undefined` is left out everywhere", () => {
    const nothing = { context: undefined, filters: undefined, pagination: undefined, like: undefined, new: undefined };
    assertRefused(() => toFormer("search", { query: "a mug", ...nothing }), "context");
    const inside = { query: "a mug", context: { intent: "a gift", currency: undefined }, filters: { available: undefined, ships_to: undefined } };
    assert.deepEqual(toFormer("search", inside), FORMER.search);
  });
});
