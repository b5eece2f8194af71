// Calls that take effect once: each is made with a key, which is kept until its outcome is known, so that making the same
// call again, here or after a reload, asks what became of it instead of doing it twice.

import * as core from "#glue";

import { ask } from "../core.js";
import { InstanceError, invalid } from "../errors.js";
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
   * @param {string | null} given the page's own key: no kept one takes its place
   * @param {(key: string, lost: () => void, signal: AbortSignal) => Promise<unknown>} work
   * @throws {OptionsError} when the given one is no UUID.
   */
  async settle(call, given, work, signal) {
    if (given !== null && !isKey(given)) {
      throw invalid("idempotencyKey", "`idempotencyKey` is not a UUID.");
    }
    const hash = ask(core.fingerprint, call);
    const name = `${given} ${hash}`;
    if (!this.#flights.has(name)) this.#flights.set(name, wantedFlight());
    const attempt = async (givenUp) => {
      const kept = this.#all.get(hash);
      const isSame = kept && (given === null || kept.key === given);
      const entry = isSame ? kept : { key: given ?? newKey(), at: Date.now(), isLost: false };
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
      const stored = Object.entries(Object(this.#connection.tab.read(this.#name))).filter(([, entry]) => isKey(entry?.key));
      // The page that made the call was left in the middle of it.
      this.#entries = new Map(stored.map(([hash, entry]) => [hash, { ...entry, isLost: true }]));
    }
    for (const [hash, { at }] of this.#entries) if (!(Math.abs(Date.now() - at) < LIFETIME)) this.#entries.delete(hash);
    return this.#entries;
  }

  get #name() {
    return this.#connection.name("unsettled");
  }
}

function newKey() {
  try {
    return crypto.randomUUID();
  } catch (cause) {
    const sentence = "This browser gives no secure random numbers: nothing is sent without them.";
    throw new InstanceError(sentence, { code: "randomness_unavailable", cause });
  }
}

const isKey = (key) => typeof key === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(key);
