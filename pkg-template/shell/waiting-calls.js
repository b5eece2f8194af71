// Calls that wait for a sign-in, and the login that takes them along when it leaves the page.

import { NetworkError } from "./errors.js";

/** Most characters of waiting calls that one login carries. */
const CALLS_LIMIT = 65_536;
/** Most logins that one tab keeps under way; the oldest is given up. */
const MOST_LOGINS = 16;
/** How long a login may take, ms. */
export const LOGIN_LIFETIME = 600_000;

export class WaitingCalls {
  #connection;
  #calls = new Set();
  #departure;

  constructor(connection) {
    this.#connection = connection;
  }

  /** Whether a login has taken the calls along: they are sent by the page it returns to, not by this one. */
  get haveLeft() {
    return this.#departure !== undefined;
  }

  /**
   * Does the work while the call waits: `{ name, arguments, resume, sub }`.
   *
   * @throws {NetworkError} `too_large` when all waiting calls together are larger than 64 KiB.
   */
  async during(call, work) {
    this.#calls.add(call);
    try {
      if (JSON.stringify([...this.#calls]).length > CALLS_LIMIT) {
        this.#connection.emit("callsdropped", { calls: [{ name: call.name }], reason: "too_large" });
        const sentence = "The calls that wait for this sign-in are larger than 64 KiB together: sign in first, then call.";
        throw new NetworkError(sentence, { code: "too_large", field: "arguments" });
      }
      this.#store();
      return await work();
    } finally {
      this.#calls.delete(call);
      // A call that its page gave up is not sent by the next one. Should this fail, it expires with the login.
      this.#tryStore();
    }
  }

  /** @throws {StorageError} then the page must not be left. */
  leaveWith(pending, returnTo) {
    // A login that was started before and not finished keeps, but takes no calls along any more.
    this.stay();
    this.#prune();
    this.#departure = { ...pending, returnTo };
    try {
      this.#store();
    } catch (error) {
      this.#departure = undefined;
      throw error;
    }
  }

  /** The page was not left after all, or it is back from the browser's cache: the login keeps, its calls do not. */
  stay() {
    this.#tryStore([]);
    this.#departure = undefined;
  }

  #store(calls = [...this.#calls]) {
    const departure = this.#departure;
    if (departure) this.#connection.tab.write(this.#key(departure.state), { ...departure, calls });
  }

  #tryStore(calls) {
    try {
      this.#store(calls);
    } catch {
      // The record expires with its login.
    }
  }

  /** Removes what is older than ten minutes, garbage, and the oldest beyond the most. */
  #prune() {
    const { tab } = this.#connection;
    const logins = tab.keys(this.#key("")).map((key) => ({ key, age: Date.now() - Object(tab.read(key)).createdAt }));
    const young = logins.filter(({ age }) => age >= 0 && age < LOGIN_LIFETIME).sort((one, other) => one.age - other.age);
    const kept = young.slice(0, MOST_LOGINS - 1);
    for (const login of logins) if (!kept.includes(login)) tab.remove(login.key);
  }

  #key(state) {
    return this.#connection.name(`login:${state}`);
  }
}
