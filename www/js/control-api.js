/** The local shop's control API. */
export class ControlApi {
  #base;

  /** @param {string} base origin of the API */
  constructor(base) {
    this.#base = base.replace(/\/$/, "");
  }

  settings() {
    return this.#send("GET", "/settings");
  }

  /** @param {object} patch @throws {Error} with the local shop's own sentence when it refuses a value */
  change(patch) {
    return this.#send("PATCH", "/settings", patch);
  }

  state() {
    return this.#send("GET", "/state");
  }

  /** @param {"/reset" | "/tokens/expire" | "/sessions/revoke"} path */
  run(path) {
    return this.#send("POST", path);
  }

  /** Puts an agent's profile where agents publish. @param {string} path `/agents/<name>/<version>.json` */
  publish(path, profile) {
    return this.#send("PUT", path, profile);
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      cache: "no-store",
      credentials: "omit",
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const told = await answer.json().catch(() => null);
    if (!answer.ok) throw new Error(told?.error ?? `The local shop answered ${answer.status}.`);
    return told;
  }
}
