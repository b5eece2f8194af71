import assert from "node:assert/strict";

import { MAYA, atSignInPage, signInAsCustomer } from "./sign-in-page.js";

/** Lets a popup's redirect page, which does not connect by itself, hand its query over; it closes in the middle of that. */
export async function handOverByHand(popup) {
  await popup.waitForFunction(() => globalThis.page?.settled);
  void popup.evaluate(async () => {
    await globalThis.page.connect();
    await globalThis.page.customer.handleRedirect();
  }).catch(() => {});
}

/** One browser tab with one of the pages of `../pages`. */
export class Tab {
  /** @param {import("playwright-core").Page} page */
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  async goto(path) {
    await this.page.goto(new URL(path, this.origin).href);
    return this.settled();
  }

  async reload() {
    await this.page.reload();
    return this.settled();
  }

  /** Goes through the tab's history, as its buttons do: a page that the browser kept is there at once. */
  async travel(by) {
    await this.run((steps) => {
      setTimeout(() => history.go(steps));
    }, by);
  }

  /** Waits until the page is connected and knows whether it is a way back. */
  async settled() {
    await this.page.waitForFunction(() => globalThis.page?.settled, undefined, { polling: 20 });
    return this;
  }

  /** Runs a function in the page. */
  run(work, argument) {
    return this.page.evaluate(work, argument);
  }

  /** What `handleRedirect` brought on this page load: `{ value }` or `{ error }`. */
  back() {
    return this.run(() => globalThis.page.back);
  }

  session() {
    return this.run(() => globalThis.page.customer.session);
  }

  /** Events of the customer on this page load, by name. */
  async events(type) {
    const events = await this.run(() => globalThis.page.events);
    if (type === undefined) return events.map(([name]) => name);
    return events.filter(([name]) => name === type).map(([, detail]) => detail);
  }

  async heard(type) {
    const heard = (name) => globalThis.page?.events.some(([told]) => told === name);
    await this.page.waitForFunction(heard, type, { polling: 20 });
  }

  /** What a method of the shop gives, by its path (`cart.create`): `{ value }` or `{ error }`. */
  ask(path, ...args) {
    const work = ([names, given]) => globalThis.page.settle(() => globalThis.page.method(names)(...given));
    return this.run(work, [path, args]);
  }

  /** The same, where it has to work. */
  async done(path, ...args) {
    const { value, error } = await this.ask(path, ...args);
    if (error) assert.fail(`${path}: ${error.name} ${error.code}, ${error.message} ${JSON.stringify(error.rpc)}`);
    return value;
  }

  /** The same, where it has to fail. */
  async refused(path, ...args) {
    const { value, error } = await this.ask(path, ...args);
    assert.equal(value, undefined, `${path} is refused`);
    return error;
  }

  /** A tool's answer, or the error as data. */
  call(name, args = {}, options = {}) {
    return this.run(
      ([tool, given, how]) => globalThis.page.settle(() => globalThis.page.customer.callTool(tool, given, how)),
      [name, args, options],
    );
  }

  /** A tool's answer, as the data that its text holds. */
  async answer(name, args, options) {
    const { value, error } = await this.call(name, args, options);
    assert.equal(error, undefined, `${name} is answered`);
    return JSON.parse(value.content[0].text);
  }

  listTools(options) {
    return this.run((how) => globalThis.page.settle(() => globalThis.page.customer.listTools(how)), options);
  }

  /** What was started last came to this. */
  async outcome() {
    await this.page.waitForFunction(() => globalThis.page?.outcome !== undefined, undefined, { polling: 20 });
    return this.run(() => globalThis.page.outcome);
  }

  /** Starts a call that is going to wait. */
  async startCall(name, args = {}, options = {}) {
    await this.run(
      ([tool, given, how]) => globalThis.page.start(() => globalThis.page.customer.callTool(tool, given, how)),
      [name, args, options],
    );
  }

  async startLogin(options = {}) {
    await this.run((how) => globalThis.page.start(() => globalThis.page.customer.login(how)), options);
  }

  /** Puts work behind the page's button and clicks it: only a click may open a window. */
  async clickFor(work, argument) {
    await this.run(work, argument);
    await this.page.getByRole("button", { name: "Act" }).click();
  }

  async clickLogin(options = {}) {
    await this.clickFor((how) => {
      globalThis.page.onAct = () => globalThis.page.customer.login(how);
    }, options);
  }

  async clickCall(name, args = {}, options = {}) {
    await this.clickFor(([tool, given, how]) => {
      globalThis.page.onAct = () => globalThis.page.customer.callTool(tool, given, how);
    }, [name, args, options]);
  }

  /** This tab once more, with a copy of its sessionStorage, as "Duplicate tab" makes it. */
  async duplicate() {
    const page = await this.opens(() => this.run(() => {
      window.open(location.href);
    }));
    return new Tab(page, this.origin).settled();
  }

  /** The window that `work` opens. */
  async opens(work) {
    const [page] = await Promise.all([this.page.context().waitForEvent("page"), work()]);
    return page;
  }

  async startLogout(options = {}) {
    await this.run((how) => globalThis.page.start(() => globalThis.page.customer.logout(how)), options);
  }

  /** Signs in by leaving the page, and comes back. */
  async signIn({ email = MAYA, ...options } = {}) {
    await this.startLogin(options);
    await atSignInPage(this.page);
    await signInAsCustomer(this.page, email);
    await this.backAtShop();
    return this;
  }

  /** Waits for the end of a way back that asks the customer nothing, and brings calls along. */
  async resumed() {
    const brought = () => globalThis.page?.settled && globalThis.page.back?.value?.resumed.length > 0;
    await this.page.waitForFunction(brought, undefined, { polling: 20 });
  }

  /** Waits for the end of the way back. */
  async backAtShop() {
    await this.page.waitForURL(({ origin }) => origin === this.origin);
    await this.settled();
  }

  /** Everything that this tab's storages hold, as text. */
  stored() {
    return this.run(async () => {
      const records = [sessionStorage, localStorage].flatMap((storage) => Object.entries(storage)).map(String);
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return [...records, ...databases, ...(await caches.keys()), document.cookie].join("\n");
    });
  }

  /** No token, no login under way, no code: neither here nor in any other tab of this origin. */
  async holdsNothing() {
    assert.doesNotMatch(await this.stored(), /shcat_|shcrt_|eyJ|:login:|:session|codeVerifier/);
    assert.equal((await this.session()).signedIn, false);
  }

  async close() {
    await this.page.close();
  }
}
