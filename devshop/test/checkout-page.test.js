import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runningShop } from "./support/shop.js";
import { KILN, LUSTRE, MUG, NAME_TILE, PORTLAND, callUcp, lines, readyCheckout } from "./support/ucp.js";

describe("the checkout page", () => {
  const running = runningShop();

  const create = async (checkout, how) => (await callUcp(running.shop, "create_checkout", { checkout }, how)).data;
  const status = async ({ id }, how) => (await callUcp(running.shop, "get_checkout", { id }, how)).data.status;
  const get = async (url) => (await fetch(url)).text();
  const pay = (url, form = {}) => fetch(url, { method: "POST", body: new URLSearchParams(form) });

  it("shows what there is to pay, without script, and takes the payment", async () => {
    const checkout = await create(readyCheckout());
    const response = await fetch(checkout.continue_url);
    assert.match(response.headers.get("content-security-policy"), /^default-src 'none'/);
    const html = await response.text();
    assert.match(html, /Speckled Stoneware Mug <small>Oat \/ 12 oz<\/small> × 2/);
    assert.match(html, /<button id="pay" type="submit">Pay \$64\.00<\/button>/);
    const paid = await pay(checkout.continue_url);
    assert.match(paid.url, /\/thank-you\?key=/);
    assert.match(await paid.text(), /Your order is <strong id="order">#2001<\/strong>/);
    assert.equal(await status(checkout), "completed");
    assert.match(await get(checkout.continue_url), /Order placed/);
    assert.equal(running.shop.state().ucp.orders, 1);
  });

  it("asks for what the agent could not say", async () => {
    const checkout = await create({ line_items: lines([MUG]) }, { agent: "no-extensions" });
    assert.equal(checkout.status, "incomplete");
    const html = await get(checkout.continue_url);
    for (const name of ["email", "street_address", "postal_code"]) assert.match(html, new RegExp(`name="${name}"`));
    const half = await pay(checkout.continue_url, { email: "maya.okafor@example.com" });
    assert.equal(half.status, 422);
    assert.match(await half.text(), /role="alert"/);
    const whole = await pay(checkout.continue_url, { ...PORTLAND });
    assert.match(whole.url, /thank-you/);
    assert.equal(await status(checkout, { agent: "no-extensions" }), "completed");
  });

  it("is where buyers say what to engrave, and look over what has to be looked over", async () => {
    const checkout = await create(readyCheckout({
      line_items: lines([NAME_TILE], [KILN], [LUSTRE]), discounts: { codes: ["REVIEW", "MEMBERS"] },
    }));
    assert.equal(checkout.status, "requires_escalation");
    const html = await get(checkout.continue_url);
    assert.match(html, /class="message disclosure">Contains lead/);
    assert.match(html, /name="engraving"/);
    assert.equal((await pay(checkout.continue_url)).status, 422);
    assert.match((await pay(checkout.continue_url, { engraving: "Maya" })).url, /thank-you/);
  });

  it("is reached from a cart as well", async () => {
    const { shop } = running;
    const { data: cart } = await callUcp(shop, "create_cart", {
      cart: { line_items: lines([MUG, 2]), discounts: { codes: ["CLAY10"] } },
    });
    assert.match(await get(cart.continue_url), /<button type="submit">Check out<\/button>/);
    const checkout = await pay(cart.continue_url);
    assert.match(checkout.url, /\/checkouts\/cn\//);
    const form = { email: "maya.okafor@example.com", ...PORTLAND };
    assert.match(await (await pay(checkout.url, form)).text(), /\$58\.40/);
  });

  it("opens by its key only, escapes what agents write, and has its own kind in the log", async () => {
    const { shop } = running;
    const address = { ...PORTLAND, postal_code: "00000", street_address: "<b>\"Linden\"</b>" };
    const checkout = await create(readyCheckout({ fulfillment: { methods: [{ destinations: [address] }] } }));
    const html = await get(checkout.continue_url);
    assert.ok(!html.includes("<b>"));
    const url = new URL(checkout.continue_url);
    const key = url.searchParams.get("key");
    url.searchParams.set("key", "0".repeat(32));
    assert.equal((await fetch(url)).status, 404);
    const entry = shop.log().find(({ kind }) => kind === "checkout-page");
    assert.equal(entry.path.includes(key), false);
  });
});
