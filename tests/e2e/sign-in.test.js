// Signing in by leaving the page: where the customer goes, what is asked for, where they come back to.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  atSignInPage, enterCode, enterEmail, MAYA, returnToStore, signInAsCustomer, THEO,
} from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();

/** The query of the newest authorization request. */
function authorizationRequest() {
  const { path } = world.requests({ kind: "authorize", method: "GET" }).findLast(({ path }) => path.includes("?"));
  return new URL(path, world.shop.shopify).searchParams;
}

test("a customer signs in by redirect, comes back to the deep link and calls a tool", async () => {
  const tab = await world.tab({}, "/wares/?item=3&q=a%20b#size");
  assert.deepEqual((await tab.session()).signedIn, false);
  await tab.signIn({ email: MAYA, returnTo: "/wares/?item=3&q=a%20b#size" });

  assert.equal(tab.page.url(), `${world.shop.shop}/wares/?item=3&q=a%20b#size`);
  const { value: back } = await tab.back();
  assert.equal(back.returnTo, tab.page.url());
  assert.deepEqual(back.resumed, []);
  const session = await tab.session();
  assert.equal(session.signedIn, true);
  assert.equal(session.claims.email, MAYA);
  assert.equal(session.claims.iss, world.shop.issuer);
  assert.equal(session.idTokenSignature, "verified");
  assert.equal(session.persistent, true);
  assert.ok(session.expiresAt > Date.now());

  const { order } = await tab.answer("get_order_status", { order_number: "#1001" });
  assert.equal(order.order_number, "#1001");
  const [call] = world.calls("get_order_status");
  assert.equal(call.customer, MAYA);
  assert.equal(call.authorizationStyle, "raw");
  assert.equal(world.tokenRequests().length, 1);
  assert.equal(world.tokenRequests("authorization_code").length, 1);
});

test("the authorization request carries PKCE, a state of our own and the page's wishes, each once", async () => {
  const tab = await world.tab();
  await tab.startLogin({
    locale: "fr-CA", regionCountry: "CA", loginHint: THEO, loginHintMode: "submit", acrValues: "provider:google",
    prompt: "login",
  });
  await atSignInPage(tab.page);

  const query = authorizationRequest();
  const names = [...query.keys()];
  assert.equal(new Set(names).size, names.length, "no parameter twice");
  assert.deepEqual(
    Object.fromEntries([...query].filter(([name]) => !/^(state|nonce|code_challenge)$/.test(name))),
    {
      response_type: "code",
      client_id: world.shop.clients.headless.clientId,
      redirect_uri: `${world.shop.shop}/account/`,
      scope: "openid email customer-account-mcp-api:full",
      code_challenge_method: "S256",
      locale: "fr-CA",
      region_country: "CA",
      login_hint: THEO,
      login_hint_mode: "submit",
      acr_values: "provider:google",
      prompt: "login",
    },
  );
  assert.match(query.get("code_challenge"), /^[\w-]{43}$/);
  assert.match(query.get("state"), /^sm1r\.[\w-]{43}$/);
  assert.match(query.get("nonce"), /^[\w-]{43}$/);
  // The hint was submitted, in the language that was asked for.
  assert.equal(await tab.page.locator("html").getAttribute("lang"), "fr-CA");
  assert.match(await tab.page.locator("main").textContent(), new RegExp(THEO));
  await enterCode(tab.page);
  await tab.backAtShop();
  assert.equal((await tab.session()).claims.email, THEO);
});

test("the address bar is clean and no request carries the code in its referrer", async () => {
  const profile = await world.profile({ handleRedirect: { navigate: false } });
  const tab = await profile.tab();
  await tab.signIn();
  assert.equal(tab.page.url(), `${world.shop.shop}/account/`);
  assert.equal(await tab.run(() => document.referrer.includes("code=")), false);
  assert.equal((await tab.back()).value.returnTo, `${world.shop.shop}/`);
  const fetched = world.shop.log().filter(({ kind }) => ["token", "jwks", "mcp", "discovery"].includes(kind));
  assert.deepEqual(fetched.filter(({ referer }) => referer !== null), []);

  await tab.reload();
  assert.deepEqual(await tab.back(), { value: null }, "a reload is no way back");
  assert.equal((await tab.session()).signedIn, true);
  assert.equal(world.tokenRequests().length, 1);
});

test("prompt=none without an account session comes back with login_required, with one without a question", async () => {
  const profile = await world.profile();
  const tab = await profile.tab("/wares/");
  await tab.startLogin({ prompt: "none" });
  await tab.page.waitForURL(/\/account\//);
  await tab.settled();
  const { error } = await tab.back();
  assert.equal(error.code, "login_required");
  assert.equal(error.class, "SignInError");
  assert.equal(error.error, "login_required");
  assert.equal(world.tokenRequests().length, 0);
  assert.equal((await tab.session()).signedIn, false);

  await tab.signIn({ returnTo: "/wares/" });
  const memory = await (await world.profileLike(profile, { options: { storage: "memory" } })).tab("/wares/");
  assert.equal((await memory.session()).signedIn, false);
  await memory.startLogin({ prompt: "none", returnTo: "/account/" });
  await memory.page.waitForURL(/\/account\/$/);
  await memory.settled();
  assert.equal((await memory.back()).value.session.signedIn, true);
});

test("a customer who returns to the store without signing in is told so", async () => {
  const tab = await world.tab();
  await tab.startLogin();
  await atSignInPage(tab.page);
  await returnToStore(tab.page);
  await tab.backAtShop();
  const { error } = await tab.back();
  assert.equal(error.code, "access_denied");
  assert.equal(error.errorDescription, "The customer returned to the store.");
  assert.equal(world.tokenRequests().length, 0);
  assert.doesNotMatch(await tab.stored(), /:login:|:session/);

  await tab.signIn();
  assert.equal((await tab.session()).signedIn, true);
});

test("a second tab finds itself signed in, without a request", async () => {
  const profile = await world.profile();
  const first = await profile.tab();
  await first.signIn();
  const before = world.shop.log().length;
  const second = await profile.tab("/wares/");
  const session = await second.session();
  assert.equal(session.signedIn, true);
  assert.equal(session.claims.email, MAYA);
  const since = world.shop.log().slice(before).filter(({ kind }) => kind !== "static");
  assert.deepEqual(since, []);
  await second.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.tokenRequests().length, 1);
});

