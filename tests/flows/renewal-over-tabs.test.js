// The refresh over all tabs: one token request, whoever crashes, sleeps or comes late.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { refused } from "./support/login-server.js";
import { after, LATENCY } from "./support/network.js";
import { ASKING, Scene, wordsOf } from "./support/scene.js";

describe("eight tabs are one token request", () => {
  for (const [what, prepare] of Object.entries({
    "that expire together": (scene) => scene.expire(),
    "that meet a 401 together": async (scene) => scene.shop.login.expireAccess(),
  })) {
    test(what, async () => {
      const scene = new Scene();
      const pages = [await scene.signedInPage()];
      while (pages.length < 8) pages.push(await scene.sibling());
      await prepare(scene);
      scene.shop.forgetLog();
      const calls = pages.map((page) => page.order());
      for (const call of calls) await call.result();
      assert.equal(scene.shop.count("token"), 1);
      scene.shop.login.assertFamiliesAlive();
      const [{ record }] = pages;
      for (const page of pages) {
        assert.deepEqual(page.record, record, "all tabs hold the same");
        assert.deepEqual(page.eventTypes(), ["refreshed"], "each tab tells its page once");
      }
    });
  }
});

describe("siblings are waited for", () => {
  /** ms from an expired token to the answer, without the two requests. */
  async function waitOf(scene, page) {
    await scene.expire();
    const began = scene.world.elapsed;
    await page.order().result();
    assert.equal(scene.shop.count("token"), 1);
    return scene.world.elapsed - began - 4 * LATENCY;
  }

  const asked = ({ browser }) => browser.bus.posted.filter(({ data }) => data.type === "ask").length;

  test("not at all where there are none", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    assert.equal(await waitOf(scene, page), 0);
    assert.equal(asked(scene), 0);
  });

  test("until the last of them has answered", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    for (let siblings = 0; siblings < 3; siblings++) await scene.sibling();
    const before = asked(scene);
    assert.equal(await waitOf(scene, page), 2 * scene.browser.bus.delay);
    assert.equal(asked(scene), before + 1);
  });

  test("not where nobody is signed in there", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.browser.local.remove(scene.browser.local.key(":live"));
    assert.ok(!(await scene.page()).isSignedIn);
    assert.equal(await waitOf(scene, page), 0);
  });

  test("for a moment where one of them sleeps", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const [sleeper] = [await scene.sibling(), await scene.sibling()];
    sleeper.tab.freeze();
    assert.equal(await waitOf(scene, page), 150);
  });

  test("for a moment where nobody knows whether there are any", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.browser.hasLocks = false;
    assert.equal(await waitOf(scene, page), 150);
  });

  test("not where they have gone, were left, or let go of the shop", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const [gone, left, closed] = [await scene.sibling(), await scene.sibling(), await scene.sibling()];
    gone.crash();
    left.pageHide(true);
    closed.close();
    assert.equal(await waitOf(scene, page), 0);
  });

  test("where they were left and are back", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const sibling = await scene.sibling();
    sibling.pageHide(true);
    sibling.pageShow(true);
    assert.equal(await waitOf(scene, page), 2 * scene.browser.bus.delay);
    sibling.pageShow(false);
    sibling.pageHide(true);
    assert.equal(await waitOf(scene, page), 0, "it attends once");
  });

  test("whatever else is said meanwhile", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const sleeper = await scene.sibling();
    sleeper.tab.freeze();
    await scene.expire();
    const began = scene.world.elapsed;
    const call = page.order();
    await scene.world.advance(1);
    const [{ name, data: { number } }] = scene.browser.bus.posted.filter(({ data }) => data.type === "ask").slice(-1);
    for (const other of [undefined, null, number + 1, String(number), {}]) scene.browser.bus.post(name, { type: "nothing", number: other });
    await call.result();
    assert.equal(scene.world.elapsed - began - 4 * LATENCY, 150);
  });
});

test("the word of a tab that is gone is waited for before its renewal is taken for the end", async () => {
  const scene = new Scene();
  const [one, two] = [await scene.signedInPage(), await scene.sibling()];
  await scene.expire();
  scene.browser.bus.delay = 100;
  two.tab.freeze();
  await one.order().result();
  one.crash();
  two.tab.thaw();
  scene.shop.next("token", refused("invalid_grant"));
  await two.order().result();
  assert.equal(scene.shop.count("token"), 2);
  assert.ok(!two.eventTypes().includes("signedout"));
});

describe("two tabs on one `localStorage` are one token request", () => {
  for (const hasChannels of [true, false]) {
    test(hasChannels ? "with channels" : "without channels", async () => {
      const scene = new Scene({ storage: "local" });
      scene.browser.hasChannels = hasChannels;
      const pages = [await scene.signedInPage(), await scene.sibling()];
      await scene.expire();
      const calls = pages.map((page) => page.order());
      for (const call of calls) await call.result();
      assert.equal(scene.shop.count("token"), 1);
      scene.shop.login.assertFamiliesAlive();
    });
  }
});

test("a duplicated tab holds the same session and not a rival", async () => {
  const scene = new Scene();
  const original = await scene.signedInPage();
  const twin = await scene.load(original.tab.duplicate());
  assert.deepEqual(twin.record, original.record);
  await scene.expire();
  const calls = [original.order(), twin.order()];
  for (const call of calls) await call.result();
  assert.equal(scene.shop.count("token"), 1);
  scene.shop.login.assertFamiliesAlive();
});

