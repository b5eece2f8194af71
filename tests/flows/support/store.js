// Web Storage that can be blocked, or have no room.

export class Store {
  #items;
  #noRoomFor = null;
  blocked = false;

  constructor(items = []) {
    this.#items = new Map(items);
  }

  /** Writes of keys with this part fail from now on; of none with `null`. */
  hasNoRoomFor(part) {
    this.#noRoomFor = part;
  }

  read(key) {
    return this.#items.get(key) ?? null;
  }

  write(key, value) {
    if (this.#noRoomFor !== null && key.includes(this.#noRoomFor)) {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    }
    this.#items.set(key, value);
  }

  remove(key) {
    this.#items.delete(key);
  }

  clear() {
    this.#items.clear();
  }

  keys() {
    return [...this.#items.keys()];
  }

  has(part) {
    return this.keys().some((key) => key.includes(part));
  }

  /** The key with this part; there is exactly one. */
  key(part) {
    const keys = this.keys().filter((key) => key.includes(part));
    if (keys.length !== 1) throw new Error(`${keys.length} keys with ${part}: ${this.keys().join(", ")}`);
    return keys[0];
  }

  /** Changes the record under the key with this part, as another script of the page could. */
  change(part, change) {
    const key = this.key(part);
    this.write(key, change(this.read(key)));
  }

  /** Everything in it as one text. */
  text() {
    return [...this.#items].flat().join("\n");
  }

  /** As a duplicated tab or a popup gets it. */
  copy() {
    return new Store(this.#items);
  }

  /** As scripts see it: the getter of `window` throws where storage is blocked. */
  get area() {
    if (this.blocked) throw new DOMException("Access is denied for this document.", "SecurityError");
    return new Proxy(this, STORAGE);
  }
}

const METHODS = {
  getItem: (store, key) => store.read(String(key)),
  setItem: (store, key, value) => store.write(String(key), String(value)),
  removeItem: (store, key) => store.remove(String(key)),
  clear: (store) => store.clear(),
  key: (store, index) => store.keys()[index] ?? null,
};

const STORAGE = {
  get(store, name) {
    if (name === "length") return store.keys().length;
    if (Object.hasOwn(METHODS, name)) return (...args) => METHODS[name](store, ...args);
    return store.read(name) ?? undefined;
  },
  set(store, name, value) {
    store.write(name, String(value));
    return true;
  },
  has: (store, name) => Object.hasOwn(METHODS, name) || store.read(name) !== null,
  deleteProperty(store, name) {
    store.remove(name);
    return true;
  },
  ownKeys: (store) => store.keys(),
  getOwnPropertyDescriptor(store, name) {
    const value = store.read(name);
    return value === null ? undefined : { value, enumerable: true, configurable: true, writable: true };
  },
};
