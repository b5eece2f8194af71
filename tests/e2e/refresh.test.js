// The renewal of tokens: once for all calls and all tabs, counted at the shop.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const refreshes = () => world.tokenRequests("refresh_token");
const SHORT_S = 2;

/** A tab whose access token has come to its end by the clock; the next ones live long. */
async function tabPastExpiry(profile) {
  world.shop.settings({ accessTokenTtl: SHORT_S });
  const tab = await profile.tab();
  await tab.signIn();
  world.shop.settings({ accessTokenTtl: 3600 });
  await sleep(SHORT_S * 1000);
  return tab;
}

/** The shop has no use for the token any more, whatever the clock says. */
function endTokensAtShop() {
  world.shop.expireTokens();
  world.console.expect(/status of 401/);
}

/** Every tab calls at once. */
function callInAll(tabs) {
  return Promise.all(tabs.map((tab) => tab.answer("get_order_status", { order_number: "1001" })));
}

/** The newest refresh token still works: none of its family was used twice. */
async function familyIsAlive(tab) {
  const before = refreshes().length;
  endTokensAtShop();
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.deepEqual(refreshes().slice(before).map(({ outcome }) => outcome), ["ok"]);
}

test("a token at its end is renewed before the call: one token request, one POST", async () => {
  const tab = await tabPastExpiry(await world.profile());
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.deepEqual(refreshes().map(({ outcome }) => outcome), ["ok"]);
  assert.deepEqual(world.calls().map(({ status }) => status), [200]);
  assert.deepEqual(await tab.events(), ["refreshed"]);
  const session = await tab.session();
  assert.equal(session.claims.email, MAYA, "the ID token is kept");
  assert.ok(session.expiresAt > Date.now() + 3_000_000);
  await familyIsAlive(tab);
});

test("a call that meets a 401 is renewed and sent again, once", async () => {
  const tab = await world.tab();
  await tab.signIn();
  endTokensAtShop();
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.equal(refreshes().length, 1);
  assert.deepEqual(world.calls().map(({ status }) => status), [401, 200]);
});

test("5 parallel calls on an expired token make exactly 1 token request", async () => {
  const tab = await tabPastExpiry(await world.profile());
  await callInAll([tab, tab, tab, tab, tab]);
  assert.equal(refreshes().length, 1);
  assert.deepEqual(world.calls().map(({ status }) => status), [200, 200, 200, 200, 200]);
  await familyIsAlive(tab);
});

test("5 parallel calls that all meet a 401 make exactly 1 token request", async () => {
  const tab = await world.tab();
  await tab.signIn();
  endTokensAtShop();
  await callInAll([tab, tab, tab, tab, tab]);
  assert.equal(refreshes().length, 1);
  assert.equal(world.calls().filter(({ status }) => status === 200).length, 5);
  await familyIsAlive(tab);
});

test("2 tabs, one of them duplicated, on an expired token with rotation: exactly 1, the family alive", async () => {
  const profile = await world.profile();
  const tab = await tabPastExpiry(profile);
  const twin = await tab.duplicate();
  assert.equal((await twin.session()).signedIn, true);
  await callInAll([tab, twin]);
  assert.equal(refreshes().length, 1);
  assert.deepEqual(world.calls().map(({ status }) => status), [200, 200]);
  await familyIsAlive(twin);
  await callInAll([tab, twin]);
  assert.equal(refreshes().length, 2);
});

test("a duplicated tab that is asked first does not use up its twin's token", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const twin = await tab.duplicate();
  endTokensAtShop();
  await twin.answer("get_order_status", { order_number: "1001" });
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.deepEqual(refreshes().map(({ outcome }) => outcome), ["ok"]);
});

test("8 tabs on one expiry: exactly 1 token request", async () => {
  const profile = await world.profile();
  const tabs = [await profile.tab()];
  await tabs[0].signIn();
  while (tabs.length < 8) tabs.push(await profile.tab());
  endTokensAtShop();
  await callInAll(tabs);
  assert.equal(refreshes().length, 1);
  assert.equal(world.calls().filter(({ status }) => status === 200).length, 8);
  await familyIsAlive(tabs[7]);
});

test("an app client has no refresh token: the call is answered after a silent way through the shop", async () => {
  const tab = await world.tab({ options: { app: true } }, "/wares/");
  await tab.signIn();
  endTokensAtShop();
  await tab.startCall("get_order_status", { order_number: "1001" });
  await tab.resumed();
  const { value: { resumed } } = await tab.back();
  assert.ok(resumed[0].result);
  assert.equal(refreshes().length, 0);
  assert.equal(tab.page.url(), `${world.shop.shop}/wares/`);
});

