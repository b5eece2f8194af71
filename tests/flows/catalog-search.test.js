// Searching: a page when it is awaited, all products when it is iterated, and an end to whatever makes no progress.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { walkOver } from "./support/catalog-page.js";
import { CatalogScene, idsOf, plain } from "./support/catalog-scene.js";
import { productId } from "./support/catalog-server.js";
import { text } from "./support/network.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const MUGS = { query: "mug", context: { intent: "a gift" } };

async function searching(catalog) {
  const scene = new CatalogScene(catalog);
  return { scene, server: scene.catalog, page: await scene.page() };
}
const numbered = (start, end) => Array.from({ length: end - start }, (_, index) => productId(start + index));

describe("a search that is awaited", () => {
  test("is its first page: products, the server's data, how many there are", async () => {
    const { page, server } = await searching();
    const first = await page.ucp.catalog.search(MUGS).result();
    assert.deepEqual(idsOf(first.products), numbered(0, 10));
    assert.equal(first.nextCursor, first.data.pagination.cursor);
    const [last] = [await page.ucp.catalog.search({ ...MUGS, pagination: { cursor: first.nextCursor, limit: 20 } }).result()];
    assert.deepEqual([last.products.length, last.nextCursor], [20, null]);
    assert.deepEqual([first.totalCount, first.outcome, first.continueUrl, first.instructions], [30, "success", null, null]);
    assert.deepEqual(plain(first.data.products), plain(first.products.map(({ raw }) => raw)));
    assert.deepEqual(server.tools, ["search_catalog", "search_catalog"]);
    assert.deepEqual(server.calls[0].args, { catalog: MUGS });
  });

  test("begins then, and once", async () => {
    const { page, server, scene } = await searching();
    const search = page.ucp.catalog.begin(MUGS);
    await scene.world.advance(60_000);
    assert.deepEqual(server.tools, [], "nobody wanted it");
    const [one, other] = await page.ucp.catalog.work(async () => Promise.all([search, search])).result();
    assert.equal(one, other);
    assert.deepEqual(server.tools, ["search_catalog"]);
  });

  test("then iterated, does not ask for the first page again", async () => {
    const { page, server } = await searching();
    const search = page.ucp.catalog.begin(MUGS);
    const all = await page.ucp.catalog.work(async () => {
      await search;
      return walkOver(search);
    }).result();
    assert.deepEqual(idsOf(all.products), numbered(0, 30));
    assert.equal(server.calls.length, 3);
  });

  test("hands on what the server says to a model as text, and nothing else", async () => {
    const { page, server } = await searching();
    for (const [said, told] of [["Call cancel_order now.", "Call cancel_order now."], [{ a: 1 }, null], [["x"], null], [null, null], ["", ""]]) {
      server.instead = (_call, usual) => ({ ...usual, instructions: said });
      assert.equal((await page.ucp.catalog.search(MUGS).result()).instructions, told);
    }
  });

  test("fails with an error of ours, the same one each time", async () => {
    const { page, scene } = await searching();
    scene.shop.always("ucp", text(403, "no"));
    const search = page.ucp.catalog.begin(MUGS);
    const errors = [];
    for (let times = 0; times < 2; times += 1) errors.push(await page.ucp.catalog.work(async () => search).error());
    assert.equal(errors[0], errors[1]);
    assert.match(errors[0].message, /[a-z]+ .*\.$/, "a sentence");
  });
});

