// Web Locks of one origin: exclusive or shared, granted in order.

export class Locks {
  #world;
  #queues = new Map();

  constructor(world) {
    this.#world = world;
  }

  /** The page's `navigator.locks`. */
  manager(owner) {
    return {
      request: (name, ...rest) => this.#request(owner, name, rest.at(-1), rest.length > 1 ? rest[0] : {}),
      query: async () => this.#snapshot(),
    };
  }

  #snapshot() {
    const claims = (isGranted) => [...this.#queues].flatMap(([name, queue]) =>
      queue.filter(({ granted }) => granted === isGranted).map(({ owner, mode }) => ({ name, mode, clientId: String(owner) })));
    return { held: claims(true), pending: claims(false) };
  }

  #request(owner, name, callback, { signal, mode = "exclusive" }) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const leave = () => this.#leave(name, claim);
      const held = async () => {
        signal?.removeEventListener("abort", giveUp);
        try {
          resolve(await callback({ name, mode }));
        } catch (error) {
          reject(error);
        } finally {
          leave();
        }
      };
      const giveUp = () => {
        if (claim.granted) return;
        leave();
        reject(signal.reason);
      };
      const claim = { owner, held, mode, granted: false };
      signal?.addEventListener("abort", giveUp);
      this.#queue(name).push(claim);
      this.#grant(name);
    });
  }

  #queue(name) {
    if (!this.#queues.has(name)) this.#queues.set(name, []);
    return this.#queues.get(name);
  }

  #grant(name) {
    const queue = this.#queue(name);
    // Who comes before the first that wants it alone shares it.
    const alone = queue.findIndex(({ mode }) => mode === "exclusive");
    const holders = queue.slice(0, alone < 0 ? undefined : Math.max(alone, 1));
    for (const claim of holders.filter(({ granted }) => !granted)) {
      claim.granted = true;
      this.#world.soon(claim.held, claim.owner);
    }
  }

  #leave(name, claim) {
    const queue = this.#queue(name);
    const index = queue.indexOf(claim);
    if (index >= 0) queue.splice(index, 1);
    this.#grant(name);
  }

  /** The owner is gone, and what it held is free. */
  forget(owner) {
    for (const [name, queue] of this.#queues) {
      for (const claim of queue.filter((claim) => claim.owner === owner)) this.#leave(name, claim);
    }
  }

  /** Whether somebody holds a lock with this in its name. */
  isHeld(part) {
    return [...this.#queues].some(([name, queue]) => name.includes(part) && queue.length > 0);
  }
}
