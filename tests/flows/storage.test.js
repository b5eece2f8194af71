// Storage that is blocked, full, cleared, or holds something else than we wrote.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Dice } from "./support/dice.js";
import { Scene, wordsOf } from "./support/scene.js";
import { ACCOUNT_PAGE } from "./support/shop.js";

const PREFIX = "shopper-mcp:https://shop.example:client-1:";

describe("blocked storage", () => {
  async function pageWithout(scene) {
    const tab = scene.browser.tab(ACCOUNT_PAGE);
    tab.storage.blocked = true;
    scene.browser.local.blocked = true;
    return scene.load(tab);
  }

  test("stops before the page is left", async () => {
    const page = await pageWithout(new Scene());
    assert.equal(await page.login().code(), "storage_blocked");
    assert.equal(await page.order().code(), "storage_blocked");
    assert.ok(!page.tab.leaves);
    assert.equal(await page.handleRedirect().result(), null);
    assert.equal((await page.listTools().result()).length, 4);
  });

  test("lets a popup sign in all the same", async () => {
    const scene = new Scene();
    const page = await pageWithout(scene);
    const login = page.loginByPopup();
    await scene.world.advance(2_000);
    const { popup } = scene.browser;
    popup.storage.blocked = true;
    popup.go(scene.shop.login.authorize(popup.address, "ada"));
    (await scene.load(popup)).handleRedirect();
    await login.result();
    await page.order().result();
    assert.equal(page.session.persistent, false);
  });

  test("that is only `localStorage` costs no more than the hint for new tabs", async () => {
    const scene = new Scene();
    scene.browser.local.blocked = true;
    const page = await scene.signedInPage();
    assert.ok(!(await scene.page()).isSignedIn);
    await scene.expire();
    await page.order().result();
    await page.logout().result();
    assert.ok(!page.isSignedIn);
  });
});

describe("no room", () => {
  test("for the login stops before the page is left", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.tab.storage.hasNoRoomFor(":login:");
    assert.equal(await page.login().code(), "storage_full");
    assert.equal(await page.order().code(), "storage_full");
    assert.ok(!page.tab.leaves);
    page.tab.storage.hasNoRoomFor(null);
    page.order();
    await scene.world.advance(1_000);
    assert.ok(page.tab.leaves, "with room again, the next call leaves");
  });

  test("for the tokens keeps the session in memory", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.tab.storage.hasNoRoomFor(":session");
    const { page: back } = await scene.signIn(page, "ada");
    assert.ok(back.isSignedIn);
    assert.equal(back.session.persistent, false);
    await back.order().result();
    await scene.expire();
    await back.order().result();
    assert.equal(scene.shop.count("token"), 1);
    const sibling = await scene.page();
    assert.ok(sibling.isSignedIn, "a tab with room takes it over");
    assert.equal(sibling.session.persistent, true);
  });

  test("later on is noticed, and does not lose the session", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    assert.equal(page.session.persistent, true);
    page.tab.storage.hasNoRoomFor(":session");
    await scene.expire();
    await page.order().result();
    assert.equal(page.session.persistent, false);
    await page.order().result();
    assert.equal(scene.shop.count("token"), 1);
  });

  test("to overwrite a record: the old one is not used after a reload", async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    const page = await scene.signedInPage();
    page.tab.storage.hasNoRoomFor(":session");
    await scene.expire();
    await page.order().result();
    // The used refresh token, sent again, would revoke the whole family.
    (await scene.load(page.tab)).order();
    await scene.world.advance(5_000);
    scene.shop.login.assertFamiliesAlive();
  });

  for (const [what, options, isFull] of [
    ["and none is wanted", { storage: "memory" }, false],
    ["although it is wanted", {}, true],
  ]) {
    test(`for tokens, ${what}: the page that holds them is not left`, async () => {
      const scene = new Scene(options);
      const page = await scene.page("https://shop.example/chat");
      if (isFull) page.tab.storage.hasNoRoomFor(":session");
      page.order();
      await scene.world.advance(1_000);
      const back = await scene.shopperSignsIn(page, "ada");
      const { returnTo, resumed } = await back.handleRedirect().result();
      assert.equal(returnTo, "https://shop.example/chat");
      assert.equal(wordsOf(resumed[0].result), "Order #1001 of ada is on its way.");
      assert.ok(!back.tab.leaves && back.isSignedIn);
    });
  }
});

