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
