// Going on to the shop's own checkout page, in the buyer's click.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Scene } from "./support/scene.js";
import { UcpScene } from "./support/ucp-scene.js";

const URL_ = "https://shop.example/checkouts/1";
const SIGNED_IN = "logged_in=true&sso=silent";

describe("a checkout is opened", () => {
  for (const [what, make] of Object.entries({
    "by the answer to a call": async (scene, page) => page.ucp.checkout.get((await scene.checkout(page)).id).result(),
    "of a cart": async (scene, page) => page.ucp.cart.get((await scene.cart(page)).id).result(),
  })) {
    test(`at the top level, at once: ${what}`, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      const result = await make(scene, page);
      page.ucp.open(result);
      assert.equal(page.tab.departure(), result.continueUrl);
      assert.equal(scene.browser.popups.length, 0);
    });
  }

  test("by its URL", async () => {
    const page = await new Scene().page();
    page.ucp.open(`${URL_}?key=a%20b`);
    assert.equal(page.tab.departure(), `${URL_}?key=a%20b`);
  });

  test("in a tab of its own, which cannot reach this one", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.ucp.open(URL_, { target: "_blank" });
    assert.equal(scene.browser.popup.address, URL_);
    assert.ok(!scene.browser.popup.hasOpener);
    assert.ok(!page.tab.leaves);
  });
});

describe("a signed-in customer is taken along", () => {
  for (const [url, taken] of [
    [URL_, `${URL_}?${SIGNED_IN}`],
    [`${URL_}?key=1`, `${URL_}?key=1&${SIGNED_IN}`],
  ]) {
    test(url, async () => {
      const page = await new Scene().signedInPage();
      page.ucp.open(url);
      assert.equal(page.tab.departure(), taken);
    });
  }

  test("in another tab, too", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    page.ucp.open(URL_, { target: "_blank" });
    assert.equal(scene.browser.popup.address, `${URL_}?${SIGNED_IN}`);
  });

  test("by a page that is anonymous to the UCP server, too: this goes to the shop's own page", async () => {
    const scene = new UcpScene();
    const page = await scene.readyAda();
    const { continue_url: url } = await scene.checkout(page);
    page.ucp.open(url);
    assert.equal(page.tab.departure(), `${url}&${SIGNED_IN}`);
  });

  test("and nobody else: not after a sign-out that this tab did not hear of", async () => {
    const scene = new Scene();
    const [page, other] = [await scene.signedInPage(), await scene.sibling()];
    page.tab.goDeaf();
    await other.logout().result();
    page.ucp.open(URL_);
    assert.equal(page.tab.departure(), URL_);
  });

  test("and nobody else: not after a sign-out, in this tab or another", async () => {
    const scene = new Scene();
    const [page, other] = [await scene.signedInPage(), await scene.sibling()];
    await other.logout().result();
    other.tab.departure();
    await scene.world.advance(10);
    for (const one of [page, other]) {
      one.ucp.open(URL_);
      assert.equal(one.tab.departure(), URL_);
    }
  });

  test("with a fragment, before it", async () => {
    const page = await new Scene().signedInPage();
    page.ucp.open(`${URL_}#review`);
    assert.equal(page.tab.departure(), `${URL_}?${SIGNED_IN}#review`);
  });

  test("with no token in the address", async () => {
    const page = await new Scene().signedInPage();
    page.ucp.open(URL_);
    assert.ok(!page.tab.departure().includes("SECRET"));
  });
});

describe("what a page may not open is not opened", () => {
  for (const url of [
    "http://shop.example/checkouts/1", "javascript:alert(1)", "data:text/html,x", "blob:https://shop.example/1", "//shop.example/x", "/x", "x",
    "https://a:b@shop.example/", " https://shop.example/", "java\nscript:alert(1)", "", undefined, null, 7, {},
    { continueUrl: null }, { continueUrl: "javascript:alert(1)" }, { data: { continue_url: "https://shop.example/" } },
  ]) {
    test(JSON.stringify(url) ?? "nothing", async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      assert.throws(() => page.ucp.open(url), { name: "OptionsError", code: "option_invalid" });
      assert.ok(!page.tab.leaves);
      assert.equal(scene.browser.popups.length, 0);
    });
  }
});
