import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { agentToken, requestToken } from "./support/agent.js";
import { callDiscover, discoverEndpoint, postTo } from "./support/catalogs.js";
import { EXAMPLE_CALLS, EXAMPLE_DETAILS, EXAMPLE_SEARCH } from "./support/seed-catalog-examples.js";
import { runningShop } from "./support/shop.js";
import { signIn } from "./support/sign-in.js";
import { callUcp } from "./support/ucp.js";

const EXAMPLE_OF = { search_global_products: EXAMPLE_SEARCH, get_global_product_details: EXAMPLE_DETAILS };
/** Not every thing has been rated, and not every thing was photographed. */
const MAY_BE_NULL = new Set(["rating", "featuredImage", "image"]);

/** Says where two values differ in the names and kinds of their members, and in nothing else. */
function differences(actual, example, path = "$") {
  const kind = (value) => (Array.isArray(value) ? "list" : value === null ? "null" : typeof value);
  if (actual === null && MAY_BE_NULL.has(path.split(".").at(-1))) return [];
  if (kind(actual) !== kind(example)) return [`${path}: ${kind(actual)}, not ${kind(example)}`];
  if (Array.isArray(example)) {
    if (example.length === 0) return [];
    return actual.flatMap((entry, index) => differences(entry, example[0], `${path}[${index}]`));
  }
  if (kind(example) !== "object") return [];
  const names = new Set([...Object.keys(actual), ...Object.keys(example)]);
  return [...names].flatMap((name) => {
    if (!Object.hasOwn(example, name)) return [`${path}.${name}: not in the example`];
    if (!Object.hasOwn(actual, name)) return [`${path}.${name}: missing`];
    return differences(actual[name], example[name], `${path}.${name}`);
  });
}

