// Storage that is blocked, full, or the page's own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { handOverByHand } from "./support/tab.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };

/** A browser profile whose owner lets this shop's pages keep nothing. */
const blockedProfile = (setup) => world.profileWithPreferences({
  profile: { content_settings: { exceptions: { cookies: { "127.0.0.1,*": { setting: 2 } } } } },
}, setup);

/** Fills the tab's sessionStorage to its last byte. */
const fill = (tab) => tab.run(() => {
  for (let size = 1 << 22, n = 0; size >= 1; n += 1) {
    try {
      sessionStorage.setItem(`filling-${n}`, "x".repeat(size));
    } catch {
      size >>= 1;
    }
  }
});

test("blocked storage: connecting works, leaving is refused before it happens", async () => {
  const tab = await (await blockedProfile()).tab("/wares/");
  assert.equal(await tab.run(() => {
    try {
      return sessionStorage.length;
    } catch (error) {
      return error.name;
    }
  }), "SecurityError", "storage is really blocked");
  assert.deepEqual(await tab.back(), { value: null });
  const session = await tab.session();
  assert.equal(session.signedIn, false);
  assert.equal((await tab.listTools()).value.length, 5);

  await tab.startLogin();
  const { error } = await tab.outcome();
  assert.equal(error.code, "storage_blocked");
  assert.equal(error.class, "StorageError");
  assert.equal((await tab.call("get_order_status", ORDER)).error.code, "storage_blocked");
  assert.equal(tab.page.url(), `${world.shop.shop}/wares/`);
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  assert.equal(world.calls("get_order_status").length, 0);
});

test("blocked storage: a popup signs in for as long as the page lives", async () => {
  const tab = await (await blockedProfile()).tab();
  const popup = await tab.opens(() => tab.clickCall("get_order_status", ORDER, { onSignInNeeded: "popup" }));
  await signInAsCustomer(popup);
  const { value, error } = await tab.outcome();
  assert.equal(error?.code, undefined);
  assert.ok(value.content);
  const session = await tab.session();
  assert.equal(session.claims.email, MAYA);
  assert.equal(session.persistent, false);
});

test("full storage: the page is not left for a login that could not come back", async () => {
  const tab = await world.tab({}, "/wares/");
  await fill(tab);
  await tab.startLogin();
  const { error } = await tab.outcome();
  assert.equal(error.code, "storage_full");
  assert.equal(error.class, "StorageError");
  assert.equal((await tab.call("get_order_status", ORDER)).error.code, "storage_full");
  assert.equal(tab.page.url(), `${world.shop.shop}/wares/`);
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  await tab.run(() => sessionStorage.clear());
  await tab.signIn();
  assert.equal((await tab.session()).persistent, true);
});

test("full storage: tokens that cannot be kept work in this page, and the page is told", async () => {
  const tab = await world.tab();
  await fill(tab);
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.session.signedIn, true);
  assert.equal(value.session.persistent, false);
  await tab.answer("get_order_status", ORDER);
  assert.doesNotMatch(await tab.stored(), /shcat_|shcrt_|eyJ/);
});

test("a page's own store holds the tokens, and nothing else does", async () => {
  const tab = await world.tab({ connect: false });
  await tab.run(async () => {
    globalThis.kept = new Map();
    const storage = {
      getItem: (key) => globalThis.kept.get(key) ?? null,
      setItem: (key, value) => void globalThis.kept.set(key, value),
      removeItem: (key) => void globalThis.kept.delete(key),
    };
    await globalThis.page.connect({ storage });
    return null;
  });
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  await signInAsCustomer(popup);
  await handOverByHand(popup);
  assert.equal((await tab.outcome()).value.session.persistent, true);
  const kept = await tab.run(() => [...globalThis.kept.values()].join());
  assert.match(kept, /shcat_/);
  assert.match(kept, /shcrt_/);
  assert.doesNotMatch(await tab.stored(), /shcat_|shcrt_|eyJ/);
  await tab.answer("get_order_status", ORDER);
  await tab.run(() => globalThis.page.customer.logout({ returnTo: "https://evil.example" }).catch(() => {}));
  assert.equal(await tab.run(() => globalThis.kept.size), 0);
});

test("`local` is there again in a browser window that is opened later", async () => {
  const profile = await world.profile({ options: { storage: "local" } });
  const tab = await profile.tab();
  await tab.signIn();
  await tab.close();
  const later = await profile.tab("/wares/");
  assert.equal((await later.session()).claims.email, MAYA);
  await later.answer("get_order_status", ORDER);
  assert.equal(world.tokenRequests().length, 1);
});
