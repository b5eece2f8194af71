// The former catalog's document, example by example: each request as a typed call on the wire, each response in the one
// shape. What its examples name, shops among it, is the document's own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { CatalogScene, plain } from "../flows/support/catalog-scene.js";
import { DISCOVER_ENDPOINT } from "../flows/support/catalog-server.js";

const example = (name) => JSON.parse(readFileSync(new URL(`seed/${name}.json`, import.meta.url), "utf8"));
const REQUESTS = example("requests");
const [SEARCH, DETAILS, TOKEN] = ["search-response", "product-response", "token-response"].map(example);

/** A page of the former catalog, whose token and answers are the document's. */
async function page() {
  const scene = new CatalogScene({ server: "discover", token: () => ({ ...TOKEN }) }).withoutAgent();
  scene.catalog.instead = ({ tool }) => (tool === "search_global_products" ? SEARCH : DETAILS);
  return { scene, catalog: (await scene.page()).ucp.catalog };
}

const call = (catalog, { name, arguments: args }) => (name === "search_global_products" ? catalog.search(args) : catalog.product(args)).result();

describe("request examples", () => {
  assert.equal(REQUESTS.length, 11);
  for (const [index, { example: what, request }] of REQUESTS.entries()) {
    test(`${index + 1}. ${what}`, async () => {
      const { scene, catalog } = await page();
      await call(catalog, request.params);
      const [{ url, method, headers, body }] = scene.shop.log;
      assert.equal(scene.shop.log.length, 1);
      assert.deepEqual([method, url, headers.authorization], ["POST", DISCOVER_ENDPOINT, `Bearer ${TOKEN.access_token}`]);
      assert.equal(headers["content-type"], "application/json");
      const { id, ...sent } = JSON.parse(body);
      const { id: _, ...wanted } = request;
      assert.deepEqual(sent, wanted);
      assert.deepEqual(Object.keys(sent.params.arguments), Object.keys(request.params.arguments), "in the document's own order");
      assert.ok(Number.isSafeInteger(id));
    });
  }

  test("in one row, as a page makes them: ids apart, one token", async () => {
    const { scene, catalog } = await page();
    for (const { request } of REQUESTS) await call(catalog, request.params);
    const bodies = scene.shop.log.map(({ body }) => JSON.parse(body));
    assert.equal(new Set(bodies.map(({ id }) => id)).size, REQUESTS.length);
    assert.deepEqual(bodies.map(({ params }) => params), REQUESTS.map(({ request }) => request.params));
  });
});

const STORE = "https://ecowear-example.myshopify.com";
const CDN = "https://cdn.shopify.com/s/files/example";
const ALT = "Organic Cotton Crewneck Sweater - ";
const PRICE = { amount: 8900, currency: "USD" };
const RATING = { value: 4.8, count: 124, scaleMax: 5 };
const there = (...labels) => labels.map((label) => ({ label, available: true, exists: true }));
const SIZES = { name: "Size", values: there("S", "M", "L") };
const NOTHING = { html: null, markdown: null };

/** Every member of `Product` in index.d.ts. */
const PRODUCTS = {
  search: {
    raw: SEARCH.offers[0],
    id: "gid://shopify/p/abc123def456",
    title: "Organic Cotton Crewneck Sweater",
    description: { plain: "A sustainably made crewneck sweater crafted from 100% organic cotton with a relaxed fit.", ...NOTHING },
    url: "https://discover.shopifyapps.com/global/v1/p/abc123def456?_gsid=example123",
    images: [{ url: `${CDN}/organic-cotton-crewneck.jpg`, alt: `${ALT}EcoWear` }],
    priceRange: { min: PRICE, max: PRICE },
    options: [SIZES, { name: "Color", values: there("Oatmeal", "Forest Green") }],
    selected: [],
    rating: RATING,
    features: [
      "100% organic cotton for breathable comfort", "Relaxed fit with ribbed cuffs and hem", "GOTS certified sustainable production",
      "Pre-washed for softness", "Classic crewneck design",
    ],
    specifications: ["Material: 100% Organic Cotton", "Fit: Relaxed", "Neckline: Crew", "Care: Machine wash cold"],
    sellingPoint: "Made from 100% GOTS-certified organic cotton with carbon-neutral shipping.",
    attributes: [
      { name: "Fabric", values: ["Cotton", "Organic"] }, { name: "Neckline", values: ["Crew"] },
      { name: "Target gender", values: ["Unisex"] }, { name: "Pattern", values: ["Solid"] },
    ],
  },
  details: {
    raw: DETAILS.product,
    id: "gid://shopify/p/xyz789abc123",
    title: "Organic Cotton Crewneck Sweater",
    description: { plain: "A soft crewneck sweater crafted from 100% organic cotton with a relaxed fit for everyday comfort.", ...NOTHING },
    url: "https://discover.shopifyapps.com/global/v1/p/xyz789abc123?_gsid=example123&available_for_sale=1&ships_to=US",
    images: ["Front", "Back", "Detail"].map((side) => ({ url: `${CDN}/organic-cotton-crewneck-${side.toLowerCase()}.jpg`, alt: `${ALT}${side}` })),
    priceRange: { min: PRICE, max: PRICE },
    options: [SIZES],
    selected: [],
    rating: RATING,
    features: [
      "100% organic cotton fabric provides breathable comfort", "Relaxed fit for everyday wear", "Ribbed cuffs and hem for a polished look",
      "Classic crew neckline", "Pre-washed for softness",
    ],
    specifications: [
      "Material: 100% Organic Cotton", "Fit: Relaxed", "Neckline: Crew", "Pattern: Solid", "Color: Natural Beige", "Available Sizes: S, M, L, XL",
    ],
    sellingPoint: "Made from 100% certified organic cotton for eco-conscious comfort.",
    attributes: [
      { name: "Neckline", values: ["Crew"] }, { name: "Age group", values: ["Adults"] }, { name: "Pattern", values: ["Solid"] },
      { name: "Fabric", values: ["Cotton", "Organic"] }, { name: "Target gender", values: ["Unisex"] }, { name: "Color", values: ["Beige", "Natural"] },
    ],
  },
};

