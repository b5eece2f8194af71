// The demo storefront: the whole path from the search to the checkout page, by keyboard alone and on a phone. Pictures
// of it go to target/screenshots/.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  DESK, PHONE, cart, cartButton, checkout, option, product, screenshot, title, useStorefront,
} from "./support/storefront.js";

const { visit, world } = useStorefront();

/**
 * From the search to the checkout page, by keys alone.
 *
 * @param {string} shots how its screenshots begin
 */
async function shopByKeyboard(page, shots) {
  const press = (key) => page.keyboard.press(key);
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
  await cart(page).getByText("Speckled Stoneware Mug (Indigo / 12 oz)").waitFor();
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
    const shown = page.locator("html, dialog[open]");
    const widths = await shown.evaluateAll((nodes) => nodes.map(({ scrollWidth }) => scrollWidth));
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
