// Pages that the browser keeps and brings back as they were.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld({ launch: () => ({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });
const ORDER = { order_number: "#1001" };

/** Marks the page, so that it is known again. */
const mark = (tab) => tab.run(() => {
  globalThis.sameDocument = true;
  addEventListener("pageshow", ({ persisted }) => { globalThis.broughtBack = persisted; });
});

/** Goes back to a page that was marked, and makes sure that it is the same one. */
async function backTo(tab, path) {
  await tab.travel(-1);
  await tab.page.waitForFunction((wanted) => location.pathname === wanted && globalThis.page?.settled, path);
  assert.equal(await tab.run(() => globalThis.sameDocument && globalThis.broughtBack), true, "kept by the browser");
}

test("a page that comes back without a sign-in gives its waiting calls up, and can call again", async () => {
  const tab = await world.tab({}, "/wares/");
  await mark(tab);
  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  await backTo(tab, "/wares/");
  const { error } = await tab.outcome();
  assert.equal(error.code, "sign_in_abandoned");
  assert.equal(error.retryable, true);
  assert.equal(world.calls().length, 0);

  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  assert.equal((await tab.back()).value.resumed.length, 1);
  assert.equal(world.calls("get_order_status").length, 1);
});

test("a page from before the sign-in knows of it when it is shown again", async () => {
  const tab = await world.tab({}, "/");
  await tab.page.goto(`${world.shop.shop}/wares/`);
  await tab.settled();
  await tab.signIn({ returnTo: "/wares/?in" });
  // Over the pages of the sign-in, to the tab's first one after its blank beginning.
  await tab.travel(await tab.run(() => 2 - history.length));
  await tab.page.waitForFunction(() => location.pathname === "/");
  await tab.settled();
  assert.equal((await tab.session()).claims.email, MAYA);
});

/** A tab that was signed in and stands on another page now, and one that signs out there. */
async function signedOutMeanwhile(signOut) {
  const profile = await world.profile({ options: { scope: "customer-account-mcp-api:full", onSignInNeeded: "event" } });
  const tab = await profile.tab("/wares/");
  await tab.signIn({ returnTo: "/wares/" });
  const other = await profile.tab();
  assert.equal((await other.session()).signedIn, true);
  await mark(tab);
  await tab.page.goto(`${world.shop.shop}/plain.html`);
  await signOut(other);
  return tab;
}

async function hasNoUseForItsToken(tab) {
  await tab.holdsNothing();
  await tab.startCall("get_order_status", ORDER);
  await tab.heard("signinneeded");
  assert.equal(world.calls().length, 0);
}

test("a page that is shown again after a sign-out in another tab has no use for its token", async () => {
  const tab = await signedOutMeanwhile(async (other) => {
    await other.startLogout();
    await other.outcome();
  });
  await tab.travel(-1);
  await tab.page.waitForFunction(() => location.pathname === "/wares/" && globalThis.page?.settled);
  await hasNoUseForItsToken(tab);
});

test("a page that the browser kept and that heard nothing of the sign-out finds its tombstone", async () => {
  const tab = await signedOutMeanwhile(async (other) => {
    // A message would make the browser give the kept page up.
    await other.run(() => {
      BroadcastChannel.prototype.postMessage = () => {};
    });
    await other.startLogout();
    await other.outcome();
  });
  await backTo(tab, "/wares/");
  assert.deepEqual(await tab.events("signedout"), [{ reason: "logout" }]);
  await hasNoUseForItsToken(tab);
});