describe("the old catalog of all shops", () => {
  const running = runningShop();
  const call = (name, args, how) => callDiscover(running.shop, name, args, how);
  const search = async (args) => (await call("search_global_products", { context: "a test", ...args })).data.offers;
  const details = async (args) => (await call("get_global_product_details", args)).data.product;
  const products = (offers) => offers.flatMap((offer) => offer.products);

  for (const [index, { name, arguments: args }] of EXAMPLE_CALLS.entries()) {
    it(`answers example ${index + 1} of its document in the document's own shape`, async () => {
      const { status, data, text } = await call(name, args);
      assert.equal(status, 200);
      assert.ok(data, text);
      assert.deepEqual(differences(data, EXAMPLE_OF[name]), []);
      const found = data.offers ?? [data.product];
      assert.ok(found.length > 0 && found.every((item) => item.products.length > 0), "something to look at");
      assert.equal(data.instructions, EXAMPLE_SEARCH.instructions);
    });
  }

  it("keeps to what the examples ask for", async () => {
    const byWords = (words) => EXAMPLE_CALLS.find(({ arguments: args }) => args.query === words).arguments;
    const headphones = products(await search(byWords("wireless headphones")));
    assert.ok(headphones.every(({ title }) => /Wireless/.test(title)));
    for (const { price, availableForSale } of headphones) {
      assert.ok(availableForSale);
      const amount = Number(price.amount);
      if (price.currencyCode === "USD") assert.ok(amount >= 50 && amount <= 200, price.amount);
    }
    const beans = products(await search(byWords("coffee beans")));
    assert.ok(beans.every(({ requiresSellingPlan }) => requiresSellingPlan));
    assert.ok(beans.some(({ title }) => title === "Merrow House Blend Coffee Beans"));
    assert.ok(beans.every(({ price }) => price.currencyCode === "CAD"));
    const jackets = products(await search(byWords("vintage leather jacket")));
    assert.ok(jackets.some(({ secondhand }) => secondhand));
    const red = EXAMPLE_CALLS.find(({ arguments: args }) => args.option_preferences).arguments;
    const { products: [{ selectedProductVariant: { options, selectionState } }] } = await details(red);
    assert.equal(options[0].value, "Red");
    assert.deepEqual(selectionState, { type: "relaxed", requestedFilters: red.product_options });
    const pin = EXAMPLE_CALLS.find(({ arguments: args }) => args.shop_id).arguments;
    const pinned = await details(pin);
    assert.equal(pinned.products.length, 1);
    const [{ selectedProductVariant: { id } }] = pinned.products;
    assert.equal(id, "gid://shopify/ProductVariant/43696935272470?shop=68817551382");
  });

  it("takes what the control API hands to a page, which is good for nothing else", async () => {
    const { shop } = running;
    const answer = await (await fetch(`${shop.control}/agents/token`, { method: "POST" })).json();
    assert.equal(answer.scope, "read_global_api_catalog_search");
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const headers = { authorization: `Bearer ${answer.access_token}` };
    assert.equal((await postTo(discoverEndpoint(shop), list, headers)).status, 200);
    const order = await callUcp(shop, "get_order", { id: "gid://shopify/Order/1" }, { token: answer.access_token });
    assert.equal(order.status, 403);
  });

  it("takes a token for everything, and one with the right scope", async () => {
    const { shop } = running;
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const status = async (headers, message = list) => (await postTo(discoverEndpoint(shop), message, headers)).status;
    const bearer = (token) => ({ authorization: `Bearer ${token}` });
    const token = await agentToken(shop);
    for (const headers of [{}, bearer("nonsense"), { authorization: token }]) assert.equal(await status(headers), 401);
    assert.equal(await status(bearer((await signIn(shop)).tokens.access_token)), 401, "a customer's is none");
    assert.equal(await status(bearer(token)), 200);
    shop.settings({ agentTokenScopes: ["read_global_api_orders"] });
    const refused = await postTo(discoverEndpoint(shop), list, bearer(await agentToken(shop)));
    assert.deepEqual([refused.status, (await refused.json()).error.data.code], [403, "insufficient_scope"]);
    assert.match(refused.headers.get("www-authenticate"), /insufficient_scope/);
    shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"] });
    assert.equal((await (await requestToken(shop)).json()).scope, "read_global_api_catalog_search");
    shop.expireTokens();
    assert.equal(await status(bearer(token)), 401);
  });

  it("talks to the official client", async () => {
    const { shop } = running;
    const client = new Client({ name: "consumer", version: "1.0.0" });
    const headers = { authorization: `Bearer ${await agentToken(shop)}` };
    const endpoint = new URL(discoverEndpoint(shop));
    await client.connect(new StreamableHTTPClientTransport(endpoint, { requestInit: { headers } }));
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name, inputSchema }) => [name, inputSchema.required]), [
      ["search_global_products", ["context", "query"]], ["get_global_product_details", []],
    ]);
    await client.close();
  });

  it("refuses what does not fit its rules", async () => {
    const sweater = { context: "a test", query: "sweater" };
    const upid = "AbC123XyZ";
    for (const [name, args] of [
      ["search_global_products", { query: "sweater" }], ["search_global_products", { context: "a test" }],
      ["search_global_products", { ...sweater, limit: 301 }], ["search_global_products", { ...sweater, limit: 0 }],
      ["search_global_products", { ...sweater, products_limit: 11 }],
      ["search_global_products", { ...sweater, min_price: "50" }],
      ["search_global_products", { ...sweater, ships_to: "Sweden" }],
      ["search_global_products", { ...sweater, colour: "red" }],
      ["search_global_products", { ...sweater, saved_catalog: "nobodys" }],
      ["get_global_product_details", {}], ["get_global_product_details", { upid, variant_id: 43696935272470 }],
      ["get_global_product_details", { upid: "gid://shopify/p/AbC123XyZ" }],
      ["get_global_product_details", { upid: "nothing" }], ["get_global_product_details", { variant_id: 1 }],
      ["get_global_product_details", { variant_id: "43696935272470" }],
      ["get_global_product_details", { upid, limit: 101 }],
      ["get_global_product_details", { upid, product_options: [{ name: "Color", values: ["Red"] }] }],
    ]) {
      const { status, result } = await call(name, args);
      assert.deepEqual([status, result.isError], [200, true], JSON.stringify(args));
    }
    assert.equal((await call("search_products", {})).error.code, -32602);
  });

  it("gives one page, with so many products and offers as were asked for", async () => {
    assert.equal((await search({ query: "home" })).length, 10);
    assert.ok((await search({ query: "home", limit: 300 })).length > 100);
    const { data } = await call("search_global_products", { query: "wool", context: "a test", limit: 1 });
    assert.deepEqual(Object.keys(data), ["offers", "instructions"]);
    const skillet = { query: "lathe cast iron skillet", limit: 1 };
    assert.equal((await search(skillet))[0].products.length, 9);
    assert.equal((await search({ ...skillet, include_secondhand: true }))[0].products.length, 10);
    assert.equal((await search({ ...skillet, products_limit: 2 }))[0].products.length, 2);
    assert.equal((await details({ upid: "ManySellers001" })).products.length, 9);
    const many = { upid: "ManySellers001", include_secondhand: true, limit: 100 };
    assert.equal((await details(many)).products.length, 11);
    assert.equal((await details({ upid: "ManySellers001", limit: 3 })).products.length, 3);
  });

  it("narrows by shops, countries, prices, plans and what is for sale", async () => {
    const names = async (more) => new Set(products(await search({ query: "sweater jacket", limit: 300, ...more }))
      .map(({ shop }) => shop.name));
    assert.deepEqual(await names({ shop_ids: ["gid://shopify/Shop/68817551382"] }), new Set(["Fennmark Knitworks"]));
    assert.deepEqual(await names({ shop_ids: [71400920451] }), new Set(["Skarvheim Outdoor"]));
    assert.deepEqual(await names({ ships_from: "se" }), new Set(["Skarvheim Outdoor"]));
    assert.ok(!(await names({ ships_to: "JP", include_secondhand: true })).has("Twice Around"));
    assert.ok((await names({ include_secondhand: true })).has("Twice Around"));
    const prices = products(await search({ query: "candle", min_price: 30.5, max_price: 45, limit: 300 }))
      .filter(({ price }) => price.currencyCode === "USD").map(({ price }) => Number(price.amount));
    assert.ok(prices.length > 0 && prices.every((price) => price >= 30.5 && price <= 45));
    const never = products(await search({ query: "coffee beans", requires_selling_plan: false, limit: 300 }));
    assert.ok(never.length > 0 && never.every(({ requiresSellingPlan }) => !requiresSellingPlan));
    const beanie = { upid: "EveryStatus001" };
    const values = async (more) => (await details({ ...beanie, ...more })).options[0].values;
    assert.deepEqual((await values({ available_for_sale: false })).filter(({ availableForSale }) => !availableForSale)
      .map(({ value }) => value), ["Charcoal", "Rust"]);
    const rust = { ...beanie, product_options: [{ key: "Color", values: ["Rust"] }] };
    assert.deepEqual((await details(rust)).products, []);
    const [gone] = (await details({ ...rust, available_for_sale: false })).products;
    assert.equal(gone.selectedProductVariant.availableForSale, false);
  });

  it("lets the filters of a saved catalog win over arguments", async () => {
    const used = products(await search({ query: "jacket", saved_catalog: "second-life", include_secondhand: false }));
    assert.ok(used.length > 0 && used.every(({ secondhand }) => secondhand));
    const dear = { query: "candle", min_price: 100, max_price: 900 };
    const cheap = products(await search({ ...dear, saved_catalog: "under-fifty" }));
    assert.ok(cheap.length > 0);
    assert.ok(cheap.every(({ price }) => price.currencyCode !== "USD" || Number(price.amount) <= 50));
    const british = await search({ query: "jacket", saved_catalog: "second-life", shop_ids: ["71400921018"] });
    const names = new Set(products(british).map(({ shop }) => shop.name));
    assert.deepEqual(names, new Set(["Attic & Ash"]), "what it does not say is left to the call");
    const elsewhere = { query: "coffee sweater", shop_ids: ["71400920451"] };
    const shops = products(await search({ ...elsewhere, saved_catalog: "two-shops" }));
    assert.ok(shops.length > 0 && shops.every(({ shop }) => /Fennmark|Kestrel/.test(shop.name)));
  });

  it("names prices in the buyer's country's currency, as decimal numbers", async () => {
    const price = async (to) =>
      (await details({ upid: "AbC123XyZ", ...(to ? { ships_to: to } : {}) })).priceRange.min;
    assert.deepEqual(await price(), { amount: "89.00", currencyCode: "USD" });
    assert.deepEqual(await price("JP"), { amount: "13350", currencyCode: "JPY" });
    assert.match((await price("KW")).amount, /^\d+\.\d{3}$/);
  });

  it("ranks what is pinned first, and relaxes options only where preferences say so", async () => {
    const skillet = await details({ upid: "ManySellers001" });
    const last = skillet.products.at(-1).id;
    const pinned = await details({ upid: "ManySellers001", product_id: Number(last.split("/").at(-1)) });
    assert.equal(pinned.products[0].id, last);
    const { id } = skillet.products[2].selectedProductVariant;
    const byVariant = await details({ variant_id: Number(id.match(/\/(\d+)\?/)[1]) });
    assert.equal(byVariant.products[0].selectedProductVariant.id, id);
    const options = [{ key: "Color", values: ["Red"] }, { key: "Size", values: ["Small"] }];
    const chosen = async (more) => (await details({ upid: "AbC123XyZ", product_options: options, ...more })).products
      .map(({ selectedProductVariant: { options: [colour, size] } }) => `${colour.value} / ${size.value}`);
    assert.deepEqual(await chosen({}), []);
    assert.ok((await chosen({ option_preferences: "Size, Color" })).every((title) => title.endsWith("/ Small")));
    assert.ok((await chosen({ option_preferences: "Color" })).every((title) => title.startsWith("Red")));
    assert.deepEqual((await details({ upid: "ManySellers001", query: "skillet tarnbrook" })).products.map(({ shop }) =>
      shop.name), ["Tarnbrook Glass"]);
  });

  it("keeps the search in the URLs, where it leads to pages", async () => {
    const [{ url, products: [offer] }] = await search({ query: "harlow sweater" });
    const gsid = new URL(url).searchParams.get("_gsid");
    for (const link of [offer.onlineStoreUrl, offer.checkoutUrl]) {
      assert.equal(new URL(link).searchParams.get("_gsid"), gsid);
    }
    assert.match(offer.checkoutUrl, /\/cart\/\d+:1\?_gsid=\w+&payment=shop_pay$/);
    assert.match(await (await fetch(url)).text(), /Fennmark Knitworks/);
    const kept = await details({ upid: "AbC123XyZ", _gsid: "example123", available_for_sale: true, ships_to: "US" });
    assert.equal(kept.url,
      `${running.shop.discover}/global/v1/p/AbC123XyZ?_gsid=example123&available_for_sale=1&ships_to=US`);
    assert.equal(new URL(kept.products[0].checkoutUrl).searchParams.get("_gsid"), "example123");
    assert.equal((await fetch(`${running.shop.discover}/global/v1/p/nothing`)).status, 404);
  });

  it("is logged, counted, limited and struck by faults", async () => {
    const { shop } = running;
    const token = await agentToken(shop);
    await call("get_global_product_details", { upid: "AbC123XyZ" }, { token });
    const { host, kind, rpc, outcome, authorizationStyle } = shop.log().at(-1);
    assert.deepEqual([host, kind, rpc.tool, outcome, authorizationStyle],
      ["discover", "discover", "get_global_product_details", "ok", "Bearer"]);
    assert.deepEqual(shop.state().discover.executions, { get_global_product_details: 1 });
    shop.settings({ catalogRateLimit: { shape: "http429", retryAfter: 3 }, catalogRates: { token: { catalog: 0.1 } } });
    const statuses = await Promise.all([1, 2, 3].map(async () =>
      (await call("get_global_product_details", { upid: "AbC123XyZ" }, { token })).status));
    assert.deepEqual(statuses.sort(), [200, 429, 429]);
    shop.settings({ catalogRateLimit: null, faults: [{ on: "discover", times: 1, do: { result: { odd: true } } }] });
    assert.deepEqual((await (await postTo(discoverEndpoint(shop), { jsonrpc: "2.0", id: 1, method: "tools/list" }, {
      authorization: `Bearer ${token}`,
    })).json()).result, { odd: true });
    assert.equal((await fetch(discoverEndpoint(shop))).status, 405);
  });

  it("says odd things as they are", async () => {
    const odd = await details({ upid: "OddLetters0001" });
    assert.match(odd.title, /<em>“Ränder & Söhne”<\/em>/);
    const bare = await details({ upid: "BareMinimum001" });
    assert.deepEqual([bare.options, bare.images, bare.rating, bare.uniqueSellingPoint], [[], [], null, null]);
    const page = await (await fetch(odd.url)).text();
    assert.ok(!page.includes("<em>") && !page.includes("<img"));
  });
});
