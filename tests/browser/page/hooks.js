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
