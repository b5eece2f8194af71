// The demo storefront's search and product pages, used as shoppers use them: with a mouse, with a keyboard alone, on a
// phone, in both themes. Screenshots of the way go to target/screenshots/.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { each } from "./support/each.js";
import { signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const SCREENSHOTS = folder("../../target/screenshots");
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 360, height: 640 };
const DESK = { width: 1280, height: 860 };

const MUG = "gid://shopify/Product/88200000001";
const VASE = "gid://shopify/Product/88200000004";
/** The sweater that comes in every colour and size but Red and Small. */
const SWEATER = "gid://shopify/p/AbC123XyZ";

const world = useWorld({ shop: { www: folder("../../www") } });

async function visit(path = "/shop/", { viewport = DESK, theme = "light", ...context } = {}) {
  const profile = await world.profile(context);
  const page = await profile.context.newPage();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: theme });
  await page.goto(world.shop.shop + path);
  return page;
}

const shopUrl = (query) => `/shop/?${new URLSearchParams(query)}`;
const products = (page) => page.getByRole("list", { name: "Products" }).getByRole("listitem");
const product = (page, title) => page.getByRole("list", { name: "Products" }).getByRole("link", { name: title, exact: true });
const title = (page, text) => page.getByRole("heading", { level: 1, name: text });
const found = (page, text) => page.locator("#result-count").getByText(text, { exact: true });
const cart = (page) => page.getByRole("dialog", { name: "Your cart" });
const checkout = (page) => page.getByRole("dialog", { name: "Checkout" });
const cartButton = (page, count) => page.getByRole("button", { name: `Cart, ${count}`, exact: true });
const option = (page, name, label) => page.getByRole("group", { name }).getByRole("radio", { name: label });
const queryOf = (page) => Object.fromEntries(new URL(page.url()).searchParams);

const calls = (tool, kind = "ucp") => world.requests({ kind, method: "POST", tool });

async function screenshot(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished, effect }) =>
    (effect.getComputedTiming().iterations === Infinity ? null : finished))));
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

