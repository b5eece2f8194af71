// One browser profile: tabs with their own storage, and what they share.

import { Bus } from "./bus.js";
import { Dice } from "./dice.js";
import { Locks } from "./locks.js";
import { Store } from "./store.js";

export class Browser {
  online = true;
  hasLocks = true;
  hasChannels = true;
  hasRandomness = true;
  blocksPopups = false;
  /** The login server's Cross-Origin-Opener-Policy: a window that goes there looks closed from then on. */
  cutsOffOpeners = false;
  /** Windows that were opened, in order. */
  popups = [];
  local = new Store();
  dice = new Dice(1);

  constructor(world, shop) {
    this.world = world;
    this.shop = shop;
    this.bus = new Bus(world);
    this.locks = new Locks(world);
  }

  /** A new tab at an address. */
  tab(address) {
    return new Tab(this, new Store(), address);
  }

  /** The newest popup. */
  get popup() {
    if (this.popups.length === 0) throw new Error("No popup was opened.");
    return this.popups.at(-1);
  }
}

/** One tab, whatever page it shows. */
class Tab {
  closed = false;
  /** A Cross-Origin-Opener-Policy came between it and its opener. */
  cutOff = false;
  /** A script of another page opened it, and may be reached from it. */
  hasOpener = false;
  /** Where its page sent it, in order. */
  departures = [];
  document = null;

  constructor(browser, storage, address) {
    this.browser = browser;
    this.storage = storage;
    this.address = address;
  }

  /** "Duplicate tab", and what a popup gets: a copy of the session storage. */
  duplicate(address = this.address) {
    return new Tab(this.browser, this.storage.copy(), address);
  }

  get leaves() {
    return this.departures.length > 0;
  }

  /** Where its page is going; there is exactly one such place. */
  departure() {
    const departures = this.departures.splice(0);
    if (departures.length !== 1) throw new Error(`${departures.length} navigations: ${departures.join(", ")}`);
    return departures[0];
  }

  /** Unloads the page, or crashes it: its work, locks and channels are gone. */
  unload() {
    if (!this.document) return;
    const { owner } = this.document;
    this.browser.world.kill(owner);
    this.browser.bus.forget(owner);
    this.browser.locks.forget(owner);
    this.document = null;
  }

  /** The back/forward cache, or a message lost: its channels hear nothing more. */
  goDeaf() {
    this.browser.bus.forget(this.document.owner);
  }

  /** Suspends the page. */
  freeze() {
    this.browser.world.freeze(this.document.owner);
  }

  /** Lets it run again. */
  thaw() {
    this.browser.world.thaw(this.document.owner);
  }

  /** Puts another address in; the page that was there is unloaded. */
  go(address) {
    this.unload();
    this.departures = [];
    this.address = address;
  }
}
