// BroadcastChannel of one origin: a message reaches every other member of its name a moment later.

export class Bus {
  /** How long a message is under way, ms. */
  delay = 2;
  #world;
  #members = new Set();
  /** Every message, for tests that look for secrets or say things again. */
  posted = [];

  constructor(world) {
    this.#world = world;
  }

  /** The page's `BroadcastChannel`. */
  channelClass(owner) {
    const bus = this;
    return class BroadcastChannel extends EventTarget {
      onmessage = null;
      #isClosed = false;

      constructor(name) {
        super();
        this.name = String(name);
        this.owner = owner;
        bus.#members.add(this);
      }

      postMessage(data) {
        if (this.#isClosed) throw new DOMException("Channel is closed.", "InvalidStateError");
        bus.post(this.name, data, this);
      }

      close() {
        this.#isClosed = true;
        bus.#members.delete(this);
      }
    };
  }

  /** Without a sender: as some other script of the origin says it. */
  post(name, data, sender = null) {
    this.posted.push({ name, data: structuredClone(data) });
    for (const member of this.#members) {
      if (member === sender || member.name !== name) continue;
      this.#world.later(this.delay, () => this.#deliver(member, structuredClone(data)), member.owner);
    }
  }

  #deliver(member, data) {
    if (!this.#members.has(member)) return;
    const event = new MessageEvent("message", { data });
    member.onmessage?.(event);
    member.dispatchEvent(event);
  }

  /** The owner's channels hear nothing more. */
  forget(owner) {
    for (const member of this.#members) {
      if (member.owner === owner) this.#members.delete(member);
    }
  }

  /** Whether anybody listens on a channel with this in its name. */
  isHeard(part) {
    return [...this.#members].some(({ name }) => name.includes(part));
  }
}
