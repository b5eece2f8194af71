// What only JavaScript can set up for the tests: hostile objects, stores, watched timers and signals, keys, `fetch`.
//
// One file, since the test runner's little server may leave a page waiting that asks for many modules at once.

import * as glue from "/wasm-bindgen-test";

// The exports of the wasm under test: this is the module that wasm-bindgen's test runner serves to the page.

export function exported(name) {
  return glue[name];
}

// Objects that no JSON text makes, but a page can.

/** Puts a member on every object. */
export function pollute(key, value) {
  Object.prototype[key] = value;
}

export function cleanUp(key) {
  delete Object.prototype[key];
}

export function withThrowingGetter(key) {
  return Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw new Error("looked at");
    },
  });
}

export function loneSurrogate() {
  return "a\ud800b";
}

/** Values that JSON.stringify refuses, or has no text for. */
export function withoutJson() {
  const cycle = {};
  cycle.itself = cycle;
  const refusing = {
    toJSON() {
      throw new Error("no");
    },
  };
  return [cycle, { big: 1n }, undefined, () => {}, Symbol("s"), refusing];
}

export function isUntouched(value) {
  return Object.getPrototypeOf(value) === Object.prototype && {}.admin === undefined;
}

// Stores of a page's own, and storage that the browser blocks.

/** Keeps records in its member `records`. */
export function ownStore() {
  return {
    records: {},
    getItem(key) {
      return this.records[key] ?? null;
    },
    setItem(key, value) {
      this.records[key] = value;
    },
    removeItem(key) {
      delete this.records[key];
    },
  };
}

export function refusingStore() {
  const refuse = () => {
    throw new Error("refused");
  };
  return { getItem: refuse, setItem: refuse, removeItem: refuse };
}

/** Makes both stores throw when they are looked at; returns what undoes it. */
export function blockStorage() {
  const names = ["localStorage", "sessionStorage"];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(window, name));
  for (const name of names) {
    Object.defineProperty(window, name, {
      configurable: true,
      get() {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
  }
  return () => names.forEach((name, index) => Object.defineProperty(window, name, before[index]));
}

// Watches the page's timers and its clock.

/** Counts timers that were set and neither fired nor were cleared, and errors that nobody caught. */
export function watchTimers() {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const live = new Set();
  const watch = { pending: 0, errors: 0, stop };
  const count = () => (watch.pending = live.size);
  const failed = () => (watch.errors += 1);

  globalThis.setTimeout = (callback, ms, ...rest) => {
    const timer = set(() => {
      live.delete(timer);
      count();
      callback(...rest);
    }, ms);
    live.add(timer);
    count();
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    live.delete(timer);
    count();
    clear(timer);
  };
  addEventListener("error", failed);

  function stop() {
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    removeEventListener("error", failed);
  }
  return watch;
}

/** Stops `Date.now`; returns what starts it again. */
export function freezeClock(at) {
  const now = Date.now;
  Date.now = () => at;
  return () => {
    Date.now = now;
  };
}

// Web Locks as the browser itself reports them.

export async function lockState(name) {
  const { held, pending } = await navigator.locks.query();
  const named = (locks) => locks.some((lock) => lock.name === name);
  return named(held) ? "held" : named(pending) ? "pending" : "free";
}

/** As on a page without a secure context; returns what undoes it. */
export function hideLocks() {
  Object.defineProperty(navigator, "locks", { configurable: true, value: undefined });
  return () => delete navigator.locks;
}

/** Shows another address of this origin without going there. */
export function showAddress(address) {
  history.replaceState(history.state, "", address);
}

// Keys that WebCrypto makes, and what they sign.

const ALGORITHMS = {
  RS256: {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};

export async function makeKey(name) {
  const algorithm = ALGORITHMS[name];
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const sign = async (signed) => new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, signed.slice()));
  return {
    jwk: await crypto.subtle.exportKey("jwk", publicKey),
    sign,
    /** A compact JWS. */
    async signToken(header, claims) {
      const part = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
      const signed = `${part(header)}.${part(claims)}`;
      return `${signed}.${base64url(await sign(new TextEncoder().encode(signed)))}`;
    },
  };
}

export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The S256 challenge of a verifier, by WebCrypto. */
export async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** A raw P-256 signature as ASN.1 DER. */
export function derOf(raw) {
  const integer = (bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const digits = [...bytes.slice(first)];
    if (digits[0] > 127) digits.unshift(0);
    return [2, digits.length, ...digits];
  };
  const body = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
  return new Uint8Array([48, body.length, ...body]);
}

export function withMembers(key, members) {
  return { ...key, ...members };
}

// An AbortSignal that counts who listens to it.

export function watchedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listening = new Set();
  const watched = { signal, listeners: 0, errors: 0, abort };
  const count = () => (watched.listeners = listening.size);

  signal.addEventListener = (type, listener, options) => {
    listening.add(listener);
    count();
    EventTarget.prototype.addEventListener.call(signal, type, listener, options);
  };
  signal.removeEventListener = (type, listener) => {
    listening.delete(listener);
    count();
    EventTarget.prototype.removeEventListener.call(signal, type, listener);
  };
  addEventListener("error", () => (watched.errors += 1));

  function abort() {
    controller.abort(new DOMException("enough", "AbortError"));
  }
  return watched;
}

// `fetch`, watched or answered in its place. Requests and responses are the browser's own objects.

/** Lets everything through and keeps a copy of each request. */
export function watchFetch() {
  return replaceFetch((real, request) => real(request));
}

/**
 * Answers each request with the next of the answers, the last one for ever: `{status, headers, body}`, or what
 * `streamOf` made. `undefined` never answers.
 */
export function answerFetch(answers) {
  const waiting = Array.isArray(answers) ? [...answers] : [answers];
  return replaceFetch((_, request) => {
    const answer = waiting.length > 1 ? waiting.shift() : waiting[0];
    if (answer === undefined) return hang(request.signal);
    const { body, status = 200, headers = { "content-type": "application/json" } } = answer;
    return Promise.resolve(new Response(body, { status, headers }));
  });
}

function replaceFetch(respond) {
  const real = globalThis.fetch;
  const requests = [];
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push(request.clone());
    return respond(real, request);
  };
  return {
    requests,
    stop() {
      globalThis.fetch = real;
    },
  };
}

function hang(signal) {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

/** An answer of one byte per piece that ends, or breaks off; `null` has no body at all. */
export function streamOf(bytes, ending) {
  if (bytes === null) return { body: null, status: 204 };
  const waiting = [...bytes];
  const body = new ReadableStream({
    pull(controller) {
      if (waiting.length > 0) controller.enqueue(new Uint8Array([waiting.shift()]));
      else if (ending === "error") controller.error(new TypeError("cut"));
      else controller.close();
    },
  });
  return { body };
}

export function bodyText(request) {
  return request.text();
}

export function blobUrl(text) {
  return URL.createObjectURL(new Blob([text], { type: "application/json" }));
}

/** The same server under a name that makes it another origin; it sends no CORS headers. */
export function otherOrigin(path) {
  const other = new URL(path, location.href);
  other.hostname = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
}

export function goOffline() {
  Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
  return () => delete navigator.onLine;
}

// Functions that a page hands in.

/** Keeps what its hook is called with. */
export function recorder() {
  const calls = [];
  return {
    calls,
    hook: (...args) => {
      calls.push(args.length === 1 ? args[0] : args);
    },
  };
}

/** A listener that does nothing. */
export function deaf() {
  return () => {};
}

export function throwingHook() {
  return () => {
    throw new Error("the page's own fault");
  };
}
