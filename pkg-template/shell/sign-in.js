// Signing in: by leaving the page, in a window, or when the page says so; and the calls that wait for it.

import * as core from "#glue";

import { pageAddress, REDIRECT_MARK } from "./callback.js";
import { ask } from "./core.js";
import { SignInError } from "./errors.js";
import { signInThrough } from "./popup.js";
import { Bell, sleep, until, wantedFlight } from "./wait.js";
import { LOGIN_LIFETIME, WaitingCalls } from "./waiting-calls.js";

export class SignIn {
  /** Rings when the page is shown again from the browser's cache. */
  restored = new Bell();
  #connection;
  #waiting;
  #departure = wantedFlight();
  #popup = wantedFlight();

  constructor(connection) {
    this.#connection = connection;
    this.#waiting = new WaitingCalls(connection);
  }

  /** Nobody is signed in, and a call is coming that leads to the login server: where that is, is learned meanwhile. */
  foresee() {
    // What goes wrong is told when it is needed.
    this.#connection.loginServer().catch(() => {});
  }

  /** Waits until somebody is signed in, as the policy allows. */
  forCall(call, policy, window, signal) {
    if (policy === "popup") return this.byPopup(window, {}, signal);
    return this.#waiting.during(call, async () => {
      if (policy === "event") {
        this.#connection.emit("signinneeded", { name: call.name });
        return this.#byPage(signal);
      }
      if (!this.#waiting.haveLeft) await this.byRedirect({}, pageAddress(), signal);
      return this.#neverLeft(signal);
    });
  }

  /** Leaves the page for the login server, taking the waiting calls along; calls share one departure. */
  async byRedirect(wishes, returnTo, signal) {
    const page = ask(core.ownPage, returnTo);
    await this.#departure((givenUp) => this.#depart(wishes, page, givenUp), signal);
  }

  /** Signs in through a window; calls share one, which closes when all of them have given up. */
  byPopup(window, wishes, signal) {
    let unused = window;
    const outcome = this.#popup((givenUp) => {
      unused = undefined;
      return signInThrough(this.#connection, window, wishes, givenUp);
    }, signal);
    unused?.close();
    return outcome;
  }

  /** The page is shown again. `fromCache`: it had been left. */
  pageShown(fromCache) {
    this.#connection.session.reload();
    this.#connection.session.attend();
    if (!fromCache) return;
    this.#waiting.stay();
    this.restored.ring();
  }

  async #depart(wishes, returnTo, signal) {
    const { options, session } = this.#connection;
    const { url, ...pending } = ask(core.beginLogin, options, wishes, await this.#connection.loginServer(signal), REDIRECT_MARK);
    this.#waiting.leaveWith(pending, returnTo);
    // Calls that wait for the page's own login learn here that it takes them along.
    session.changed.ring();
    location.assign(url);
  }

  /** The page calls `login` when it likes. */
  async #byPage(signal) {
    const { session } = this.#connection;
    const until = Date.now() + LOGIN_LIFETIME;
    for (;;) {
      const changed = session.changed.next();
      if (this.#waiting.haveLeft) return this.#neverLeft(signal);
      if (session.record) return undefined;
      if (Date.now() >= until) {
        throw new SignInError("Nobody signed in within ten minutes: call `login`, then call again.", { code: "sign_in_needed" });
      }
      await Promise.race([changed, sleep(1_000, signal)]);
    }
  }

  /** The page is being left: nothing more happens here, unless the browser brings the page back from its cache. */
  async #neverLeft(signal) {
    await until(this.restored.next(), signal);
    throw new SignInError("The shopper came back without signing in: call again.", { code: "sign_in_abandoned", retryable: true });
  }
}
