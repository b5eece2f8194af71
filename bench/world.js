// The shop, the pages and the browser that all measurements share.

import { chromium } from "playwright-core";

import { startDevshop } from "../devshop/index.js";
import { atSignInPage, signInAsCustomer } from "../tests/e2e/support/sign-in-page.js";
import { bundleJobs, bundlePage } from "./build.js";
import { PAGES, pageAt, redirectUris } from "./page.js";
import { openServer } from "./server.js";

/** Numbers of tools that pages can be opened with. */
export const TOOL_COUNTS = [1, 10, 100, 1_000, 10_000];
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const LIMIT_MS = 60_000;

/** @param {{ packageFolder: string, chromiumPath: string }} options */
export async function openWorld({ packageFolder, chromiumPath }) {
  const server = await openServer();
  const { origin } = server;
  const shop = await startDevshop({
    port: 0, quiet: true, redirectUris: redirectUris(origin, TOOL_COUNTS),
    // Some of the libraries insist on it (RFC 6749 section 5.1).
    settings: { tokenType: true },
  });
  const bundles = await bundleJobs(packageFolder);
  const pages = await Promise.all(PAGES.map((name) => bundlePage(`${name}.js`, packageFolder)));
  const { clientId } = shop.clients.headless;
  const about = { origin, clientId, scope: "openid email customer-account-mcp-api:full", bundles };
  const files = new Map([...Object.values(bundles).map(({ files: all }) => all), ...pages].flatMap((all) => [...all]));
  server.serve({ shop: shop.shop, files, page: (url) => pageAt(url, about) });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
  const world = new World({ server, shop, browser, bundles, packageFolder });
  await world.signIn();
  return world;
}

class World {
  #cookies;

  constructor({ server, shop, browser, bundles, packageFolder }) {
    Object.assign(this, { server, shop, browser, bundles, packageFolder, origin: server.origin });
  }

  /** Signs a customer in at the shop, once, by hand: from then on its login answers without a word. */
  async signIn() {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    await page.goto(this.address("bare"));
    await atSignInPage(page);
    await signInAsCustomer(page);
    await this.answer(page);
    this.#cookies = await context.cookies();
    await context.close();
  }

  /** A browser profile whose customer the shop knows. */
  async profile() {
    const context = await this.browser.newContext({ storageState: { cookies: this.#cookies, origins: [] } });
    context.setDefaultTimeout(LIMIT_MS);
    return context;
  }

  address(name, tools) {
    return tools === undefined ? `${this.origin}/jobs/${name}/` : `${this.origin}/measure/${name}/${tools}/`;
  }

  /** The job's page that has the shop's documents preloaded. */
  preloadedAddress(name) {
    return `${this.origin}/preloaded/${name}/`;
  }

  /** A tab whose job is done: signed in, and the first answer shown. */
  async tab(context, name, tools) {
    const page = await context.newPage();
    await page.goto(this.address(name, tools));
    await this.answer(page);
    return page;
  }

  /** What the page shows, once it does. */
  async answer(page) {
    const shown = () => document.getElementById("answer")?.textContent;
    const answer = await page.waitForFunction(shown, undefined, { polling: 20, timeout: LIMIT_MS });
    return answer.jsonValue();
  }

  async close() {
    await this.browser.close();
    this.server.close();
    await this.shop.close();
  }
}