test("a tab that was open before finds itself signed in", async () => {
  const profile = await world.profile();
  const waiting = await profile.tab("/wares/");
  const tab = await profile.tab();
  await tab.signIn();
  await waiting.heard("signedin");
  assert.equal((await waiting.session()).claims.email, MAYA);
});

test("two tabs sign in at once and finish crosswise", async () => {
  const profile = await world.profile();
  const [first, second] = [await profile.tab("/wares/?tab=1"), await profile.tab("/wares/?tab=2")];
  await first.startLogin();
  await atSignInPage(first.page);
  await second.startLogin();
  await atSignInPage(second.page);
  await signInAsCustomer(second.page);
  await second.backAtShop();
  await signInAsCustomer(first.page);
  await first.backAtShop();

  assert.equal(first.page.url(), `${world.shop.shop}/wares/?tab=1`);
  assert.equal(second.page.url(), `${world.shop.shop}/wares/?tab=2`);
  for (const tab of [first, second]) {
    assert.equal((await tab.session()).signedIn, true);
    await tab.answer("get_order_status", { order_number: "1001" });
  }
  assert.equal(world.tokenRequests("authorization_code").length, 2);
  assert.doesNotMatch(await first.stored() + await second.stored(), /:login:/);
});

test("two logins from one tab: the earlier one can still be finished", async () => {
  const profile = await world.profile();
  const tab = await profile.tab("/wares/?login=1");
  await tab.startLogin();
  await atSignInPage(tab.page);
  const firstSignIn = tab.page.url();
  await tab.goto("/wares/?login=2");
  await tab.startLogin();
  await atSignInPage(tab.page);
  await tab.page.goto(firstSignIn);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  assert.equal(tab.page.url(), `${world.shop.shop}/wares/?login=1`);
  assert.equal((await tab.session()).signedIn, true);
});

test("an account session at the shop needs no second code", async () => {
  const profile = await world.profile();
  const tab = await profile.tab();
  await tab.signIn();
  await tab.run(() => sessionStorage.clear());
  await tab.goto("/wares/");
  await tab.run(() => localStorage.clear());
  await tab.reload();
  assert.equal((await tab.session()).signedIn, false);
  await tab.startLogin({ returnTo: "/wares/?again" });
  await tab.page.waitForURL(/\?again$/);
  await tab.settled();
  assert.equal((await tab.session()).claims.email, MAYA);
});

test("a login goes back to no page but the shop's own", async () => {
  const tab = await world.tab();
  const elsewhere = [
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "data:,x",
  ];
  for (const returnTo of elsewhere) {
    await tab.startLogin({ returnTo });
    const { error } = await tab.outcome();
    assert.equal(error?.code, "return_to_invalid", returnTo);
  }
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
});

for (const urlShape of ["shopify", "vanity", "seed"]) {
  test(`the URL shape ${urlShape}: sign in, call, renew, sign out`, async () => {
    world.shop.settings({ urlShape });
    const host = { shopify: "shopify", vanity: "account", seed: "shop" }[urlShape];
    const tab = await world.tab();
    await tab.signIn();
    await tab.answer("get_most_recent_order_status");
    world.shop.expireTokens();
    world.console.expect(/status of 401/);
    await tab.answer("get_most_recent_order_status");
    for (const entry of [...world.calls(), ...world.tokenRequests(), ...world.requests({ kind: "authorize" })]) {
      assert.equal(entry.host, host, `${entry.method} ${entry.path}`);
    }
    assert.equal(world.tokenRequests("refresh_token").length, 1);
    await tab.startLogout();
    await tab.page.waitForURL(/\/account\/$/);
    await tab.settled();
    assert.equal((await tab.session()).signedIn, false);
    assert.equal(world.requests({ kind: "logout" })[0].host, host);
    assert.equal(world.requests({ kind: "logout" })[0].outcome, "ok");
  });
}

test("the e-mail address that is typed first can be changed", async () => {
  const tab = await world.tab();
  await tab.startLogin({ loginHint: MAYA });
  await atSignInPage(tab.page);
  assert.equal(await tab.page.locator("#email").inputValue(), MAYA);
  await enterEmail(tab.page, MAYA);
  await tab.page.getByRole("link", { name: "Use a different email" }).click();
  await signInAsCustomer(tab.page, THEO);
  await tab.backAtShop();
  assert.equal((await tab.session()).claims.email, THEO);
});
