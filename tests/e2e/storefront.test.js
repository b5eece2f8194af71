// The demo storefront: searching, and finding the way back.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  DESK, MUG, argumentsOfLast, cartButton, found, product, products, queryOf, screenshot, shopUrl, signIn, title,
  useStorefront,
} from "./support/storefront.js";

const { calls, visit, world } = useStorefront();

test("search by words, narrow it, see more; every step is in the address and in the history", async () => {
  const page = await visit(shopUrl({ catalog: "shop" }));
  await found(page, "12 of 49 products").waitFor();
  assert.equal(await products(page).count(), 12);
  await screenshot(page, "1280-results");

  await page.getByRole("button", { name: "Show more" }).click();
  await found(page, "24 of 49 products").waitFor();
  const titles = await products(page).getByRole("heading").allTextContents();
  assert.equal(new Set(titles).size, 24, "what is appended is new");
  const first = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(first, titles[12], "focus goes on with the first of the new ones");

  await page.getByRole("checkbox", { name: "Tableware" }).check();
  await found(page, "11 products").waitFor();
  await page.getByLabel("From").fill("50");
  await page.getByLabel("To", { exact: true }).fill("90");
  await page.getByRole("button", { name: "Apply" }).click();
  await found(page, "3 products").waitFor();
  assert.deepEqual(queryOf(page), { catalog: "shop", category: "Tableware", min: "50", max: "90" });
  const { catalog } = await argumentsOfLast(page, "search_catalog");
  assert.deepEqual(catalog.filters, { available: true, price: { min: 5000, max: 9000 }, categories: ["Tableware"] });

  await page.goBack();
  await found(page, "11 products").waitFor();
  assert.equal(await page.getByLabel("From").inputValue(), "");
  await page.goBack();
  await found(page, "24 of 49 products").waitFor();
  assert.equal(await page.getByRole("checkbox", { name: "Tableware" }).isChecked(), false);

  await page.getByRole("searchbox", { name: "Search for products" }).fill("candle");
  await page.keyboard.press("Enter");
  await title(page, "“candle”").waitFor();
  await found(page, "3 products").waitFor();
  await page.reload();
  await found(page, "3 products").waitFor();
  assert.equal(await page.getByRole("searchbox").inputValue(), "candle");
});


test("back to a list: as far down and as long as it was, also by a page load", async () => {
  const page = await visit(shopUrl({ catalog: "shop" }));
  await page.getByRole("button", { name: "Show more" }).click();
  await found(page, "24 of 49 products").waitFor();
  const card = products(page).nth(19).getByRole("link");
  await card.scrollIntoViewIfNeeded();
  const name = await card.textContent();
  const before = await page.evaluate(() => Math.round(scrollY));
  assert.ok(before > 500);
  world.shop.clearLog();
  await card.click();
  await title(page, name).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await found(page, "24 of 49 products").waitFor();
  assert.equal(calls("search_catalog").length, 0, "what was found is still there");
  assert.ok(Math.abs(await page.evaluate(() => scrollY) - before) <= 2);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);

  await page.goto(`${world.shop.shop}/account/`);
  await page.goBack();
  await found(page, "24 of 49 products").waitFor();
  await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) <= 2, before);

  await products(page).nth(19).getByRole("link").click();
  await page.getByRole("button", { name: "Back to the results" }).click();
  await found(page, "24 of 49 products").waitFor();
});

