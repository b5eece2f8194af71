import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { describe, it } from "node:test";
import { callCatalog } from "./support/catalogs.js";
import { runningShop } from "./support/shop.js";
import { MUG, callUcp, codes } from "./support/ucp.js";

const HARLOW = "gid://shopify/p/AbC123XyZ";
const EVERY_STATUS = "gid://shopify/p/EveryStatus001";
const MANY_SELLERS = "gid://shopify/p/ManySellers001";
const SECONDHAND = "gid://shopify/p/OnceOwnedOnly1";
const FENNMARK = "gid://shopify/Shop/68817551382";

describe("the catalog of all shops", () => {
  const running = runningShop();
  const search = async (catalog, how) => (await callCatalog(running.shop, "search_catalog", catalog, how)).data;
  const get = async (catalog) => (await callCatalog(running.shop, "get_product", catalog)).data;
  const titles = ({ products }) => products.map(({ title }) => title);
  const variants = ({ products }) => products.flatMap((product) => product.variants);
  const sellers = (found) => new Set(variants(found).map(({ seller }) => seller.id));

  it("holds at least 500 products of at least 8 shops, with everything that can be said of them", async () => {
    const { catalog } = running.shop.state();
    assert.ok(catalog.products >= 500);
    assert.ok(catalog.shops.length >= 8);
    assert.equal(catalog.own, 50);
    assert.ok(new Set(catalog.shops.map(({ currency }) => currency)).size >= 5);
    const all = await Promise.all(["sweater", "jacket", "coffee", "glass", "lamp", "wool", "headphones", "mug"]
      .map((query) => search({ query, filters: { available: false }, pagination: { limit: 50 } })));
    const seen = all.flatMap(variants);
    const statuses = new Set(seen.map(({ availability }) => availability.status));
    assert.deepEqual([...statuses].sort(), ["backorder", "discontinued", "in_stock", "out_of_stock", "preorder"]);
    assert.ok(sellers({ products: all.flatMap(({ products }) => products) }).size >= 8);
    assert.ok(seen.some(({ condition }) => condition[0] === "secondhand"));
    assert.ok(seen.some(({ requires }) => requires.selling_plan));
    assert.ok(seen.some(({ availability }) => availability.running_low));
  });

  it("finds by words, titles before descriptions, in the same order every time", async () => {
    const found = await search({ query: "I need a crewneck sweater", pagination: { limit: 50 } });
    assert.match(titles(found)[0], /Crewneck Sweater/);
    const places = titles(found).map((title) => /Crewneck Sweater/.test(title));
    assert.equal(places.indexOf(false) === -1 || places.lastIndexOf(true) < places.indexOf(false), true);
    assert.deepEqual(await search({ query: "I need a crewneck sweater", pagination: { limit: 50 } }), found);
    assert.deepEqual((await search({ query: "submarine" })).products, []);
    assert.match(titles(await search({ query: "wireless headphones" }))[0], /Wireless.*Headphones/);
    const wool = await search({ query: "sweater", context: { intent: "something of alpaca" } });
    assert.match(titles(wool)[0], /Alpaca/);
  });

  it("tells a product as UCP does, with what the platform adds", async () => {
    const { products: [product] } = await search({ query: "harlow crewneck", filters: { condition: ["new"] } });
    assert.equal(product.id, HARLOW);
    assert.deepEqual(product.price_range.min, { amount: 8900, currency: "USD" });
    assert.deepEqual(product.options.map(({ name }) => name), ["Color", "Size"]);
    assert.deepEqual(product.rating, { value: 4.8, scale_min: 1, scale_max: 5, count: 372 });
    assert.equal(product.categories[0].value, "gid://shopify/TaxonomyCategory/aa-1-13-12");
    assert.ok(product.metadata.top_features.length > 2);
    const [variant] = product.variants;
    assert.deepEqual(variant.seller.id, FENNMARK);
    assert.equal(variant.seller.domain, "fennmark-knitworks-example.myshopify.com");
    assert.equal(new URL(variant.checkout_url).origin, variant.seller.url);
    assert.match(variant.checkout_url, /\/cart\/\d+:1\?_gsid=\w+$/);
    assert.deepEqual(variant.condition, ["new"]);
    assert.deepEqual(variant.eligible, { native_checkout: true });
    assert.deepEqual(variant.requires, { shipping: true, selling_plan: false, components: false });
    assert.equal((await fetch(product.media[0].url)).headers.get("content-type"), "image/svg+xml");
  });

  it("narrows to what is asked for", async () => {
    const narrowed = async (filters, query = "wool sweater jacket coffee") =>
      search({ query, filters, pagination: { limit: 50 } });
    const shops = await narrowed({ shops: [FENNMARK] });
    assert.deepEqual([...sellers(shops)], [FENNMARK]);
    assert.deepEqual(await narrowed({ shop_ids: [FENNMARK] }).then(titles), titles(shops));
    const used = await narrowed({ condition: ["secondhand"] });
    assert.ok(variants(used).length > 0 && variants(used).every(({ condition }) => condition[0] === "secondhand"));
    const countries = Object.fromEntries(running.shop.state().catalog.shops.map(({ id, country }) => [id, country]));
    const swedish = await narrowed({ ships_from: [{ country: "SE" }, { country: "JP" }] }, "jacket notebook");
    assert.deepEqual(new Set([...sellers(swedish)].map((id) => countries[id])), new Set(["SE", "JP"]));
    const toJapan = await narrowed({ ships_to: { country: "JP" } });
    assert.ok(![...sellers(toJapan)].some((id) => ["CA", "GB"].includes(countries[id])));
    assert.deepEqual((await narrowed({ ships_to: { country: "AQ" } })).products, []);
    const cheap = await narrowed({ price: { min: 2000, max: 4000 } }, "candle");
    assert.ok(cheap.products.length > 0);
    assert.ok(variants(cheap).every(({ price }) => price.currency !== "USD" || price.amount <= 4000));
    const rated = await narrowed({ rating: { variant: { min: 4.5, min_count: 20 } } });
    assert.ok(rated.products.length > 0);
    assert.ok(variants(rated).every(({ rating }) => rating.value >= 4.5 && rating.count >= 20));
    const known = await narrowed({ rating: { variant: { min_count: 400 } } }, "sweater jacket");
    assert.ok(variants(known).every(({ rating }) => rating.count >= 400));
    const navy = await narrowed({
      attributes: [{ name: "Color", values: ["Navy"] }, { name: "Size", values: ["M", "Large"] }],
    }, "sweater jacket");
    assert.ok(variants(navy).length > 0);
    for (const { options } of variants(navy)) {
      assert.ok(options.some(({ label }) => label === "Navy"));
      assert.ok(options.some(({ label }) => ["M", "Large"].includes(label)));
    }
    const clothes = await narrowed({ categories: ["gid://shopify/TaxonomyCategory/aa-1-13"] }, "wool");
    assert.ok(clothes.products.length > 0);
    assert.ok(clothes.products.every(({ categories }) => /aa-1-13-/.test(categories[0].value)));
    const women = await narrowed({ attributes: [{ name: "Target gender", values: ["female"] }] }, "clothing");
    assert.ok(women.products.length > 0);
    assert.ok(women.products.every(({ title }) => /Dress|Cardigan/.test(title)));
    const [low, high] = await Promise.all(["low", "high"].map((tier) => narrowed({ price_tier: [tier] }, "skillet")));
    assert.ok(low.products.length > 0 && high.products.length > 0);
    assert.ok(low.products[0].price_range.min.amount < high.products[0].price_range.min.amount);
  });

  it("ignores what it does not know, and says so", async () => {
    const { messages, products } = await search({
      query: "sweater", filters: { attributes: [{ name: "Mood", values: ["calm"] }], price_tier: ["free"] },
    });
    assert.ok(products.length > 0);
    assert.deepEqual(messages.map(({ type, code, path }) => [type, code, path]), [
      ["info", "not_found", "$.filters.price_tier[0]"], ["info", "not_found", "$.filters.attributes[0]"],
    ]);
  });

  it("comes in pages of 50 at most, none of it twice, 1000 deep", async () => {
    running.shop.settings({ catalogProducts: 10_000 });
    const first = await search({ query: "organic", pagination: { limit: 51 } });
    assert.equal(first.products.length, 50);
    const gsid = ({ products: [{ url }] }) => new URL(url).searchParams.get("_gsid");
    const seen = [];
    let page = first;
    while (page.pagination.has_next_page) {
      seen.push(...page.products.map(({ id }) => id));
      page = await search({ query: "organic", pagination: { limit: 50, cursor: page.pagination.cursor } });
      assert.equal(page.pagination.total_count, first.pagination.total_count);
      assert.equal(gsid(page), gsid(first), "one search on all pages");
    }
    seen.push(...page.products.map(({ id }) => id));
    assert.equal(page.pagination.cursor, undefined);
    assert.equal(new Set(seen).size, seen.length);
    const cursor = Buffer.from('{"offset":950}').toString("base64url");
    const deep = await search({ query: "home garden", pagination: { limit: 50, cursor } });
    assert.ok(deep.pagination.total_count > 1000);
    assert.deepEqual([deep.products.length, deep.pagination.has_next_page], [50, false]);
    assert.deepEqual(codes(await search({ query: "wool", pagination: { cursor: "nonsense" } })), ["invalid_cursor"]);
    assert.equal((await search({ query: "wool" })).products.length, 10);
  });

  it("wants a query, or something that it is to be like", async () => {
    for (const catalog of [{}, { query: "  " }, { filters: { condition: ["new"] } }, { catalog_id: "second-life" }]) {
      const { status, result } = await callCatalog(running.shop, "search_catalog", catalog);
      assert.deepEqual([status, result.isError, result.content[0].text], [
        200, true, "Invalid arguments: A query is required",
      ]);
    }
    for (const like of [
      [], ["gid://shopify/p/AbC123XyZ"], [{}], [{ id: HARLOW, image: { content_type: "image/png", data: "AAAA" } }],
      [{ id: HARLOW }, { id: HARLOW }, { id: HARLOW }], [{ image: { content_type: "text/html", data: "AAAA" } }],
      [{ image: { content_type: "image/png", data: "no base64!" } }], { id: HARLOW },
    ]) {
      assert.equal((await callCatalog(running.shop, "search_catalog", { like })).result.isError, true);
    }
    assert.equal((await callCatalog(running.shop, "search_catalog", {
      query: "wool", filters: { categories: [{ id: "gid://shopify/TaxonomyCategory/aa-1" }] },
    })).result.content[0].text, "Invalid arguments: value at `/catalog/filters/categories/0` must be string");
  });

  it("finds what is like something, but not the thing itself", async () => {
    const { products } = await search({ like: [{ id: HARLOW }] });
    assert.ok(products.length > 0);
    assert.ok(products.every(({ id }) => id !== HARLOW));
    assert.match(products[0].title, /Sweater/);
    const named = await search({ query: "harlow organic cotton crewneck sweater", like: [{ id: HARLOW }] });
    assert.ok(named.products.every(({ id }) => id !== HARLOW), "not by its name either");
    assert.deepEqual(codes(await search({ like: [{ id: "gid://shopify/p/nothing" }] })), ["not_found"]);
    const [headphones] = (await search({ query: "headphones" })).products;
    const picture = Buffer.from(await (await fetch(headphones.media[0].url)).arrayBuffer());
    const image = { content_type: "image/svg+xml", data: picture.toString("base64") };
    assert.match((await search({ like: [{ image }] })).products[0].title, /Headphones|Earbuds/);
    const blank = { content_type: "image/svg+xml", data: Buffer.from("<svg/>").toString("base64") };
    const other = (await search({ like: [{ image: blank }], pagination: { limit: 50 } })).products;
    assert.ok(other.some(({ title }) => !/Headphones|Earbuds/.test(title)));
    const png = { content_type: "image/png", data: Buffer.from("any picture").toString("base64") };
    assert.ok((await search({ like: [{ image: png }] })).products.length > 0);
    const both = await search({ query: "wool", like: [{ id: HARLOW }] });
    assert.match(both.products[0].title, /Wool.*Sweater/);
  });

  it("keeps to saved catalogs", async () => {
    const used = await search({ query: "jacket", catalog_id: "second-life", filters: { condition: ["new"] } });
    assert.ok(variants(used).length > 0 && variants(used).every(({ condition }) => condition[0] === "secondhand"));
    const cheap = await search({
      query: "sweater skillet candle", saved_catalog_slug: "under-fifty", filters: { price: { max: 100_000 } },
    });
    assert.ok(variants(cheap).every(({ price }) => price.amount <= 5000));
    assert.match(titles(await search({ query: "sweater", catalog_id: "wool-first" }))[0], /Wool/);
    assert.deepEqual(codes(await search({ query: "wool", catalog_id: "nobodys" })), ["not_found"]);
  });

  it("asks in the buyer's currency where the shop does, and in the shop's own where not", async () => {
    const prices = async (context) => Object.fromEntries((await get({ id: MANY_SELLERS, context })).product.variants
      .filter(({ title }) => title === "20 cm").map(({ seller, price }) => [seller.name, price]));
    const dollars = await prices({});
    assert.deepEqual(dollars["Dunmarrow Supply"].currency, "USD");
    assert.equal(dollars["Kumohara Paper"].currency, "JPY");
    const kronor = await prices({ address_country: "SE" });
    assert.deepEqual(kronor["Dunmarrow Supply"].currency, "SEK");
    assert.equal(kronor["Twice Around"].currency, "USD");
    assert.equal((await prices({ currency: "KWD", address_country: "SE" }))["Tarnbrook Glass"].currency, "KWD");
  });

  it("looks up 50 ids of every kind, and says which it does not have", async () => {
    const lookup = async (ids, more) => callCatalog(running.shop, "lookup_catalog", { ids, ...more });
    const variant = "gid://shopify/ProductVariant/43696935272470";
    const { data } = await lookup([HARLOW, variant, MUG, "gid://shopify/Product/1", SECONDHAND]);
    const led = data.products.map((product) => product.variants.flatMap(({ inputs }) => inputs));
    assert.deepEqual(led.map((inputs) => inputs.map(({ match }) => match)), [
      ["featured", "exact"], ["exact"], ["featured"],
    ]);
    assert.equal(data.products[1].variants[0].seller.name, "Cedar & Clay");
    assert.deepEqual(data.messages.map(({ type, code, path }) => [type, code, path]), [
      ["info", "not_found", "$.ids[3]"],
    ]);
    const fifty = Array.from({ length: 50 }, (_, index) => `gid://shopify/p/none${index}`);
    assert.equal((await lookup(fifty)).data.messages.length, 50);
    assert.equal((await lookup([...fifty, HARLOW])).result.isError, true);
    assert.deepEqual((await lookup([SECONDHAND], { filters: { condition: ["new"] } })).data.products, []);
  });

  it("has a thing of each status of stock", async () => {
    const { product } = await get({ id: EVERY_STATUS });
    const stock = Object.fromEntries(product.variants.map(({ title, availability }) => [title, availability]));
    assert.deepEqual(stock, {
      Sage: { available: true, status: "in_stock", running_low: false },
      Ochre: { available: true, status: "in_stock", running_low: true },
      Navy: { available: true, status: "backorder", running_low: false },
      Plum: { available: true, status: "preorder", running_low: false },
      Charcoal: { available: false, status: "out_of_stock", running_low: false },
      Rust: { available: false, status: "discontinued", running_low: false },
    });
    const buyable = await get({ id: EVERY_STATUS, filters: { available: true } });
    assert.equal(buyable.product.variants.length, 4);
  });

  it("narrows a product to what was selected, and gives way from the end of the preferences", async () => {
    const selected = [{ name: "Color", label: "Red" }, { name: "Size", label: "Small" }];
    const { product } = await get({ id: HARLOW, selected, preferences: ["Color", "Size"] });
    assert.deepEqual(product.selected, [{ name: "Color", label: "Red" }]);
    assert.ok(product.variants.every(({ title }) => title.startsWith("Red / ")));
    const sizes = product.options.find(({ name }) => name === "Size").values;
    assert.deepEqual(sizes.find(({ label }) => label === "Small"), { label: "Small", exists: false, available: false });
    const other = await get({ id: HARLOW, selected, preferences: ["Size", "Color"] });
    assert.deepEqual(other.product.selected, [{ name: "Size", label: "Small" }]);
    const blue = await get({
      id: HARLOW, selected: [{ name: "Color", label: "Blue" }], filters: { condition: ["new"] },
    });
    assert.equal(blue.product.variants.find(({ title }) => title === "Blue / Medium").availability.available, false);
    const byVariant = await get({ id: "gid://shopify/ProductVariant/43696935272470" });
    assert.equal(byVariant.product.variants[0].title, "Navy / Medium");
    const missing = await get({ id: "gid://shopify/p/nothing" });
    assert.deepEqual([missing.ucp.status, codes(missing)], ["error", ["not_found"]]);
  });

  it("shows offers alone to whoever compares", async () => {
    const { products: [product] } = await search({ query: "lathe cast iron skillet", view: "offer" });
    assert.deepEqual(Object.keys(product).sort(), ["id", "media", "price_range", "rating", "title", "url", "variants"]);
    assert.equal(product.variants.length, 10);
    assert.equal((await get({ id: MANY_SELLERS })).product.variants.length, 33);
  });

  it("leads to shops: this one's checkout, and a page of any other", async () => {
    const { shop } = running;
    const open = (url) => new Promise((resolve, reject) => {
      const { host, pathname, search: query } = new URL(url);
      const { port } = new URL(shop.shop);
      httpRequest({ host: "127.0.0.1", port, path: pathname + query, headers: { host } }, async (answer) => {
        resolve({ status: answer.statusCode, html: Buffer.concat(await answer.toArray()).toString() });
      }).on("error", reject).end();
    });
    const { products: [own] } = await search({ query: "speckled stoneware mug" });
    assert.equal(own.variants[0].seller.url, shop.shop);
    const checkout = await fetch(own.variants[0].checkout_url);
    assert.match(checkout.url, /\/checkouts\/cn\//);
    assert.match(await checkout.text(), /Speckled Stoneware Mug/);
    assert.equal((await fetch(`${shop.shop}/cart/1:1`)).status, 404);
    assert.match(await (await fetch(own.url)).text(), /Speckled Stoneware Mug/);
    const { products: [other] } = await search({ query: "harlow sweater" });
    const [{ url, checkout_url: there, seller }] = other.variants;
    assert.match((await open(url)).html, /<h1>Harlow Organic Cotton Crewneck Sweater<\/h1>/);
    assert.match((await open(there)).html, /data-status="played"/);
    for (const link of [`${seller.url}/`, seller.links[0].url]) assert.equal((await open(link)).status, 200, link);
    assert.equal((await open(`${seller.url}/products/nothing`)).status, 404);
    assert.equal(shop.log().at(-1).kind, "store-page");
  });

  it("is not sold by this shop, but what this shop sells is", async () => {
    const add = async (id) => (await callUcp(running.shop, "create_cart", {
      cart: { line_items: [{ item: { id }, quantity: 1 }] },
    })).data;
    assert.deepEqual(codes(await add("gid://shopify/ProductVariant/43696935272470")), ["not_found"]);
    assert.equal((await add(MUG)).line_items.length, 1);
  });
});
