// A page that is connected to the shop.

import { Document } from "./document.js";
import { wasm } from "./package.js";
import { ucpOf } from "./ucp-page.js";
import { Work } from "./work.js";

const EVENTS = ["signedin", "signedout", "refreshed", "signinneeded", "callsdropped"];

export class Page {
  #document;
  #events = [];
  #shop;

  /** Loads the page at the tab's address and connects it. */
  static async open(tab, options) {
    const page = new Page(new Document(tab));
    await page.#connect(options);
    return page;
  }

  constructor(document) {
    this.#document = document;
    this.tab = document.tab;
  }

  async #connect(options) {
    this.#shop = await this.#work(() => this.#document.api.connect({ wasm, ...options })).result();
    for (const type of EVENTS) {
      this.#shop.customer.addEventListener(type, ({ detail }) => this.#events.push({ type, ...detail }));
    }
    this.ucp = ucpOf(this.#shop, (begin) => this.#work(begin));
  }

  #work(begin) {
    return new Work(this.#document, begin);
  }

  get session() {
    return this.#shop.customer.session;
  }

  get isSignedIn() {
    return this.session.signedIn;
  }

  /** What the page's console warned of. */
  get warnings() {
    return this.#document.warnings;
  }

  /** The stored session. */
  get record() {
    const { storage, browser } = this.tab;
    const store = storage.has(":session") ? storage : browser.local;
    return JSON.parse(store.read(store.key(":session")));
  }

  /** Calls a tool. */
  call(name, args = {}, options = {}) {
    return this.#work((signal) => this.#shop.customer.callTool(name, args, { signal, ...options }));
  }

  /** Asks for the order that every customer has. */
  order(options = {}) {
    return this.call("get_order_status", { order_number: "#1001" }, options);
  }

  listTools(options = {}) {
    return this.#work((signal) => this.#shop.customer.listTools({ signal, ...options }));
  }

  login(options = {}) {
    return this.#work((signal) => this.#shop.customer.login({ signal, ...options }));
  }

  loginByPopup() {
    return this.login({ mode: "popup" });
  }

  handleRedirect(options = {}) {
    return this.#work((signal) => this.#shop.customer.handleRedirect({ signal, ...options }));
  }

  logout(options = {}) {
    return this.#work(() => this.#shop.customer.logout(options));
  }

  close() {
    this.#shop.close();
  }

  /** The traffic from now on, as the page may see it. */
  watchWire() {
    const told = [];
    this.#shop.addEventListener("wire", ({ detail }) => told.push(detail));
    return told;
  }

  /** The browser shows the page: anew, or as it was in its back/forward cache. */
  pageShow(persisted) {
    this.#document.pageShow(persisted);
  }

  /** It is left, and may be kept in that cache. */
  pageHide(persisted) {
    this.#document.pageHide(persisted);
  }

  /** The events since the last time, `{ type, ...detail }`. */
  events() {
    return this.#events.splice(0);
  }

  eventTypes() {
    return this.events().map(({ type }) => type);
  }

  /** The tab crashes, or is closed. */
  crash() {
    this.tab.unload();
  }
}
