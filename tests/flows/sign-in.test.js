// Sign-in by redirect: there, back, and on to the page that wanted it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { AUTHORIZATION_ENDPOINT } from "./support/login-server.js";
import { Scene, wordsOf } from "./support/scene.js";
import { ACCOUNT_PAGE, MCP_ENDPOINT } from "./support/shop.js";

const ARRIVAL = "shopper-mcp:https://shop.example:client-1:arrival";
const HOSTILE = [
  "https://evil.example/",
  "//evil.example/",
  "\\\\evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "data:text/html,hi",
  "blob:https://shop.example/1",
  "https://shop.example@evil.example/",
  "http://shop.example/",
];

test("signs in and calls with as few requests as can be", async () => {
  const scene = new Scene();
  const { shop } = scene;
  const first = await scene.page();
  assert.equal(JSON.stringify(first.session), JSON.stringify({
    signedIn: false, claims: null, expiresAt: null, scope: null, idTokenSignature: null, persistent: true,
  }));
  assert.deepEqual(shop.log, [], "connecting sends nothing");

  const { page, brought } = await scene.signIn(first, "ada");
  assert.equal(brought.returnTo, ACCOUNT_PAGE);
  assert.equal(brought.resumed.length, 0);
  const { session } = page;
  assert.equal(session.claims.sub, "gid://shopify/Customer/ada");
  assert.equal(session.idTokenSignature, "verified");
  assert.equal(session.persistent, true);
  assert.deepEqual(brought.session, session);
  assert.deepEqual(page.events(), [{ type: "signedin", session }]);
  assert.equal(page.tab.address, ACCOUNT_PAGE, "nothing of the callback stays in the address");
  assert.ok(!page.tab.leaves);

  assert.equal(wordsOf(await page.order().result()), "Order #1001 of ada is on its way.");
  for (const endpoint of ["loginDocument", "customerDocument", "keys", "token", "tools"]) {
    assert.equal(shop.count(endpoint), 1, endpoint);
  }
  assert.equal(shop.log.length, 5);

  const again = await scene.load(page.tab);
  shop.forgetLog();
  await again.order().result();
  assert.equal(shop.log.length, 1, "a fresh page with warm caches: one POST for one call");
});

test("no request but those for tools carries a token, and none has it in its URL", async () => {
  const scene = new Scene();
  const { page } = await scene.signIn(await scene.page(), "ada");
  await page.order().result();
  scene.shop.login.expireAccess();
  await page.order().result();
  for (const { url, method, headers, credentials } of scene.shop.log) {
    assert.equal(headers.authorization !== undefined, url === MCP_ENDPOINT, url);
    assert.equal(credentials, method === "GET" ? "same-origin" : "omit", url);
    assert.ok(!url.includes("SECRET"), url);
  }
});

describe("the page that asked", () => {
  test("gets the arrival, once", async () => {
    const scene = new Scene();
    const target = "https://shop.example/orders?tab=open#top";
    const page = await scene.page(target);
    await page.login({ returnTo: target }).result();
    const back = await scene.shopperSignsIn(page, "ada");
    const leaving = back.handleRedirect();
    await scene.world.advance(1_000);
    assert.ok(!leaving.isDone, "the page is being left");
    assert.equal(back.tab.departure(), target);

    const orders = await scene.goTo(target, back);
    assert.ok(orders.isSignedIn);
    assert.equal((await orders.handleRedirect().result()).returnTo, target);
    assert.equal(await orders.handleRedirect().result(), null);
    const reloaded = await scene.load(orders.tab);
    assert.equal(await reloaded.handleRedirect().result(), null, "a reload brings nothing again");
    assert.equal(scene.shop.count("token"), 1);
  });

  test("gets it although the shopper went elsewhere first", async () => {
    const scene = new Scene();
    const page = await scene.page();
    await page.login({ returnTo: "/orders" }).result();
    const back = await scene.shopperSignsIn(page, "ada");
    back.handleRedirect();
    await scene.world.advance(500);
    const elsewhere = await scene.goTo("https://shop.example/elsewhere", back);
    assert.equal(await elsewhere.handleRedirect().result(), null);
    const orders = await scene.goTo("https://shop.example/orders", elsewhere);
    assert.equal((await orders.handleRedirect().result()).returnTo, "https://shop.example/orders");
  });

  test("may be reached by a router that stays on the redirect page", async () => {
    const scene = new Scene();
    const page = await scene.page();
    await page.login({ returnTo: "/orders" }).result();
    const back = await scene.shopperSignsIn(page, "ada");
    const brought = await back.handleRedirect({ navigate: false }).result();
    assert.equal(brought.returnTo, "https://shop.example/orders");
    assert.ok(!back.tab.leaves);
  });
});

