// One shape for the products of three servers: today's, what they share with the former one, and what is neither.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { importPackageFile } from "./package-under-test.js";
import { seeded } from "./random.js";
import { importShell } from "./shell-source.js";

const { Room } = await importPackageFile("catalog.js");
const { decimalsOf, minorUnits } = await importShell("currency.js");
/** As the core judges, roughly. */
const openable = (url) => (typeof url === "string" && url.startsWith("https://") ? url : null);

/** What the room makes of a product in an answer. */
async function read(raw) {
  const call = async () => ({ data: { product: raw } });
  const given = { call, advise() {}, beside: (module) => module, openable, decimalsOf, minorUnits, OptionsError: Error, ProtocolError: Error };
  const { product } = await new Room("shop", given).product("id");
  return product;
}

const IMAGE = { type: "image", url: "https://cdn.example/a.jpg", alt_text: "A mug" };
const OFFER = {
  id: "gid://shopify/ProductVariant/1", title: "Red", price: { amount: 2800, currency: "USD" }, list_price: { amount: 3500, currency: "USD" },
  availability: { available: true, status: "backorder" }, options: [{ name: "Color", label: "Red" }], media: [{ type: "video", url: "https://cdn.example/a.mp4" }, IMAGE],
  url: "https://shop.example/products/mug?variant=1&_gsid=g1", checkout_url: "https://shop.example/cart/1:1?_gsid=g1", condition: ["secondhand"],
  requires: { shipping: true, selling_plan: true }, rating: { value: 4, scale_min: 1, scale_max: 10, count: 3 },
  seller: {
    id: "gid://shopify/Shop/1", name: "Cedar", domain: "cedar.myshopify.example", url: "https://cedar.example",
    links: [{ type: "privacy_policy", url: "https://cedar.example/privacy" }, { type: "faq", url: "http://cedar.example/faq" }, { url: "https://cedar.example/x" }],
  },
};
const RAW = {
  id: "gid://shopify/p/A1", title: "Mug", description: { plain: "Plain.", html: "<p>Plain.</p>", markdown: "*Plain.*" },
  url: "https://shop.example/products/mug?_gsid=g1", price_range: { min: { amount: 2800, currency: "USD" }, max: { amount: 3000, currency: "USD" } },
  media: [IMAGE, { type: "video", url: "https://cdn.example/a.mp4" }, { url: "https://cdn.example/b.jpg" }],
  options: [{ name: "Color", values: [{ label: "Red", available: true, exists: true }, { label: "Blue", available: false }] }],
  selected: [{ name: "Color", label: "Red", id: "x" }], rating: { value: 4.5, scale_min: 1, scale_max: 5, count: 12 },
  metadata: {
    top_features: ["Holds tea"], tech_specs: ["Clay: stoneware"], unique_selling_points: ["By hand", "Twice"],
    attributes: [{ name: "Color", value: "Red" }, { name: "Glaze", value: "Matte" }, { name: "Color", value: "Blue" }],
  },
  variants: [OFFER],
};

const PRODUCT = {
  id: RAW.id, title: "Mug", description: RAW.description, url: RAW.url, raw: RAW,
  images: [{ url: IMAGE.url, alt: "A mug" }, { url: "https://cdn.example/b.jpg", alt: null }], priceRange: RAW.price_range,
  options: [{ name: "Color", values: [{ label: "Red", available: true, exists: true }, { label: "Blue", available: false, exists: null }] }],
  selected: [{ name: "Color", label: "Red" }], rating: { value: 4.5, count: 12, scaleMax: 5 }, features: ["Holds tea"],
  specifications: ["Clay: stoneware"], sellingPoint: "By hand", attributes: [{ name: "Color", values: ["Red", "Blue"] }, { name: "Glaze", values: ["Matte"] }],
};
const READ_OFFER = {
  id: OFFER.id, title: "Red", price: OFFER.price, listPrice: OFFER.list_price, available: true, availability: "backorder", options: OFFER.options,
  image: { url: IMAGE.url, alt: "A mug" }, url: OFFER.url, checkoutUrl: OFFER.checkout_url, secondhand: true, requiresSellingPlan: true, match: null,
  rating: { value: 4, count: 3, scaleMax: 10 }, raw: OFFER,
  seller: {
    id: "gid://shopify/Shop/1", name: "Cedar", domain: "cedar.myshopify.example", url: "https://cedar.example",
    policies: { privacy_policy: "https://cedar.example/privacy", faq: null }, wallets: [], cards: [],
  },
};

describe("a product as UCP tells it", async () => {
  const product = await read(RAW);
  const [offer] = product.offers;
  for (const [member, wanted] of Object.entries(PRODUCT)) test(member, () => assert.deepEqual(product[member], wanted));
  for (const [member, wanted] of Object.entries(READ_OFFER)) test(`offer.${member}`, () => assert.deepEqual(offer[member], wanted));
  test("is read when it is asked: the server's own object is handed on, not copied", () => assert.ok(product.raw === RAW && offer.raw === OFFER));
});

