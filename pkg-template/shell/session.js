// One session over all tabs of an origin: who holds it, which record is the newest, when it is over.

import * as core from "#glue";

import { ask } from "./core.js";
import { SignInError } from "./errors.js";
import { ended, renewOnce } from "./renewal.js";
import { attend, attendance, join } from "./tabs.js";
import { Bell, singleFlight, sleep, until } from "./wait.js";

/** How long siblings have to answer, ms. */
const SIBLINGS_WAIT = 150;
/** Tombstones that are kept. */
const TOMBSTONES = 16;

const isSame = (record, other) => record?.id === other?.id && record?.generation === other?.generation;

/** Whether nothing but a new sign-in helps. */
export const isOver = ({ code }) => code === "session_ended" || code === "sign_in_needed";

export class Session {
  /** The newest record, never changed in place. It holds tokens: none may reach the page. */
  record;
  /** Whether the tokens survive a reload. */
  isPersistent = true;
  /** Rings whenever the record changes. */
  changed = new Bell();
  #channel;
  /** Ends this tab's attendance: it attends while it has a record to hand over. */
  #leave;
  /** What the siblings were asked last, and how many of them have not answered yet. */
  #question = {};
  #renewal = singleFlight();

  constructor(connection) {
    this.connection = connection;
    if (connection.settings.storage !== "memory") this.#channel = join(connection.name("tabs"), (message) => this.#hear(message));
  }

  /** Picks up what this tab has stored or a sibling holds. */
  async load() {
    this.reload();
    if (!this.record && this.connection.origin.read(this.connection.name("live"))) await this.askSiblings();
  }

