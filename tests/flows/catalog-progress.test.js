// Servers that go round in circles, stop early, or answer with something else than products.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene, idsOf } from "./support/catalog-scene.js";
import { productId } from "./support/catalog-server.js";

const MUGS = { query: "mug" };
const product = (number) => ({ id: productId(number), title: "Mug" });

/** A search whose pages are these, one after the other; the last one again and again. */
async function pages(...resources) {
  const scene = new CatalogScene();
  const { catalog: server } = scene;
  server.instead = () => resources[Math.min(server.calls.length, resources.length) - 1];
  return { server, page: await scene.page() };
}

async function walked(...resources) {
  const { page, server } = await pages(...resources);
  const { products, truncated } = await page.ucp.catalog.walk(MUGS).result();
  return { ids: idsOf(products), truncated, asked: server.calls.length };
}

/** What came before the error, and the error. */
async function stopped(...resources) {
  const { page, server } = await pages(...resources);
  const ids = [];
  const error = await page.ucp.catalog.walk(MUGS, ({ id }) => {
    ids.push(id);
    assert.ok(server.calls.length < 100, "this never ends");
  }).error();
  assert.deepEqual([error.name, error.code, error.field, error.retryable], ["ProtocolError", "answer_invalid", "cursor", false]);
  assert.equal(error.message, "The search's next page makes no progress.");
  return { ids, asked: server.calls.length };
}

const part = (numbers, cursor, more = {}) => ({ products: numbers.map(product), pagination: { has_next_page: true, cursor, ...more } });
const last = (numbers, more = {}) => ({ products: numbers.map(product), pagination: { has_next_page: false, ...more } });

describe("no progress is an error, after what there was", () => {
  test("a cursor again", async () => {
    const { ids, asked } = await stopped(part([1], "a"), part([2], "a"), part([3], "b"));
    assert.deepEqual([ids, asked], [[1, 2].map(productId), 2]);
  });

  test("a cursor again, after others", async () => {
    const { ids, asked } = await stopped(part([1], "a"), part([2], "b"), part([3], "c"), part([4], "a"), part([5], "d"));
    assert.deepEqual([ids, asked], [[1, 2, 3, 4].map(productId), 4]);
  });

  test("empty pages without end", async () => {
    let count = 0;
    const { page, server } = await pages();
    server.instead = () => part([], `c${(count += 1)}`);
    assert.equal(await page.ucp.catalog.walk(MUGS).code(), "answer_invalid");
    assert.equal(count, 4);
  });

  test("the same products on every page, whatever the cursor", async () => {
    let count = 0;
    const { page, server } = await pages();
    server.instead = () => part([1, 2], `c${(count += 1)}`);
    const ids = [];
    const error = await page.ucp.catalog.walk(MUGS, ({ id }) => { ids.push(id); }).error();
    assert.deepEqual([error.code, ids], ["answer_invalid", [1, 2].map(productId)]);
    assert.equal(count, 5);
  });
});

describe("progress goes on", () => {
  test("over a few empty pages", async () => {
    const { ids, truncated } = await walked(part([1], "a"), part([], "b"), part([], "c"), part([], "d"), part([2], "e"), part([], "f"), last([3]));
    assert.deepEqual([ids, truncated], [[1, 2, 3].map(productId), false]);
  });

  test("over an empty last page", async () => {
    assert.deepEqual(await walked(part([1], "a"), last([])), { ids: [productId(1)], truncated: false, asked: 2 });
  });

  test("where pages overlap: each product once", async () => {
    const { ids } = await walked(part([1, 2, 3], "a"), part([3, 4, 1], "b"), last([4, 5, 5]));
    assert.deepEqual(ids, [1, 2, 3, 4, 5].map(productId));
  });

  test("for products without an id, each of them", async () => {
    const nameless = { products: [{ title: "a" }, { title: "b" }, { id: null }, { id: 7 }], pagination: { has_next_page: false } };
    const { page } = await pages(nameless);
    const { products } = await page.ucp.catalog.walk(MUGS).result();
    assert.deepEqual(Array.from(products, ({ id, title }) => [id, title]), [[null, "a"], [null, "b"], [null, null], [null, null]]);
  });
});

