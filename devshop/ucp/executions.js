/** How often each tool ran; a call that was answered from memory or refused does not count. */
export class Executions {
  #counts = {};

  count(tool) {
    this.#counts[tool] = (this.#counts[tool] ?? 0) + 1;
  }

  list() {
    return { ...this.#counts };
  }

  clear() {
    this.#counts = {};
  }
}