  /** Takes what the store holds, when it is newer: another tab may have written it. */
  reload() {
    const stored = this.connection.tokens.read(this.connection.name("session"));
    const record = stored && ask(core.readSession, stored);
    if (record && !this.#endingOf(record)) return this.#offer(record);
    // This tab was away when someone signed out.
    if (record) this.#forget();
    this.heed();
  }

  /** The record to call with, renewed when it is about to end; `undefined` when nobody is signed in. */
  async credential(signal) {
    this.heed();
    const { record } = this;
    if (record?.refreshToken && record.renewAt !== null && record.renewAt <= Date.now()) {
      const isGood = record.expiresAt === null || record.expiresAt > Date.now();
      await this.renew(record, signal).catch((error) => {
        if (error.code === "aborted" || (!isGood && !isOver(error))) throw error;
      });
    }
    return this.record;
  }

  /** Makes sure that `stale` is not the newest record any more: by a sibling's renewal, or by our own, once for all calls. */
  renew(stale, signal) {
    return until(this.#renewal(() => renewOnce(this, stale)), signal);
  }

  /** Whether `record` is the newest still. */
  holds(record) {
    return isSame(this.record, record);
  }

  /** Starts the session that a finished login brought: here, in the store, in the other tabs. */
  begin(pending, { tokens, claims, verified }) {
    const record = ask(core.beginSession, pending, tokens, claims, verified);
    // A marker for tabs that open later; without it they only find the session when they are asked to sign in.
    this.connection.origin.tryWrite(this.connection.name("live"), record.id);
    this.#keep(record);
    this.connection.emit("signedin");
    this.#tell({ type: "session", record });
  }

  /** Puts the next generation in place: here, in the store, in the other tabs. */
  succeed(record) {
    this.heed();
    if (!this.record) throw ended();
    if (this.record.id !== record.id) {
      throw new SignInError("Another customer signed in meanwhile: call again.", { code: "session_changed", retryable: true });
    }
    this.#keep(record);
    this.connection.emit("refreshed");
    this.#tell({ type: "session", record });
  }

  /** Stores a change that is no new generation. */
  amend(change) {
    if (this.record) this.#keep({ ...this.record, ...change });
  }

  /** Ends the session everywhere: `logout`, or `ended` when the server refuses to go on with it. Gives its last record. */
  end(reason) {
    const { record, connection } = this;
    if (!record) return undefined;
    connection.origin.remove(connection.name("live"));
    this.#bury(record, reason);
    this.#tell({ type: "ended", id: record.id, reason });
    this.#letGo(reason);
    return record;
  }

  /** Lets go of a session that another tab ended. Cheap: asked before each call and when a page is shown again. */
  heed() {
    const reason = this.record && this.#endingOf(this.record);
    if (reason) this.#letGo(reason);
  }

  /**
   * Asks the siblings for a newer record, and waits until one comes or it is clear that none will.
   *
   * @param {boolean} isPatient whether one that has just gone may have left word: then the wait is not cut short
   */
  async askSiblings(isPatient = false) {
    if (!this.#channel) return;
    const changed = this.changed.next();
    const unanswered = isPatient ? Infinity : (await attendance(this.#channel.name)) - (this.#leave ? 1 : 0);
    if (unanswered <= 0) return;
    const answered = new Bell();
    this.#question = { number: Math.random(), unanswered, answered };
    this.#tell({ type: "ask", id: this.record?.id, generation: this.record?.generation, number: this.#question.number });
    await Promise.race([changed, answered.next(), sleep(SIBLINGS_WAIT)]);
  }

  /** Can be asked, if it has something to say. */
  attend() {
    if (this.record && this.#channel) this.#leave ??= attend(this.#channel.name);
  }

  /** Cannot be asked: the page is being left, or it has nothing to say. */
  leave() {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Leaves the tabs' conversation. */
  close() {
    this.leave();
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** A message of a sibling tab, as untrusted as anything else that is read. */
  #hear({ type, id, generation, number, record, reason }) {
    if (type === "ask") {
      this.heed();
      if (!this.record) return;
      const isNewer = id !== this.record.id || !(generation >= this.record.generation);
      this.#tell(isNewer ? { type: "session", record: this.record } : { type: "nothing", number });
    } else if (type === "nothing") {
      if (number === this.#question.number && --this.#question.unanswered === 0) this.#question.answered.ring();
    } else if (type === "session") {
      const offered = ask(core.readSession, record);
      if (offered) this.#offer(offered);
    } else if (type === "ended" && this.record?.id === id) {
      this.#letGo(reason === "ended" ? "ended" : "logout");
    }
  }

  /** Adopts a record that is newer than ours. A lower generation never replaces a higher one. */
  #offer(record) {
    if (this.#endingOf(record) || (this.record && !ask(core.supersedes, record, this.record))) return;
    const isRenewal = this.record?.id === record.id;
    this.#keep(record);
    this.connection.emit(isRenewal ? "refreshed" : "signedin");
  }

  #keep(record) {
    this.isPersistent = this.connection.tokens.tryWrite(this.connection.name("session"), record);
    // What is left there is used up: a reload that sent it again would end the session everywhere.
    if (!this.isPersistent) this.#forget();
    this.record = record;
    this.attend();
    this.changed.ring();
  }

  #letGo(reason) {
    this.#forget();
    this.record = undefined;
    this.leave();
    this.changed.ring();
    this.connection.emit("signedout", { reason });
  }

  #forget() {
    this.connection.tokens.remove(this.connection.name("session"));
  }

  #tell(message) {
    this.#channel?.postMessage(message);
  }

  #tombstones() {
    const stones = this.connection.origin.read(this.connection.name("ended"));
    return Array.isArray(stones) ? stones : [];
  }

  /** Where this storage is refused, the other tabs still get the message. */
  #bury({ id }, reason) {
    this.connection.origin.tryWrite(this.connection.name("ended"), [...this.#tombstones(), `${reason} ${id}`].slice(-TOMBSTONES));
  }

  /** Why a session is over, when it is. */
  #endingOf({ id }) {
    const stones = this.#tombstones();
    return ["logout", "ended"].find((reason) => stones.includes(`${reason} ${id}`));
  }
}