describe("an end", () => {
  const whole = [
    ["without pagination", { products: [product(1)] }],
    ["with `pagination: null`", { products: [product(1)], pagination: null }],
    ["with no next page", last([1])],
    ["with no next page, but a cursor", last([1], { cursor: "a" })],
    ["with an empty pagination", { products: [product(1)], pagination: {} }],
    ["at a depth that is all there is", { products: Array.from({ length: 1_000 }, (_, number) => product(number)), pagination: { has_next_page: false, total_count: 1_000 } }],
    ["short of the depth, whatever is estimated", last([1], { total_count: 4_000 })],
  ];
  for (const [what, resource] of whole) {
    test(`${what} is whole`, async () => {
      const { truncated, asked } = await walked(resource);
      assert.deepEqual([truncated, asked], [false, 1]);
    });
  }

  const thousand = Array.from({ length: 1_000 }, (_, number) => number);
  const cut = [
    ["with a next page but no cursor", part([1], undefined)],
    ["with a next page but an empty cursor", part([1], "")],
    ["with a next page and a cursor of another type", part([1], 10)],
    ["with a next page and a cursor that is an object", part([1], { offset: 10 })],
    ["at the server's depth with more in its count", last(thousand, { total_count: 4_200 })],
  ];
  for (const [what, resource] of cut) {
    test(`${what} is truncated`, async () => {
      const { truncated, asked } = await walked(resource);
      assert.deepEqual([truncated, asked], [true, 1]);
    });
  }

  test("at the depth, on the last of many pages", async () => {
    const parts = Array.from({ length: 4 }, (_, index) => {
      const numbers = thousand.slice(index * 250, index * 250 + 250);
      return index < 3 ? part(numbers, `c${index}`, { total_count: 4_200 }) : last(numbers, { total_count: 4_200 });
    });
    const { ids, truncated, asked } = await walked(...parts);
    assert.deepEqual([ids.length, truncated, asked], [1_000, true, 4]);
  });

  test("that comes later is known anew by every walk", async () => {
    const { page, server } = await pages(part([1], undefined));
    const search = page.ucp.catalog.begin(MUGS);
    const drain = () => page.ucp.catalog.work(async () => { for await (const _ of search); }).result();
    await drain();
    assert.equal(search.truncated, true);
    server.instead = () => last([1]);
    const fresh = page.ucp.catalog.begin(MUGS);
    assert.equal(fresh.truncated, false);
  });
});

describe("answers of another shape are read as far as they go", () => {
  for (const [what, resource, ids] of [
    ["products that are no list", { products: { 0: product(1) } }, []],
    ["products that are a text", { products: "mugs" }, []],
    ["products that are null", { products: null }, []],
    ["no products", {}, []],
    ["items that are nothing", { products: [null, undefined, 1, "a", true, [], product(1)] }, [null, productId(1)]],
    ["an id of another type", { products: [{ id: { a: 1 } }] }, [null]],
    ["pagination that is a text", { products: [product(1)], pagination: "more" }, [productId(1)]],
    ["pagination that is a list", { products: [product(1)], pagination: [{ has_next_page: true }] }, [productId(1)]],
  ]) {
    test(what, async () => {
      const { page } = await pages({ ...resource });
      const { products } = await page.ucp.catalog.walk(MUGS).result();
      assert.deepEqual(idsOf(products), ids);
    });
  }

  for (const [what, total] of [["a text", "many"], ["nothing", null], ["an object", {}], ["a list", [3]], ["true", true]]) {
    test(`a count that is ${what} is none`, async () => {
      const { page } = await pages({ products: [], pagination: { total_count: total } });
      assert.equal((await page.ucp.catalog.search(MUGS).result()).totalCount, null);
    });
  }

  test("a former catalog with a cursor has one page all the same", async () => {
    const scene = CatalogScene.former();
    scene.catalog.instead = (_call, usual) => ({ ...usual, pagination: { has_next_page: true, cursor: "c10" } });
    const page = await scene.page();
    const { products, truncated } = await page.ucp.catalog.walk({ query: "mug", context: "a gift" }).result();
    assert.deepEqual([products.length, truncated, scene.catalog.calls.length], [10, true, 1]);
  });
});
