// One local shop and one browser for the tests of a file; a fresh browser profile and a shop as delivered for each.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { startDevshop } from "../../../devshop/index.js";
import { ConsoleGuard } from "./console-guard.js";
import { openFront } from "./front.js";
import { chromiumPath, packageFolder } from "./package-under-test.js";
import { Tab } from "./tab.js";

const PAGES = fileURLToPath(new URL("../pages", import.meta.url));
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
/** Longer than anything here takes, shorter than the patience of whoever waits. */
const LIMIT_MS = 20_000;

/**
 * @param {{ shop?: object, launch?: (shop: object) => object, front?: object }} [options] `shop` for `startDevshop`,
 *   `launch` for Playwright, once the shop's addresses are known; with `front` pages are on an origin with a server of
 *   its own, see front.js
 */
export function useWorld(options = {}) {
  const world = new World();
  before(() => world.open(options));
  beforeEach(() => world.begin());
  afterEach(() => world.end());
  after(() => world.close());
  return world;
}

class World {
  /** @type {import("../../../devshop/index.js").Devshop} */
  shop;
  /** Where the pages are: the shop's own origin, or that of the front. */
  origin;
  console = new ConsoleGuard();
  #front;
  #browser;
  #contexts = [];
  #sent = [];
  #moreShops = [];

  async open({ shop = {}, launch = () => ({}), front }) {
    this.#front = front && await openFront(front);
    const redirectUris = this.#front ? [`${this.#front.origin}/account/`] : [];
    this.shop = await startDevshop({ port: 0, quiet: true, www: PAGES, package: packageFolder, redirectUris, ...shop });
    this.origin = this.#front?.origin ?? this.shop.shop;
    const { args = [], ...rest } = launch(this.shop);
    this.#browser = await chromium.launch({ executablePath: chromiumPath, args: [...FLAGS, ...args], ...rest });
  }

  begin() {
    this.shop.reset();
    this.#front?.before(this.shop);
    this.#sent = [];
  }

  async end() {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    this.console.check();
  }

  async close() {
    await this.#browser?.close();
    await this.#front?.close();
    await Promise.all([this.shop, ...this.#moreShops].map((shop) => shop?.close()));
  }

  /** Another shop with the same pages, which nobody resets. */
  async anotherShop() {
    const shop = await startDevshop({ port: 0, quiet: true, www: PAGES, package: packageFolder });
    this.#moreShops.push(shop);
    return shop;
  }

  /**
   * A browser profile of its own.
   *
   * @param {object} [setup] what the pages are told; see pages/page.js
   */
  async profile(setup = {}) {
    return this.#profile(setup);
  }

  /** A profile with the cookies of another: the shop knows its customer, the pages do not. */
  async profileLike({ context }, setup = {}) {
    return this.#profile(setup, { storageState: { cookies: await context.cookies(), origins: [] } });
  }

  /** A browser of its own, whose owner has set it up so: `preferences` as in Chromium's Preferences file. */
  async profileWithPreferences(preferences, setup = {}) {
    const folder = await mkdtemp(join(tmpdir(), "shopper-mcp-e2e-"));
    await mkdir(join(folder, "Default"));
    await writeFile(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(folder, { executablePath: chromiumPath, args: FLAGS });
    context.once("close", () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return this.#furnish(context, setup);
  }

  async #profile(setup, contextOptions) {
    return this.#furnish(await this.#browser.newContext(contextOptions), setup);
  }

  async #furnish(context, setup) {
    this.#contexts.push(context);
    context.setDefaultTimeout(LIMIT_MS);
    this.console.watch(context);
    context.on("request", (request) => this.#sent.push(request));
    await context.addInitScript((given) => {
      globalThis.pageSetup = given;
    }, setup);
    return new Profile(context, this.origin);
  }

  /** A tab in a profile of its own. */
  async tab(setup = {}, path = "/") {
    return (await this.profile(setup)).tab(path);
  }

  /** What reached the shop, by what an entry must equal; `tool` is the tool that was called. */
  requests({ tool, ...wanted } = {}) {
    const fits = (entry) => Object.entries(wanted).every(([key, value]) => entry[key] === value);
    return this.shop.log().filter((entry) => fits(entry) && (tool === undefined || entry.rpc?.tool === tool));
  }

  /**
   * POSTs that pages made, as the browser counts them. Where a connection dies the shop's log may show more: Chromium
   * itself sends a request again that it had sent over a connection in use before.
   *
   * @param {string} path how it ends
   */
  posts(path) {
    const posts = this.#sent.filter((request) => request.method() === "POST");
    return posts.filter((request) => new URL(request.url()).pathname.endsWith(path));
  }

  /** Tool calls that the shop's MCP server received. */
  calls(tool) {
    return this.requests({ kind: "mcp", method: "POST", tool });
  }

  /** Tool calls that the shop's UCP server received. */
  ucpCalls(tool) {
    return this.requests({ kind: "ucp", method: "POST", tool });
  }

  tokenRequests(grant) {
    return this.requests({ kind: "token", method: "POST", ...(grant ? { grant } : {}) });
  }
}

class Profile {
  constructor(context, origin) {
    this.context = context;
    this.origin = origin;
  }

  async tab(path = "/") {
    return (await this.blankTab()).goto(path);
  }

  async blankTab(origin = this.origin) {
    return new Tab(await this.context.newPage(), origin);
  }
}
