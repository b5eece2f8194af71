// A page in a tab: a realm of its own, with as much of a browser's globals as a script may look for.

import { webcrypto } from "node:crypto";
import { createContext, Script } from "node:vm";

import { fetchOf } from "./network.js";
import { script } from "./package.js";
import { Popup } from "./popup.js";

/** The same in every realm, as far as anybody can tell. */
const SHARED = {
  AbortController, CryptoKey, CustomEvent, DOMException, Event, EventTarget, Headers, ReadableStream,
  Response, TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa, queueMicrotask, structuredClone,
};
/** Browsers take a longer delay for none at all, ms. */
const LONGEST_DELAY = 2 ** 31 - 1;

const prelude = new Script(`
  globalThis.window = globalThis.self = globalThis;
  globalThis.Date = class Date extends globalThis.Date {
    constructor(...parts) {
      if (parts.length > 0) super(...parts);
      else super(Date.now());
    }
    static now() { return clock.now; }
  };
  Math.random = random;
  globalThis;
`);

export class Document {
  /** What the page's console warned of. */
  warnings = [];
  #window = new EventTarget();

  /** Loads a page into a tab: the one that was there is unloaded. */
  constructor(tab) {
    tab.unload();
    this.tab = tab;
    this.owner = tab.browser.world.number();
    this.globals = createContext(this.#globals());
    const { TypeError } = prelude.runInContext(this.globals);
    const address = () => tab.address;
    this.globals.fetch = fetchOf({ browser: tab.browser, owner: this.owner, address, TypeError });
    script.runInContext(this.globals);
    tab.document = this;
  }

  /** What the package exports. */
  get api() {
    return this.globals.shopperMcp;
  }

  /** The page is shown: anew, or from the back/forward cache. */
  pageShow(persisted) {
    this.#window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  }

  /** It is left; it may be kept. */
  pageHide(persisted) {
    this.#window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted }));
  }

  #globals() {
    const { tab, owner } = this;
    const { browser } = tab;
    const { world } = browser;
    const globals = {
      ...SHARED,
      ...timersOf(world, owner),
      addEventListener: (...args) => this.#window.addEventListener(...args),
      removeEventListener: (...args) => this.#window.removeEventListener(...args),
      AbortSignal: abortSignalOf(world, owner),
      WebAssembly: webAssemblyOf(world),
      clock: world,
      close: () => { tab.closed = true; },
      console: { ...console, warn: (...words) => this.warnings.push(words.join(" ")) },
      crypto: cryptoOf(browser),
      document: {},
      history: historyOf(tab),
      location: locationOf(tab),
      navigator: {},
      open: (...args) => this.#open(...args),
      performance: { now: () => world.elapsed },
      random: () => browser.dice.number(),
    };
    const channelClass = browser.bus.channelClass(owner);
    const locks = browser.locks.manager(owner);
    getter(globals, "BroadcastChannel", () => (browser.hasChannels ? channelClass : undefined));
    getter(globals.navigator, "locks", () => (browser.hasLocks ? locks : undefined));
    getter(globals.navigator, "onLine", () => browser.online);
    getter(globals, "sessionStorage", () => tab.storage.area);
    getter(globals, "localStorage", () => browser.local.area);
    return globals;
  }

  /** A navigation of the top level, or another window. */
  #open(url, target, features) {
    const { browser } = this.tab;
    if (target === "_top") return this.globals.location.assign(url);
    if (browser.blocksPopups) return null;
    const tab = this.tab.duplicate(url);
    browser.popups.push(tab);
    tab.hasOpener = !features?.includes("noopener");
    if (!tab.hasOpener) return null;
    return new Popup(tab, new URL(this.tab.address).origin);
  }
}

function getter(target, name, get) {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

function locationOf(tab) {
  const leave = (url) => { tab.departures.push(new URL(url, tab.address).href); };
  const location = { assign: leave, replace: leave, toString: () => tab.address };
  for (const part of ["origin", "protocol", "host", "hostname", "port", "pathname", "search", "hash"]) {
    getter(location, part, () => new URL(tab.address)[part]);
  }
  return Object.defineProperty(location, "href", { get: () => tab.address, set: leave, enumerable: true });
}

function historyOf(tab) {
  return { state: null, replaceState: (_state, _title, url) => { tab.address = new URL(url, tab.address).href; } };
}

function timersOf(world, owner) {
  const delay = (ms) => (ms > 0 && ms <= LONGEST_DELAY ? Math.trunc(ms) : 0);
  return {
    setTimeout: (run, ms, ...args) => world.later(delay(ms), () => run(...args), owner),
    clearTimeout: (timer) => world.cancel(timer),
  };
}

function abortSignalOf(world, owner) {
  return class extends AbortSignal {
    static [Symbol.hasInstance](value) {
      return value instanceof AbortSignal;
    }

    static timeout(ms) {
      const controller = new AbortController();
      const reason = new DOMException("The operation was aborted due to timeout", "TimeoutError");
      world.later(ms, () => controller.abort(reason), owner);
      return controller.signal;
    }
  };
}

/** What Node does in threads of its own is waited for. */
function webAssemblyOf(world) {
  const { instantiate, compile } = WebAssembly;
  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(WebAssembly),
    instantiate: { value: (...args) => world.track(instantiate(...args)) },
    compile: { value: (...args) => world.track(compile(...args)) },
  });
}

const SUBTLE = ["digest", "exportKey", "generateKey", "importKey", "sign", "verify"];

const bound = (subtle) => Object.fromEntries(SUBTLE.map((name) => [name, (...args) => subtle[name](...args)]));

/** A public key as a JWK by way of its bytes: see devshop/test/support/key-pair.js for what else can happen in Node 20. */
async function exportKey(format, key) {
  const { subtle } = webcrypto;
  if (format !== "jwk" || key.type !== "public" || key.algorithm.name !== "ECDSA") return subtle.exportKey(format, key);
  const copy = await subtle.importKey("spki", await subtle.exportKey("spki", key), key.algorithm, true, key.usages);
  return subtle.exportKey("jwk", copy);
}

function cryptoOf(browser) {
  const subtle = { ...bound(webcrypto.subtle), exportKey };
  const tracked = (name) => (...args) => browser.world.track(subtle[name](...args));
  const getRandomValues = (bytes) => {
    if (!browser.hasRandomness) throw new DOMException("No entropy.", "OperationError");
    return browser.dice.fill(bytes);
  };
  return {
    subtle: Object.fromEntries(SUBTLE.map((name) => [name, tracked(name)])),
    getRandomValues,
    randomUUID() {
      const hex = Buffer.from(getRandomValues(new Uint8Array(16))).toString("hex");
      const variant = "89ab"[Number.parseInt(hex[16], 16) % 4];
      return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join("-");
    },
  };
}
