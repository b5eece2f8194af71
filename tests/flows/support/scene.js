// The beginning of most flows: a shop, a browser, a page.

import assert from "node:assert/strict";

import { Browser } from "./browser.js";
import { CLIENT } from "./login-server.js";
import { Page } from "./page.js";
import { ACCOUNT_PAGE, FakeShop } from "./shop.js";
import { World } from "./world.js";

/** Options of a shop with `openid`, so that it is known who signs in. */
const OPTIONS = {
  shop: "shop.example",
  clientId: CLIENT,
  redirectUri: ACCOUNT_PAGE,
  scope: "openid customer-account-mcp-api:full",
};

/** Time enough for a call to be on its way to the token endpoint, ms: lock, siblings' answers. */
export const ASKING = 5;

export class Scene {
  world = new World();
  shop = new FakeShop(this.world);
  browser = new Browser(this.world, this.shop);

  /** @param {object} [options] other ones for `connect` */
  constructor(options = {}) {
    this.options = { ...OPTIONS, ...options };
  }

  /** A new tab with a page: the account page, which is the redirect page too, or another one. */
  async page(address = ACCOUNT_PAGE) {
    return this.load(this.browser.tab(address));
  }

  /** Loads a tab's page, or loads it again. */
  async load(tab, options = {}) {
    return Page.open(tab, { ...this.options, ...options });
  }

  /** Another address in the page's tab, or in the same one. */
  async goTo(address, { tab }) {
    tab.go(address);
    return this.load(tab);
  }

  /** The shopper follows the page to the login, signs in, and is sent back. */
  async shopperSignsIn({ tab }, customer) {
    return this.goTo(this.shop.login.authorize(tab.departure(), customer), { tab });
  }

  /** The whole sign-in by redirect, up to the page that the shopper wanted. */
  async signIn(page, customer) {
    await page.login().result();
    const back = await this.shopperSignsIn(page, customer);
    const brought = await back.handleRedirect().result();
    if (!brought) throw new Error("The callback was not ours.");
    return { page: back, brought };
  }

  /** A page with Ada signed in, nothing left to discover, the log empty. */
  async signedInPage() {
    const { page } = await this.signIn(await this.page(), "ada");
    return this.#warm(page);
  }

  /** Another tab that finds itself signed in, with nothing left to discover. */
  async sibling() {
    return this.#warm(await this.page());
  }

  async #warm(page) {
    await page.order().result();
    this.shop.forgetLog();
    page.events();
    return page;
  }

  /** Lets the access token of every tab come to its end. */
  async expire() {
    await this.world.advance(3_700_000);
    this.shop.forgetLog();
  }
}

/** The text of a tool's answer. */
export const wordsOf = ({ content: [{ text }] }) => text;

/** Ada's way back from a sign-in, up to its end. */
export async function comeBack(scene) {
  const page = await scene.page();
  await page.login().result();
  const back = await scene.shopperSignsIn(page, "ada");
  return { page: back, work: back.handleRedirect() };
}

/** Nothing came of a sign-in, and nothing is left of it. */
export function assertNoSession(page) {
  const { tab } = page;
  assert.equal(page.isSignedIn, false);
  assert.ok(!tab.storage.has(":session") && !tab.browser.local.has(":live"));
  assert.ok(!tab.storage.has(":login:"), "the login is used up");
  assert.deepEqual(page.events(), []);
  assert.ok(!tab.leaves, "no loop");
}
