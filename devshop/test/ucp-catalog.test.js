import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runningShop } from "./support/shop.js";
import { callUcp, codes, MUG, VASE_SOLD_OUT } from "./support/ucp.js";

describe("the shop's catalog", () => {
  const running = runningShop();

  const search = async (catalog) => (await callUcp(running.shop, "search_catalog", { catalog })).data;

  it("is found by words, categories and prices", async () => {
    const mugs = await search({ query: "Stoneware mug" });
    assert.equal(mugs.products[0].handle, "speckled-stoneware-mug");
    assert.deepEqual((await search({ query: "submarine" })).products, []);
    const studio = await search({ filters: { categories: ["Studio"] } });
    assert.ok(studio.products.every(({ categories }) => categories[0].value === "Studio"));
    const cheap = await search({ filters: { price: { max: 2000 } } });
    assert.ok(cheap.products.length > 0);
    assert.ok(cheap.products.every(({ price_range: range }) => range.min.amount <= 2000));
    assert.equal((await search({ query: "oil lamp", filters: { available: true } })).products.length, 0);
    assert.equal((await search({ query: "oil lamp", filters: { available: false } })).products.length, 1);
  });

  it("comes in pages", async () => {
    const seen = [];
    let cursor;
    do {
      const page = await search({ pagination: { limit: 15, ...(cursor ? { cursor } : {}) } });
      seen.push(...page.products.map(({ id }) => id));
      assert.ok(page.pagination.total_count >= 40 && page.pagination.total_count <= 80);
      assert.equal(page.pagination.has_next_page, page.pagination.cursor !== undefined);
      ({ cursor } = page.pagination);
    } while (cursor);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.length >= 40);
    assert.deepEqual(codes(await search({ pagination: { cursor: "nonsense" } })), ["invalid_cursor"]);
  });

  it("has prices in minor units of the buyer's currency", async () => {
    const priceIn = async (context) => {
      const { products: [mug] } = await search({ query: "stoneware mug", context });
      return mug.variants[0].price;
    };
    assert.deepEqual(await priceIn(), { amount: 2800, currency: "USD" });
    assert.deepEqual(await priceIn({ currency: "JPY" }), { amount: 4200, currency: "JPY" });
    assert.deepEqual(await priceIn({ address_country: "KW" }), { amount: 8700, currency: "KWD" });
    assert.deepEqual(await priceIn({ currency: "XTS", address_country: "JP" }), { amount: 4200, currency: "JPY" });
  });

  it("tells what can be bought, and shows it", async () => {
    const { products: [vase] } = await search({ query: "bud vase" });
    const status = Object.fromEntries(vase.variants.map(({ id, availability }) => [id, availability.status]));
    assert.equal(status[VASE_SOLD_OUT], "out_of_stock");
    assert.equal((await fetch(vase.media[0].url)).headers.get("content-type"), "image/svg+xml");
  });

  it("looks up products and variants, and says which it does not have", async () => {
    const lookup = async (ids) => callUcp(running.shop, "lookup_catalog", { catalog: { ids } });
    const { data } = await lookup([MUG, "gid://shopify/Product/88200000002", "gid://shopify/Product/1"]);
    assert.deepEqual(data.products.map(({ variants }) => variants.map(({ inputs }) => inputs[0].match)), [
      ["exact"], ["featured"],
    ]);
    assert.deepEqual(data.messages.map(({ type, code, path }) => [type, code, path]), [
      ["info", "not_found", "$.ids[2]"],
    ]);
    assert.equal((await lookup(Array.from({ length: 11 }, () => MUG))).result.isError, true);
  });

  it("narrows a product to the options that were chosen", async () => {
    const get = async (catalog) => (await callUcp(running.shop, "get_product", { catalog })).data;
    const id = "gid://shopify/Product/88200000001";
    const { product } = await get({ id, selected: [{ name: "Glaze", label: "Indigo" }] });
    assert.equal(product.variants.length, 2);
    assert.deepEqual(product.selected, [{ name: "Glaze", label: "Indigo" }]);
    assert.ok(product.options[1].values.every(({ exists, available }) => exists && available));
    const impossible = await get({
      id,
      selected: [{ name: "Size", label: "12 oz" }, { name: "Glaze", label: "Pink" }],
      preferences: ["Size", "Glaze"],
    });
    assert.deepEqual(impossible.product.selected, [{ name: "Size", label: "12 oz" }]);
    const missing = await get({ id: "gid://shopify/Product/1" });
    assert.equal(missing.ucp.status, "error");
    assert.deepEqual(codes(missing), ["not_found"]);
  });

  it("takes what agents say of the buyer and of where they come from", async () => {
    const about = {
      context: { address_country: "US", language: "en-US", intent: "a present", eligibility: ["example.club"] },
      signals: { "dev.ucp.buyer_ip": "198.51.100.7", "dev.ucp.user_agent": "agent" },
      attribution: { referring_domain: "agents.example", utm_source: "agent" },
    };
    assert.equal((await search({ query: "ramen bowl", ...about })).products.length, 1);
    const { shop } = running;
    for (const [name, catalog] of [["lookup_catalog", { ids: [MUG] }], ["get_product", { id: MUG }]]) {
      assert.equal((await callUcp(shop, name, { catalog: { ...catalog, ...about } })).data.ucp.status, "success");
    }
    const wrong = await callUcp(shop, "search_catalog", { catalog: { attribution: { utm_source: 1 } } });
    assert.equal(wrong.result.isError, true);
  });

  it("looks up what can be bought only, if asked to", async () => {
    const catalog = { ids: [MUG, VASE_SOLD_OUT], filters: { available: true } };
    const { data } = await callUcp(running.shop, "lookup_catalog", { catalog });
    assert.equal(data.products.length, 1);
    assert.deepEqual(codes(data), ["not_found"]);
  });

  it("says more to agents who know the platform's extension", async () => {
    const { shop } = running;
    const extension = "dev.shopify.catalog";
    const document = await (await fetch(`${shop.agents}/agents/demo/2026-08-25.json`)).json();
    delete document.ucp.capabilities[extension];
    const { url: profile } = shop.publishProfile("/agents/plain/2026-08-25.json", document);
    const mug = async (how) =>
      (await callUcp(shop, "search_catalog", { catalog: { query: "stoneware mug" } }, how)).data.products[0];
    const more = await mug();
    assert.deepEqual([more.gift_card, more.collections[0].handle], [false, "tableware"]);
    assert.deepEqual(more.rating, { scale_min: 1, scale_max: 5, value: 4.7, count: 12 });
    const [variant] = more.variants;
    assert.equal(variant.checkout_url, `${shop.shop}/cart/44100010001:1`);
    assert.deepEqual(variant.requires, { shipping: true, selling_plan: false, components: false });
    assert.deepEqual([variant.seller.id, variant.seller.url], ["gid://shopify/Shop/68817298", shop.shop]);
    const less = await mug({ profile });
    assert.deepEqual([less.gift_card, less.variants[0].checkout_url, less.variants[0].seller.id], [
      undefined, undefined, undefined,
    ]);
  });

  it("refuses arguments that do not fit, in one sentence under HTTP 200", async () => {
    for (const catalog of [{ pagination: { limit: 251 } }, { context: { currency: "usd" } }, "mug"]) {
      const { status, result } = await callUcp(running.shop, "search_catalog", { catalog });
      assert.equal(status, 200);
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, /^Invalid arguments: value at `\/catalog/);
    }
  });
});
