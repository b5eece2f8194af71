// Calls that take effect once, and whose outcome is not known: their keys are kept, so that making the same call again, here
// or after a reload, asks what became of it instead of doing it twice.

import * as core from "#glue";

import { ask } from "../core.js";
import { isPlainObject } from "../json.js";
import { wantedFlight } from "../wait.js";

/** How long servers remember a key, at least, ms (UCP, MCP binding: "Idempotency"). */
const LIFETIME = 86_400_000;
/** Keys that are kept; the oldest goes. */
const MOST = 32;

/** What nobody can know the outcome from. Any other error is the server's own word. */
const LOST = ["network", "timeout", "offline", "aborted", "closed", "too_large", "answer_invalid", "answer_mismatch", "instance_lost"];

/** Whether the call may have taken effect though it failed. */
export const isUnknown = ({ code, status }) => LOST.includes(code) || status >= 500;

export class UnsettledCalls {
  #connection;
  #flights = new Map();

  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Makes the call with its key; the same call, while it is under way, is made once.
   *
   * @param {string} call what makes it the same: the tool and its arguments, of which no more than a hash is stored
   * @param {string | null} given the page's own key
   * @param {(key: string | undefined, keep: (key: string) => void, signal: AbortSignal) => Promise<unknown>} work
   */
  settle(call, given, work, signal) {
    const hash = ask(core.fingerprint, call);
    const name = `${given ?? ""} ${hash}`;
    if (!this.#flights.has(name)) this.#flights.set(name, wantedFlight());
    const attempt = async (givenUp) => {
      try {
        const outcome = await work(given ?? this.#read()[hash]?.key, (key) => this.#write(hash, key), givenUp);
        this.#forget(hash);
        return outcome;
      } catch (error) {
        if (!isUnknown(error)) this.#forget(hash);
        throw error;
      } finally {
        this.#flights.delete(name);
      }
    };
    return this.#flights.get(name)(attempt, signal);
  }

  #write(hash, key) {
    const { [hash]: known, ...others } = this.#read();
    if (known?.key === key) return;
    const kept = Object.entries({ ...others, [hash]: { key, at: Date.now() } }).slice(-MOST);
    this.#connection.tab.tryWrite(this.#name, Object.fromEntries(kept));
  }

  #forget(hash) {
    const { [hash]: known, ...others } = this.#read();
    if (known) this.#connection.tab.tryWrite(this.#name, others);
  }

  /** Those that are young enough; storage is nobody's friend. */
  #read() {
    const stored = this.#connection.tab.read(this.#name);
    const isFresh = ([, entry]) => typeof entry?.key === "string" && Math.abs(Date.now() - entry.at) < LIFETIME;
    return isPlainObject(stored) ? Object.fromEntries(Object.entries(stored).filter(isFresh)) : {};
  }

  get #name() {
    return this.#connection.name("unsettled");
  }
}
