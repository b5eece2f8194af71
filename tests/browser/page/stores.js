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
