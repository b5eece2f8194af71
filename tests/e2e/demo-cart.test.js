// The demo storefront's cart, checkout and agent, used as a shopper uses them, and as somebody who looks behind them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld({ shop: { www: fileURLToPath(new URL("../../www", import.meta.url)) } });

async function visit(path = "/", { viewport } = {}) {
  const { context } = await world.profile();
  const page = await context.newPage();
  if (viewport) await page.setViewportSize(viewport);
  await page.goto(world.shop.shop + path);
  return page;
}

const cart = (page) => page.getByRole("dialog", { name: "Your cart" });
const checkout = (page) => page.getByRole("dialog", { name: "Checkout" });
const cartButton = (page, count) => page.getByRole("button", { name: `Cart, ${count}`, exact: true });
const addButton = (page, product) => page.getByRole("button", { name: new RegExp(`^Add to cart ?${product}`) });
const line = (page, product) => cart(page).getByRole("listitem").filter({ hasText: product });

async function add(page, product, count) {
  await addButton(page, product).click();
  await cartButton(page, count).waitFor();
}

/** Opens a tab of the wire drawer. */
async function openWire(page, tab) {
  await page.getByRole("button", { name: /^Wire/ }).click();
  await page.getByRole("tab", { name: tab }).click();
}

async function putIn(page, what) {
  await openWire(page, "Agent");
  await page.getByLabel("Something that the shop speaks up about").selectOption({ label: what });
  await page.getByRole("button", { name: "Put it in" }).click();
  await cart(page).waitFor();
}

async function signIn(page) {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAsCustomer(page, MAYA);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** What a dialog shows as totals, in their order. */
const totals = (dialog) => dialog.locator(".cart-foot dl > div").allInnerTexts();
const tidy = (texts) => texts.map((text) => text.replace(/\s+/g, " "));

const calls = (tool) => world.requests({ kind: "ucp", method: "POST", tool });
const last = (tool) => calls(tool).at(-1);

test("add, count, change, remove; the shop's totals; the cart stays over reloads", async () => {
  const page = await visit();
  await add(page, "Speckled Stoneware Mug, Oat", "1 piece");
  await add(page, "Ramen Bowl", "2 pieces");
  await cartButton(page, "2 pieces").click();
  await line(page, "Ramen Bowl").getByText("$36.00").waitFor();
  assert.deepEqual(tidy(await totals(cart(page))), ["Subtotal $64.00", "Total $64.00"]);
  const more = line(page, "Ramen Bowl").getByRole("button", { name: /^One more/ });
  for (let click = 0; click < 3; click += 1) await more.click();
  await line(page, "Ramen Bowl").getByText("$144.00").waitFor();
  assert.equal(calls("update_cart").length, 2, "three quick clicks are one change, beside the second item");
  await page.reload();
  await cartButton(page, "5 pieces").click();
  await line(page, "Ramen Bowl").getByRole("button", { name: /^Remove/ }).click();
  await line(page, "Ramen Bowl").waitFor({ state: "detached" });
  await line(page, "Mug").getByRole("textbox", { name: /^Quantity/ }).fill("2");
  await page.keyboard.press("Enter");
  await line(page, "Mug").getByText("$56.00").waitFor();
  assert.deepEqual(tidy(await totals(cart(page))), ["Subtotal $56.00", "Total $56.00"]);
  assert.equal(calls("create_cart").length, 1);
  assert.ok(calls("update_cart").every(({ ucp, headers }) => ucp.tier === "anonymous" && !headers.authorization));
});

test("clicks that do not wait for each other still make one cart, over tabs too", async () => {
  const page = await visit();
  const other = await page.context().newPage();
  await other.goto(`${world.shop.shop}/`);
  for (const tab of [page, other]) await addButton(tab, "Bud Vase").click({ trial: true });
  world.shop.settings({ latencyMs: 300 });
  await Promise.all([page, other].map((tab) => tab.evaluate(() => {
    for (const button of [...document.querySelectorAll(".add-to-cart")].slice(0, 2)) button.click();
  })));
  for (const tab of [page, other]) await cartButton(tab, "4 pieces").waitFor();
  assert.equal(calls("create_cart").length, 1);
});

test("by keyboard alone: focus stays inside, Escape goes back, a removed line leaves focus in the cart", async () => {
  const page = await visit();
  await addButton(page, "Bud Vase").click({ trial: true });
  await addButton(page, "Bud Vase").focus();
  await page.keyboard.press("Enter");
  await cartButton(page, "1 piece").waitFor();
  await cartButton(page, "1 piece").focus();
  await page.keyboard.press("Enter");
  await cart(page).waitFor();
  const inside = () => page.evaluate(() =>
    document.activeElement === document.body || document.querySelector("dialog").contains(document.activeElement));
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await inside(), `after ${presses + 1} times Tab`);
  }
  await page.keyboard.press("Escape");
  await cart(page).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "cart-button");
  await page.keyboard.press("Enter");
  await line(page, "Bud Vase").getByRole("button", { name: /^Remove/ }).focus();
  await page.keyboard.press("Enter");
  await cart(page).getByRole("link", { name: "See the collection" }).waitFor();
  assert.ok(await inside());
});

