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
