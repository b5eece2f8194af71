// The agent's token, from a function of the page: asked for once however many calls wait, and kept until shortly before
// its end.

import * as core from "#glue";

import { ask } from "../core.js";
import { NetworkError, ShopperMcpError } from "../errors.js";
import { singleFlight, until } from "../wait.js";

/** A token is renewed so long before its end, ms, but not before half of its life. */
const MARGIN = 60_000;

export class AgentTokenSource {
  #fetch;
  #flight = singleFlight();
  #token;

  /** @param {() => unknown} fetch the page's own */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /**
   * `{ value, scope, isWide }`.
   *
   * @throws {NetworkError} `agent_token_unavailable`.
   */
  async get(signal) {
    if (this.#token && Date.now() < this.#token.renewAt) return this.#token;
    return until(this.#flight(() => this.#ask()), signal);
  }

  /** The server does not take it. */
  forget(token) {
    if (this.#token === token) this.#token = undefined;
  }

  async #ask() {
    const asked = Date.now();
    let given;
    try {
      given = await this.#fetch();
    } catch (cause) {
      if (cause instanceof ShopperMcpError) throw cause;
      const sentence = "The function `agent.token` gave no token: see `cause`.";
      throw new NetworkError(sentence, { code: "agent_token_unavailable", field: "token", retryable: true, cause });
    }
    const token = ask(core.readAgentToken, given);
    const life = token.expiresAt - asked;
    this.#token = { ...token, renewAt: token.expiresAt - Math.min(MARGIN, life / 2) };
    return this.#token;
  }
}
