// What one `connect` holds: the settings, the records, the session, what was learned of the shop.

import * as core from "#glue";

import { namespace } from "./callback.js";
import { ask } from "./core.js";
import { keep, recalled } from "./discovered.js";
import { InstanceError } from "./errors.js";
import { CUSTOMER_DOCUMENT, discoverLogin } from "./login.js";
import { Records, webStorage } from "./records.js";
import { Server } from "./server.js";
import { Session } from "./session.js";
import { abandoned, singleFlight, until } from "./wait.js";

export class Connection {
  /** Where raw traffic is reported to, before any masking. */
  wire = {};
  /** Tells the page of an event: its type and detail. */
  emit;
  #closing = new AbortController();
  #namespace;
  #server;
  #login = singleFlight();
  #discovery = singleFlight();

  /**
   * @param options the page's own, judged anew by the core each time
   * @param settings what the core made of them
   * @param {typeof import("./login.js").fetchDocument} fetchDocument
   */
  constructor(options, settings, fetchDocument) {
    this.options = options;
    this.settings = settings;
    this.fetchDocument = fetchDocument;
    this.#namespace = namespace(settings);
    /** This tab's own, gone with it. */
    this.tab = new Records(webStorage("sessionStorage"));
    /** Shared by all tabs of the origin, kept. */
    this.origin = new Records(webStorage("localStorage"));
    /** Where the page wants its tokens. */
    this.tokens = { session: this.tab, local: this.origin, memory: new Records(), own: new Records(options.storage) }[settings.storage];
    this.session = new Session(this);
  }

  /** The name of a record, lock or channel of this shop and client. */
  name(what) {
    return this.#namespace + what;
  }

  /** Aborts when the page lets go of the shop. */
  get closed() {
    return this.#closing.signal;
  }

  /** Ends what is under way and leaves the tabs' conversation. */
  close() {
    this.#closing.abort(new InstanceError("The shop was closed.", { code: "closed" }));
    this.session.close();
  }

  /** The terms of a request. `timeoutMs`: `null` is as configured. */
  terms(signal, timeoutMs) {
    const { settings, wire } = this;
    return { timeoutMs: timeoutMs ?? settings.timeoutMs, signal, wire, patienceMs: settings.rateLimitWaitMs };
  }

  /**
   * The terms of a call of the page, which ends with the shop too.
   *
   * @throws {InstanceError | NetworkError} `closed`, `aborted`: nothing is begun for who has given up already.
   */
  callTerms(signal, timeoutMs) {
    this.closed.throwIfAborted();
    if (signal?.aborted) throw abandoned(signal);
    return this.terms(signal ? AbortSignal.any([signal, this.closed]) : this.closed, timeoutMs);
  }

  /** Where the shop signs its customers in, from memory of this tab or from the shop. */
  async loginServer(signal) {
    const read = (copy) => ask(core.readLoginServer, this.options, copy);
    return this.remembered("login", read) ?? until(this.#login(() => this.#findLogin()), signal);
  }

  async #findLogin() {
    return this.remember("login", await discoverLogin(this.options, this.settings, this.terms(this.closed), this.fetchDocument));
  }

  /** The Customer Accounts MCP server. */
  async customerServer(signal) {
    this.#server ??= await until(this.#discovery(() => this.#findServer()), signal);
    return this.#server;
  }

  async #findServer() {
    return this.server(this.settings.customerEndpoint ?? (await this.#customerEndpoint()));
  }

  /** An MCP server, with what this tab learned of it. */
  server(url) {
    const key = `types:${url}`;
    const insists = this.remembered(key, (insists) => insists) === true;
    return new Server(url, this.settings, insists, () => this.remember(key, true));
  }

  async #customerEndpoint() {
    const read = (document) => ask(core.readCustomerServer, this.options, document);
    const known = this.remembered("customer", read);
    if (known) return known;
    const document = await this.fetchDocument(this.settings.shop + CUSTOMER_DOCUMENT, this.terms(this.closed));
    const url = read(document);
    this.remember("customer", { mcp_api: url });
    return url;
  }

  /** A copy that is young enough, judged like the document it was made from. */
  remembered(what, read) {
    const copy = recalled(this.tab, this.settings.shop, what);
    if (copy === undefined) return undefined;
    try {
      return read(copy);
    } catch {
      return undefined;
    }
  }

  remember(what, copy) {
    return keep(this.tab, this.settings.shop, what, copy);
  }
}
