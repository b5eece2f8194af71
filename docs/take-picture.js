// Takes docs/demo.png: a customer who has signed in and asked for order #1001 on the demo storefront.
//
//     cargo xtask build && node docs/take-picture.js
//
// Needs `npm ci` in devshop/ and tests/ (`cargo xtask test e2e` does both), and Chromium, or CHROMIUM as its path.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { startDevshop } from "../devshop/index.js";
import { MAYA, signInAsCustomer } from "../tests/e2e/support/sign-in-page.js";

const { chromium } = createRequire(new URL("../tests/package.json", import.meta.url))("playwright-core");
const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

const shop = await startDevshop({ port: 0, quiet: true, www: folder("../www"), package: folder("../pkg") });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const look = { viewport: { width: 1240, height: 820 }, colorScheme: "light", reducedMotion: "reduce" };
  const page = await browser.newPage(look);
  await page.goto(`${shop.shop}/`);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAsCustomer(page, MAYA);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.getByLabel("Order number").fill("#1001");
  await page.getByRole("button", { name: "Find my order" }).click();
  await page.getByRole("heading", { name: "Order #1001" }).waitFor();
  await page.evaluate(async () => {
    const { top } = document.querySelector("#order-help").getBoundingClientRect();
    const { height } = document.querySelector(".site-header").getBoundingClientRect();
    window.scrollBy({ top: top - height + 1 });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  await page.screenshot({ path: folder("demo.png") });
} finally {
  await browser.close();
  await shop.close();
}
