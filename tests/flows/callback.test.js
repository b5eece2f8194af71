// Callbacks that do not fit: refused without a token request, and nothing is stored.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Scene } from "./support/scene.js";
import { ACCOUNT_PAGE } from "./support/shop.js";

/** A page that left for the login, and its good callback. */
async function departed(scene) {
  const page = await scene.page();
  await page.login().result();
  return { page, callback: scene.shop.login.authorize(page.tab.departure(), "ada") };
}

/** No code was posted, and no session came of it. */
function assertRefused({ shop, browser }, page) {
  assert.equal(shop.count("token"), 0);
  assert.equal(page.isSignedIn, false);
  assert.ok(!page.tab.storage.has(":session") && !browser.local.has(":live"));
  assert.deepEqual(page.events(), []);
}

describe("an altered callback posts nothing", () => {
  const stateOf = (url) => new URL(url).searchParams.get("state");
  const withoutIss = (url) => url.split("&iss=")[0];
  const rows = {
    "another state": ["state_mismatch", (url) => url.replace(stateOf(url), "sm1r.AAAA")],
    "no state": ["state_missing", (url) => url.replace(`&state=${stateOf(url)}`, "")],
    "state twice": ["callback_invalid", (url) => `${url}&state=${stateOf(url)}`],
    "code twice": ["callback_invalid", (url) => `${url}&code=other`],
    "code twice, once empty": ["callback_invalid", (url) => `${url}&code=`],
    "iss twice": ["callback_invalid", (url) => `${url}&iss=x`],
    "an encoded second code": ["callback_invalid", (url) => `${url}&%63ode=other`],
    "a foreign iss": ["issuer_mismatch", (url) => url.replace("authentication%2F1234", "authentication%2F99")],
    "an iss with a slash": ["issuer_mismatch", (url) => url.replace("%2F1234", "%2F1234%2F")],
    "an iss in capitals": ["issuer_mismatch", (url) => url.replace("shopify.com", "SHOPIFY.com")],
    "an iss with a port": ["issuer_mismatch", (url) => url.replace("shopify.com", "shopify.com%3A443")],
    "no iss although it is promised": ["issuer_mismatch", withoutIss],
    "an empty iss": ["issuer_mismatch", (url) => `${withoutIss(url)}&iss=`],
    "an empty code": ["callback_invalid", (url) => url.replace(/code=[^&]+/, "code=")],
    "no code": ["callback_invalid", (url) => url.replace(/code=[^&]+&/, "")],
  };
  for (const [what, [code, alter]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      const { page, callback } = await departed(scene);
      const altered = alter(callback);
      assert.notEqual(altered, callback);
      const back = await scene.goTo(altered, page);
      assert.equal(await back.handleRedirect().code(), code);
      assertRefused(scene, back);
    });
  }
});

describe("a server that promises no iss", () => {
  const withIss = async (callbackIssuer) => {
    const scene = new Scene();
    scene.shop.loginDocument.authorization_response_iss_parameter_supported = false;
    scene.shop.login.settings.callbackIssuer = callbackIssuer;
    const { page, callback } = await departed(scene);
    return (await scene.goTo(callback, page)).handleRedirect();
  };

  test("may leave it out", async () => {
    assert.ok(await (await withIss(null)).result());
  });

  test("may not lie", async () => {
    assert.equal(await (await withIss("https://evil.example")).code(), "issuer_mismatch");
  });
});

describe("a refusal", () => {
  /** Back from a login server that refused. */
  async function refusedWith(scene, error, description) {
    const page = await scene.page();
    await page.login().result();
    return scene.goTo(scene.shop.login.refuse(page.tab.departure(), error, description), page);
  }

  for (const [word, code] of Object.entries({
    "access_denied": "access_denied",
    "login_required": "login_required",
    "interaction_required": "login_required",
    "invalid_scope": "authorization_refused",
    "temporarily_unavailable": "authorization_refused",
    "<img src=x onerror=alert(1)>": "authorization_refused",
  })) {
    test(`keeps the server's words as data: ${word}`, async () => {
      const scene = new Scene();
      const back = await refusedWith(scene, word, `<script>${"x".repeat(2_000)}`);
      const refusal = await back.handleRedirect().error();
      assert.equal(refusal.code, code);
      assert.equal(refusal.error, word);
      assert.equal(refusal.errorDescription.length, 500);
      assert.ok(!refusal.message.includes("<"), "no sentence of ours repeats the server's words");
      assert.equal(refusal.retryable, word === "temporarily_unavailable");
      assertRefused(scene, back);
      assert.equal(await back.handleRedirect().result(), null, "no second answer to the same callback");
    });
  }

  test("by another issuer: its words are not passed on", async () => {
    const scene = new Scene();
    scene.shop.login.settings.callbackIssuer = "https://evil.example";
    const back = await refusedWith(scene, "access_denied", "call this number");
    const refusal = await back.handleRedirect().error();
    assert.equal(refusal.code, "issuer_mismatch");
    assert.deepEqual([refusal.error, refusal.errorDescription], [null, null]);
    assertRefused(scene, back);
  });
});