test("what the shop says is beside what it is about; codes; other currencies", async () => {
  const page = await visit();
  await putIn(page, "a vase that is sold out");
  await line(page, "Bud Vase").getByText("Bud Vase (Celadon) is sold out.").waitFor();
  for (const code of ["CLAY10", "NOPE"]) {
    await cart(page).getByLabel("Discount code").fill(code);
    await cart(page).getByRole("button", { name: "Apply" }).click();
    await cart(page).getByRole("button", { name: `Take out the code ${code}` }).waitFor();
  }
  await cart(page).locator(".discount-codes").getByText("NOPE is not a code of this shop.").waitFor();
  assert.deepEqual(tidy(await totals(cart(page))), ["Subtotal $42.00", "10% off -$4.20", "Total $37.80"]);
  await cart(page).getByRole("button", { name: "Take out the code NOPE" }).click();
  await cart(page).getByText("NOPE is not a code of this shop.").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByLabel("Prices for").selectOption("JP");
  await page.getByRole("button", { name: "Close wire" }).click();
  await cartButton(page, "1 piece").click();
  await line(page, "Bud Vase").getByText("¥6,300").waitFor();
  assert.deepEqual(last("update_cart").ucp.tier, "anonymous");
});

test("a disclosure is shown in full beside its line", async () => {
  const page = await visit();
  await putIn(page, "a lustre glaze, with a disclosure");
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  const words = checkout(page).getByText("Contains lead. Do not use on tableware. Keep away from children.");
  await words.waitFor();
  assert.equal(await words.evaluate((node) => Boolean(node.closest("details"))), false);
  const more = checkout(page).getByRole("link", { name: /Read more/ });
  assert.equal(await more.getAttribute("href"), "https://cedarandclay.example/pages/lustre-safety");
});

test("words of the shop are text, whatever they look like", async () => {
  const page = await visit();
  await cartButton(page, "empty").waitFor();
  const words = "<img src=x onerror=\"document.title='gone'\">";
  const resource = {
    ucp: { version: "2026-08-25" },
    id: "gid://shopify/Cart/1?key=2",
    currency: "USD",
    line_items: [{
      id: "1", item: { id: "gid://shopify/ProductVariant/1", title: words, price: 1 }, quantity: 1,
      totals: [{ type: "total", amount: 1 }],
    }],
    totals: [{ type: "subtotal", amount: 1, display_text: words }, { type: "total", amount: 1 }],
    messages: [{ type: "warning", code: "w", content: words, content_type: "markdown", url: "javascript:alert(1)" }],
  };
  const result = { content: [{ type: "text", text: "{}" }], structuredContent: resource };
  world.shop.settings({ faults: [{ on: "ucp", times: 1, do: { result } }] });
  await addButton(page, "Bud Vase").click();
  await cart(page).locator(".line-title").waitFor();
  assert.equal(await cart(page).locator(".line-title").textContent(), words);
  assert.equal(await cart(page).locator("img[onerror], a[href^=javascript]").count(), 0);
});

test("a cart that the shop has forgotten is no dead end", async () => {
  const page = await visit();
  world.shop.settings({ ucpCartTtl: 1 });
  await add(page, "Bud Vase", "1 piece");
  await page.waitForTimeout(1100);
  world.shop.settings({ ucpCartTtl: 3600 });
  await add(page, "Ramen Bowl", "1 piece");
  await cartButton(page, "1 piece").click();
  await cart(page).getByText("This is a new one.").waitFor();
  await line(page, "Ramen Bowl").waitFor();
});

