// The demo storefront's search and product pages, as its tests find things on them.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { signInAsCustomer } from "./sign-in-page.js";
import { useWorld } from "./world.js";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const SCREENSHOTS = folder("../../../target/screenshots");

export const PHONE = { width: 360, height: 640 };
export const DESK = { width: 1280, height: 860 };

export const MUG = "gid://shopify/Product/88200000001";
export const VASE = "gid://shopify/Product/88200000004";
/** The sweater that comes in every colour and size, but not in Red and Small. */
export const SWEATER = "gid://shopify/p/AbC123XyZ";

/** A shop whose pages are the demo's. */
export function useStorefront() {
  const world = useWorld({ shop: { www: folder("../../../www") } });
  return {
    world,
    /** A page of the storefront, in a profile of its own. */
    async visit(path = "/", { viewport = DESK, theme = "light" } = {}) {
      const { context } = await world.profile();
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(world.shop.shop + path);
      return page;
    },
    /** Tool calls that one of the shop's servers received. */
    calls: (tool, kind = "ucp") => world.requests({ kind, method: "POST", tool }),
  };
}

/** A place of the page that searches and shows products. */
export const shopUrl = (query) => `/shop/?${new URLSearchParams(query)}`;
export const queryOf = (page) => Object.fromEntries(new URL(page.url()).searchParams);

export const title = (page, text) => page.getByRole("heading", { level: 1, name: text });
export const found = (page, text) => page.locator("#result-count").getByText(text, { exact: true });
export const cart = (page) => page.getByRole("dialog", { name: "Your cart" });
export const checkout = (page) => page.getByRole("dialog", { name: "Checkout" });
export const cartButton = (page, count) => page.getByRole("button", { name: `Cart, ${count}`, exact: true });
export const option = (page, name, label) => page.getByRole("group", { name }).getByRole("radio", { name: label });

const list = (page) => page.getByRole("list", { name: "Products" });
export const products = (page) => list(page).getByRole("listitem");
export const product = (page, name) => list(page).getByRole("link", { name, exact: true });

export async function signIn(page) {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAsCustomer(page);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Waits until all that moves by itself, and ends, has come to its end. */
export function settled(page) {
  return page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished));
  });
}

/** A picture of what is shown, for people to look at. */
export async function screenshot(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await settled(page);
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** The arguments of the page's last call of a tool, as its wire drawer shows them. */
export async function argumentsOfLast(page, tool) {
  await page.getByRole("button", { name: /^Wire/ }).click();
  const call = page.locator(".exchange").filter({ hasText: tool }).first();
  await call.locator("summary").first().click();
  const text = await call.locator(".json").first().textContent();
  await page.getByRole("button", { name: "Close wire" }).click();
  return JSON.parse(text).params.arguments;
}
