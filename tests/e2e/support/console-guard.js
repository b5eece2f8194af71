import assert from "node:assert/strict";

/** Notes what a browser context says on its consoles, and what nobody caught. */
export class ConsoleGuard {
  #said = [];
  #expected = [];

  watch(context) {
    context.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      this.#said.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#said.push(String(error.error())));
  }

  /** A failed request is told by the browser itself: a test names those that it brings about. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  /** Fails on everything that was not expected; starts anew. */
  check() {
    const unexpected = this.#said.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    this.#said = [];
    this.#expected = [];
    assert.deepEqual(unexpected, [], "the console stays empty");
  }
}