/** What there is where nothing is. */
const EMPTY = {
  id: null, title: null, description: { plain: null, html: null, markdown: null }, url: null, images: [], priceRange: null, options: [], selected: [],
  rating: null, features: [], specifications: [], sellingPoint: null, attributes: [], offers: [],
};
const NO_SELLER = { id: null, name: null, domain: null, url: null, policies: {}, wallets: [], cards: [] };
const EMPTY_OFFER = {
  id: null, title: null, price: null, listPrice: null, available: null, availability: null, options: [], image: null, url: null, checkoutUrl: null,
  seller: NO_SELLER, secondhand: null, requiresSellingPlan: null, rating: null, match: null,
};
const membersOf = (view, names) => Object.fromEntries(Object.keys(names).map((name) => [name, view[name]]));

describe("what is missing is nothing", () => {
  for (const [what, raw] of [["of today's form", {}], ["of the former one", { products: [] }]]) {
    test(`in a product ${what}`, async () => assert.deepEqual(membersOf(await read(raw), EMPTY), EMPTY));
  }
  for (const [what, raw] of [["of today's form", { variants: [{}, null] }], ["of the former one", { products: [{}, null] }]]) {
    test(`in an offer ${what}`, async () => {
      const { offers } = await read(raw);
      assert.equal(offers.length, 1);
      assert.deepEqual(membersOf(offers[0], EMPTY_OFFER), EMPTY_OFFER);
    });
  }
});

describe("an offer of the former catalog", () => {
  const first = async (offer) => (await read({ products: [offer] })).offers[0];
  const picture = (name) => ({ url: `https://cdn.example/${name}.jpg`, altText: name });
  for (const [own, chosen, available, availability] of [
    [true, false, false, "out_of_stock"], [false, true, true, "in_stock"], [true, undefined, true, "in_stock"], [false, undefined, false, "out_of_stock"],
    [undefined, undefined, null, null], [undefined, "yes", null, null],
  ]) {
    test(`is as available as its variant: ${own}, ${chosen}`, async () => {
      const offer = await first({ availableForSale: own, selectedProductVariant: { availableForSale: chosen } });
      assert.deepEqual([offer.available, offer.availability], [available, availability]);
    });
  }
  test("is shown as its variant is, or else as the product", async () => {
    const [of, offer] = await Promise.all([{ image: picture("variant") }, {}].map((variant) => first({ featuredImage: picture("product"), selectedProductVariant: variant })));
    assert.deepEqual([of.image.alt, offer.image.alt], ["variant", "product"]);
  });
  test("without offers, a product is told by its prices", async () => {
    const product = await read({ description: "Plain.", priceRange: { min: { amount: "1.00", currencyCode: "USD" }, max: { amount: "2.00", currencyCode: "USD" } } });
    assert.deepEqual([product.description.plain, product.priceRange.max, product.offers], ["Plain.", { amount: 200, currency: "USD" }, []]);
  });
});

test("an offer is second-hand where it says so", async () => {
  const told = async (condition) => (await read({ variants: [{ condition }] })).offers[0].secondhand;
  assert.deepEqual(await Promise.all([["secondhand"], ["new", "secondhand"], ["new"], [], "secondhand", undefined].map(told)), [true, true, false, false, null, null]);
});

describe("prices of the former catalog are whole minor units", () => {
  for (const [amount, currencyCode, minor] of [
    ["89.00", "USD", 8900], ["89", "USD", 8900], ["89.5", "USD", 8950], ["4200", "JPY", 4200], ["4200.0", "JPY", 4200], ["8.700", "KWD", 8700], ["0.00", "USD", 0],
    ["90071992547409.91", "USD", 2 ** 53 - 1], ["89.999", "USD", null], ["4200.5", "JPY", null], [89, "USD", null], ["", "USD", null], ["1e3", "USD", null],
    ["89,00", "USD", null], ["89.00", "XXX", null], ["89.00", "usd", null], ["89.00", null, null], [null, "USD", null], ["90071992547409.92", "USD", null],
  ]) {
    test(`${JSON.stringify(amount)} ${currencyCode}`, async () => {
      const price = { amount, currencyCode };
      const { priceRange, offers: [own, chosen] } = await read({ priceRange: { min: price, max: price }, products: [{ price }, { price: { amount: "1.00", currencyCode: "USD" }, selectedProductVariant: { price } }] });
      const wanted = minor === null ? null : { amount: minor, currency: currencyCode };
      assert.deepEqual([priceRange, own.price, chosen.price], [{ min: wanted, max: wanted }, wanted, wanted]);
    });
  }
});

test("prices of today are whole minor units already, or none", async () => {
  for (const price of [{ amount: 1.5, currency: "USD" }, { amount: "28", currency: "USD" }, { amount: 2 ** 53, currency: "USD" }, { amount: 28 }, { amount: 28, currency: 1 }, "28", null, []]) {
    assert.equal((await read({ variants: [{ price }] })).offers[0].price, null, JSON.stringify(price));
  }
});

