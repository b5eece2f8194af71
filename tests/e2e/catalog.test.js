// The three catalogs in a browser: from a search to a product to a cart, and through all of ten thousand products.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { agentToken } from "../../devshop/test/support/agent.js";
import { catalogTab, search, walk } from "./support/catalog-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const SERVERS = ["shop", "global", "discover"];
const WISH = { query: "mug", context: { intent: "a gift for somebody who likes tea" } };
/** The same in the former form. */
const FORMER = { query: "mug", context: "a gift for somebody who likes tea", limit: 5 };

/** Calls of tools that reached one of the servers. */
const calls = (kind, tool) => world.requests({ kind, method: "POST", tool });
const KINDS = { shop: "ucp", global: "catalog", discover: "discover" };
const value = ({ value: it, error }) => it ?? assert.fail(`${error?.code} ${error?.field}: ${error?.message} ${error?.cause ?? ""}`);

for (const server of SERVERS) {
  describe(server, () => {
    test("a search, in the form of either", async () => {
      const tab = await catalogTab(world, server);
      for (const request of [{ ...WISH, pagination: { limit: 5 } }, FORMER]) {
        const { products, outcome } = value(await search(tab, request));
        assert.equal(outcome, "success");
        assert.ok(products.length > 0 && products.length <= 5);
        for (const { id, title, priceRange, offers } of products) {
          assert.ok(id && title && offers.length > 0);
          assert.ok(Number.isSafeInteger(priceRange.min.amount) && priceRange.min.amount <= priceRange.max.amount);
          assert.ok(offers.every((offer) => offer.id.startsWith("gid://shopify/ProductVariant/") && Number.isSafeInteger(offer.price.amount)));
        }
      }
      const sent = calls(KINDS[server]);
      assert.deepEqual(sent.map(({ rpc: { tool } }) => tool), Array(2).fill(server === "discover" ? "search_global_products" : "search_catalog"));
      assert.equal(sent.every(({ authorizationStyle }) => authorizationStyle === (server === "discover" ? "Bearer" : null)), true);
    });

    test("a product of it, and products by their ids", async () => {
      const tab = await catalogTab(world, server);
      const { products } = value(await search(tab, WISH));
      const ids = products.map(({ id }) => id);
      const told = value(await tab.run((wanted) => globalThis.page.settle(async () => {
        const { catalog } = globalThis.page.shop;
        const { product } = await catalog.product(wanted[0]);
        const { found, missing } = await catalog.lookup([...wanted, "gid://shopify/p/NobodyHasThis1"]);
        return { id: product.id, title: product.title, found: found.map(({ id, product: one }) => [id, one.id]), missing };
      }), ids));
      assert.deepEqual([told.id, told.title], [products[0].id, products[0].title]);
      assert.deepEqual(told.found, ids.map((id) => [id, id]));
      assert.deepEqual(told.missing, ["gid://shopify/p/NobodyHasThis1"]);
    });

    test("arguments that do not fit the server's own schema stay here", async () => {
      const tab = await catalogTab(world, server, { options: { checkArguments: true } });
      value(await search(tab, server === "discover" ? FORMER : WISH));
      const tool = server === "discover" ? "search_global_products" : "search_catalog";
      const before = calls(KINDS[server], tool).length;
      const [wrong, path] = server === "discover" ? [{ ...FORMER, not_known: 1 }, ""] : [{ ...WISH, pagination: { limit: 0 } }, "/catalog/pagination/limit"];
      const { error } = await search(tab, wrong);
      assert.deepEqual([error.code, error.field], ["arguments_invalid", path]);
      assert.equal(calls(KINDS[server], tool).length, before);
    });

    test("advice, since this is the developer's own machine", async () => {
      const tab = await catalogTab(world, server);
      const about = value(await tab.run((former) => globalThis.page.settle(async () => {
        const { shop, advice } = globalThis.page;
        for (let times = 0; times < 2; times += 1) await shop.catalog.search(former ? { query: "mug", context: "tea", limit: 30 } : { query: "mug", pagination: { limit: 30 } });
        return advice.sort();
      }), server === "discover"));
      assert.deepEqual(about, { shop: ["catalog_context", "catalog_limit"], global: ["catalog_context", "catalog_limit", "catalog_ships_to"], discover: ["catalog_limit", "catalog_ships_to"] }[server]);
    });
  });
}