describe("what is in the store is not believed", () => {
  const dice = new Dice(11);
  const members = [
    "v", "id", "generation", "startedAt", "issuer", "tokenEndpoint", "accessToken", "at", "returnTo", "calls", "copy",
  ];
  const times = (count, make) => Array.from({ length: count }, make);
  const garbage = {
    "nothing": [""],
    "null": ["null"],
    "a list": ["[]"],
    "an empty object": ["{}"],
    "only a version": ['{"v":"2"}'],
    "a prototype": ['{"__proto__":{"v":"1"}}'],
    "4 MB of text": ["x".repeat(2 ** 22)],
    "4 MB of an id": [JSON.stringify({ v: "1", id: "x".repeat(2 ** 22) })],
    "a deep list": ["[".repeat(100_000)],
    "objects of all kinds": times(100, () => JSON.stringify(dice.object(members, 2))),
    "texts of all kinds": times(50, () => dice.text()),
  };
  const names = ["session", "live", "ended", "arrival", "login:sm1r.x", "login:x"].map((name) => PREFIX + name)
    .concat(["login", "customer"].map((name) => `shopper-mcp:https://shop.example:discovery:${name}`));

  for (const [what, texts] of Object.entries(garbage)) {
    test(what, async () => {
      for (const text of texts) {
        const scene = new Scene();
        const tab = scene.browser.tab(ACCOUNT_PAGE);
        for (const name of names) {
          tab.storage.write(name, text);
          scene.browser.local.write(name, text);
        }
        const page = await scene.load(tab);
        assert.ok(!page.isSignedIn, text.slice(0, 80));
        assert.equal(await page.handleRedirect().result(), null);
        const { page: back } = await scene.signIn(page, "ada");
        await back.order().result();
        assert.equal(scene.shop.count("elsewhere"), 0);
      }
    });
  }
});

describe("a record that is not quite one of ours is ignored", () => {
  const rows = {
    "another version": (record) => ({ ...record, v: "2" }),
    "a version of another kind": (record) => ({ ...record, v: 1 }),
    "no version": ({ v: _v, ...record }) => record,
    "a token that no header can carry": (record) => ({ ...record, accessToken: "SECRET\r\naccess" }),
    "a generation below zero": (record) => ({ ...record, generation: -1 }),
    "a beginning beyond all time": (record) => ({ ...record, startedAt: 9e99 }),
  };
  for (const [what, alter] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      const key = page.tab.storage.key(":session");
      const open = async (record) => {
        const tab = scene.browser.tab(ACCOUNT_PAGE);
        tab.storage.write(key, JSON.stringify(record));
        scene.browser.local.clear();
        return scene.load(tab);
      };
      assert.ok((await open(page.record)).isSignedIn);
      assert.ok(!(await open(alter(page.record))).isSignedIn);
    });
  }
});

test("storage that is cleared under a page is no disaster", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  page.tab.storage.clear();
  scene.browser.local.clear();
  await page.order().result();
  await scene.expire();
  await page.order().result();
  assert.ok(page.tab.storage.has(":session"));
});

describe("logins that were begun and not finished", () => {
  const loginsOf = ({ tab }) => tab.storage.keys().filter((key) => key.includes(":login:"));

  test("do not pile up; the newest are kept", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.tab.storage.write(`${PREFIX}login:garbage`, "{}");
    for (let time = 0; time < 20; time += 1) {
      await scene.world.advance(1_000);
      await page.login().result();
    }
    assert.equal(loginsOf(page).length, 16);
    assert.ok(!page.tab.storage.has("garbage"));
    page.tab.departures.splice(0, 4);
    for (const departure of page.tab.departures) {
      assert.ok(page.tab.storage.has(new URL(departure).searchParams.get("state")));
    }
  });

  test("are gone after ten minutes", async () => {
    const scene = new Scene();
    const page = await scene.page();
    await page.login().result();
    await scene.world.advance(601_000);
    await page.login().result();
    assert.equal(loginsOf(page).length, 1);
  });
});

test("a full life leaves a constant number of keys", async () => {
  const scene = new Scene({ scope: "customer-account-mcp-api:full" });
  let page = await scene.page();
  const counts = new Set();
  for (let life = 0; life < 30; life += 1) {
    ({ page } = await scene.signIn(page, "ada"));
    await page.order().result();
    await scene.expire();
    await page.order().result();
    await page.logout().result();
    counts.add(`${page.tab.storage.keys().length} and ${scene.browser.local.keys().length}`);
  }
  assert.equal(counts.size, 1, [...counts].join(", "));
  assert.ok(!page.tab.storage.text().includes("SECRET"));
});
