// One MCP server: a POST, its answer in whatever form it comes, at the pace that the server allows.

import * as core from "#glue";

import { ask } from "./core.js";
import { ProtocolError } from "./errors.js";
import { exchange, JSON_TYPE } from "./exchange.js";
import { Limiter } from "./limiter.js";

const BOTH_TYPES = `${JSON_TYPE}, text/event-stream`;

export class Server {
  limiter = new Limiter();
  #url;
  #settings;
  #insists;
  #onInsisting;
  #ids = 0;

  /**
   * @param {string} url checked by the core
   * @param {{ authorization: "raw" | "Bearer", maxAnswerBytes: number }} settings
   * @param {boolean} insists whether it wants to be offered event streams too
   * @param {() => void} [onInsisting] it was found to insist
   */
  constructor(url, settings, insists = false, onInsisting) {
    this.#url = url;
    this.#settings = settings;
    this.#insists = insists;
    this.#onInsisting = onInsisting;
  }

  /**
   * Sends one request; gives its `result`, untouched. A 406 is sent once more with both content types: it was not processed.
   *
   * @param {{ method: string, params: string }} message params as JSON text
   * @param {string | null} [token]
   * @throws of the network, and everything that is no JSON-RPC answer to this request.
   */
  async post({ method, params }, token, terms) {
    const id = ++this.#ids;
    const headers = { "content-type": JSON_TYPE };
    if (this.#insists) headers.accept = BOTH_TYPES;
    if (token) headers.authorization = this.#settings.authorization === "Bearer" ? `Bearer ${token}` : token;
    const body = `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`;
    const { status, retryAfter, value } = await exchange({ url: this.#url, headers, body, limit: this.#settings.maxAnswerBytes }, terms);
    if (status === 406 && !this.#insists) {
      this.#insists = true;
      this.#onInsisting?.();
      return this.post({ method, params }, token, terms);
    }
    try {
      return ask(core.readAnswer, id, status, retryAfter, value);
    } catch (error) {
      if (error instanceof ProtocolError) error.rpc = value?.error ?? null;
      throw error;
    }
  }
}

/** Sends without a session: without a token, or with one that the caller brings. */
export function callWithoutSession(server, message, token, terms) {
  return server.limiter.run(() => server.post(message, token, terms), terms);
}