describe("URLs are what a page may open", () => {
  const evil = ["javascript:alert(1)", "http://shop.example/", "//evil.example", "", null, 5, { href: "https://a.example" }, ["https://a.example"]];
  test("or `null`", async () => {
    for (const url of evil) {
      const { url: own, images, offers: [offer] } = await read({ url, media: [{ url }], variants: [{ url, checkout_url: url, media: [{ url }], seller: { url, links: [{ type: "faq", url }] } }] });
      assert.deepEqual([own, images[0].url, offer.url, offer.checkoutUrl, offer.image.url, offer.seller.url, offer.seller.policies.faq], Array(7).fill(null));
      const former = await read({ url, images: [{ url }], products: [{ onlineStoreUrl: url, checkoutUrl: url, featuredImage: { url }, shop: { onlineStoreUrl: url, privacyPolicy: { url } } }] });
      const [{ seller, ...sold }] = former.offers.map(({ url: at, checkoutUrl, seller }) => ({ at, checkoutUrl, seller }));
      assert.deepEqual([former.url, former.images[0].url, sold.at, sold.checkoutUrl, seller.url, seller.domain, seller.policies.privacy_policy ?? null], Array(7).fill(null));
    }
  });
});

test("whatever a server sends, every member reads as its type", async () => {
  const random = seeded(11);
  const names = [...new Set(JSON.stringify([RAW, { products: 1, priceRange: 1, amount: 1, currencyCode: 1, shop: 1, images: 1, selectedProductVariant: 1, paymentSettings: 1, altText: 1, selectionState: 1 }]).match(/\w+(?=":)/g))];
  const scalars = [null, true, false, 0, -1, 1.5, 2 ** 53, "", "image", "USD", "1.00", "https://a.example/", "__proto__"];
  const value = (depth) => {
    const kind = depth > 0 ? random.below(4) : 0;
    if (kind < 2) return random.pick(scalars);
    if (kind === 2) return Array.from({ length: random.below(3) }, () => value(depth - 1));
    return Object.fromEntries(random.several(names, random.below(6)).map((name) => [name, value(depth - 1)]));
  };
  const text = (it) => it === null || typeof it === "string";
  const flag = (it) => it === null || typeof it === "boolean";
  const number = (it) => it === null || typeof it === "number";
  const price = (it) => it === null || (Number.isSafeInteger(it.amount) && typeof it.currency === "string");
  const rating = (it) => it === null || (typeof it.value === "number" && number(it.count) && typeof it.scaleMax === "number");
  const texts = (it) => Array.isArray(it) && it.every((one) => typeof one === "string");
  const image = (it) => text(it.url) && text(it.alt);
  for (let run = 0; run < 4_000; run += 1) {
    const seed = random.pick([RAW, { products: [{}], priceRange: {} }]);
    const raw = { ...seed, ...Object.fromEntries(random.several(names, 8).map((name) => [name, value(4)])) };
    const some = () => Object.fromEntries(random.several(names, 8).map((name) => [name, value(3)]));
    if (raw.variants) raw.variants = [{ ...OFFER, ...some() }];
    if (raw.products) raw.products = [{ ...some(), selectedProductVariant: some(), shop: some() }];
    const one = await read(raw);
    const what = JSON.stringify(raw);
    assert.ok(text(one.id) && text(one.title) && Object.values(one.description).every(text) && text(one.url) && text(one.sellingPoint), what);
    assert.ok(one.images.every(image) && (one.priceRange === null || (price(one.priceRange.min) && price(one.priceRange.max))) && rating(one.rating), what);
    assert.ok(one.options.every(({ name, values }) => text(name) && values.every(({ label, available, exists }) => text(label) && flag(available) && flag(exists))), what);
    assert.ok(one.selected.every(({ name, label }) => text(name) && text(label)) && texts(one.features) && texts(one.specifications), what);
    assert.ok(one.attributes.every(({ name, values }) => text(name) && texts(values)), what);
    for (const offer of one.offers) {
      const { seller, match } = offer;
      assert.ok(text(offer.id) && text(offer.title) && price(offer.price) && price(offer.listPrice) && flag(offer.available) && text(offer.availability), what);
      assert.ok(offer.options.every(({ name, label }) => text(name) && text(label)) && (offer.image === null || image(offer.image)), what);
      assert.ok(text(offer.url) && text(offer.checkoutUrl) && flag(offer.secondhand) && flag(offer.requiresSellingPlan) && rating(offer.rating), what);
      assert.ok([seller.id, seller.name, seller.domain, seller.url, ...Object.values(seller.policies)].every(text) && texts(seller.wallets) && texts(seller.cards), what);
      assert.ok(match === null || (typeof match === "object" && !Array.isArray(match)), what);
    }
  }
});