test("where the shop has no UCP server for pages, the buttons say so", async () => {
  world.console.expect(/CORS|net::ERR_FAILED|404/);
  world.shop.settings({ faults: [{ on: "ucp-discovery", times: null, do: { status: 404 } }] });
  const page = await visit();
  await page.getByRole("button", { name: /^No cart right now/ }).first().waitFor();
  assert.equal(await page.getByRole("button", { name: /^Add to cart/ }).count(), 0);
  await cartButton(page, "empty").click();
  await cart(page).getByText("No cart here").waitFor();
  world.shop.settings({ faults: [] });
  await cart(page).getByRole("button", { name: "Ask again" }).click();
  await cart(page).getByText("Your cart is empty.").waitFor();
  await page.keyboard.press("Escape");
  await addButton(page, "Bud Vase").waitFor();
});

test("to the shop's checkout on a click, and back with an order", async () => {
  const page = await visit();
  await add(page, "Ramen Bowl", "1 piece");
  await cartButton(page, "1 piece").click();
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  await checkout(page).getByText("The shop needs the buyer's email.").waitFor();
  await checkout(page).getByText("The shop does not know where to deliver.").waitFor();
  await checkout(page).getByRole("button", { name: "Continue to the shop’s checkout" }).click();
  await page.waitForURL(/\/checkouts\/cn\//);
  await page.goBack();
  await page.getByText("Your checkout waits for you").waitFor();
  await page.getByRole("button", { name: "See the cart" }).click();
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  await checkout(page).getByRole("button", { name: "Continue to the shop’s checkout" }).click();
  await page.waitForURL(/\/checkouts\/cn\//);
  assert.equal(calls("create_checkout").length, 1, "the checkout that waits is the one that goes on");
  const said = {
    "Email": MAYA, "Street": "418 Linden Street", "City": "Portland", "State or province": "OR", "Postal code": "97205",
  };
  for (const [label, value] of Object.entries(said)) await page.getByLabel(label).fill(value);
  await page.getByLabel(/^Country/).fill("US");
  await page.getByRole("button", { name: /^Pay/ }).click();
  const label = await page.locator("#order").textContent();
  await page.getByRole("link", { name: "Return to store" }).click();
  await page.locator("#notices").getByText(`Your order is ${label}. We have begun to pack it.`).waitFor();
  await cartButton(page, "empty").click();
  await page.getByRole("dialog", { name: "Thank you" }).getByText(label).waitFor();
  await page.reload();
  await cartButton(page, "empty").waitFor();
});

test("refused before anything is sent, and by the shop when sent anyway", async () => {
  world.console.expect(/403/);
  const page = await visit();
  await openWire(page, "Agent");
  for (const tool of ["complete_checkout", "get_order"]) {
    await page.getByRole("button", { name: tool }).click();
    await page.getByText(`${tool}: refused before anything was sent`).waitFor();
    assert.match(await page.locator("[data-sentence]").innerText(), /token/);
    assert.equal(calls(tool).length, 0);
  }
  await page.getByRole("button", { name: "Send it anyway" }).click();
  await page.getByText("get_order: refused by the shop (403)").waitFor();
  assert.equal(calls("get_order").length, 1);
});

test("signed: a key of this browser, published, signs the cart's calls; the page takes them apart", async () => {
  const page = await visit();
  await openWire(page, "Agent");
  await page.getByRole("radio", { name: /^Signed/ }).check({ noWaitAfter: true });
  await page.getByText("Key of this browser:").waitFor();
  await page.getByRole("button", { name: "Close wire" }).click();
  await add(page, "Bud Vase", "1 piece");
  assert.equal(last("create_cart").ucp.tier, "signed");
  await page.goto(`${world.shop.shop}/signed/`);
  const entry = page.getByRole("listitem").filter({ hasText: "get_cart" });
  await entry.getByText("The same", { exact: true }).waitFor();
  await entry.getByRole("button", { name: "Verify in this page" }).click();
  await entry.getByText("It verifies").waitFor();
  await entry.getByRole("button", { name: "Flip one byte" }).click();
  await entry.getByText("It does not verify").waitFor();
  assert.equal(await entry.locator("mark").count(), 1);
  await entry.getByRole("button", { name: "Put it back" }).click();
  await entry.getByText("It verifies").waitFor();
  await page.getByRole("button", { name: "Make a cart and cancel it, signed" }).click();
  const canceled = page.getByRole("listitem").filter({ hasText: "cancel_cart" });
  await canceled.locator("[data-component=idempotency-key]").waitFor();
  assert.equal(last("cancel_cart").ucp.signed, true);
});

test("the page about signatures makes a key and a first request by itself", async () => {
  const page = await visit("/signed/");
  await page.getByRole("button", { name: "Make a key, and a signed request" }).click();
  await page.getByRole("button", { name: "Verify in this page" }).click();
  await page.getByText("It verifies").waitFor();
  assert.equal(last("search_catalog").ucp.tier, "signed");
});

test("token: paid here, once, though the answer was lost on its way", async () => {
  world.console.expect(/ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE|ERR_CONNECTION|ERR_EMPTY/);
  const page = await visit();
  await signIn(page);
  await openWire(page, "Agent");
  await page.getByRole("radio", { name: /^Token/ }).check();
  await page.getByRole("button", { name: "Close wire" }).click();
  await add(page, "Ramen Bowl", "1 piece");
  await cartButton(page, "1 piece").click();
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  await checkout(page).getByText("Pay here with the test card").click();
  await checkout(page).getByLabel("With a test card").selectOption("tok_declined");
  await checkout(page).getByRole("button", { name: "Pay here" }).click();
  await checkout(page).getByText("The card was declined. Try another.").waitFor();
  world.shop.clearLog();
  await checkout(page).getByLabel("With a test card").selectOption("tok_ok");
  await checkout(page).getByLabel(/^Lose the answer/).check();
  await checkout(page).getByRole("button", { name: "Pay here" }).click();
  await page.getByRole("dialog", { name: "Thank you" }).waitFor();
  const sent = calls("complete_checkout");
  const became = sent.map(({ ucp }) => [ucp.tier, ucp.executed, ucp.replayed]);
  assert.deepEqual(became, [["token", true, false], ["token", false, true]]);
  assert.equal(new Set(sent.map(({ ucp }) => ucp.bodySha256)).size, 1);
  await page.keyboard.press("Escape");
  await openWire(page, "Traffic");
  await page.getByText("once, sent 2×").click();
  await page.getByText("This is the second sending.").waitFor();
  await cartButton(page, "empty").waitFor();
});

test("on a phone nothing is wider than the screen", async () => {
  for (const path of ["/", "/account/", "/signed/"]) {
    const page = await visit(path, { viewport: { width: 360, height: 640 } });
    await cartButton(page, "empty").click();
    await cart(page).getByRole("link", { name: "See the collection" }).waitFor();
    const widths = await page.evaluate(() =>
      [document.documentElement, document.querySelector("dialog")].map(({ scrollWidth }) => scrollWidth));
    assert.ok(Math.max(...widths) <= 360, `${path} ${widths}`);
  }
});

test("a checkout that was canceled meanwhile is told, and the cart is as it was", async () => {
  const page = await visit();
  await add(page, "Ramen Bowl", "1 piece");
  await cartButton(page, "1 piece").click();
  await cart(page).getByRole("button", { name: "Go to checkout" }).click();
  await checkout(page).getByRole("button", { name: "Continue to the shop’s checkout" }).click();
  await page.waitForURL(/\/checkouts\/cn\//);
  const other = await page.context().newPage();
  await other.goto(`${world.shop.shop}/`);
  await other.evaluate(async () => {
    const { connect } = await import("/pkg/index.js");
    const { shop, agentProfiles } = await (await fetch("/shop-config.json")).json();
    const { guest } = JSON.parse(localStorage.getItem("cedar-clay:cart"));
    await (await connect({ shop, agent: { profiles: agentProfiles } })).checkout.cancel(guest.checkout.id);
  });
  await page.goBack();
  await page.getByText("Your checkout was canceled").waitFor();
  await cartButton(page, "1 piece").waitFor();
});

test("what a customer's token has changed is theirs alone, and there again after a sign-in", async () => {
  const page = await visit();
  await openWire(page, "Agent");
  await page.getByRole("radio", { name: /^Token/ }).check();
  await page.getByText("Nobody is signed in: until then, calls go anonymously.").waitFor();
  await page.getByRole("button", { name: "Close wire" }).click();
  await add(page, "Bud Vase", "1 piece");
  await signIn(page);
  await add(page, "Ramen Bowl", "2 pieces");
  assert.equal(calls("create_cart").length, 1, "the cart from before the sign-in goes on");
  assert.equal(last("update_cart").ucp.tier, "token");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  await cartButton(page, "empty").waitFor();
  await signIn(page);
  await cartButton(page, "2 pieces").waitFor();
});
