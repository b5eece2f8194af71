// What is shorter, or only safe, in JavaScript. Every function here is called from src/web and nowhere else.

/** An object's own member; `undefined` for everything inherited, and where a getter throws. */
export function own(value, key) {
  try {
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  } catch {
    return undefined;
  }
}

/** Names of an object's own members; none where a proxy throws. */
export function ownKeys(value) {
  try {
    return isObject(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

/** 0 null, 1 boolean, 2 number, 3 string, 4 array, 5 object: the order of `Kind`. A revoked proxy is nothing. */
export function kind(value) {
  try {
    if (value == null) return 0;
    if (Array.isArray(value)) return 4;
    return ["boolean", "number", "string"].indexOf(typeof value) + 1 || 5;
  } catch {
    return 0;
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text as JSON, or `undefined`; `JSON.parse` never returns that. */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value as text, or `undefined`. */
export function stringify(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The first UTF-16 unit that is not white space or a byte order mark, or -1. */
export function firstUnit(text) {
  const at = text.search(/\S/);
  return at < 0 ? -1 : text.charCodeAt(at);
}

/** A body, piece by piece. */
export class Pieces {
  #reader;
  #decoder = new TextDecoder();

  constructor(stream) {
    this.#reader = stream?.getReader();
  }

  /** `[text, bytes]`, or `undefined` at the end. */
  async next() {
    const { done, value } = (await this.#reader?.read()) ?? { done: true };
    if (!done) return [this.#decoder.decode(value, { stream: true }), value.length];
    const rest = this.#decoder.decode();
    this.#reader = undefined;
    return rest ? [rest, 0] : undefined;
  }
}

/** Resolves with the function that releases the lock, or with `undefined` when it could not be had in time. */
export function acquire(name, ms) {
  return new Promise((resolve) => {
    const options = { signal: AbortSignal.timeout(ms) };
    const hold = () => new Promise((release) => resolve(release));
    // No locks (an insecure page), or a wait that was too long.
    Promise.resolve(globalThis.navigator?.locks?.request(name, options, hold)).then(() => resolve(), () => resolve());
  });
}

/** Calls `ring` when the signal aborts; returns what stops listening. */
export function onAbort(signal, ring) {
  signal.addEventListener("abort", ring, { once: true });
  return () => signal.removeEventListener("abort", ring);
}

/** Whether `key` (a JWK) signed `signed`; `undefined` when the key cannot be used. */
export async function verify(key, es256, signed, signature) {
  const algorithm = es256 ? { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const { kty, n, e, crv, x, y } = key;
  try {
    const imported = await crypto.subtle.importKey("jwk", { kty, n, e, crv, x, y }, algorithm, false, ["verify"]);
    return await crypto.subtle.verify(algorithm, imported, signature, signed);
  } catch {
    return undefined;
  }
}
