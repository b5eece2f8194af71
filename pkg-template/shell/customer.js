// The signed-in customer, as a page holds it.

import * as core from "#glue";

import { pageAddress, takenQuery } from "./callback.js";
import { Calls } from "./calls.js";
import { ask } from "./core.js";
import { plain } from "./parts.js";
import { openWindow } from "./popup.js";
import { SignIn } from "./sign-in.js";
import { checkArguments, checkName, checkOutput, entryOf } from "./tools.js";
import { WayBack } from "./way-back.js";
import { told, tellingMethods } from "./words.js";

export class Customer extends EventTarget {
  #connection;
  #signIn;
  #calls;
  #wayBack;

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.emit = (type, detail) => this.#tell(type, detail);
    this.#signIn = new SignIn(connection);
    this.#calls = new Calls(connection, this.#signIn);
    this.#wayBack = new WayBack(connection, this.#signIn);
    const shown = ({ persisted }) => this.#signIn.pageShown(persisted);
    globalThis.addEventListener("pageshow", shown, { signal: connection.closed });
    // A page that holds a lock is not kept for the way back.
    globalThis.addEventListener("pagehide", () => connection.session.leave(), { signal: connection.closed });
  }

  /** No token is a part of it. */
  get session() {
    const { record, isPersistent } = this.#connection.session;
    const isVerified = record?.signatureVerified ? "verified" : "unverified";
    return {
      signedIn: record !== undefined,
      claims: (record?.idToken && ask(core.claimsOf, record.idToken)) ?? null,
      expiresAt: record?.expiresAt ?? null,
      scope: record?.scope ?? null,
      idTokenSignature: record?.idToken ? isVerified : null,
      persistent: isPersistent,
    };
  }

  async handleRedirect(options = {}) {
    const { navigate = true, signal } = plain(options);
    const terms = this.#connection.callTerms(signal);
    const arrival = await this.#wayBack.arrive(takenQuery(this.#connection.options), navigate, terms.signal);
    return arrival && this.#back(arrival.returnTo, await this.#resume(arrival.calls, terms));
  }

  async login(options = {}) {
    const { signal } = this.#connection.callTerms(plain(options, "The login options").signal);
    const { mode, returnTo = pageAddress(), ...wishes } = options;
    // The window has to be opened in the click's own turn.
    const popup = mode === "popup" ? openWindow() : undefined;
    try {
      ask(core.checkLoginOptions, options);
    } catch (error) {
      popup?.close();
      throw error;
    }
    if (mode !== "popup") {
      await this.#signIn.byRedirect(wishes, returnTo, signal);
      return null;
    }
    await this.#signIn.byPopup(popup, wishes, signal);
    return this.#back(returnTo, []);
  }

  /** Signs out: here and in the other tabs at once, then at the shop where an ID token allows it. */
  async logout(options = {}) {
    const { returnTo } = plain(options);
    this.#connection.callTerms();
    const { session, settings } = this.#connection;
    const ended = session.end("logout");
    this.#calls.forgetTools();
    const back = returnTo === undefined ? settings.redirectUri : ask(core.ownPage, returnTo);
    const url = ended && ask(core.logoutUrl, ended, back);
    if (url) location.assign(url);
  }

  async listTools(options = {}) {
    const { fresh = false, signal } = plain(options);
    return [...(await this.#calls.listTools(fresh, this.#connection.callTerms(signal)))];
  }

  async callTool(name, args = {}, options = {}) {
    checkName(name);
    const { checkOutput: mustCheckOutput, checkArguments: mustCheck, signal } = plain(options, "The call's options");
    const { onSignInNeeded, timeoutMs, resume } = ask(core.readCallOptions, options);
    const { session, settings } = this.#connection;
    const terms = this.#connection.callTerms(signal, timeoutMs);
    const policy = onSignInNeeded ?? settings.onSignInNeeded;
    // A popup has to be opened in the click's own turn.
    const popup = policy === "popup" && !session.record ? openWindow() : undefined;
    if (mustCheck ?? settings.checkArguments) {
      await this.#listed(name, terms).then((tool) => checkArguments(tool, args)).catch((error) => {
        popup?.close();
        throw error;
      });
    }
    const result = await this.#calls.callTool({ name, arguments: args, resume }, policy, popup, terms);
    if (mustCheckOutput) await checkOutput(await this.#listed(name, terms), result);
    return result;
  }

  /** Tells the page's listeners, after what is under way: they may call in again. */
  #tell(type, detail = {}) {
    if (type === "signedin" || type === "refreshed") detail.session = this.session;
    queueMicrotask(() => this.dispatchEvent(new CustomEvent(type, { detail })));
  }

  async #resume(calls, terms) {
    const resumed = [];
    for (const call of calls) {
      const { name, arguments: given } = call;
      try {
        resumed.push({ name, arguments: given, result: await this.#calls.resume(call, terms) });
      } catch (error) {
        if (error.code === "aborted") throw error;
        // Its arguments are another customer's, too.
        if (error.code === "customer_changed") this.#wayBack.reportDropped([call], "customer_changed");
        else resumed.push({ name, arguments: given, error: await told(error) });
      }
    }
    return resumed;
  }

  async #listed(name, terms) {
    return entryOf(name, await this.#calls.listTools(false, terms));
  }

  #back(returnTo, resumed) {
    return { session: this.session, returnTo, resumed };
  }
}

tellingMethods(Customer, "handleRedirect", "login", "logout", "listTools", "callTool");