const SELLER = {
  id: "gid://shopify/Shop/1111111111", name: "EcoWear", domain: "ecowear-example.myshopify.com", url: STORE,
  policies: {}, wallets: ["SHOPIFY_PAY"], cards: ["visa", "master", "american_express"],
};
const OFFER = {
  id: "gid://shopify/ProductVariant/11111111111",
  title: "Organic Cotton Crewneck Sweater",
  price: PRICE,
  listPrice: null,
  available: true,
  availability: "in_stock",
  options: [{ name: "Size", label: "M" }],
  image: null,
  url: `${STORE}/products/organic-cotton-crewneck?variant=11111111111&_gsid=example123`,
  checkoutUrl: `${STORE}/cart/11111111111:1?_gsid=example123&payment=shop_pay`,
  seller: SELLER,
  secondhand: false,
  requiresSellingPlan: false,
  rating: RATING,
  match: null,
};

/** Every member of `Offer`. */
const OFFERS = {
  search: {
    ...OFFER,
    raw: SEARCH.offers[0].products[0],
    options: [{ name: "Size", label: "M" }, { name: "Color", label: "Oatmeal" }],
    image: { url: `${CDN}/organic-cotton-crewneck.jpg`, alt: `${ALT}EcoWear` },
    seller: {
      ...SELLER,
      policies: {
        privacy_policy: `${STORE}/policies/privacy`, refund_policy: `${STORE}/policies/refund`,
        terms_of_service: `${STORE}/policies/terms`, shipping_policy: `${STORE}/policies/shipping`,
      },
    },
  },
  details: { ...OFFER, raw: DETAILS.product.products[0], match: { type: "match", requestedFilters: [] } },
};

const READ = {
  search: async (catalog) => catalog.search(REQUESTS[0].request.params.arguments).result(),
  details: async (catalog) => catalog.product(REQUESTS[4].request.params.arguments).result(),
};

for (const [what, read] of Object.entries(READ)) {
  describe(`the response example of ${what}, in the one shape`, async () => {
    const { catalog } = await page();
    const answer = await read(catalog);
    const product = answer.product ?? answer.products[0];
    const [offer] = product.offers;

    test("has the server's own data beside it, and what it says to a model as text", () => {
      const [response, count] = what === "search" ? [SEARCH, 1] : [DETAILS, undefined];
      assert.deepEqual(plain(answer.data), response);
      assert.equal(answer.instructions, response.instructions);
      assert.deepEqual([answer.outcome, answer.products?.length], ["success", count]);
      if (what === "search") assert.equal(answer.totalCount, null);
    });
    for (const [member, wanted] of Object.entries(PRODUCTS[what])) {
      test(`product.${member}`, () => assert.deepEqual(plain(product[member]), wanted));
    }
    test("product.offers", () => assert.equal(product.offers.length, 1));
    for (const [member, wanted] of Object.entries(OFFERS[what])) {
      test(`offer.${member}`, () => assert.deepEqual(plain(offer[member]), wanted));
    }
    test("the views are of nothing but what the types name", () => {
      const membersOf = (view) => {
        const names = new Set(Object.keys(view));
        for (let at = Object.getPrototypeOf(view); Object.getPrototypeOf(at); at = Object.getPrototypeOf(at)) Object.getOwnPropertyNames(at).forEach((name) => names.add(name));
        return [...names].filter((name) => name !== "constructor").sort();
      };
      assert.deepEqual(membersOf(product), [...Object.keys(PRODUCTS[what]), "offers"].sort());
      assert.deepEqual(membersOf(offer), Object.keys(OFFERS[what]).sort());
    });
  });
}
