import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callCatalog } from "./support/catalogs.js";
import { runningShop } from "./support/shop.js";

describe("what all shops sell", () => {
  const running = runningShop();
  const search = async (catalog) => (await callCatalog(running.shop, "search_catalog", catalog)).data;
  const get = async (id) => (await callCatalog(running.shop, "get_product", { id })).data.product;

  it("is the same on every machine", async () => {
    const pen = await get("gid://shopify/p/3CbVXhpYfn6D16");
    assert.equal(pen.title, "Barrow Brass Fountain Pen");
    assert.deepEqual(pen.variants.map(({ seller }) => seller.name).at(0), "Dunmarrow Supply");
    assert.equal((await get("gid://shopify/p/PMJECxf0QqJugr")).title, "Sedge Linen Wrap Dress");
  });

  it("stays as it is when there is more of it", async () => {
    const query = { query: "home", filters: { available: false }, pagination: { limit: 50 } };
    running.shop.settings({ catalogProducts: 10_000 });
    assert.ok((await search(query)).pagination.total_count > 1000);
    running.shop.settings({ catalogProducts: 600 });
    const small = await search(query);
    assert.ok(small.pagination.total_count < 400, "less of it is less");
    const { products } = small;
    assert.equal(products.length, 50);
    const before = await Promise.all(products.map(({ id }) => get(id)));
    running.shop.settings({ catalogProducts: 10_000 });
    assert.ok(running.shop.state().catalog.products >= 10_000);
    const facts = ({ title, variants, media }) =>
      [title, media[0]?.url, variants.map(({ id, price, availability }) => [id, price, availability])];
    for (const [index, { id }] of products.entries()) assert.deepEqual(facts(await get(id)), facts(before[index]));
  });

  it("has ids that are one product's each, and that lead back to it", async () => {
    running.shop.settings({ catalogProducts: 10_000 });
    const pages = await Promise.all([0, 500, 950].map((offset) => search({
      query: "home", filters: { available: false },
      pagination: { limit: 50, cursor: Buffer.from(JSON.stringify({ offset })).toString("base64url") },
    })));
    const products = pages.flatMap((page) => page.products);
    assert.equal(new Set(products.map(({ id }) => id)).size, 150);
    const variants = products.flatMap((product) => product.variants);
    assert.equal(new Set(variants.map(({ id }) => id)).size, variants.length);
    const ids = products.slice(0, 50).map((product) => product.variants[0].id);
    const found = (await callCatalog(running.shop, "lookup_catalog", { ids })).data;
    assert.deepEqual(found.products.map(({ id }) => id), products.slice(0, 50).map(({ id }) => id));
  });

  it("is drawn in its colours and from three sides, whatever is asked of the pictures", async () => {
    const { products: [{ media, variants }] } = await search({ query: "harlow sweater" });
    assert.deepEqual(media.map(({ url }) => new URL(url).searchParams.get("view")), [null, "back", "detail"]);
    const svg = async (url) => (await fetch(url)).text();
    const drawings = await Promise.all([...media.map(({ url }) => url), variants[0].media[0].url].map(svg));
    assert.equal(new Set(drawings).size, 4);
    const [plain] = media;
    for (const look of ["colour=constructor", "view=constructor", "colour=%22%3E%3Cscript%3E"]) {
      assert.match(await svg(`${plain.url}?${look}`), /^<svg [^\n]*<g fill="#[0-9a-f]{6}" stroke="#[0-9a-f]{6}">/);
    }
    assert.equal((await fetch(plain.url.replace("abc123xyz", "nothing"))).status, 404);
  });
});
