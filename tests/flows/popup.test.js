// Sign-in in a popup.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { after } from "./support/network.js";
import { Scene } from "./support/scene.js";

/** A page that opened a popup, which shows the login by now. */
async function opened(scene) {
  const page = await scene.page();
  const login = page.loginByPopup();
  await scene.world.advance(2_000);
  return { page, login, popup: scene.browser.popup };
}

/** The shopper signs in in a popup, which is sent back; the callback may be another. */
async function signInThere(scene, popup, alter = (callback) => callback) {
  popup.go(alter(scene.shop.login.authorize(popup.address, "ada")));
  return scene.load(popup);
}

/** A sign-in by popup from its beginning to its end. */
async function signInByPopup(scene, page) {
  const login = page.loginByPopup();
  await scene.world.advance(2_000);
  (await signInThere(scene, scene.browser.popup)).handleRedirect();
  return login.result();
}

const allClosed = ({ browser }) => browser.popups.every(({ closed }) => closed);

test("the popup hands over and closes", async () => {
  const scene = new Scene();
  const { page, login, popup } = await opened(scene);
  assert.ok(!page.tab.leaves && !page.tab.storage.has(":login:"), "the login stays in memory");
  const back = await signInThere(scene, popup);
  const began = scene.world.elapsed;
  back.handleRedirect();
  const { session, returnTo, resumed } = await login.result();
  assert.ok(scene.world.elapsed - began < 100, "as soon as the message is here");
  assert.ok(session.signedIn && page.isSignedIn);
  assert.equal(returnTo, page.tab.address);
  assert.equal(resumed.length, 0);
  await scene.world.advance(100);
  assert.ok(popup.closed);
  assert.ok(!scene.browser.bus.isHeard(":popup:"), "the conversation is over");
  assert.equal(scene.shop.count("token"), 1);
  await page.order().result();
  for (const { name, data } of scene.browser.bus.posted) {
    assert.ok(!name.includes("sm1p."), "the channel's name does not tell the state");
    assert.ok(name.includes(":popup:") || !JSON.stringify(data).includes("SECRET-code"));
  }
});

test("calls in a click sign in by one popup and are answered", async () => {
  const scene = new Scene({ onSignInNeeded: "popup" });
  const page = await scene.page();
  const calls = [page.order(), page.call("request_return", { order_id: "1" })];
  await scene.world.advance(1_000);
  const [first] = scene.browser.popups;
  (await signInThere(scene, first)).handleRedirect();
  for (const call of calls) await call.result();
  assert.equal(scene.shop.tools.executions("request_return"), 1, "in the same page a write is sent as well");
  assert.equal(scene.shop.count("token"), 1, "both share one sign-in");
  await scene.world.advance(1_000);
  assert.ok(allClosed(scene), "no window is left open");
});

describe("a window that is not needed is closed", () => {
  test("when its call is given up", async () => {
    const scene = new Scene({ onSignInNeeded: "popup" });
    const page = await scene.page();
    scene.shop.always("customerDocument", (sent) => after(3_000, scene.shop.usual(sent)));
    const calls = [page.order(), page.call("get_store_credit_balances")];
    await scene.world.advance(10);
    assert.ok(scene.browser.popups.length > 0 && !allClosed(scene));
    for (const call of calls) call.abort();
    await scene.world.advance(1_000);
    assert.ok(allClosed(scene));
  });

  test("when everyone has given the sign-in up", async () => {
    const scene = new Scene();
    const page = await scene.page();
    const [first, second] = [page.loginByPopup(), page.loginByPopup()];
    await scene.world.advance(5_000);
    first.abort();
    await scene.world.advance(1_000);
    assert.ok(!scene.browser.popups[0].closed, "one of them still waits");
    second.abort();
    await scene.world.advance(1_000);
    assert.ok(allClosed(scene));
    await signInByPopup(scene, page);
  });

  test("when nobody uses it", async () => {
    const scene = new Scene();
    const page = await scene.page();
    assert.equal(await page.loginByPopup().code(), "popup_timeout");
    assert.ok(scene.world.elapsed >= 600_000);
    assert.ok(allClosed(scene));
  });

  test("when the exchange fails, and the error is told", async () => {
    const scene = new Scene();
    const { page, login, popup } = await opened(scene);
    scene.shop.login.settings.badSignature = true;
    (await signInThere(scene, popup)).handleRedirect();
    assert.equal(await login.code(), "id_token_invalid");
    assert.ok(popup.closed && !page.isSignedIn);
  });

  test("when there are no channels to hear from it", async () => {
    const scene = new Scene();
    scene.browser.hasChannels = false;
    const page = await scene.page();
    assert.equal(await page.loginByPopup().code(), "storage_unavailable");
    assert.ok(allClosed(scene));
  });
});

