// Products by their ids, in parts as large as the server takes, and one product narrowed to what is wished for.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene, idsOf, plain } from "./support/catalog-scene.js";
import { productId, refusal, variantId } from "./support/catalog-server.js";
import { after, json } from "./support/network.js";

async function catalogOf(catalog) {
  const scene = new CatalogScene(catalog);
  return { scene, server: scene.catalog, page: await scene.page() };
}
const ids = (start, end) => Array.from({ length: end - start }, (_, index) => productId(start + index));

describe("a lookup", () => {
  for (const [name, most] of [["shop", 10], ["global", 50]]) {
    for (const [count, sizes] of [[1, [1]], [most, [most]], [most + 1, [most, 1]], [3 * most + 7, [most, most, most, 7]]]) {
      test(`${name}: ${count} ids in parts of ${sizes}`, async () => {
        const { page, server } = await catalogOf({ server: name });
        server.count = 1_000;
        const { found, missing, results } = await page.ucp.catalog.lookup(ids(0, count)).result();
        assert.deepEqual(Array.from(found, ({ id }) => id), ids(0, count));
        assert.deepEqual(idsOf(found.map(({ product }) => product)), ids(0, count));
        assert.deepEqual([missing.length, results.length], [0, sizes.length]);
        assert.deepEqual(server.calls.map(({ args }) => args.catalog.ids.length), sizes);
        assert.deepEqual(server.calls.flatMap(({ args }) => args.catalog.ids), ids(0, count));
      });
    }
  }

  test("of the former catalog: one at a time, and what it does not know is missing", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    const { found, missing } = await page.ucp.catalog.lookup([productId(3), variantId(5), "AbC123XyZ4"]).result();
    assert.deepEqual(Array.from(found, ({ id }) => id), [productId(3), variantId(5), "AbC123XyZ4"]);
    assert.deepEqual(scene.catalog.calls.map(({ tool, args }) => [tool, args]), [
      ["get_global_product_details", { upid: "p3" }],
      ["get_global_product_details", { variant_id: 5 }],
      ["get_global_product_details", { upid: "AbC123XyZ4" }],
    ]);
    assert.equal(missing.length, 0);
  });

  test("of the former catalog: what leads nowhere is missing, and any other failure is one", async () => {
    const scene = CatalogScene.former();
    const says = (words, id) => json(200, { jsonrpc: "2.0", id, result: { content: [{ type: "text", text: words }], isError: true } });
    scene.catalog.instead = ({ args, id }) => (args.upid === "p3" ? says("Product not found: p3", id) : undefined);
    const page = await scene.page();
    const { found, missing, results } = await page.ucp.catalog.lookup([productId(2), productId(3), productId(4)]).result();
    assert.deepEqual(Array.from(found, ({ id }) => id), [productId(2), productId(4)]);
    assert.deepEqual([[...missing], results.length], [[productId(3)], 3]);
    const { product, outcome, data } = await page.ucp.catalog.product(productId(3)).result();
    assert.deepEqual([product, outcome, data.isError], [null, "unrecoverable", true]);
    scene.catalog.instead = ({ id }) => says("Invalid arguments: upid must be shorter", id);
    assert.notEqual(await page.ucp.catalog.lookup([productId(3)]).code(), "tool_not_found");
    assert.equal(await page.ucp.catalog.lookup(["gid://shopify/Product/1"]).code(), "option_invalid");
  });

  test("keeps the order of the ids, whatever order products come in", async () => {
    const { page, server } = await catalogOf();
    server.instead = (_call, { products }) => ({ products: products.reverse() });
    const { found } = await page.ucp.catalog.lookup([7, 3, 9, 1].map(productId)).result();
    assert.deepEqual(Array.from(found, ({ id, product }) => [id, product.id]), [7, 3, 9, 1].map((number) => [productId(number), productId(number)]));
  });

  test("keeps it where a later part is answered first", async () => {
    const { page, server } = await catalogOf();
    server.count = 30;
    server.instead = ({ args, id }, usual) => {
      if (args.catalog.ids[0] !== productId(0)) return undefined;
      return after(5_000, json(200, { jsonrpc: "2.0", id, result: { content: [], structuredContent: usual } }));
    };
    const { found, results } = await page.ucp.catalog.lookup(ids(0, 25)).result();
    assert.deepEqual(Array.from(found, ({ id }) => id), ids(0, 25));
    assert.equal(results.length, 3);
    assert.equal(new Set(server.calls.map(({ at }) => at)).size, 1, "all parts are asked for at once");
  });

  test("names what is missing, once, and asks for nothing twice", async () => {
    const { page, server } = await catalogOf();
    server.count = 5;
    const wanted = [4, 99, 4, 98, 0, 99].map(productId);
    const { found, missing } = await page.ucp.catalog.lookup(wanted).result();
    assert.deepEqual(Array.from(found, ({ id }) => id), [4, 4, 0].map(productId));
    assert.equal(found[0].product, found[1].product);
    assert.deepEqual([...missing], [99, 98].map(productId));
    assert.deepEqual(server.calls[0].args.catalog.ids, [4, 99, 98, 0].map(productId));
  });

  test("finds a product by its variant, and by what a variant was asked for as", async () => {
    const { page, server } = await catalogOf();
    const asked = "gid://shopify/ProductVariant/5?shop=1";
    server.instead = () => ({ products: [{ id: productId(1), variants: [{ id: variantId(4) }, { id: variantId(5), inputs: [{ id: asked, match: "exact" }, null, {}] }, null] }] });
    const { found, missing } = await page.ucp.catalog.lookup([asked, variantId(4), productId(1), "nobody"]).result();
    assert.deepEqual(Array.from(found, ({ id, product }) => [id, product.id]), [asked, variantId(4), productId(1)].map((id) => [id, productId(1)]));
    assert.deepEqual([...missing], ["nobody"]);
  });

  test("takes context and filters along, in every part", async () => {
    const { page, server } = await catalogOf();
    const more = { context: { currency: "JPY" }, filters: { available: true }, new_member: 1 };
    await page.ucp.catalog.lookup({ ids: ids(0, 15), ...more }).result();
    assert.deepEqual(server.calls.map(({ args }) => args.catalog), [{ ...more, ids: ids(0, 10) }, { ...more, ids: ids(10, 15) }]);
  });

  test("of nothing asks nobody", async () => {
    const { page, server } = await catalogOf();
    assert.deepEqual(plain(await page.ucp.catalog.lookup([]).result()), { found: [], missing: [], results: [] });
    assert.deepEqual(server.calls, []);
  });

  for (const given of ["id", null, undefined, 5, {}, { ids: "id" }, { ids: [1] }, { ids: [null] }, [""], [["id"]], { ids: { 0: "id" } }]) {
    test(`takes no ${JSON.stringify(given)}`, async () => {
      const { page, server } = await catalogOf();
      const error = await page.ucp.catalog.lookup(given).error();
      assert.equal(error.code, "option_invalid");
      assert.ok(["ids", "request"].includes(error.field));
      assert.deepEqual(server.calls, []);
    });
  }

  test("fails whole where one part does", async () => {
    const { page, server } = await catalogOf();
    server.instead = ({ args }) => (args.catalog.ids.includes(productId(15)) ? refusal(403) : undefined);
    assert.equal((await page.ucp.catalog.lookup(ids(0, 25)).error()).status, 403);
  });

  test("is given up whole", async () => {
    const { page } = await catalogOf();
    const work = page.ucp.catalog.lookup(ids(0, 25));
    work.abort();
    assert.equal(await work.code(), "aborted");
  });
});

