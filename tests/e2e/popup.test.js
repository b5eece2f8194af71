// Signing in through a window of its own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, returnToStore, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

// The driver would let every window open; here a window needs a click, as it does for a shopper.
const world = useWorld({ launch: () => ({ ignoreDefaultArgs: ["--disable-popup-blocking"] }) });

/** Opens the sign-in window and waits until it shows the shop's page. */
async function openSignIn(tab, options = {}) {
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup", ...options }));
  await atSignInPage(popup);
  return popup;
}

/** A tab whose page has opened something by itself, without a click. */
async function unaskedTab(setup) {
  const profile = await world.profile(setup);
  const tab = await profile.blankTab();
  await tab.page.goto(`${world.shop.shop}/`, { waitUntil: "commit" });
  await tab.page.waitForURL(/#done$/);
  return tab;
}

async function closed(popup) {
  if (!popup.isClosed()) await popup.waitForEvent("close");
}

test("a customer signs in through a popup; the page stays and the window closes", async () => {
  const tab = await world.tab({}, "/wares/?item=3");
  await tab.run(() => { globalThis.sameDocument = true; });
  const popup = await openSignIn(tab, { locale: "fr-CA" });
  assert.equal(await popup.locator("html").getAttribute("lang"), "fr-CA");
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.session.claims.email, MAYA);
  assert.equal(value.returnTo, `${world.shop.shop}/wares/?item=3`);
  assert.deepEqual(value.resumed, []);
  await closed(popup);
  assert.equal(await tab.run(() => globalThis.sameDocument), true);
  assert.deepEqual(await tab.events(), ["signedin"]);
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.tokenRequests().length, 1);
  await tab.reload();
  assert.equal((await tab.session()).signedIn, true);
});

test("a popup whose page cuts it off by Cross-Origin-Opener-Policy signs in all the same", async () => {
  world.shop.settings({ coop: true });
  const tab = await world.tab();
  const popup = await openSignIn(tab);
  assert.equal(await popup.evaluate(() => window.opener), null, "the window is cut off");
  // Long enough for several looks at a window that seems to be closed.
  await tab.page.waitForTimeout(1_500);
  assert.equal(await tab.run(() => globalThis.page.outcome), undefined);
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.session.claims.email, MAYA);
  await closed(popup);
  assert.equal(world.tokenRequests().length, 1);
});

test("a popup without a click is blocked, and says so", async () => {
  const tab = await unaskedTab({ popupOnLoad: true });
  const { error } = await tab.outcome();
  assert.equal(error.code, "popup_blocked");
  assert.equal(error.class, "SignInError");
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  assert.equal(tab.page.context().pages().length, 1);
  await tab.holdsNothing();

  const popup = await openSignIn(tab);
  await signInAsCustomer(popup);
  assert.equal((await tab.outcome()).value.session.signedIn, true);
});

test("a call that may only use a popup is told when it is blocked, and sent by nobody", async () => {
  const tab = await unaskedTab({ options: { onSignInNeeded: "popup" }, callOnLoad: "get_most_recent_order_status" });
  const { error } = await tab.outcome();
  assert.equal(error.code, "popup_blocked");
  assert.equal(world.calls().length, 0);
});

test("a popup that the shopper closes ends the wait", async () => {
  const tab = await world.tab();
  const popup = await openSignIn(tab);
  // Until it has been seen on the login server.
  await tab.page.waitForTimeout(900);
  await popup.close();
  const { error } = await tab.outcome();
  assert.equal(error.code, "popup_closed");
  assert.equal(world.tokenRequests().length, 0);
  await tab.holdsNothing();
});

test("a popup that the shopper closes while it is still blank ends the wait", async () => {
  world.shop.settings({ latencyMs: 1_500 });
  const tab = await world.tab();
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  await popup.close();
  const { error } = await tab.outcome();
  assert.equal(error.code, "popup_closed");
  await tab.holdsNothing();
});

test("a login in a popup can be aborted, and its window closes", async () => {
  const tab = await world.tab();
  const popup = await tab.opens(() => tab.clickFor(() => {
    const giveUp = new AbortController();
    globalThis.giveUp = giveUp;
    globalThis.page.onAct = () => globalThis.page.customer.login({ mode: "popup", signal: giveUp.signal });
  }));
  await atSignInPage(popup);
  await tab.run(() => globalThis.giveUp.abort());
  assert.equal((await tab.outcome()).error.code, "aborted");
  await closed(popup);
  await tab.holdsNothing();
});

test("a customer who returns to the store from the popup is told so in the page", async () => {
  const tab = await world.tab();
  const popup = await openSignIn(tab);
  await returnToStore(popup);
  const { error } = await tab.outcome();
  assert.equal(error.code, "access_denied");
  await closed(popup);
  assert.equal(world.tokenRequests().length, 0);
  await tab.holdsNothing();
});

test("a popup whose login cannot be discovered is closed again", async () => {
  world.shop.settings({ faults: [{ on: "discovery", times: null, do: { status: 404 } }] });
  world.console.expect(/status of 404/);
  const tab = await world.tab();
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  assert.equal((await tab.outcome()).error.code, "discovery_unavailable");
  await closed(popup);
});

test("calls in one click share one popup", async () => {
  const tab = await world.tab({ options: { onSignInNeeded: "popup" } });
  const popup = await tab.opens(() => tab.clickFor(() => {
    const { customer } = globalThis.page;
    globalThis.page.onAct = () => Promise.all([
      customer.callTool("get_order_status", { order_number: "1001" }),
      customer.callTool("get_most_recent_order_status"),
    ]);
  }));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.length, 2);
  assert.equal(world.calls().length, 2);
  assert.equal(world.tokenRequests().length, 1);
  await closed(popup);
  assert.equal(tab.page.context().pages().length, 1, "no other window stays open");
});

test("a popup signs in the other tabs too", async () => {
  const profile = await world.profile();
  const [tab, other] = [await profile.tab(), await profile.tab("/wares/")];
  const popup = await openSignIn(tab);
  await signInAsCustomer(popup);
  await tab.outcome();
  await other.heard("signedin");
  await other.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.tokenRequests().length, 1);
});

test("a popup works without storage", async () => {
  const tab = await world.tab({ options: { storage: "memory" } });
  const popup = await openSignIn(tab);
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.session.persistent, false);
  assert.doesNotMatch(await tab.stored(), /shcat_|shcrt_|eyJ/);
  await tab.answer("get_order_status", { order_number: "1001" });
});
