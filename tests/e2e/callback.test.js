// Callbacks that do not fit: a typed error, no token request, nothing stored. Those that are not ours are left alone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const SECRET = "c0de-of-somebody-0123456789";

/** A tab that has left for the sign-in page, and the `state` it left with. */
async function tabAway(setup) {
  const tab = await world.tab(setup);
  await tab.startLogin();
  await atSignInPage(tab.page);
  const { path } = world.requests({ kind: "authorize" }).at(-1);
  return { tab, state: new URL(path, world.shop.shopify).searchParams.get("state") };
}

/** Comes back with these parameters instead of the shop's own; doubled ones as a list. */
async function comeBack(tab, parameters) {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of [values].flat()) query.append(name, value);
  }
  await tab.goto(`/account/?${query}`);
  return tab.back();
}

async function nothingHappened(tab) {
  assert.equal(world.tokenRequests().length, 0);
  assert.equal((await tab.session()).signedIn, false);
  assert.doesNotMatch(await tab.stored(), /shcat_|shcrt_|eyJ|:session/);
  assert.equal((await tab.stored()).includes(SECRET), false);
}

const ANOTHER_STATE = `sm1r.${"A".repeat(43)}`;

const REFUSED = {
  "a state that answers no login of this tab": [() => ({ code: SECRET, state: ANOTHER_STATE }), "state_mismatch"],
  "a state of another window's login": [() => ({ code: SECRET, state: `sm1p.${"A".repeat(43)}` }), "state_mismatch"],
  "no state": [() => ({ code: SECRET }), "state_missing"],
  "an error without a state": [() => ({ error: "access_denied" }), "state_missing"],
  "a doubled code": [(state) => ({ code: [SECRET, `${SECRET}2`], state }), "callback_invalid", "code"],
  "a doubled state": [(state) => ({ code: SECRET, state: [state, ANOTHER_STATE] }), "callback_invalid", "state"],
  "a doubled iss": [
    (state) => ({ code: SECRET, state, iss: [world.shop.issuer, world.shop.issuer] }), "callback_invalid", "iss",
  ],
  "a foreign issuer": [(state) => ({ code: SECRET, state, iss: "https://evil.example" }), "issuer_mismatch", "iss"],
  "an issuer that only looks the same": [
    (state) => ({ code: SECRET, state, iss: `${world.shop.issuer}/` }), "issuer_mismatch", "iss",
  ],
  "neither a code nor an error": [(state) => ({ state }), "callback_invalid", "code"],
  "an empty code": [(state) => ({ code: "", state }), "callback_invalid", "code"],
};

for (const [what, [parameters, code, field]] of Object.entries(REFUSED)) {
  test(`${what} is refused with ${code}`, async () => {
    const { tab, state } = await tabAway();
    const { error } = await comeBack(tab, parameters(state));
    assert.equal(error?.code, code);
    assert.equal(error.class, "SignInError");
    if (field) assert.equal(error.field, field);
    assert.equal(tab.page.url(), `${world.shop.shop}/account/`, "the address bar is clean");
    assert.equal(error.message.includes(SECRET), false);
    await nothingHappened(tab);
  });
}

test("after a callback that was refused, signing in again works", async () => {
  const { tab, state } = await tabAway();
  await comeBack(tab, { code: [SECRET, SECRET], state });
  await tab.signIn();
  assert.equal((await tab.session()).claims.email, MAYA);
  assert.equal(world.tokenRequests().length, 1);
});

test("a promised issuer that is missing is refused, a matching one is taken", async () => {
  world.shop.settings({ issInCallback: true });
  const { tab, state } = await tabAway();
  const { error } = await comeBack(tab, { code: SECRET, state });
  assert.equal(error.code, "issuer_mismatch");
  await nothingHappened(tab);
  await tab.signIn();
  assert.equal((await tab.session()).signedIn, true);
});

const OAUTH_ERRORS = {
  access_denied: ["access_denied", false],
  login_required: ["login_required", false],
  interaction_required: ["login_required", false],
  temporarily_unavailable: ["authorization_refused", true],
  invalid_scope: ["authorization_refused", false],
};

for (const [error, [code, retryable]] of Object.entries(OAUTH_ERRORS)) {
  test(`the shop's error ${error} is told as ${code}`, async () => {
    const { tab, state } = await tabAway();
    const description = `<img src=x onerror="globalThis.hacked = true">${"x".repeat(600)}`;
    const { error: told } = await comeBack(tab, { error, error_description: description, state });
    assert.equal(told.code, code);
    assert.equal(told.retryable, retryable);
    assert.equal(told.error, error);
    assert.equal(told.errorDescription, description.slice(0, 500));
    assert.equal(told.message.includes("img"), false);
    assert.equal(await tab.run(() => globalThis.hacked), undefined);
    await nothingHappened(tab);
    assert.doesNotMatch(await tab.stored(), /:login:/);
  });
}

test("an error from a foreign issuer keeps its words to itself", async () => {
  const { tab, state } = await tabAway();
  const { error } = await comeBack(tab, {
    error: "access_denied", error_description: "Call this number", state, iss: "https://evil.example",
  });
  assert.equal(error.code, "issuer_mismatch");
  assert.equal(error.errorDescription, null);
  assert.doesNotMatch(JSON.stringify(error), /Call this number/);
  await nothingHappened(tab);
});

