// Calls that take effect once: each is made with a key, which is kept until its outcome is known, so that making the same
// call again, here or after a reload, asks what became of it instead of doing it twice.

import * as core from "#glue";

import { ask } from "../core.js";
import { isPlainObject } from "../json.js";
import { wantedFlight } from "../wait.js";

/** How long servers remember a key, at least, ms (UCP, MCP binding: "Idempotency"). */
const LIFETIME = 86_400_000;
/** Keys that are kept; the oldest goes. */
const MOST = 32;

/** What leaves the outcome open. Any other error is a refusal: the call did not take effect. */
const LOST = ["network", "timeout", "offline", "aborted", "closed", "too_large", "answer_invalid", "answer_mismatch", "instance_lost"];

/** Whether a call that was sent may have taken effect though it failed. */
export const isLost = ({ code, status }) => LOST.includes(code) || status >= 500;

export class UnsettledCalls {
  #connection;
  #flights = new Map();
  #entries;

  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Makes the call with its key, which is kept before anything is sent; the same call, while it is under way, is made once.
   *
   * @param {string} call what makes it the same: the tool and its arguments, of which no more than a hash is kept
   * @param {{ key: string, isGiven: boolean }} fresh isGiven: by the page, so that no kept one takes its place
   * @param {(key: string, lost: () => void, signal: AbortSignal) => Promise<unknown>} work
   */
  settle(call, { key: fresh, isGiven }, work, signal) {
    const hash = ask(core.fingerprint, call);
    const name = isGiven ? `${fresh} ${hash}` : hash;
    if (!this.#flights.has(name)) this.#flights.set(name, wantedFlight());
    const attempt = async (givenUp) => {
      const kept = this.#all.get(hash);
      const entry = kept && (!isGiven || kept.key === fresh) ? kept : { key: fresh, at: Date.now(), isLost: false };
      const lost = () => this.#keep(hash, { ...entry, isLost: true });
      this.#keep(hash, entry);
      try {
        const outcome = await work(entry.key, lost, givenUp);
        this.#forget(hash);
        return outcome;
      } catch (error) {
        if (isLost(error)) lost();
        // Once an answer was lost, a refusal of a later attempt says nothing of the first: only the tool's own words do.
        else if (error.result !== undefined || !this.#all.get(hash)?.isLost) this.#forget(hash);
        throw error;
      } finally {
        this.#flights.delete(name);
      }
    };
    return this.#flights.get(name)(attempt, signal);
  }

  #keep(hash, entry) {
    this.#all.set(hash, entry);
    const [oldest] = this.#all.keys();
    if (this.#all.size > MOST) this.#all.delete(oldest);
    this.#store();
  }

  #forget(hash) {
    this.#all.delete(hash);
    this.#store();
  }

  /** Where this storage is refused, they last as long as the page. */
  #store() {
    this.#connection.tab.tryWrite(this.#name, Object.fromEntries(this.#all));
  }

  /** Those that are young enough; what was stored is as untrusted as anything else. */
  get #all() {
    if (!this.#entries) {
      const stored = this.#connection.tab.read(this.#name);
      this.#entries = new Map(isPlainObject(stored) ? Object.entries(stored).filter(([, entry]) => isKey(entry?.key)) : []);
    }
    for (const [hash, { at }] of this.#entries) if (!(Math.abs(Date.now() - at) < LIFETIME)) this.#entries.delete(hash);
    return this.#entries;
  }

  get #name() {
    return this.#connection.name("unsettled");
  }
}

const isKey = (key) => /^[\da-f]{8}-[\da-f-]{27}$/i.test(key);
