// The demo storefront: product pages of the shop's own catalog, of that of all shops, and of the former one.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MUG, SWEATER, VASE, argumentsOfLast, cart, cartButton, option, product, products, queryOf, screenshot, shopUrl,
  title, useStorefront,
} from "./support/storefront.js";

const { calls, visit, world } = useStorefront();

test("a product: what exists and what is available beside the choice, and into the cart", async () => {
  const page = await visit(shopUrl({ "catalog": "shop", "product": VASE, "o.Glaze": "Rust" }));
  await title(page, "Bud Vase").waitFor();
  const link = page.getByRole("heading", { level: 1 }).getByRole("link");
  assert.equal(await link.getAttribute("href"), `${world.shop.shop}/products/bud-vase`);
  await option(page, "Glaze", "Celadon, sold out").waitFor();
  await page.getByText("In stock", { exact: true }).waitFor();
  await option(page, "Glaze", "Celadon, sold out").check();
  await page.getByText("Sold out", { exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Add to cart" }).count(), 0);
  assert.equal(queryOf(page)["o.Glaze"], "Celadon");
  await option(page, "Glaze", "Chalk").check();
  await page.getByText("In stock", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await cartButton(page, "1 piece").click();
  await cart(page).getByText("Bud Vase (Chalk)").waitFor();
  await page.keyboard.press("Escape");
  await page.goBack();
  assert.notEqual(new URL(page.url()).pathname, "/shop/", "choices are no steps of the history");
});

test("where something is still to be chosen, that is said before anything is added", async () => {
  const page = await visit(shopUrl({ catalog: "shop", product: MUG }));
  await page.getByText("$28.00 to $32.00").waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Please choose: Glaze, Size.").waitFor();
  assert.equal(calls("create_cart").length, 0);
  await page.keyboard.press("Space");
  await page.getByRole("group", { name: "Glaze" }).getByText("Oat", { exact: true }).first().waitFor();
  await option(page, "Size", "16 oz").check();
  await page.getByText("$32.00", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await cartButton(page, "1 piece").waitFor();
  const page2 = await visit(shopUrl({ "catalog": "shop", "product": MUG, "o.Glaze": "Plaid", "o.Size": "16 oz" }));
  await page2.getByText("Not to be had: Glaze Plaid").waitFor();
});

test("all shops: more facets, offers with their own checkouts, and wishes that gave way", async () => {
  const page = await visit(shopUrl({ catalog: "shop", q: "sweater" }));
  await page.getByRole("navigation", { name: "Search in" }).getByRole("link", { name: "All shops" }).click();
  await page.waitForURL(/catalog=global/);
  await title(page, "“sweater”").waitFor();
  await page.getByRole("checkbox", { name: "Second-hand" }).check();
  await page.getByRole("checkbox", { name: "Twice Around" }).check();
  await page.getByLabel("Ships to").selectOption("CA");
  await page.getByRole("radio", { name: "4 stars and up", exact: true }).check();
  await page.waitForURL(/rating=4/);
  await page.locator(".results[aria-busy=false]").waitFor();
  const [entry] = calls("search_catalog", "catalog").slice(-1);
  assert.ok(entry);
  const { catalog } = await argumentsOfLast(page, "search_catalog");
  assert.equal(catalog.query, "sweater");
  assert.deepEqual(catalog.filters, {
    available: true, ships_to: { country: "CA" }, shops: ["gid://shopify/Shop/71400920237"], condition: ["secondhand"],
    rating: { variant: { min: 4 } },
  });

  const redAndSmall = { "o.Color": "Red", "o.Size": "Small" };
  await page.goto(world.shop.shop + shopUrl({ catalog: "global", product: SWEATER, ...redAndSmall }));
  await title(page, /Harlow Organic Cotton Crewneck Sweater/).waitFor();
  await page.getByText("Not to be had: Size Small").waitFor();
  await option(page, "Size", "Small, not with this choice").waitFor();
  await screenshot(page, "1280-relaxed");
  await option(page, "Size", "Small, not with this choice").check();
  await page.getByText("Not to be had: Color Red").waitFor();
  await option(page, "Color", "Navy").check();
  await page.getByText("Not to be had").waitFor({ state: "detached" });
  const offers = page.getByRole("list", { name: "Offers" }).getByRole("listitem").filter({ hasText: "Buy at" });
  assert.equal(await offers.count(), 2);
  const buy = offers.first().getByRole("link", { name: "Buy at Fennmark Knitworks" });
  assert.match(await buy.getAttribute("href"), /^http:\/\/fennmark-knitworks\.localhost:\d+\/cart\/\d+:1\?_gsid=/);
  assert.equal(await buy.getAttribute("target"), "_top");
  assert.equal(await page.getByRole("button", { name: "Add to cart" }).count(), 0);
  await buy.click();
  await page.waitForURL(/fennmark-knitworks\.localhost/);
});

test("what is this shop's own goes into the cart from the catalog of all shops too", async () => {
  const page = await visit(shopUrl({ catalog: "global", q: "speckled stoneware mug" }));
  await product(page, "Speckled Stoneware Mug").click();
  await title(page, /Speckled Stoneware Mug/).waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await cartButton(page, "1 piece").waitFor();
  assert.equal(calls("create_cart").length, 1);
});

test("the former catalog, by the token that a server fetches for the page", async () => {
  const page = await visit(shopUrl({ catalog: "discover", q: "sweater" }));
  await page.getByRole("checkbox", { name: "Second-hand too" }).waitFor();
  assert.equal(await page.getByRole("group", { name: "Category" }).count(), 0, "it cannot be asked for a category");
  await page.getByLabel("To", { exact: true }).fill("95");
  await page.keyboard.press("Enter");
  await page.waitForURL(/max=95/);
  await product(page, "Harlow Organic Cotton Crewneck Sweater").click();
  await title(page, /Harlow Organic Cotton Crewneck Sweater/).waitFor();
  await page.getByRole("link", { name: /^Buy at/ }).first().waitFor();
  await option(page, "Color", "Red").check();
  await page.locator(".product-page[aria-busy=false]").waitFor();
  const asked = calls("get_global_product_details", "discover");
  assert.equal(asked.length, 2);
  assert.ok(asked.every(({ authorizationStyle }) => authorizationStyle === "Bearer"));
});

test("words of a catalog are text, and what is no address is no link", async () => {
  const page = await visit(shopUrl({ catalog: "global", q: "notebook" }));
  await products(page).first().waitFor();
  await page.goto(world.shop.shop + shopUrl({ catalog: "global", product: "gid://shopify/p/OddLetters0001" }));
  await title(page, /<em>/).waitFor();
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  assert.equal(await page.locator("main img[onerror], main em").count(), 0);

  const words = "<img src=x onerror=\"document.title='gone'\">";
  const sold = {
    id: "v", title: words, description: {}, price: { amount: 100, currency: "USD" }, url: "javascript:alert(1)",
    checkout_url: "javascript:alert(1)", availability: { available: true, status: words }, options: [],
    seller: { name: words, url: "javascript:alert(1)", links: [{ type: words, url: "javascript:alert(1)" }] },
  };
  const hostile = {
    id: "gid://shopify/p/1", title: words, url: "javascript:alert(1)", description: { plain: words, html: words },
    media: [{ type: "image", url: "javascript:alert(1)", alt_text: words }], variants: [sold],
    metadata: { top_features: [words], attributes: [{ name: words, value: words }] },
    categories: [{ value: words }], rating: { value: "many", scale_max: words },
  };
  const messages = [{ type: "info", content: words }];
  const structuredContent = { ucp: { version: "2026-08-25" }, product: hostile, messages };
  const result = { content: [{ type: "text", text: "{}" }], structuredContent };
  world.shop.settings({ faults: [{ on: "catalog", times: 1, do: { result } }] });
  await page.goto(world.shop.shop + shopUrl({ catalog: "global", product: "gid://shopify/p/1" }));
  await title(page, words).waitFor();
  assert.equal(await page.locator("img[onerror], a[href^=javascript], main img[src^=javascript]").count(), 0);
});