describe("one product", () => {
  test("by its id alone", async () => {
    const { page, server } = await catalogOf();
    const { product, outcome } = await page.ucp.catalog.product(productId(3)).result();
    assert.deepEqual([product.id, outcome], [productId(3), "success"]);
    assert.deepEqual(server.calls[0].args, { catalog: { id: productId(3) } });
  });

  test("with what was selected in the end, where wishes were relaxed", async () => {
    const { page, server } = await catalogOf();
    const request = {
      id: productId(3), selected: [{ name: "Color", label: "Red" }, { name: "Size", label: "Small" }], preferences: ["Color", "Size"],
    };
    server.instead = () => ({
      product: {
        id: productId(3), selected: [{ name: "Color", label: "Red" }],
        options: [{ name: "Size", values: [{ label: "Small", available: false, exists: false }, { label: "Large", available: true, exists: true }] }],
      },
    });
    const { product } = await page.ucp.catalog.product(request).result();
    assert.deepEqual(server.calls[0].args, { catalog: request });
    assert.deepEqual(plain(product.selected), [{ name: "Color", label: "Red" }]);
    assert.deepEqual(plain(product.options[0].values.map(({ exists }) => exists)), [false, true]);
  });

  test("that there is not is `null`, with the server's messages", async () => {
    const { page, server } = await catalogOf();
    const messages = [{ type: "error", code: "not_found", severity: "unrecoverable", content: "There is none." }];
    server.instead = () => ({ ucp: { status: "error" }, messages });
    const { product, outcome, messages: told } = await page.ucp.catalog.product(productId(3)).result();
    assert.deepEqual([product, outcome, plain(told)], [null, "unrecoverable", messages]);
  });

  for (const [what, product] of [["null", null], ["a text", "mug"], ["a list", []], ["a number", 7]]) {
    test(`that is ${what} is ${what === "a list" ? "empty" : "none"}`, async () => {
      const { page, server } = await catalogOf();
      server.instead = () => ({ product });
      const { product: read } = await page.ucp.catalog.product(productId(3)).result();
      if (what === "a list") assert.equal(read.id, null);
      else assert.equal(read, null);
    });
  }

  test("with instructions as text", async () => {
    const { page, server } = await catalogOf();
    server.instead = (_call, usual) => ({ ...usual, instructions: "Say hello." });
    assert.equal((await page.ucp.catalog.product(productId(3)).result()).instructions, "Say hello.");
  });

  for (const given of [null, undefined, 5, ["id"], true]) {
    test(`of ${JSON.stringify(given)} is refused`, async () => {
      const { page, server } = await catalogOf();
      const error = await page.ucp.catalog.product(given).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", "request"]);
      const search = await page.ucp.catalog.search(given).error();
      assert.deepEqual([search.code, search.field], ["option_invalid", "request"]);
      assert.deepEqual(server.calls, []);
    });
  }
});
