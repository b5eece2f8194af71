// The way back from a sign-in that left the page: the callback, the page that asked, the calls that waited.

import * as core from "#glue";

import { pageAddress, withoutFragment } from "./callback.js";
import { ask } from "./core.js";
import { SignInError } from "./errors.js";
import { isPlainObject } from "./json.js";
import { completeLogin } from "./login.js";
import { handOver } from "./popup.js";
import { until } from "./wait.js";
import { LOGIN_LIFETIME } from "./waiting-calls.js";

export class WayBack {
  #connection;
  #signIn;

  constructor(connection, signIn) {
    this.#connection = connection;
    this.#signIn = signIn;
  }

  /**
   * Finishes a sign-in that left the page: `{ returnTo, calls }` where the page that asked for it is reached, or `null`.
   *
   * @param {string | undefined} query of a callback that was found to be ours
   * @param {boolean} navigate whether to go on to the page that asked
   */
  async arrive(query, navigate, signal) {
    if (query === undefined) return this.#take();
    const arrival = await this.#finish(query, signal);
    return arrival && navigate ? this.#travelOn(arrival, signal) : arrival;
  }

  /** Tells the page of calls that will not be sent. */
  reportDropped(calls, reason) {
    if (calls.length > 0) this.#connection.emit("callsdropped", { calls: calls.map(({ name }) => ({ name })), reason });
  }

  /** From the callback to a session. `null`: this is a popup, and its opener took over. */
  async #finish(query, signal) {
    const { tab, session } = this.#connection;
    const state = ask(core.callbackState, query);
    const key = this.#connection.name(`login:${state}`);
    // Taken out of the store: it cannot be used twice.
    const stored = Object(tab.read(key));
    tab.remove(key);
    if (stored.state !== state) {
      if (await handOver(state, query, signal)) {
        close();
        return null;
      }
      const sentence = "This callback answers no sign-in of this tab: start again. It may have been used before, or opened in another browser.";
      throw new SignInError(sentence, { code: "state_mismatch", field: "state" });
    }
    const { returnTo, calls: kept, ...pending } = stored;
    const calls = waitingCalls(kept);
    try {
      session.begin(pending, await completeLogin(pending, query, this.#connection.terms(signal)));
    } catch (error) {
      this.reportDropped(calls, error.code === "login_expired" ? "expired" : "sign_in_failed");
      throw error;
    }
    return { returnTo: ownPage(returnTo), calls };
  }

  /** Goes to the page that asked; gives the arrival back where this is it already, or where it cannot be left. */
  async #travelOn(arrival, signal) {
    const { returnTo } = arrival;
    const isHere = withoutFragment(returnTo) === pageAddress();
    // Tokens that only this page holds would be lost on the way.
    if (!isHere && !(this.#connection.session.isPersistent && this.#leave(arrival))) return arrival;
    if (!isHere || returnTo.includes("#")) location.replace(returnTo);
    if (isHere) return arrival;
    await until(this.#signIn.restored.next(), signal);
    return null;
  }

  /** Leaves the arrival for the next page of this tab; `false` where that is not possible. */
  #leave(arrival) {
    return this.#connection.tab.tryWrite(this.#connection.name("arrival"), { at: Date.now(), ...arrival });
  }

  /** Takes one that is meant for this page: once, so that a reload does not send its calls again. */
  #take() {
    const { tab } = this.#connection;
    const key = this.#connection.name("arrival");
    const { at, returnTo, calls } = Object(tab.read(key));
    const age = Date.now() - at;
    const isFresh = age >= 0 && age < LOGIN_LIFETIME && typeof returnTo === "string";
    if (isFresh && withoutFragment(returnTo) !== pageAddress()) return null;
    tab.remove(key);
    return isFresh ? { returnTo, calls: waitingCalls(calls) } : null;
  }
}

/** The record is our own, but storage is not: an address of another origin in it is not followed. */
function ownPage(returnTo) {
  try {
    return ask(core.ownPage, returnTo);
  } catch {
    return pageAddress();
  }
}

/** The calls of a stored list; what is not a call is skipped. */
function waitingCalls(list) {
  return Array.isArray(list) ? list.filter((call) => typeof call?.name === "string" && isPlainObject(call.arguments)) : [];
}