test("a tab that slept through renewals asks before it renews", async () => {
  const scene = new Scene();
  const [awake, asleep] = [await scene.signedInPage(), await scene.sibling()];
  asleep.tab.goDeaf();
  await scene.expire();
  await awake.order().result();
  const old = asleep.record.accessToken;
  const woken = await scene.load(asleep.tab);
  scene.shop.forgetLog();
  const began = scene.world.elapsed;
  await woken.order().result();
  assert.ok(scene.world.elapsed - began < 100, "as soon as the sibling has answered");
  assert.equal(scene.shop.count("token"), 0, "the sibling handed over what it has");
  assert.notEqual(woken.record.accessToken, old);
  assert.deepEqual(woken.record, awake.record);
  scene.shop.login.assertFamiliesAlive();
});

test("a lower generation never replaces a higher one", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const { storage } = page.tab;
  const key = storage.key(":session");
  const old = storage.read(key);
  const handedOver = scene.browser.bus.posted.findLast(({ data }) => JSON.stringify(data).includes("SECRET-access"));
  await scene.expire();
  await page.order().result();
  const { accessToken } = page.record;

  scene.browser.bus.post(handedOver.name, handedOver.data);
  await scene.world.advance(100);
  assert.equal(page.record.accessToken, accessToken);

  storage.write(key, old);
  page.pageShow(false);
  scene.shop.forgetLog();
  await page.order().result();
  assert.equal(scene.shop.sent("tools")[0].headers.authorization, accessToken);
  assert.equal(scene.shop.count("token"), 0);
});

describe("a tab that crashes", () => {
  test("before the request leaves the renewal to the other", async () => {
    const scene = new Scene();
    const [one, two] = [await scene.signedInPage(), await scene.sibling()];
    await scene.expire();
    one.order();
    await scene.world.advance(2);
    assert.ok(scene.browser.locks.isHeld("renewal"));
    const waiting = two.order();
    await scene.world.advance(1);
    one.crash();
    await waiting.result();
    assert.equal(scene.shop.count("token"), 1);
    scene.shop.login.assertFamiliesAlive();
  });

  test("between the answer and the store ends the session cleanly", async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    const [one, two] = [await scene.signedInPage(), await scene.sibling()];
    await scene.expire();
    one.order();
    await scene.world.advance(ASKING + LATENCY);
    assert.equal(scene.shop.count("token"), 1, "the server has rotated, the answer is under way");
    one.crash();
    const waiting = two.order();
    await scene.world.advance(5_000);
    assert.equal(scene.shop.count("token"), 2, "one try with the old token, not a storm");
    assert.deepEqual(two.events(), [
      { type: "signedout", reason: "ended" },
      { type: "signinneeded", name: "get_order_status" },
    ]);
    assert.ok(!waiting.isDone && !scene.browser.locks.isHeld("renewal"));
    await scene.signIn(await scene.page(), "ada");
    await waiting.result();
  });
});

test("a suspended tab that holds the lock stops nobody for ever", async () => {
  const scene = new Scene();
  const [one, two] = [await scene.signedInPage(), await scene.sibling()];
  await scene.expire();
  const suspended = one.order();
  await scene.world.advance(2);
  one.tab.freeze();
  const began = scene.world.elapsed;
  await two.order().result();
  assert.ok(scene.world.elapsed - began < 40_000);
  assert.equal(scene.shop.count("token"), 1);
  one.tab.thaw();
  await suspended.result();
  assert.equal(scene.shop.count("token"), 1, "it heard of the renewal and does not renew again");
  scene.shop.login.assertFamiliesAlive();
});

test("the loser of a race keeps what the winner renewed", async () => {
  const scene = new Scene();
  const [winner, loser] = [await scene.signedInPage(), await scene.sibling()];
  // A browser without locks: both send. The loser's refusal comes last.
  scene.browser.hasLocks = false;
  await scene.expire();
  scene.shop.next("token", (sent) => scene.shop.usual(sent));
  scene.shop.next("token", after(300, refused("invalid_grant")));
  const calls = [winner.order(), loser.order()];
  for (const call of calls) await call.result();
  assert.equal(scene.shop.count("token"), 2);
  assert.deepEqual(loser.record, winner.record);
  assert.ok(loser.tab.storage.has(":session") && scene.browser.local.has(":live"));
  assert.ok(!loser.eventTypes().includes("signedout"));
});

test("invalid_grant ends the session in all tabs, once", async () => {
  const scene = new Scene({ onSignInNeeded: "event" });
  const pages = [await scene.signedInPage(), await scene.sibling(), await scene.sibling()];
  await scene.expire();
  scene.shop.login.revokeAll();
  const calls = pages.map((page) => page.order());
  await scene.world.advance(10_000);
  assert.equal(scene.shop.count("token"), 1);
  for (const page of pages) {
    assert.ok(!page.isSignedIn && !page.tab.storage.has(":session"));
    assert.deepEqual(page.events(), [
      { type: "signedout", reason: "ended" },
      { type: "signinneeded", name: "get_order_status" },
    ]);
  }
  assert.ok(!scene.browser.local.has(":live"));
  assert.ok(calls.every((call) => !call.isDone), "the calls wait for the next sign-in");
  assert.ok(!(await scene.load(pages[1].tab)).isSignedIn);
});

test("another customer's sign-in during a renewal stands", async () => {
  const scene = new Scene();
  const ada = await scene.signedInPage();
  await scene.expire();
  scene.shop.next("token", (sent) => after(5_000, scene.shop.usual(sent)));
  const call = ada.order();
  await scene.world.advance(ASKING + LATENCY);
  const { page: bob } = await scene.signIn(await scene.page(), "bob");
  const code = await call.code();
  assert.ok(["customer_changed", "session_changed"].includes(code), code);
  assert.equal(scene.shop.count("tools"), 0, "the call is not sent for bob");
  assert.deepEqual(ada.record, bob.record);
  assert.equal(wordsOf(await ada.order().result()), "Order #1001 of bob is on its way.");
});