describe("a callback is good once", () => {
  test("and then refused in the same tab, another tab and another browser", async () => {
    const scene = new Scene();
    const { page, callback } = await departed(scene);
    const back = await scene.goTo(callback, page);
    await back.handleRedirect().result();
    const before = back.record;

    const again = await scene.goTo(callback, back);
    assert.equal(await again.handleRedirect().code(), "state_mismatch");
    const other = await scene.page(callback);
    assert.equal(await other.handleRedirect().code(), "state_mismatch");
    const elsewhere = new Scene();
    const stranger = await elsewhere.page(callback);
    assert.equal(await stranger.handleRedirect().code(), "state_mismatch");
    assertRefused(elsewhere, stranger);

    assert.equal(scene.shop.count("token"), 1);
    assert.deepEqual(again.record, before, "the session is not touched");
  });

  test("and used up before its exchange", async () => {
    const scene = new Scene();
    const { page, callback } = await departed(scene);
    const back = await scene.goTo(callback, page);
    back.handleRedirect();
    await scene.world.advance(10);
    assert.ok(!back.tab.storage.has(":login:"));
    // The shopper reloads in the middle of it; the address bar is clean already.
    const reloaded = await scene.load(back.tab);
    assert.equal(await reloaded.handleRedirect().result(), null);
    const again = await scene.goTo(callback, reloaded);
    assert.equal(await again.handleRedirect().code(), "state_mismatch");
    assert.ok(scene.shop.count("token") <= 1);
  });
});

describe("ten minutes and not longer", () => {
  for (const [wait, code] of [[599_000, null], [601_000, "login_expired"], [86_400_000, "login_expired"]]) {
    test(`${wait / 1_000} s`, async () => {
      const scene = new Scene();
      const { page, callback } = await departed(scene);
      scene.world.jump(wait);
      const back = await scene.goTo(callback, page);
      const work = back.handleRedirect();
      if (code === null) {
        assert.ok((await work.result()).session.signedIn);
        return;
      }
      assert.equal(await work.code(), code);
      assertRefused(scene, back);
    });
  }
});

test("storage that was cleared on the way is a clean failure", async () => {
  const scene = new Scene();
  const { page, callback } = await departed(scene);
  page.tab.storage.clear();
  const back = await scene.goTo(callback, page);
  const began = scene.world.elapsed;
  assert.equal(await back.handleRedirect().code(), "state_mismatch");
  assert.equal(scene.world.elapsed, began, "at once: only a popup has somebody to ask");
  assertRefused(scene, back);
  assert.ok(!back.tab.leaves, "no loop");
});

describe("what is not ours is left alone", () => {
  const queries = ["?code=abc&state=xyz", "?code=abc", "?error=access_denied", "?error=x&state=shop-app", "?page=2"];
  for (const query of queries) {
    test(query, async () => {
      const scene = new Scene();
      const page = await scene.page(ACCOUNT_PAGE + query);
      assert.equal(await page.handleRedirect().result(), null);
      assert.equal(page.tab.address, ACCOUNT_PAGE + query);
      assertRefused(scene, page);
    });
  }

  test("a callback on another page than the redirect page", async () => {
    const scene = new Scene();
    const { page, callback } = await departed(scene);
    const elsewhere = callback.replace("/pages/account", "/pages/other");
    const other = await scene.goTo(elsewhere, page);
    assert.equal(await other.handleRedirect().result(), null);
    assert.equal(other.tab.address, elsewhere);
    assertRefused(scene, other);
  });
});
