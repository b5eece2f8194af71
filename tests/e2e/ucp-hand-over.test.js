// On to the shop's own checkout page, in the buyer's click.

import assert from "node:assert/strict";
import { test } from "node:test";

import { agentTab, connectAgent } from "./support/agent-page.js";
import { KILN, lines, MUG, PAID, readyCheckout } from "./support/purchase.js";
import { MAYA } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

/** A page that shows the shop's page in a frame, from another origin. */
const HOST_PAGE = "<!doctype html><title>Host</title><link rel=icon href=data:,><iframe src=FRAME></iframe>";
const FRAMED_PAGE = "<!doctype html><button id=act>Act</button><script type=module src=/page.js></script>";
const html = (text) => new Response(text, { headers: { "content-type": "text/html" } });

const world = useWorld({
  front: {
    "/host": () => ({ url }) => html(HOST_PAGE.replace("FRAME", `http://127.0.0.1:${new URL(url).port}/framed`)),
    "/framed": () => () => html(FRAMED_PAGE),
  },
});

const opened = () => world.requests({ kind: "checkout-page", method: "GET" });

/** Creates a checkout and opens it in the click. */
async function openInClick(tab, options) {
  const result = await tab.done("checkout.create", readyCheckout());
  await tab.clickFor(([given, how]) => {
    globalThis.page.onAct = () => globalThis.page.shop.checkout.open(given, how);
  }, [result, options]);
  return result;
}

test("the page is left for the shop's checkout, without a word about who buys", async () => {
  const tab = await agentTab(world);
  const { continueUrl } = await openInClick(tab);
  await tab.page.waitForURL(continueUrl);
  await tab.page.getByRole("button", { name: /^Pay / }).waitFor();
  assert.match(opened()[0].path, /^\/checkouts\/cn\/[0-9a-f]+\?key=\([^)]*\)$/);
  assert.equal(await tab.page.locator("#account").count(), 0);
});

test("a signed-in customer is taken along, and is signed in there", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await connectAgent(tab, { token: "customer" });
  await openInClick(tab);
  await tab.page.getByText(`Signed in as ${MAYA}`).waitFor();
  const { searchParams } = new URL(opened()[0].path, world.shop.shop);
  assert.deepEqual([searchParams.get("logged_in"), searchParams.get("sso")], ["true", "silent"]);
  await tab.page.getByRole("button", { name: /^Pay / }).click();
  await tab.page.getByText("Order placed").waitFor();
});

test("after a sign-out nobody is taken along", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await tab.startLogout();
  await tab.page.waitForURL(/\/account\/$/);
  await tab.settled();
  await connectAgent(tab, { token: "customer" });
  await openInClick(tab);
  await tab.page.getByRole("button", { name: /^Pay / }).waitFor();
  assert.doesNotMatch(opened()[0].path, /logged_in|sso/);
});

test("from a frame of another origin, the whole tab goes", async () => {
  const { context } = await world.profile({ connect: false });
  const page = await context.newPage();
  const host = world.origin.replace("127.0.0.1", "localhost");
  await page.goto(`${host}/host`);
  const frame = page.frames().find((one) => one !== page.mainFrame()) ?? await page.waitForEvent("frameattached");
  await frame.waitForFunction(() => globalThis.page?.settled);
  const url = await frame.evaluate(async (wish) => {
    const { page: own } = globalThis;
    await own.connect({ agent: { profiles: own.config.agentProfiles } });
    const result = await own.shop.checkout.create(wish);
    own.onAct = () => own.shop.checkout.open(result);
    return result.continueUrl;
  }, readyCheckout());
  await frame.getByRole("button", { name: "Act" }).click();
  await page.waitForURL(url);
  assert.equal(page.frames().length, 1);
});

test("in a window of its own, where that is asked for", async () => {
  const tab = await agentTab(world);
  const here = tab.page.url();
  let result;
  const page = await tab.opens(async () => { result = await openInClick(tab, { target: "_blank" }); });
  await page.waitForURL(result.continueUrl);
  assert.equal(tab.page.url(), here);
  assert.equal(await page.evaluate(() => globalThis.opener), null);
});

test("a checkout that needs the buyer goes on there, and is paid there", async () => {
  const tab = await agentTab(world);
  const result = await tab.done("checkout.create", readyCheckout({ line_items: lines([KILN], [MUG]) }));
  assert.deepEqual([result.data.status, result.outcome], ["requires_escalation", "requires_buyer_review"]);
  await tab.clickFor((given) => {
    globalThis.page.onAct = () => globalThis.page.shop.checkout.open(given);
  }, result);
  await tab.page.getByRole("button", { name: /^Pay / }).click();
  await tab.page.getByText("Order placed").waitFor();
  await tab.goto("/");
  await connectAgent(tab);
  const { data } = await tab.done("checkout.get", result.data.id);
  assert.equal(data.status, "completed");
});

test("what no page may open is not opened", async () => {
  const tab = await agentTab(world);
  const here = tab.page.url();
  const hostile = [
    "javascript:alert(1)", "data:text/html,x", "http://evil.example/", "//evil.example", "", null, { continueUrl: null },
  ];
  for (const given of hostile) {
    const error = await tab.refused("checkout.open", given);
    assert.equal(error.class, "OptionsError", JSON.stringify(given));
  }
  const canceled = await tab.done("checkout.create", readyCheckout());
  const ended = await tab.done("checkout.cancel", canceled.data.id);
  if (ended.continueUrl === null) assert.equal((await tab.refused("checkout.open", ended)).class, "OptionsError");
  assert.equal(tab.page.url(), here);
  assert.equal(opened().length, 0);
  const refused = await tab.refused("checkout.complete", canceled.data.id, PAID);
  assert.match(refused.message, /open `continueUrl`/);
});
