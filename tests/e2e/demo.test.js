// The demo storefront, used as a shopper uses it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { MAYA, signInAsCustomer, THEO } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld({ shop: { www: fileURLToPath(new URL("../../www", import.meta.url)) } });

/** A page of the storefront, in a profile of its own. */
async function visit(path = "/") {
  const { context } = await world.profile();
  const page = await context.newPage();
  await page.goto(world.shop.shop + path);
  return page;
}

const status = (page) => page.getByRole("region", { name: "Order status" });

async function askForOrder(page, number) {
  await page.getByLabel("Order number").fill(number);
  await page.getByRole("button", { name: "Find my order" }).click();
}

async function signIn(page, email = MAYA) {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAsCustomer(page, email);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

test("sign in, then ask for order #1001", async () => {
  const page = await visit();
  await signIn(page);
  await page.getByRole("link", { name: new RegExp(`Signed in as ${MAYA}`) }).waitFor();
  await askForOrder(page, "#1001");
  await status(page).getByRole("heading", { name: "Order #1001" }).waitFor();
  await status(page).getByText("Speckled Stoneware Mug").first().waitFor();
  assert.equal(world.calls("get_order_status").length, 1);
});

test("ask first: the answer is there after the sign-in, and nobody asked twice", async () => {
  const page = await visit();
  await askForOrder(page, "1001");
  await signInAsCustomer(page);
  await status(page).getByRole("heading", { name: "Order #1001" }).waitFor();
  assert.equal(await page.getByLabel("Order number").inputValue(), "1001");
  assert.equal(world.calls("get_order_status").length, 1);
});

test("ask first, with the sign-in page in a window of its own", async () => {
  const page = await visit();
  await page.getByRole("button", { name: "Sign-in options" }).click();
  await page.getByRole("radio", { name: "in a window of its own" }).check();
  const [popup] = await Promise.all([page.context().waitForEvent("page"), askForOrder(page, "#1001")]);
  await signInAsCustomer(popup);
  await status(page).getByRole("heading", { name: "Order #1001" }).waitFor();
  assert.equal(world.calls("get_order_status").length, 1);
});

test("an order of somebody else is not found, in words a shopper understands", async () => {
  const page = await visit();
  await signIn(page, THEO);
  await askForOrder(page, "#1001");
  await status(page).getByText("#1001").first().waitFor();
  assert.equal(await status(page).getByRole("heading", { name: "Order #1001", exact: true }).count(), 0);
});

test("the account page: sign in at the gate, see order, credit and tools, sign out", async () => {
  const page = await visit("/account/");
  await page.getByRole("button", { name: "Continue to sign-in" }).first().click();
  await signInAsCustomer(page);
  const recent = page.getByRole("region", { name: "Most recent order" });
  await recent.getByRole("heading", { name: /^Order #10\d\d$/ }).waitFor();
  await page.getByRole("region", { name: "Store credit" }).getByText("$35.50").first().waitFor();
  const tools = page.getByRole("group", { name: "Tools" });
  await tools.getByText("get_loyalty_points").first().waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  assert.doesNotMatch(kept, /shcat_|shcrt_|eyJ/);
});

test("the wire drawer shows the call, with the token masked", async () => {
  const page = await visit();
  await signIn(page);
  await askForOrder(page, "#1001");
  await status(page).getByRole("heading", { name: "Order #1001" }).waitFor();
  await page.getByRole("button", { name: /^Wire/ }).click();
  const drawer = page.getByRole("region", { name: "Wire" });
  await drawer.getByText(/mcp/).first().waitFor();
  const token = await page.evaluate(() => {
    const [, record] = Object.entries(sessionStorage).find(([key]) => key.endsWith(":session"));
    return JSON.parse(record).accessToken;
  });
  assert.equal((await page.content()).includes(token), false);
});