describe("a shopper who closes the popup", () => {
  test("at the login: that is told soon, and the next try works", async () => {
    const scene = new Scene();
    const { page, login, popup } = await opened(scene);
    popup.closed = true;
    const began = scene.world.elapsed;
    assert.equal(await login.code(), "popup_closed");
    assert.ok(scene.world.elapsed - began < 3_000);
    assert.equal(scene.shop.count("token"), 0);
    await signInByPopup(scene, page);
  });

  test("while it is blank", async () => {
    const scene = new Scene();
    const page = await scene.page();
    const login = page.loginByPopup();
    await scene.world.settle();
    scene.browser.popup.closed = true;
    assert.equal(await login.code(), "popup_closed");
    assert.ok(scene.world.elapsed < 1_000);
  });

  test("with its message under way: the sign-in is finished", async () => {
    const scene = new Scene();
    const { page, login, popup } = await opened(scene);
    (await signInThere(scene, popup)).handleRedirect();
    await scene.world.settle();
    popup.closed = true;
    await login.result();
    assert.ok(page.isSignedIn);
  });
});

test("a popup that was cut off from its opener is waited for, and closes itself", async () => {
  const scene = new Scene();
  scene.browser.cutsOffOpeners = true;
  const { page, login, popup } = await opened(scene);
  await scene.world.advance(120_000);
  assert.ok(popup.cutOff);
  assert.ok(!login.isDone);
  const handingOver = (await signInThere(scene, popup)).handleRedirect();
  await login.result();
  assert.ok(page.isSignedIn);
  assert.equal(await handingOver.result(), null);
  assert.ok(popup.closed);
});

test("a blocked popup says so and sends nothing", async () => {
  const scene = new Scene();
  scene.browser.blocksPopups = true;
  const page = await scene.page();
  assert.equal(await page.loginByPopup().code(), "popup_blocked");
  assert.equal(await page.order({ onSignInNeeded: "popup" }).code(), "popup_blocked");
  assert.equal(scene.shop.count("token") + scene.shop.count("tools"), 0);
  assert.ok(!page.tab.leaves);
});

test("a popup whose opener is gone leaves the shopper with a page", async () => {
  const scene = new Scene();
  const { page, popup } = await opened(scene);
  const back = await signInThere(scene, popup);
  page.crash();
  assert.equal(await back.handleRedirect().code(), "state_mismatch");
  assert.equal(scene.shop.count("token"), 0);
  assert.ok(!popup.closed);
});

test("a popup can stop to wait for its opener", async () => {
  const scene = new Scene();
  const { page, popup } = await opened(scene);
  const back = await signInThere(scene, popup);
  page.crash();
  const handingOver = back.handleRedirect();
  await scene.world.advance(10);
  handingOver.abort();
  await scene.world.settle();
  assert.ok(handingOver.isDone);
  assert.equal(await handingOver.code(), "aborted");
});

describe("an altered callback in a popup posts nothing", () => {
  for (const [from, to, code] of [
    ["authentication%2F1234", "authentication%2F99", "issuer_mismatch"],
    ["code=SECRET", "error=access_denied&x=SECRET", "access_denied"],
  ]) {
    test(`${code}, told by the opener`, async () => {
      const scene = new Scene();
      const { page, login, popup } = await opened(scene);
      (await signInThere(scene, popup, (callback) => callback.replace(from, to))).handleRedirect();
      assert.equal(await login.code(), code);
      assert.equal(scene.shop.count("token"), 0);
      assert.ok(!page.isSignedIn);
    });
  }

  test("callback_invalid, told by the popup; the opener waits for a better one", async () => {
    const scene = new Scene();
    const { page, login, popup } = await opened(scene);
    const back = await signInThere(scene, popup, (callback) => callback.replace("code=", "code=a&code="));
    assert.equal(await back.handleRedirect().code(), "callback_invalid");
    assert.ok(!login.isDone);
    assert.equal(scene.shop.count("token"), 0);
    assert.ok(!page.isSignedIn);
  });
});

test("another window's state finds no opener", async () => {
  const scene = new Scene();
  const { login } = await opened(scene);
  const stranger = await scene.page("https://shop.example/pages/account?code=SECRET&state=sm1p.guess");
  assert.equal(await stranger.handleRedirect().code(), "state_mismatch");
  assert.ok(!login.isDone);
  assert.equal(scene.shop.count("token"), 0);
});

test("of two popups, each answers the page that opened it", async () => {
  const scene = new Scene();
  const first = await opened(scene);
  const second = await opened(scene);
  (await signInThere(scene, first.popup)).handleRedirect();
  assert.equal((await first.login.result()).session.claims.sub, "gid://shopify/Customer/ada");
  assert.ok(first.popup.closed);
  assert.ok(!second.login.isDone && !second.popup.closed);
});
