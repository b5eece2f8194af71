// One MCP server: a POST, its answer in whatever form it comes, at the pace that the server allows.

import * as core from "#glue";

import { ask } from "./core.js";
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
   * Sends one request; gives its `result`, untouched.
   *
   * @param {{ method: string, params: string }} message params as JSON text
   * @param {string | null} [token]
   * @throws of the network, and everything that is no JSON-RPC answer to this request.
   */
  async post({ method, params }, token, terms) {
    const id = ++this.#ids;
    const headers = { "content-type": JSON_TYPE };
    if (token) headers.authorization = this.#settings.authorization === "Bearer" ? `Bearer ${token}` : token;
    const body = `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`;
    return this.send({ id, headers, body }, core.readAnswer, terms);
  }

  /**
   * Sends these very bytes; gives their `result`, as `read` finds it in the answer. After a 406 they are sent once more with
   * both content types offered: they were not processed.
   *
   * @param {{ id: number, headers: Record<string, string>, body: string, credentials?: RequestCredentials,
   *   signatureBase?: string }} request
   * @param {Function} read a question to the core
   */
  async send(request, read, terms) {
    const { id, headers, ...rest } = request;
    const accept = this.#insists && { accept: BOTH_TYPES };
    const limit = this.#settings.maxAnswerBytes;
    const { status, retryAfter, value } = await exchange({ ...rest, url: this.#url, headers: { ...headers, ...accept }, limit }, terms);
    if (status === 406 && !this.#insists) {
      this.#insists = true;
      this.#onInsisting?.();
      return this.send(request, read, terms);
    }
    try {
      return ask(read, id, status, retryAfter, value);
    } catch (error) {
      // A proxy says no more than a code.
      if (typeof value?.error === "string") error.cause = value.error;
      else if (value?.error) error.rpc = value.error;
      throw error;
    }
  }
}

/** Sends without a session: without a token, or with one that the caller brings. */
export function callWithoutSession(server, message, token, terms) {
  return server.limiter.run(() => server.post(message, token, terms), terms);
}