describe("a hostile way back", () => {
  for (const returnTo of [...HOSTILE, "https://user:pass@shop.example/"]) {
    test(`as an option is refused before anything is done: ${returnTo}`, async () => {
      const scene = new Scene();
      const page = await scene.page();
      assert.equal(await page.login({ returnTo }).code(), "return_to_invalid");
      assert.ok(!page.tab.leaves && !page.tab.storage.has(":login:"));
      assert.deepEqual(scene.shop.log, []);
    });
  }

  for (const returnTo of HOSTILE) {
    test(`in a stored login is not followed: ${returnTo}`, async () => {
      const scene = new Scene();
      const page = await scene.page();
      await page.login().result();
      page.tab.storage.change(":login:", (record) => JSON.stringify({ ...JSON.parse(record), returnTo }));
      const back = await scene.shopperSignsIn(page, "ada");
      assert.equal((await back.handleRedirect().result()).returnTo, ACCOUNT_PAGE);
      assert.ok(!back.tab.leaves);
    });

    test(`in a stored arrival is not followed: ${returnTo}`, async () => {
      const scene = new Scene();
      const page = await scene.page();
      page.tab.storage.write(ARRIVAL, JSON.stringify({ at: scene.world.now, returnTo, calls: [] }));
      assert.equal(await page.handleRedirect().result(), null);
      assert.ok(!page.tab.leaves);
    });
  }
});

describe("the authorization request", () => {
  test("carries wishes, which replace nothing", async () => {
    const page = await new Scene().page();
    const loginHint = "ada@example.com&client_id=evil";
    const more = { client_id: "evil", state: "evil", redirect_uri: "evil" };
    await page.login({
      locale: "fr-CA", regionCountry: "CA", loginHint, loginHintMode: "submit", prompt: "login",
      acrValues: "provider:google", ...more,
    }).result();
    const { searchParams } = new URL(page.tab.departure());
    for (const [name, value] of Object.entries({
      locale: "fr-CA", region_country: "CA", login_hint: loginHint, login_hint_mode: "submit", prompt: "login",
      acr_values: "provider:google", client_id: "client-1", redirect_uri: ACCOUNT_PAGE,
    })) {
      assert.deepEqual(searchParams.getAll(name), [value], name);
    }
    assert.equal(searchParams.getAll("state").length, 1);
    assert.notEqual(searchParams.get("state"), "evil");
  });

  for (const endpoint of [
    "https://shop.example/authentication/77/oauth/authorize",
    "https://shopify.com/authentication/77/oauth/authorize",
    "https://account.shop.example/authentication/oauth/authorize?theme=dark",
  ]) {
    test(`goes to whatever was discovered: ${endpoint}`, async () => {
      const scene = new Scene();
      scene.shop.loginDocument.authorization_endpoint = endpoint;
      const page = await scene.page();
      await page.login().result();
      const separator = endpoint.includes("?") ? "&" : "?";
      assert.ok(page.tab.departure().startsWith(`${endpoint}${separator}client_id=client-1&`));
    });
  }

  test("is made once for a double click", async () => {
    const page = await new Scene().page();
    const clicks = [page.login(), page.login()];
    for (const click of clicks) assert.equal(await click.result(), null);
    assert.ok(page.tab.departure().startsWith(AUTHORIZATION_ENDPOINT));
    assert.equal(page.tab.storage.keys().filter((key) => key.includes(":login:")).length, 1);
  });
});

