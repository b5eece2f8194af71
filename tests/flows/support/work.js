// What a page has under way, and a test waits for or gives up.

import assert from "node:assert/strict";
import { inspect } from "node:util";

export class Work {
  #world;
  #api;
  #controller = new AbortController();
  #outcome = null;

  /**
   * @param {{ tab, api }} document where it runs
   * @param {(signal: AbortSignal) => Promise<unknown>} begin
   */
  constructor({ tab, api }, begin) {
    this.#world = tab.browser.world;
    this.#api = api;
    begin(this.#controller.signal).then(
      (value) => { this.#outcome = { value }; },
      (error) => { this.#outcome = { error }; },
    );
  }

  get isDone() {
    return this.#outcome !== null;
  }

  /** The page gives it up. */
  abort() {
    this.#controller.abort();
  }

  /** What it resolves with, however long that takes. */
  async result() {
    await this.#world.until(() => this.isDone);
    if ("error" in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }

  /** What it rejects with: always an error of ours, never with a secret in it. */
  async error() {
    await this.#world.until(() => this.isDone);
    assert.ok("error" in this.#outcome, "this should have failed");
    const { error } = this.#outcome;
    assert.ok(error instanceof this.#api.ShopperMcpError, inspect(error));
    assert.ok(!inspect(error, { depth: null, showHidden: true }).includes("SECRET"), "no error shows a secret");
    return error;
  }

  /** The stable code of what it rejects with. */
  async code() {
    return (await this.error()).code;
  }
}