test("a client that may not refresh any more signs in again, and does not try twice", async () => {
  const tab = await world.tab();
  await tab.signIn();
  world.shop.settings({ refreshTokens: false });
  endTokensAtShop();
  world.console.expect(/status of 400/);
  await tab.startCall("get_order_status", { order_number: "1001" });
  await tab.resumed();
  assert.ok((await tab.back()).value.resumed[0].result);
  assert.deepEqual(refreshes().map(({ outcome }) => outcome), ["unsupported_grant_type"]);
});

test("a refresh that the shop refuses for good ends the session in every tab", async () => {
  const profile = await world.profile({ options: { onSignInNeeded: "event" } });
  const [tab, other] = [await profile.tab(), await profile.tab("/wares/")];
  await tab.signIn();
  await other.heard("signedin");
  world.shop.revokeSessions();
  endTokensAtShop();
  world.console.expect(/status of 400/);
  await tab.startCall("get_order_status", { order_number: "1001" });
  await tab.heard("signinneeded");
  await other.heard("signedout");
  assert.deepEqual(await tab.events("signedout"), [{ reason: "ended" }]);
  assert.deepEqual(await other.events("signedout"), [{ reason: "ended" }]);
  assert.deepEqual(refreshes().map(({ outcome }) => outcome), ["invalid_grant"]);
  await tab.holdsNothing();
  await other.holdsNothing();
});

test("a refresh that meets a passing fault is tried again, and the session kept", async () => {
  const tab = await world.tab();
  await tab.signIn();
  world.shop.settings({ faults: [{ on: "token", times: 1, do: { status: 503, body: "down" } }] });
  endTokensAtShop();
  world.console.expect(/status of 503/);
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.deepEqual(world.tokenRequests().slice(1).map(({ status }) => status), [503, 200]);
});

test("a refresh while offline keeps the session, which works again online", async () => {
  const profile = await world.profile();
  const tab = await tabPastExpiry(profile);
  world.console.expect(/ERR_INTERNET_DISCONNECTED/);
  await profile.context.setOffline(true);
  const { error } = await tab.call("get_order_status", { order_number: "1001" });
  assert.equal(error.code, "offline");
  assert.equal(error.class, "NetworkError");
  assert.equal(error.retryable, true);
  assert.equal((await tab.session()).signedIn, true);
  await profile.context.setOffline(false);
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.equal(refreshes().length, 1);
});

test("a token that is refused for ever is renewed once, then reported", async () => {
  const tab = await world.tab();
  await tab.signIn();
  world.shop.settings({ acceptRaw: false });
  world.console.expect(/status of 401/);
  const { error } = await tab.call("get_order_status", { order_number: "1001" });
  assert.equal(error.class, "SignInError");
  assert.equal(error.status, 401);
  assert.equal(refreshes().length, 1);
  assert.deepEqual(world.calls().map(({ status }) => status), [401, 401]);
  assert.equal((await tab.session()).signedIn, true);
  assert.equal(world.requests({ kind: "authorize" }).length, 1, "no other login was started");
});

test("while one tab renews and closes, the other still gets its answer", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const twin = await tab.duplicate();
  world.shop.settings({ faults: [{ on: "token", times: 1, do: { hang: 60_000 } }] });
  endTokensAtShop();
  await tab.startCall("get_order_status", { order_number: "1001" });
  while (world.tokenRequests().length < 2) await sleep(20);
  const answer = twin.answer("get_order_status", { order_number: "1001" });
  await sleep(300);
  await tab.close();
  await answer;
});

test("a customer who signed in again in another tab is not asked twice", async () => {
  const profile = await world.profile();
  const [tab, other] = [await profile.tab(), await profile.tab("/wares/")];
  await tab.signIn();
  await other.heard("signedin");
  world.shop.revokeSessions();
  endTokensAtShop();
  world.console.expect(/status of 400/);
  await tab.startCall("get_order_status", { order_number: "1001" });
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  await other.page.waitForFunction(() => globalThis.page.customer.session.signedIn);
  await other.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.tokenRequests("authorization_code").length, 2);
});

for (const minutes of [-9, 10]) {
  test(`a device whose clock is ${minutes} minutes off signs in, calls, and renews when it has to`, async () => {
    const profile = await world.profile();
    await profile.context.addInitScript((off) => {
      const { now } = Date;
      Date.now = () => now() + off * 60_000;
    }, minutes);
    const tab = await profile.tab();
    await tab.signIn();
    await callInAll([tab, tab]);
    assert.equal(refreshes().length, 0);
    endTokensAtShop();
    await callInAll([tab, tab]);
    assert.equal(refreshes().length, 1);
  });
}

test("a clock that jumps a day makes one renewal, not a storm", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await tab.run(() => {
    const { now } = Date;
    Date.now = () => now() + 86_400_000;
  });
  await callInAll([tab, tab, tab]);
  await callInAll([tab]);
  assert.equal(refreshes().length, 1);
});
