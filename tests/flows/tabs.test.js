// One session over all tabs: found, shared, ended together, and nothing believed that is said on the channel.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Dice } from "./support/dice.js";
import { LOGOUT_ENDPOINT } from "./support/login-server.js";
import { LATENCY } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";
import { ACCOUNT_PAGE } from "./support/shop.js";
import { Store } from "./support/store.js";

const TABS = "shopper-mcp:https://shop.example:client-1:tabs";
const WITHOUT_OPENID = { scope: "customer-account-mcp-api:full" };

describe("a session is found", () => {
  test("by a new tab, which takes it over", async () => {
    const scene = new Scene();
    const first = await scene.signedInPage();
    const second = await scene.page();
    assert.ok(second.isSignedIn);
    assert.deepEqual(second.record, first.record);
    assert.deepEqual(scene.shop.log, [], "no request for it");
    assert.equal(wordsOf(await second.order().result()), "Order #1001 of ada is on its way.");
  });

  test("by a reload", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const before = page.record;
    const reloaded = await scene.load(page.tab);
    assert.ok(reloaded.isSignedIn);
    assert.deepEqual(reloaded.record, before);
  });

  test("by a tab that was open before the sign-in", async () => {
    const scene = new Scene();
    const waiting = await scene.page();
    await scene.signIn(await scene.page(), "ada");
    await scene.world.advance(10);
    assert.ok(waiting.isSignedIn);
    assert.deepEqual(waiting.events(), [{ type: "signedin", session: waiting.session }]);
  });

  for (const [hasLocks, wait] of [[true, 0], [false, 150]]) {
    const what = hasLocks ? "a new one does not wait" : "without locks a new one waits a moment and goes on";
    test(`by nobody when all tabs are gone: ${what}`, async () => {
      const scene = new Scene();
      (await scene.signedInPage()).crash();
      scene.browser.hasLocks = hasLocks;
      const began = scene.world.elapsed;
      assert.ok(!(await scene.page()).isSignedIn);
      assert.equal(scene.world.elapsed - began, wait);
    });
  }

  test("by nobody where nobody ever signed in: then nobody is asked", async () => {
    const scene = new Scene();
    await scene.page();
    assert.equal(scene.world.elapsed, 0, "the first page load does not wait");
    assert.deepEqual(scene.browser.bus.posted, []);
  });
});

test("another customer's sign-in replaces the session everywhere", async () => {
  const scene = new Scene();
  const ada = await scene.signedInPage();
  await scene.world.advance(1_000);
  const { page: bob } = await scene.signIn(await scene.page(), "bob");
  await scene.world.advance(10);
  assert.deepEqual(ada.record, bob.record);
  assert.equal(ada.session.claims.sub, "gid://shopify/Customer/bob");
  assert.equal(wordsOf(await ada.order().result()), "Order #1001 of bob is on its way.");
});

describe("where the tokens live", () => {
  test("`memory` shares nothing", async () => {
    const scene = new Scene({ storage: "memory" });
    const page = await scene.signedInPage();
    assert.ok(!(page.tab.storage.text() + scene.browser.local.text()).includes("SECRET"));
    assert.deepEqual(scene.browser.bus.posted, []);
    await scene.expire();
    const began = scene.world.elapsed;
    await page.order().result();
    assert.equal(scene.world.elapsed - began, 4 * LATENCY, "nobody is asked for a newer one");
    assert.deepEqual(scene.browser.bus.posted, []);
    assert.ok(!(await scene.page()).isSignedIn);
    assert.ok(!(await scene.load(page.tab)).isSignedIn);
  });

  test("a store of the page's own is used", async () => {
    const store = new Store();
    const scene = new Scene({ storage: store.area });
    const page = await scene.signedInPage();
    assert.ok(store.text().includes("SECRET-access"));
    assert.ok(!(page.tab.storage.text() + scene.browser.local.text()).includes("SECRET-access"));
    assert.ok((await scene.load(page.tab)).isSignedIn);
  });
});

