// Signing out: here, in every tab, at the shop; nothing stays behind.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, signInAsCustomer, THEO } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ONLY_TOOLS = { options: { scope: "customer-account-mcp-api:full" } };

async function signedOutEverywhere(tabs) {
  for (const tab of tabs) await tab.holdsNothing();
}

test("with an ID token: signed out in all tabs and at the shop", async () => {
  const profile = await world.profile();
  const tabs = [await profile.tab(), await profile.tab("/wares/"), await profile.tab("/wares/?third")];
  await tabs[0].signIn();
  await Promise.all(tabs.slice(1).map((tab) => tab.heard("signedin")));
  tabs.push(await tabs[1].duplicate());
  await tabs[0].startLogout();
  await tabs[0].page.waitForURL(/\/account\/$/);
  await tabs[0].settled();

  for (const tab of tabs.slice(1)) {
    await tab.heard("signedout");
    assert.deepEqual(await tab.events("signedout"), [{ reason: "logout" }]);
  }
  await signedOutEverywhere(tabs);
  const [logout] = world.requests({ kind: "logout" });
  assert.equal(logout.outcome, "ok");
  assert.equal(logout.customer, MAYA);
  const query = new URL(logout.path, world.shop.shopify).searchParams;
  assert.deepEqual([...query.keys()], ["id_token_hint", "post_logout_redirect_uri", "state"]);

  await tabs[0].startLogin();
  await atSignInPage(tabs[0].page);
  await signInAsCustomer(tabs[0].page, THEO);
  await tabs[0].backAtShop();
  assert.equal((await tabs[0].session()).claims.email, THEO);
  await tabs[1].page.waitForFunction(() => globalThis.page.customer.session.claims?.email.startsWith("theo"));
});

test("without an ID token: signed out in all tabs, on the spot", async () => {
  const profile = await world.profile(ONLY_TOOLS);
  const tabs = [await profile.tab(), await profile.tab("/wares/")];
  await tabs[0].signIn();
  await tabs[1].heard("signedin");
  const session = await tabs[0].session();
  assert.equal(session.claims, null);
  assert.equal(session.idTokenSignature, null);
  await tabs[0].answer("get_order_status", { order_number: "1001" });

  await tabs[0].startLogout();
  assert.deepEqual(await tabs[0].outcome(), { value: null });
  await tabs[1].heard("signedout");
  await signedOutEverywhere(tabs);
  assert.equal(world.requests({ kind: "logout" }).length, 0);
  assert.equal(tabs[0].page.url(), `${world.shop.shop}/`);
});

test("a shop that gives no ID token is signed out of on the spot", async () => {
  world.shop.settings({ idToken: false });
  const tab = await world.tab();
  await tab.signIn();
  assert.equal((await tab.session()).claims, null);
  await tab.startLogout();
  assert.deepEqual(await tab.outcome(), { value: null });
  await tab.holdsNothing();
  assert.equal(world.requests({ kind: "logout" }).length, 0);
});

test("the logout comes back to the registered page that was asked for", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await tab.startLogout({ returnTo: "/" });
  await tab.page.waitForURL(`${world.shop.shop}/`);
  await tab.settled();
  await tab.holdsNothing();
  assert.equal(world.requests({ kind: "logout" }).length, 1);
});

test("a logout to a foreign page is refused, and signs out all the same", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await tab.startLogout({ returnTo: "https://evil.example/" });
  assert.equal((await tab.outcome()).error.code, "return_to_invalid");
  await tab.holdsNothing();
});

test("a logout while offline leaves nothing here", async () => {
  const profile = await world.profile();
  const tab = await profile.tab();
  await tab.signIn();
  await profile.context.setOffline(true);
  const left = tab.page.waitForEvent("requestfailed", (request) => request.isNavigationRequest());
  await tab.startLogout();
  await left;
  await profile.context.setOffline(false);
  await tab.goto("/wares/");
  await tab.holdsNothing();
});

test("a call that is under way in another tab when someone signs out puts no token back", async () => {
  const profile = await world.profile(ONLY_TOOLS);
  const [tab, other] = [await profile.tab(), await profile.tab("/wares/")];
  await tab.signIn();
  await other.heard("signedin");
  world.shop.expireTokens();
  world.console.expect(/status of 40[01]/);
  world.shop.settings({ latencyMs: 400 });
  await other.startCall("get_order_status", { order_number: "1001" }, { onSignInNeeded: "event" });
  while (world.tokenRequests().length < 2) await tab.page.waitForTimeout(20);
  await tab.startLogout();
  await tab.outcome();
  await other.heard("signinneeded");
  await signedOutEverywhere([tab, other]);
});

test("a tab that was closed to the others learns of the logout on its next page", async () => {
  const profile = await world.profile(ONLY_TOOLS);
  const tab = await profile.tab();
  await tab.signIn();
  const away = await tab.duplicate();
  await away.page.goto(`${world.shop.shop}/plain.html`);
  await tab.startLogout();
  await tab.outcome();
  assert.match(await away.run(() => Object.values(sessionStorage).join()), /shcat_/, "its copy is still there");
  await away.goto("/wares/");
  await signedOutEverywhere([tab, away]);
});

test("`memory` and `local` leave nothing behind either", async () => {
  for (const storage of ["memory", "local"]) {
    const tab = await world.tab({ options: { storage, scope: "customer-account-mcp-api:full" } }, "/account/");
    await tab.signIn();
    const session = await tab.session();
    assert.equal(session.signedIn, true, storage);
    assert.equal(session.persistent, storage === "local");
    assert.equal(/shcat_/.test(await tab.stored()), storage === "local");
    await tab.answer("get_order_status", { order_number: "1001" });
    await tab.startLogout();
    await tab.outcome();
    await tab.holdsNothing();
    await tab.reload();
    await tab.holdsNothing();
  }
});