test("the chips take back one thing, or all", async () => {
  const categories = ["Garden", "Studio"].map((name) => ["category", name]);
  const page = await visit(shopUrl([["catalog", "shop"], ...categories, ["max", "100"]]));
  await found(page, "5 products").waitFor();
  await page.getByRole("button", { name: "Without: Garden" }).click();
  await found(page, "3 products").waitFor();
  await page.getByRole("button", { name: "Clear all" }).click();
  await found(page, "12 of 49 products").waitFor();
  assert.deepEqual(queryOf(page), { catalog: "shop" });
  await page.getByLabel("From").fill("cheap");
  await page.keyboard.press("Enter");
  await page.getByText("Please write a number, such as 25 or 25.50.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "min");
});

test("nothing found, no such product, an answer that fails: each says so and leads on", async () => {
  world.console.expect(/503|500/);
  const page = await visit(shopUrl({ catalog: "shop", q: "submarine" }));
  await page.getByText("Nothing was found for “submarine”.").waitFor();
  await page.getByRole("link", { name: "See all that we make" }).click();
  await found(page, "12 of 49 products").waitFor();

  await page.goto(world.shop.shop + shopUrl({ catalog: "shop", product: "gid://shopify/Product/1" }));
  await title(page, "Not here").waitFor();

  world.shop.settings({ faults: [{ on: "ucp", times: null, do: { status: 503, body: "no" } }] });
  await page.goto(world.shop.shop + shopUrl({ catalog: "shop", q: "mug" }));
  const problem = page.getByRole("alert").filter({ hasText: "The products could not be found" });
  await problem.waitFor();
  await problem.getByText("In detail").click();
  await problem.getByText("The server answered with an HTTP error: see status.").waitFor();
  await problem.getByText("503", { exact: true }).waitFor();
  world.shop.settings({ faults: [] });
  await problem.getByRole("button", { name: "Try again" }).click();
  await product(page, "Speckled Stoneware Mug").waitFor();

  world.shop.settings({ faults: [{ on: "ucp", times: null, do: { status: 503, body: "no" } }] });
  await product(page, "Speckled Stoneware Mug").click();
  await page.getByRole("alert").filter({ hasText: "The product could not be read" }).waitFor();
});

test("nothing moves while it loads: pictures and bones have their sizes", async () => {
  const page = await visit("/", { viewport: DESK });
  const chosen = { "o.Glaze": "Oat", "o.Size": "12 oz" };
  for (const query of [{ catalog: "shop" }, { catalog: "shop", product: MUG, ...chosen }]) {
    world.shop.settings({ latencyMs: 150 });
    await page.goto(world.shop.shop + shopUrl(query));
    await page.locator("main img").first().waitFor();
    await page.waitForTimeout(600);
    const shift = await page.evaluate(() => new Promise((resolve) => {
      const moved = (entries) => entries.filter(({ hadRecentInput }) => !hadRecentInput);
      const sum = (entries) => moved(entries).reduce((before, { value }) => before + value, 0);
      const observer = new PerformanceObserver((list) => resolve(sum(list.getEntries())));
      observer.observe({ type: "layout-shift", buffered: true });
      // Without an entry the observer is silent.
      setTimeout(() => resolve(0), 500);
    }));
    const images = await page.locator("main img").evaluateAll((nodes) =>
      nodes.map((node) => ["width", "height"].map((side) => Number(node.getAttribute(side)))));
    assert.ok(shift < 0.02, `a layout shift of ${shift}`);
    assert.ok(images.flat().every((length) => length > 0));
  }
});

test("signing in from a product leads back to it, and the list behind it is still the way back", async () => {
  const page = await visit(shopUrl({ catalog: "shop", q: "vase" }));
  await product(page, "Bud Vase").click();
  await title(page, "Bud Vase").waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await cartButton(page, "1 piece").waitFor();
  await signIn(page);
  await title(page, "Bud Vase").waitFor();
  await cartButton(page, "1 piece").waitFor();
  await page.getByRole("link", { name: /Signed in as/ }).click();
  await page.getByRole("heading", { name: /^Order #10\d\d$/ }).first().waitFor();
});

test("where motion is not wanted nothing moves", async () => {
  const page = await visit("/", { viewport: DESK });
  await page.emulateMedia({ reducedMotion: "reduce" });
  world.shop.settings({ latencyMs: 800 });
  await page.goto(world.shop.shop + shopUrl({ catalog: "shop" }));
  await page.locator(".product-bones").first().waitFor();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await found(page, "12 of 49 products").waitFor();
  await cartButton(page, "empty").click();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});