describe("sign-out", () => {
  test("is over everywhere at once", async () => {
    const scene = new Scene();
    const [one, two] = [await scene.signedInPage(), await scene.sibling()];
    const { idToken } = one.record;
    await one.logout().result();
    assert.ok(!one.isSignedIn);
    assert.deepEqual(one.events(), [{ type: "signedout", reason: "logout" }]);
    const departure = new URL(one.tab.departure());
    assert.equal(departure.origin + departure.pathname, LOGOUT_ENDPOINT);
    assert.equal(departure.searchParams.get("id_token_hint"), idToken);
    assert.equal(departure.searchParams.get("post_logout_redirect_uri"), ACCOUNT_PAGE);

    await scene.world.advance(10);
    assert.ok(!two.isSignedIn);
    assert.deepEqual(two.events(), [{ type: "signedout", reason: "logout" }]);
    for (const store of [one.tab.storage, two.tab.storage, scene.browser.local]) {
      assert.ok(!store.text().includes("SECRET"));
    }
    assert.ok(!(await scene.page()).isSignedIn);
  });

  test("comes back with nothing of it in the address", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await page.logout().result();
    const { searchParams } = new URL(page.tab.departure());
    const back = await scene.goTo(`${ACCOUNT_PAGE}?state=${searchParams.get("state")}&a=b`, page);
    assert.equal(back.tab.address, `${ACCOUNT_PAGE}?a=b`);
    assert.equal(await back.handleRedirect().result(), null);
  });

  test("works offline, and twice", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.browser.online = false;
    await page.logout().result();
    assert.ok(!page.isSignedIn && !page.tab.storage.text().includes("SECRET"));
    assert.deepEqual(page.eventTypes(), ["signedout"]);
    page.tab.departure();
    await page.logout().result();
    assert.deepEqual(page.events(), []);
    assert.ok(!page.tab.leaves);
  });

  test("without an ID token stays here", async () => {
    const scene = new Scene(WITHOUT_OPENID);
    const page = await scene.signedInPage();
    await page.logout().result();
    assert.ok(!page.isSignedIn && !page.tab.leaves);
  });

  test("with a hostile way back does not take it, but is over", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    assert.equal(await page.logout({ returnTo: "https://evil.example/" }).code(), "return_to_invalid");
    assert.ok(!page.isSignedIn && !page.tab.leaves);
  });

  // At every moment of the renewal.
  for (const moment of [0.5, 1.5, 3.5, 5, 10, 3 + LATENCY, 15 + LATENCY, 3.5 + 2 * LATENCY]) {
    test(`during a renewal in another tab, after ${moment} ms: no token is saved again`, async () => {
      const scene = new Scene({ onSignInNeeded: "event" });
      const [one, two] = [await scene.signedInPage(), await scene.sibling()];
      await scene.expire();
      const call = two.order();
      await scene.world.advance(moment);
      await one.logout().result();
      await scene.world.advance(5_000);
      for (const { isSignedIn, tab } of [one, two]) {
        assert.ok(!isSignedIn && !tab.storage.text().includes("SECRET"));
      }
      assert.ok(!scene.browser.local.text().includes("SECRET"));
      assert.ok(!call.isDone, "it asks the page for a sign-in");
      assert.equal(scene.shop.count("tools"), 0);
      assert.ok(!(await scene.page()).isSignedIn);
    });
  }

  test("is heeded even where its message was missed", async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    const [one, two] = [await scene.signedInPage(), await scene.sibling()];
    two.tab.goDeaf();
    await one.logout().result();
    await scene.world.advance(10);
    two.order();
    await scene.world.advance(1_000);
    assert.deepEqual(two.events(), [
      { type: "signedout", reason: "logout" },
      { type: "signinneeded", name: "get_order_status" },
    ]);
    assert.equal(scene.shop.count("tools"), 0, "the tombstone is read before each call");
  });

  test("is heeded by a page from the browser's cache", async () => {
    const scene = new Scene();
    const [one, two] = [await scene.signedInPage(), await scene.sibling()];
    two.tab.goDeaf();
    await one.logout().result();
    await scene.world.advance(10);
    two.pageShow(true);
    assert.ok(!two.isSignedIn);
    await scene.world.settle();
    assert.deepEqual(two.events(), [{ type: "signedout", reason: "logout" }]);
  });

  test("is not undone by a record that outlived it", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const twin = page.tab.duplicate();
    const handedOver = scene.browser.bus.posted.findLast(({ data }) => JSON.stringify(data).includes("SECRET-access"));
    const other = await scene.sibling();
    await page.logout().result();
    await scene.world.advance(10);
    assert.ok(!(await scene.load(twin)).isSignedIn, "the copy in a duplicated tab");
    assert.ok(!twin.storage.text().includes("SECRET"));
    scene.browser.bus.post(handedOver.name, handedOver.data);
    await scene.world.advance(10);
    assert.ok(!other.isSignedIn, "the message of a tab that did not know yet");
  });

  test("leaves tombstones that do not pile up", async () => {
    const scene = new Scene(WITHOUT_OPENID);
    const { local } = scene.browser;
    let page = await scene.page();
    for (let time = 0; time < 40; time += 1) {
      ({ page } = await scene.signIn(page, "ada"));
      await page.logout().result();
      await scene.world.advance(100);
    }
    assert.equal(JSON.parse(local.read(local.key(":ended"))).length, 16);
    assert.equal(local.keys().length, 1);
  });
});

test("nothing that is said on the channel breaks or changes a session", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const { session, record } = page;
  const dice = new Dice(7);
  const members = ["type", "record", "id", "generation", "reason", "v", "accessToken", "startedAt", "tokenEndpoint"];
  for (let message = 0; message < 1_000; message += 1) {
    const said = dice.object(members, 3);
    if (dice.below(2) === 0) said.type = dice.pick(["ask", "session", "ended", "toString"]);
    scene.browser.bus.post(TABS, said);
    scene.browser.bus.post(TABS, JSON.stringify(said));
    scene.browser.bus.post(TABS, dice.text());
  }
  await scene.world.advance(100);
  assert.deepEqual(page.session, session);
  assert.deepEqual(page.record, record);
  assert.deepEqual(page.events(), []);
  await page.order().result();
});

test("closing leaves the conversation and keeps the tokens", async () => {
  const scene = new Scene();
  const [one, two] = [await scene.signedInPage(), await scene.sibling()];
  two.close();
  await scene.expire();
  await one.order().result();
  await scene.world.advance(10);
  assert.notEqual(two.record.accessToken, one.record.accessToken);
  assert.ok(two.tab.storage.has(":session"));
  assert.equal(await two.order().code(), "closed");
});
