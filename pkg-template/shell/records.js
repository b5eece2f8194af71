// Small records in Web Storage, as JSON. Everything read is untrusted.

import { StorageError } from "./errors.js";

/** `sessionStorage` or `localStorage`; `undefined` where the browser blocks it. */
export function webStorage(name) {
  try {
    return globalThis[name] ?? undefined;
  } catch {
    return undefined;
  }
}

/** Records under string keys; without a store nothing is kept. */
export class Records {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /** The value, or `undefined` when there is none or it is not JSON. */
  read(key) {
    try {
      return JSON.parse(this.#store.getItem(key)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws {StorageError} `storage_blocked`, `storage_full`. */
  write(key, value) {
    if (!this.#store) {
      const sentence = "The browser blocks this page's storage, without which a sign-in cannot find its way back: allow it, or use a popup.";
      throw new StorageError(sentence, { code: "storage_blocked" });
    }
    try {
      this.#store.setItem(key, JSON.stringify(value));
    } catch (cause) {
      throw new StorageError("The browser's storage for this origin is full or refuses to write: free some of it.", { code: "storage_full", cause });
    }
  }

  /** Whether it could be written. */
  tryWrite(key, value) {
    try {
      this.write(key, value);
      return true;
    } catch {
      return false;
    }
  }

  remove(key) {
    try {
      this.#store?.removeItem(key);
    } catch {
      // What cannot be removed cannot be read either.
    }
  }

  /** The keys that begin with `prefix`. */
  keys(prefix) {
    try {
      return Object.keys(this.#store).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  }
}