async function signIn(page) {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAsCustomer(page);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

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

/** The arguments of the page's last call of a tool, as it was sent. */
async function argumentsOfLast(page, tool) {
  await page.getByRole("button", { name: /^Wire/ }).click();
  const call = page.locator(".exchange").filter({ hasText: tool }).first();
  await call.locator("summary").first().click();
  const text = await call.locator(".json").first().textContent();
  await page.getByRole("button", { name: "Close wire" }).click();
  return JSON.parse(text).params.arguments;
}

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
  const page = await visit(shopUrl([["catalog", "shop"], ["category", "Garden"], ["category", "Studio"], ["max", "100"]]));
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
  await page.getByRole("radio", { name: "All shops", exact: true }).click();
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

  await page.goto(world.shop.shop + shopUrl({ "catalog": "global", "product": SWEATER, "o.Color": "Red", "o.Size": "Small" }));
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
  const { clientId, clientSecret } = world.shop.agentClients[0];
  const scope = "read_global_api_catalog_search";
  world.shop.settings({ agentTokenScopes: [scope] });
  const { context } = await world.profile();
  await context.route("**/agents/token", async (route) => {
    const answer = await fetch(`${world.shop.api}/auth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" }),
    });
    await route.fulfill({ json: await answer.json(), headers: { "access-control-allow-origin": world.shop.shop } });
  });
  const page = await context.newPage();
  await page.goto(world.shop.shop + shopUrl({ catalog: "discover", q: "sweater" }));
  await page.getByRole("checkbox", { name: "Second-hand too" }).waitFor();
  assert.equal(await page.getByRole("group", { name: "Category" }).count(), 0, "it cannot be asked for a category");
  await page.getByLabel("To", { exact: true }).fill("95");
  await page.keyboard.press("Enter");
  await page.waitForURL(/max=95/);
  await product(page, "Harlow Organic Cotton Crewneck Sweater").click();
  await title(page, /Harlow Organic Cotton Crewneck Sweater/).waitFor();
  await option(page, "Color", "Red").check();
  await page.getByRole("link", { name: /^Buy at/ }).first().waitFor();
  assert.ok(calls("get_global_product_details", "discover").length >= 2);
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
  const structuredContent = { ucp: { version: "2026-08-25" }, product: hostile, messages: [{ type: "info", content: words }] };
  const result = { content: [{ type: "text", text: "{}" }], structuredContent };
  world.shop.settings({ faults: [{ on: "catalog", times: 1, do: { result } }] });
  await page.goto(world.shop.shop + shopUrl({ catalog: "global", product: "gid://shopify/p/1" }));
  await title(page, words).waitFor();
  assert.equal(await page.locator("img[onerror], a[href^=javascript], main img[src^=javascript]").count(), 0);
});

test("nothing moves while it loads: pictures and bones have their sizes", async () => {
  const page = await visit("/", { viewport: DESK });
  for (const query of [{ catalog: "shop" }, { "catalog": "shop", "product": MUG, "o.Glaze": "Oat", "o.Size": "12 oz" }]) {
    world.shop.settings({ latencyMs: 150 });
    await page.goto(world.shop.shop + shopUrl(query));
    await page.locator("main img").first().waitFor();
    await page.waitForTimeout(600);
    const { shift, images } = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve({
        shift: list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
        images: [...document.querySelectorAll("main img")].map(({ width, height, loading }) => ({ width, height, loading })),
      })).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve({ shift: 0, images: [] }), 500);
    }));
    assert.ok(shift < 0.1, `a layout shift of ${shift}`);
    assert.ok(images.every(({ width, height }) => width > 0 && height > 0));
  }
});

/**
 * From the search to the checkout page, by keys alone.
 *
 * @param {string} shots how its screenshots begin
 */
async function shopByKeyboard(page, shots) {
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Tabs on until something has focus. */
  const tabTo = async (what, isThere, { most = 90, key = "Tab" } = {}) => {
    for (let presses = 0; presses < most; presses += 1) {
      if (await page.evaluate(isThere)) return;
      await press(key);
    }
    assert.fail(`${what} cannot be reached`);
  };
  const isSeen = () => page.waitForFunction(() => {
    const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
    return left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
  });

  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  await tabTo("the search", () => document.activeElement.id === "site-search-words");
  await page.keyboard.type("mug");
  await press("Enter");
  await title(page, "“mug”").waitFor();
  await product(page, "Speckled Stoneware Mug").waitFor();
  await screenshot(page, `${shots}-1-results`);

  await tabTo("a product", () => document.activeElement.closest("[data-product]") !== null);
  await isSeen();
  await press("Enter");
  await title(page, "Speckled Stoneware Mug").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "product-title");
  await tabTo("the glazes", () => document.activeElement.type === "radio");
  await press("ArrowRight");
  await page.waitForURL(/o\.Glaze=Indigo/);
  await page.locator(".product-page[aria-busy=false]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), "Indigo", "focus stays on the choice");
  await screenshot(page, `${shots}-2-product`);
  await tabTo("the button", () => document.activeElement.matches(".add-to-cart"));
  await isSeen();
  await press("Enter");
  await cartButton(page, "1 piece").waitFor();

  await tabTo("the cart", () => document.activeElement.id === "cart-button", { key: "Shift+Tab" });
  await press("Enter");
  await cart(page).getByText("Speckled Stoneware Mug (Indigo, 12 oz)").or(cart(page).getByText(/Indigo/)).first().waitFor();
  await screenshot(page, `${shots}-3-cart`);
  await tabTo("the way to the checkout", () => document.activeElement.textContent === "Go to checkout");
  await press("Enter");
  await checkout(page).getByText("The shop needs the buyer's email.").waitFor();
  await screenshot(page, `${shots}-4-hand-over`);
  await tabTo("the shop's checkout", () => document.activeElement.textContent.startsWith("Continue to the shop"));
  await press("Enter");
  await page.waitForURL(/\/checkouts\/cn\//);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  await screenshot(page, `${shots}-5-checkout-page`);
}

test("from the search to the checkout page by keyboard alone", async () => {
  const page = await visit("/", { viewport: DESK });
  await forbidMouse(page);
  await shopByKeyboard(page, "keyboard");
});

/** Whatever presses a button of the mouse fails the test. */
async function forbidMouse(page) {
  await page.evaluate(() => {
    for (const type of ["mousedown", "pointerdown", "touchstart"]) {
      addEventListener(type, () => console.error(`${type} where there is no mouse`), true);
    }
  });
}

test("from the search to the checkout page on a phone of 360 pixels, by touch", async () => {
  const { context } = await world.profile();
  const page = await context.newPage();
  await page.setViewportSize(PHONE);
  await page.goto(world.shop.shop);
  const fits = async (where) => {
    const widths = await page.evaluate(() => [...document.querySelectorAll("html, dialog[open]")].map((node) => node.scrollWidth));
    assert.ok(Math.max(...widths) <= PHONE.width, `${where}: ${widths}`);
  };
  await page.getByRole("searchbox").fill("bowl");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await title(page, "“bowl”").waitFor();
  await fits("results");
  await screenshot(page, "360-1-results");
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("checkbox", { name: "Tableware" }).check();
  await page.getByRole("button", { name: "Without: Tableware" }).waitFor();
  await fits("filters");
  await screenshot(page, "360-2-filters");
  await page.getByRole("button", { name: "Filters (1)" }).click();
  await product(page, "Ramen Bowl").click();
  await title(page, "Ramen Bowl").waitFor();
  await fits("product");
  await screenshot(page, "360-3-product");
  await option(page, "Glaze", "Indigo").check();
  await page.waitForURL(/o\.Glaze=Indigo/);
  await page.locator(".product-page[aria-busy=false]").waitFor();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await cartButton(page, "1 piece").click();
  await cart(page).getByText(/Ramen Bowl/).first().waitFor();
  await fits("cart");
  await screenshot(page, "360-4-cart");
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  await checkout(page).getByText("The shop needs the buyer's email.").waitFor();
  await fits("hand-over");
  await screenshot(page, "360-5-hand-over");
  await checkout(page).getByRole("button", { name: "Continue to the shop’s checkout" }).click();
  await page.waitForURL(/\/checkouts\/cn\//);
  await fits("checkout page");
  await screenshot(page, "360-6-checkout-page");
});

test("by keyboard alone on a screen of 360 pixels", async () => {
  const page = await visit("/", { viewport: PHONE });
  await forbidMouse(page);
  await shopByKeyboard(page, "360-keyboard");
});

/** What axe has against what is shown. */
async function violations(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished, effect }) =>
    (effect.getComputedTiming().iterations === Infinity ? null : finished))));
  await page.evaluate(AXE);
  const { violations: all } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return all.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join(" | ")}`);
}

const SIGHTS = {
  home: async (page) => {
    await page.goto(`${world.shop.shop}/`);
    await page.getByRole("button", { name: /^Add to cart/ }).first().waitFor();
  },
  results: async (page) => {
    await page.goto(world.shop.shop + shopUrl([["catalog", "shop"], ["category", "Kitchen"], ["max", "90"]]));
    await page.getByRole("button", { name: "Clear all" }).waitFor();
    await products(page).first().waitFor();
  },
  "results of all shops": async (page) => {
    await page.goto(world.shop.shop + shopUrl({ catalog: "global", q: "sweater" }));
    await products(page).first().waitFor();
  },
  "nothing found": async (page) => {
    await page.goto(world.shop.shop + shopUrl({ catalog: "shop", q: "submarine" }));
    await page.getByText("Nothing was found").waitFor();
  },
  product: async (page) => {
    await page.goto(world.shop.shop + shopUrl({ "catalog": "shop", "product": VASE, "o.Glaze": "Rust" }));
    await title(page, "Bud Vase").waitFor();
    await page.getByRole("button", { name: "Add to cart" }).waitFor();
  },
  "product of all shops, relaxed": async (page) => {
    await page.goto(world.shop.shop + shopUrl({ "catalog": "global", "product": SWEATER, "o.Color": "Red", "o.Size": "Small" }));
    await page.getByText("Not to be had").waitFor();
  },
  "cart open": async (page) => {
    await page.goto(world.shop.shop + shopUrl({ "catalog": "shop", "product": VASE, "o.Glaze": "Rust" }));
    await page.getByRole("button", { name: "Add to cart" }).click();
    await cartButton(page, "1 piece").click();
    await cart(page).getByRole("button", { name: "Go to checkout" }).waitFor();
  },
  "checkout hand-over": async (page) => {
    await cart(page).getByRole("button", { name: "Go to checkout" }).click();
    await checkout(page).getByText("The shop needs the buyer's email.").waitFor();
  },
  "account, signed out": async (page) => {
    await page.goto(`${world.shop.shop}/account/`);
    await page.getByText("get_loyalty_points").first().waitFor();
  },
  "account, signed in": async (page) => {
    await signIn(page);
    await page.getByRole("region", { name: "Most recent order" }).getByRole("heading", { name: /^Order #10\d\d$/ }).waitFor();
    await page.getByRole("region", { name: "Store credit" }).getByText("$35.50").first().waitFor();
  },
  "what is signed": async (page) => {
    await page.goto(`${world.shop.shop}/signed/`);
    await page.getByText("Nothing was signed yet.").waitFor();
  },
  "wire": async (page) => {
    await page.getByRole("button", { name: /^Wire/ }).click();
    await page.getByRole("tab", { name: "Agent" }).click();
  },
};

for (const theme of ["light", "dark"]) {
  for (const [width, viewport] of Object.entries({ 1280: DESK, 360: PHONE })) {
    test(`axe has nothing against any page, ${theme}, ${width} pixels`, async () => {
      const page = await visit("/", { viewport, theme });
      await each(SIGHTS, async (show, name) => {
        await show(page);
        await screenshot(page, `${width}-${theme}-${name.replaceAll(/[ ,]+/g, "-")}`);
        assert.deepEqual(await violations(page), []);
      });
    });
  }
}