test("from a search to a product to a cart, and on to the shop's checkout", async () => {
  const tab = await catalogTab(world, "global");
  const { data, variant } = value(await tab.run((wish) => globalThis.page.settle(async () => {
    const { shop } = globalThis.page;
    for await (const { id } of shop.catalog.search(wish)) {
      const { product } = await shop.catalog.product({ id, selected: [], filters: { available: true } });
      const own = product.offers.find(({ available, checkoutUrl }) => available && new URL(checkoutUrl).origin === location.origin);
      if (!own) continue;
      const { data: cart } = await shop.cart.create([{ item: own.id, quantity: 2 }]);
      return { variant: own.id, data: cart };
    }
    throw new Error("The shop sells no mugs.");
  }), { ...WISH, filters: { available: true } }));
  assert.deepEqual(data.line_items.map(({ item, quantity }) => [item.id, quantity]), [[variant, 2]]);
  assert.ok(data.continue_url.startsWith(world.shop.shop));
});

test("one preflight is enough for many calls", async () => {
  const tab = await catalogTab(world, "global");
  value(await search(tab, WISH));
  world.shop.clearLog();
  for (let times = 0; times < 3; times += 1) value(await search(tab, WISH));
  assert.deepEqual(world.shop.log().map(({ method }) => method), ["POST", "POST", "POST"]);
});

test("an option that there is not is relaxed, the last wish first", async () => {
  const tab = await catalogTab(world, "global");
  const request = {
    id: "gid://shopify/p/AbC123XyZ", selected: [{ name: "Color", label: "Red" }, { name: "Size", label: "Small" }], preferences: ["Color", "Size"],
  };
  const selected = value(await tab.run((given) => globalThis.page.settle(async () => (await globalThis.page.shop.catalog.product(given)).product.selected), request));
  assert.deepEqual(selected, [{ name: "Color", label: "Red" }]);
  const former = await catalogTab(world, "discover");
  const match = value(await former.run(() => globalThis.page.settle(async () => {
    const { product } = await globalThis.page.shop.catalog.product({
      upid: "AbC123XyZ", product_options: [{ key: "Color", values: ["Red"] }, { key: "Size", values: ["Small"] }], option_preferences: "Color,Size",
    });
    return product.offers.map(({ match: { type } }) => type);
  })));
  assert.ok(match.length > 0 && match.every((type) => type === "relaxed"));
});

describe("ten thousand products", () => {
  for (const [server, limit, query, isWhole] of [["shop", 250, "the", true], ["shop", 250, "a", false], ["global", 50, "cotton", true], ["global", 50, "a", false]]) {
    test(`${server}: every page of ${JSON.stringify(query)}, each product once${isWhole ? "" : ", as deep as the server goes"}`, async () => {
      world.shop.settings({ catalogProducts: 10_000 });
      const tab = await catalogTab(world, server);
      const request = { query, pagination: { limit } };
      const { totalCount } = value(await search(tab, request));
      const { ids, truncated } = value(await walk(tab, request));
      assert.equal(new Set(ids).size, ids.length);
      assert.equal(truncated, !isWhole);
      if (isWhole) assert.ok(Math.abs(totalCount - ids.length) <= 5, `${ids.length} of about ${totalCount}`);
      else assert.ok(ids.length === 1_000 && totalCount > 1_000, `${ids.length} of about ${totalCount}`);
      assert.equal(calls(KINDS[server], "search_catalog").length, 1 + Math.ceil(ids.length / limit));
    });
  }
});

describe("tokens of the former catalog", () => {
  test("a token without the scope is refused here", async () => {
    world.shop.settings({ agentTokenScopes: ["read_global_api_orders"] });
    const tab = await world.tab({ connect: false });
    const { error } = await tab.run(([endpoint, token]) => globalThis.page.settle(async () => {
      const { page } = globalThis;
      await page.connect({ agent: { profiles: page.config.agentProfiles, agentWideToken: true }, catalog: { server: "discover", endpoint, token: () => ({ access_token: token, scope: "read_global_api_orders" }) } });
      page.shop.addEventListener("advice", (event) => event.preventDefault());
      return page.shop.catalog.search({ query: "mug", context: "tea" });
    }), [`${world.shop.discover}/global/mcp`, await agentToken(world.shop)]);
    assert.deepEqual([error.code, error.field], ["scope_missing", "search_global_products"]);
    assert.equal(calls("discover").length, 0);
  });

  test("a page without an agent, whose token is for searching alone", async () => {
    world.shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"] });
    const tab = await world.tab({ connect: false });
    const titles = value(await tab.run(([endpoint, token]) => globalThis.page.settle(async () => {
      const { page } = globalThis;
      await page.connect({ catalog: { server: "discover", endpoint, token: () => token } });
      page.shop.addEventListener("advice", (event) => event.preventDefault());
      const { products } = await page.shop.catalog.search({ query: "mug", context: "tea", limit: 3 });
      return products.map(({ title }) => title);
    }), [`${world.shop.discover}/global/mcp`, await agentToken(world.shop)]));
    assert.equal(titles.length, 3);
  });
});