test("without `openid` there is no nonce, no key set and no claim", async () => {
  const scene = new Scene({ scope: undefined });
  const page = await scene.page();
  await page.login().result();
  const [departure] = page.tab.departures;
  assert.ok(departure.includes("&scope=customer-account-mcp-api%3Afull&"), "the default scope, exactly");
  assert.ok(!departure.includes("nonce"));
  const back = await scene.shopperSignsIn(page, "ada");
  await back.handleRedirect().result();
  assert.equal(back.session.claims, null);
  assert.equal(back.session.idTokenSignature, null);
  assert.equal(back.record.idToken ?? null, null);
  assert.equal(scene.shop.count("keys"), 0);
  await back.order().result();
});

test("an answer without `token_type` is taken", async () => {
  const scene = new Scene();
  scene.shop.login.settings.givesTokenType = false;
  assert.ok((await scene.signedInPage()).isSignedIn);
});

describe("several sign-ins under way", () => {
  test("two tabs do not mix", async () => {
    const scene = new Scene();
    const tabs = { "/one": await scene.page(), "/two": await scene.page() };
    for (const [returnTo, page] of Object.entries(tabs)) await page.login({ returnTo }).result();
    for (const [returnTo, page] of Object.entries(tabs).reverse()) {
      const back = await scene.shopperSignsIn(page, "ada");
      const brought = await back.handleRedirect({ navigate: false }).result();
      assert.equal(brought.returnTo, `https://shop.example${returnTo}`);
    }
    assert.equal(scene.shop.count("token"), 2);
  });

  test("back from the login page and there again: each is found by its own state", async () => {
    const scene = new Scene();
    let page = await scene.page();
    await page.login().result();
    const first = page.tab.departure();
    page.pageShow(true);
    await page.login().result();
    const second = page.tab.departure();
    assert.notEqual(first, second);
    for (const url of [second, first]) {
      page = await scene.goTo(scene.shop.login.authorize(url, "ada"), page);
      assert.ok(await page.handleRedirect().result());
    }
  });
});

describe("a login that is given up does not leave the page", () => {
  for (const [what, giveUp] of Object.entries({
    "by its signal": (_page, login) => login.abort(),
    "by closing the shop": (page) => page.close(),
  })) {
    test(what, async () => {
      const scene = new Scene();
      const page = await scene.page();
      const login = page.login();
      await scene.world.advance(10);
      giveUp(page, login);
      assert.equal(await login.code(), "aborted");
      await scene.world.advance(5_000);
      assert.ok(!page.tab.leaves);
    });
  }
});

test("offline at the click, nothing is left behind", async () => {
  const scene = new Scene();
  const page = await scene.page();
  scene.browser.online = false;
  const error = await page.login().error();
  assert.equal(error.code, "offline");
  assert.equal(error.retryable, true);
  assert.ok(!page.tab.leaves && !page.tab.storage.has(":login:"));
  scene.browser.online = true;
  await scene.signIn(page, "ada");
});

test("no randomness, no sign-in", async () => {
  const scene = new Scene();
  const page = await scene.page();
  scene.browser.hasRandomness = false;
  assert.equal(await page.login().code(), "randomness_unavailable");
  assert.ok(!page.tab.leaves);
});

test("two clients or shops on one origin never meet", async () => {
  const scene = new Scene();
  const { tab } = await scene.signedInPage();
  for (const other of [{ clientId: "client-2" }, { shop: "other.example" }]) {
    assert.equal((await scene.load(tab, other)).isSignedIn, false);
  }
  assert.ok((await scene.load(tab)).isSignedIn);
});
