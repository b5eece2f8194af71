// The road of one call to the customer server: post, wait for a limit to pass, renew the session, sign in, try again.

import * as core from "#glue";

import { ask } from "./core.js";
import { SignInError } from "./errors.js";
import { isOver } from "./session.js";
import { callWithoutSession } from "./server.js";
import { allTools, argumentsText, entryOf, readingResult } from "./tools.js";

export class Calls {
  #connection;
  #signIn;
  #tools;

  constructor(connection, signIn) {
    this.#connection = connection;
    this.#signIn = signIn;
  }

  /** Whether a call of this tool changes nothing. */
  onlyReads(name) {
    return ask(core.onlyReads, name, this.#listed(name));
  }

  /** Forgets the list: it may be another for the next customer. */
  forgetTools() {
    this.#tools = undefined;
  }

  /**
   * A tool's answer.
   *
   * @param {{ name: string, arguments: object, resume?: boolean, sub?: string | null }} call sub: the customer on whose behalf it was made
   * @param policy what it may do when nobody is signed in; none: it has had its sign-in
   * @param popup opened in the click's turn, for the policy `popup`
   */
  async callTool(call, policy, popup, terms) {
    try {
      const { session } = this.#connection;
      const params = toolParams(call);
      if (policy && policy !== "event" && !session.record) this.#signIn.foresee();
      const server = await this.#connection.customerServer(terms.signal);
      const sub = call.sub ?? session.record?.sub;
      for (;;) {
        const answered = await this.#asCustomer(server, { method: "tools/call", params }, sub, terms);
        if (answered) return this.#toolResult(call.name, answered.result);
        if (!policy) throw new SignInError(UNAUTHORIZED, { code: "sign_in_repeated" });
        const waiting = { ...call, resume: call.resume || this.onlyReads(call.name), sub };
        const handed = popup;
        popup = undefined;
        await this.#signIn.forCall(waiting, policy, handed, terms.signal);
        policy = undefined;
      }
    } finally {
      popup?.close();
    }
  }

  /** Sends a call that waited over a navigation, where it may be sent and the customer is the one it was made for. */
  async resume({ name, arguments: given, resume, sub }, terms) {
    if (sub && sub !== this.#connection.session.record?.sub) throw customerChanged();
    if (!resume) {
      const sentence =
        "This call may change something, so it is not sent after a navigation by itself: ask the shopper, then call again (or pass `resume: true`).";
      throw new SignInError(sentence, { code: "call_not_resumed", retryable: true });
    }
    return this.callTool({ name, arguments: given, resume, sub }, undefined, undefined, terms);
  }

  /** The server's tools, all pages. */
  async listTools(fresh, terms) {
    if (this.#tools && !fresh) return this.#tools;
    const server = await this.#connection.customerServer(terms.signal);
    this.#tools = await allTools((cursor) => this.#toolsPage(server, cursor, terms));
    return this.#tools;
  }

  /** The list is public where it was seen; a server that wants a customer for it gets one if there is one. */
  async #toolsPage(server, cursor, terms) {
    const message = { method: "tools/list", params: JSON.stringify({ cursor }) };
    try {
      return await callWithoutSession(server, message, undefined, terms);
    } catch (error) {
      const answered = error.code === "sign_in_needed" && (await this.#asCustomer(server, message, undefined, terms));
      if (answered) return answered.result;
      throw error;
    }
  }

  /**
   * Sends with the session's token; after a 401 once more with a renewed one. `undefined` where nobody is signed in, or
   * not any more: then the call was not executed. It is never sent for another customer than `sub`, where that is known.
   */
  async #asCustomer(server, message, sub, terms) {
    const { session } = this.#connection;
    let record;
    const attempt = async () => {
      // Asked again after every wait: a sign-out in it ends the call too.
      record = await session.credential(terms.signal);
      if (!record) return undefined;
      if (sub && record.sub !== sub) throw customerChanged();
      return { result: await server.post(message, record.accessToken, terms) };
    };
    for (let isRenewed = false; ; isRenewed = true) {
      try {
        return await server.limiter.run(attempt, terms);
      } catch (error) {
        // A fresh token that is refused will be refused again: this is a setting, not a session.
        if (error.code !== "sign_in_needed" || isRenewed) throw error;
      }
      try {
        await session.renew(record, terms.signal);
      } catch (error) {
        if (isOver(error)) return undefined;
        throw error;
      }
    }
  }

  #toolResult(name, result) {
    readingResult(result, () => ask(core.checkToolResult, name, this.#listed(name), result));
    return result;
  }

  #listed(name) {
    return entryOf(name, this.#tools);
  }
}

function toolParams({ name, arguments: given }) {
  return `{"name":${JSON.stringify(name)},"arguments":${argumentsText(given)}}`;
}

const customerChanged = () =>
  new SignInError("Another customer is signed in than the one this call was made for: it was not sent.", { code: "customer_changed" });

const UNAUTHORIZED =
  "The server wants a signed-in customer: sign in, and check `scope` and `authorization` (raw or Bearer) if it refuses a fresh token.";