test("a login that took longer than ten minutes has expired", async () => {
  const { tab, state } = await tabAway();
  await tab.page.clock.setFixedTime(Date.now() + 11 * 60_000);
  const { error } = await comeBack(tab, { code: SECRET, state });
  assert.equal(error.code, "login_expired");
  await nothingHappened(tab);
});

test("a code that the shop refuses is posted once", async () => {
  world.console.expect(/status of 400/);
  const { tab, state } = await tabAway();
  const { error } = await comeBack(tab, { code: SECRET, state });
  assert.equal(error.code, "code_refused");
  assert.equal(error.error, "invalid_grant");
  assert.equal(error.status, 400);
  assert.equal(world.tokenRequests().length, 1);
  await tab.holdsNothing();
  await tab.reload();
  assert.deepEqual(await tab.back(), { value: null });
  assert.equal(world.tokenRequests().length, 1);
});

test("a code is replayed: by reload, by its address, in a second tab", async () => {
  const profile = await world.profile({ handleRedirect: { navigate: false } });
  const tab = await profile.tab();
  let callback;
  tab.page.on("request", (request) => {
    if (request.isNavigationRequest() && request.url().includes("code=")) callback = request.url();
  });
  await tab.signIn();
  assert.ok(callback);
  await tab.reload();
  assert.deepEqual(await tab.back(), { value: null });

  await tab.goto(callback);
  assert.equal((await tab.back()).error.code, "state_mismatch");
  assert.equal((await tab.session()).signedIn, true, "the session stays");

  const second = await profile.tab(callback);
  assert.equal((await second.back()).error.code, "state_mismatch");
  const stranger = await world.tab({}, callback);
  assert.equal((await stranger.back()).error.code, "state_mismatch");
  await stranger.holdsNothing();

  assert.equal(world.tokenRequests().length, 1);
  await tab.answer("get_order_status", { order_number: "1001" });
});

test("a reload during the exchange posts the code once, and the customer can start again", async () => {
  const tab = await world.tab({ handleRedirect: { navigate: false } });
  await tab.startLogin();
  await atSignInPage(tab.page);
  world.shop.settings({ faults: [{ on: "token", times: 1, do: { hang: 60_000 } }] });
  await signInAsCustomer(tab.page);
  await tab.page.waitForRequest(/oauth\/token/);
  await tab.page.reload();
  await tab.settled();
  assert.deepEqual(await tab.back(), { value: null });
  assert.equal(world.tokenRequests().length, 1);
  await tab.startLogin();
  await tab.page.waitForURL(/\/account\/$/);
  await tab.page.waitForFunction(() => globalThis.page?.back?.value);
  assert.equal((await tab.session()).signedIn, true);
});

test("a callback of somebody else is left untouched", async () => {
  const foreign = "/account/?code=4%2F0AX&state=xyz&scope=email#part";
  const tab = await world.tab({}, foreign);
  assert.deepEqual(await tab.back(), { value: null });
  assert.equal(tab.page.url(), world.shop.shop + foreign);

  // Also while a login of ours is under way in this tab.
  const { tab: away } = await tabAway();
  await away.goto(foreign);
  assert.deepEqual(await away.back(), { value: null });
  assert.equal(away.page.url(), world.shop.shop + foreign);
  // And on any other page than ours, whatever it carries.
  await away.goto(`/wares/?code=x&state=${ANOTHER_STATE}`);
  assert.deepEqual(await away.back(), { value: null });
  assert.match(away.page.url(), /code=x&state=/);
  assert.equal(world.tokenRequests().length, 0);
});

test("a code without a state is not ours where no login is under way", async () => {
  const tab = await world.tab({}, "/account/?code=abc");
  assert.deepEqual(await tab.back(), { value: null });
  assert.match(tab.page.url(), /\?code=abc$/);
});

test("the page's own parameters and fragment survive the cleaning", async () => {
  const { tab, state } = await tabAway();
  await tab.goto(`/account/?ref=mail&code=${SECRET}&state=${state}&iss=https%3A%2F%2Fevil.example&lang=fr#part`);
  assert.equal((await tab.back()).error.code, "issuer_mismatch");
  assert.equal(tab.page.url(), `${world.shop.shop}/account/?ref=mail&lang=fr#part`);
});

test("storage that was cleared on the way makes the callback nobody's", async () => {
  const { tab, state } = await tabAway();
  await tab.page.goto(`${world.shop.shop}/plain.html`);
  await tab.run(() => sessionStorage.clear());
  const { error } = await comeBack(tab, { code: SECRET, state });
  assert.equal(error.code, "state_mismatch");
  await nothingHappened(tab);
});

test("garbage in storage is ignored, and the sign-in works", async () => {
  const profile = await world.profile();
  const tab = await profile.tab();
  await tab.signIn();
  const keys = await tab.run(() => Object.keys(sessionStorage));
  const proto = '{"__proto__":{"access_token":"shcat_x"}}';
  for (const garbage of ["", "null", "[]", "{", '{"v":"0"}', proto, "x".repeat(200_000)]) {
    await tab.run(([names, text]) => {
      for (const name of names) sessionStorage.setItem(name, text);
    }, [keys, garbage]);
    await tab.reload();
    assert.equal((await tab.session()).signedIn, false, JSON.stringify(garbage.slice(0, 20)));
  }
  await tab.startLogin({ returnTo: "/wares/" });
  await tab.page.waitForURL(/\/wares\/$/);
  await tab.settled();
  assert.equal((await tab.session()).signedIn, true);
});
