// Locks and messages between the tabs of one origin.

/** Joins a conversation; `undefined` where there is none to join. A message reaches every other member. */
export function join(name, onMessage) {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => onMessage(Object(data));
    return channel;
  } catch {
    return undefined;
  }
}

/**
 * Is counted by {@link attendance} until the function that it gives is called. A lock is what the browser takes from a tab
 * that closes or crashes.
 */
export function attend(name) {
  let leave;
  const left = new Promise((resolve) => {
    leave = resolve;
  });
  navigator.locks?.request(name, { mode: "shared" }, () => left).catch(() => {});
  return leave;
}

/** How many attend; `Infinity` where nobody can know. */
export async function attendance(name) {
  try {
    const { held } = await navigator.locks.query();
    return held.filter((lock) => lock.name === name).length;
  } catch {
    return Infinity;
  }
}

/**
 * Does the work while it holds the lock. Without one (none here, or its holder is frozen for longer than `waitMs`) the work
 * is done all the same.
 */
export async function withLock(name, waitMs, work) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), waitMs);
  let outcome;
  const begin = () => {
    clearTimeout(timer);
    outcome = work();
    return outcome;
  };
  try {
    return await navigator.locks.request(name, { signal: waiting.signal }, begin);
  } catch (error) {
    return await (outcome ?? begin());
  }
}
