// The demo storefront, as axe finds it: every page, in both themes, on a desk and on a phone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { each } from "./support/each.js";
import {
  DESK, PHONE, SWEATER, VASE, cart, cartButton, checkout, products, screenshot, settled, shopUrl, signIn,
  title, useStorefront,
} from "./support/storefront.js";

const { visit, world } = useStorefront();

const RED_AND_SMALL = shopUrl({ "catalog": "global", "product": SWEATER, "o.Color": "Red", "o.Size": "Small" });

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe has against what is shown. */
async function violations(page) {
  await settled(page);
  await page.evaluate(AXE);
  const { violations: all } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any: [why] }) => `${id}: ${target} ${why?.message ?? ""}`));
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
    await page.goto(world.shop.shop + RED_AND_SMALL);
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
    const recent = page.getByRole("region", { name: "Most recent order" });
    await recent.getByRole("heading", { name: /^Order #10\d\d$/ }).waitFor();
    await page.getByRole("region", { name: "Store credit" }).getByText("$35.50").first().waitFor();
  },
  "what is signed": async (page) => {
    await page.goto(`${world.shop.shop}/signed/`);
    await page.getByText("Nothing was signed yet.").waitFor();
  },
  wire: async (page) => {
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
