// The document's own advice, each once, where a developer sees it and nowhere else.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene } from "./support/catalog-scene.js";
import { productId } from "./support/catalog-server.js";
import { UCP_ENDPOINT } from "./support/ucp-profiles.js";

const LOCAL = "http://localhost:8080/";
const ALL = ["catalog_context", "catalog_limit", "catalog_ships_to"];
const GOOD = { query: "mug", context: { intent: "a gift" }, filters: { ships_to: { country: "US" } }, pagination: { limit: 20 } };
const BAD = { query: "mug", pagination: { limit: 21 } };

/** What these requests are told of, on a page at this address. */
async function told(requests, { server = "global", address = LOCAL } = {}) {
  const scene = server === "discover" ? CatalogScene.former() : new CatalogScene({ server });
  if (server === "shop") scene.options.ucpEndpoint = UCP_ENDPOINT;
  // Nobody signs in on such a page.
  delete scene.options.clientId;
  delete scene.options.redirectUri;
  const page = await scene.page(address);
  const advice = page.ucp.watchAdvice();
  for (const request of requests) await page.ucp.catalog.search(request).result();
  return { about: advice.map(({ about }) => about).sort(), advice, warnings: page.warnings, page };
}

describe("on a page of the developer's own machine", () => {
  test("a search without context, place, and with a high limit is told of all three", async () => {
    const { about, advice, warnings } = await told([BAD]);
    assert.deepEqual(about, ALL);
    assert.deepEqual([...warnings].sort(), Array.from(advice, ({ sentence }) => sentence).sort());
    for (const { sentence } of advice) assert.match(sentence, /^[A-Z].*\.$/);
  });

  test("each once, however often", async () => {
    const { about, warnings } = await told([BAD, BAD, GOOD, BAD]);
    assert.deepEqual([about, warnings.length], [ALL, 3]);
  });

  for (const [what, request, expected] of [
    ["a good search", GOOD, []],
    ["no limit", { ...GOOD, pagination: undefined }, []],
    ["a limit of 21", { ...GOOD, pagination: { limit: 21 } }, ["catalog_limit"]],
    ["no context", { ...GOOD, context: undefined }, ["catalog_context"]],
    ["no place", { ...GOOD, filters: { available: true } }, ["catalog_ships_to"]],
    ["the former form, well filled", { query: "mug", context: "a gift", ships_to: "US", limit: 20 }, []],
    ["the former form, without a place", { query: "mug", context: "a gift", limit: 20 }, ["catalog_ships_to"]],
    ["the former form, with a high limit", { query: "mug", context: "a gift", ships_to: "US", limit: 300 }, ["catalog_limit"]],
  ]) {
    test(`${what}: ${expected.join() || "nothing"}`, async () => assert.deepEqual((await told([JSON.parse(JSON.stringify(request))])).about, expected));
  }

  test("the shop's own catalog knows of no place to send to", async () => {
    assert.deepEqual((await told([BAD], { server: "shop" })).about, ["catalog_context", "catalog_limit"]);
  });

  test("the former catalog is told of like today's", async () => {
    assert.deepEqual((await told([{ query: "mug", context: "a gift", limit: 21 }], { server: "discover" })).about, ["catalog_limit", "catalog_ships_to"]);
  });

  test("products and lookups are told nothing", async () => {
    const { page, about } = await told([]);
    await page.ucp.catalog.product(productId(1)).result();
    await page.ucp.catalog.lookup([productId(1)]).result();
    assert.deepEqual([about, page.warnings], [[], []]);
  });
});

for (const address of ["https://shop.example/", "https://localhost.example/"]) {
  test(`nothing is said on ${address}`, async () => {
    const { about, warnings } = await told([BAD], { address });
    assert.deepEqual([about, warnings], [[], []]);
  });
}