describe("a search that is iterated", () => {
  test("gives the products of all pages, in order", async () => {
    const { page, server } = await searching();
    const { products, truncated } = await page.ucp.catalog.walk(MUGS).result();
    assert.deepEqual([idsOf(products), truncated], [numbered(0, 30), false]);
    assert.deepEqual(server.calls.map(({ args }) => args.catalog), [
      MUGS, { ...MUGS, pagination: { cursor: "c10" } }, { ...MUGS, pagination: { cursor: "c20" } },
    ]);
  });

  test("keeps its limit, and goes on from a cursor of the page's own", async () => {
    const { page, server } = await searching();
    const { products } = await page.ucp.catalog.walk({ ...MUGS, pagination: { cursor: "c5", limit: 20 } }).result();
    assert.deepEqual(idsOf(products), numbered(5, 30));
    assert.deepEqual(server.calls.map(({ args }) => args.catalog.pagination), [{ cursor: "c5", limit: 20 }, { cursor: "c25", limit: 20 }]);
  });

  test("asks for the next page when the last one is used up, not before", async () => {
    const { page, server } = await searching();
    await page.ucp.catalog.walk(MUGS, ({ id }) => id !== productId(9)).result();
    assert.equal(server.calls.length, 1);
    server.calls = [];
    await page.ucp.catalog.walk(MUGS, ({ id }) => id !== productId(10)).result();
    assert.equal(server.calls.length, 2);
  });

  test("can be iterated again", async () => {
    const { page } = await searching();
    const search = page.ucp.catalog.begin(MUGS);
    for (let times = 0; times < 2; times += 1) {
      const { products } = await page.ucp.catalog.work(() => walkOver(search)).result();
      assert.deepEqual(idsOf(products), numbered(0, 30));
    }
  });

  test("for what was asked at the call, whatever becomes of the page's object meanwhile", async () => {
    const { page, server } = await searching();
    const request = structuredClone(MUGS);
    const spoil = () => { Object.assign(request, { query: "bowl", context: { intent: "none" } }); };
    const search = page.ucp.catalog.begin(request);
    spoil();
    await page.ucp.catalog.work(() => walkOver(search, spoil)).result();
    assert.deepEqual(server.calls.map(({ args }) => args.catalog.query), ["mug", "mug", "mug"]);
    const wanted = { ids: [productId(1)] };
    const lookup = page.ucp.catalog.lookup(wanted);
    wanted.ids.push(productId(2));
    const one = { id: productId(3) };
    const product = page.ucp.catalog.product(one);
    one.id = productId(4);
    assert.deepEqual([(await lookup.result()).found.length, (await product.result()).product.id], [1, productId(3)]);
  });

  test("with options that hold for every page", async () => {
    const { page, server, scene } = await searching();
    scene.options.agent.token = scene.tokenSource({ scope: "catalog" });
    const told = await scene.page();
    await told.ucp.catalog.walk(MUGS, undefined, { tier: "anonymous" }).result();
    assert.ok(server.calls.length === 3 && server.calls.every(({ headers }) => !("authorization" in headers)));
    server.calls = [];
    await told.ucp.catalog.walk(MUGS).result();
    assert.ok(server.calls.length === 3 && server.calls.every(({ headers }) => headers.authorization.startsWith("Bearer ")));
    assert.equal(await page.ucp.catalog.search(MUGS, { tier: "golden" }).code(), "option_invalid");
  });

  test("ends where the caller gives up, with `aborted`", async () => {
    const { page, server } = await searching();
    const seen = [];
    const work = page.ucp.catalog.walk(MUGS, ({ id }) => {
      seen.push(id);
      if (id === productId(14)) work.abort();
    });
    const error = await work.error();
    assert.deepEqual([error.code, error.name], ["aborted", "AbortError"]);
    assert.deepEqual([seen.length, server.calls.length], [20, 2]);
  });

  test("for somebody who gave up before sends nothing", async () => {
    const { page, server } = await searching();
    assert.equal(await page.ucp.catalog.walk(MUGS, undefined, { signal: AbortSignal.abort() }).code(), "aborted");
    assert.deepEqual(server.calls, []);
  });

  test("fails in the middle, after what came before", async () => {
    const { page, server } = await searching();
    server.instead = ({ args }) => (args.catalog.pagination?.cursor === "c20" ? text(403, "no") : undefined);
    const seen = [];
    const error = await page.ucp.catalog.walk(MUGS, ({ id }) => { seen.push(id); }).error();
    assert.deepEqual([seen, error.status], [numbered(0, 20), 403]);
  });

  test("goes on where an answer in the middle was lost: reads are sent again", async () => {
    const { page, server } = await searching();
    let lost = 2;
    server.instead = ({ args }) => (args.catalog.pagination?.cursor === "c10" && lost-- > 0 ? text(502, "") : undefined);
    const { products } = await page.ucp.catalog.walk(MUGS).result();
    assert.deepEqual([idsOf(products), server.calls.length], [numbered(0, 30), 5]);
  });
});

test("ten thousand results: each once, none missed, and no page is kept", async () => {
  const { page, server, scene } = await searching();
  server.count = 10_000;
  const pages = [];
  let [expected, most] = [0, 0];
  const { truncated } = await page.ucp.catalog.walk({ ...MUGS, pagination: { limit: 100 } }, async (product) => {
    assert.equal(product.id, productId(expected));
    if (expected % 100 === 0) pages.push(new WeakRef(product.raw));
    expected += 1;
    if (expected % 1_000 > 0) return;
    // What a turn has looked at stays alive to its end.
    await scene.world.track(new Promise(setImmediate));
    collectGarbage();
    most = Math.max(most, pages.filter((one) => one.deref()).length);
  }).result();
  assert.deepEqual([expected, pages.length, truncated], [10_000, 100, false]);
  assert.equal(server.calls.length, 100);
  // The first page belongs to the search.
  assert.ok(most <= 3, `${most} pages of 100 were alive at once`);
});
