// The road of one call to the shop's UCP server: who calls, the bytes, the signature, and what to do when nothing comes back.

import * as core from "#glue";

import { ask } from "../core.js";
import { invalid, reword, twinOf } from "../errors.js";
import { JSON_TYPE } from "../exchange.js";
import { isPlainObject, parseJson } from "../json.js";
import { Limiter } from "../limiter.js";
import { plain } from "../parts.js";
import { allTools, argumentsText, checkArguments, checkName, entryOf, readingResult } from "../tools.js";
import { sleep } from "../wait.js";
import { Agent } from "./agent.js";
import { Negotiation } from "./negotiation.js";
import { resultOf } from "./outcome.js";
import { isLost, UnsettledCalls } from "./unsettled.js";

/** What the core says of a tool that takes an idempotency key. */
const BY_KEY = 2;
const LIST = "tools/list";
/** How often a call is sent again whose answer was lost. */
const MORE_TRIES = 2;
/** The upper bound of the first wait before that, ms; it doubles. */
const FIRST_WAIT = 1_000;

/** The options of a page that calls as an agent, checked by the core. */
export const setupOf = ({ options }) => ({ ...options.agent, ...ask(core.readAgent, options) });

/** The calls of one server that agents speak to. */
export class UcpCalls {
  #connection;
  #place;
  #setup;
  #agent;
  #negotiation;
  #unsettled;
  #limiters = new Map();
  #server;
  #tools;
  #ids = 0;

  /**
   * @param setup of the page's agent, see `setupOf`
   * @param {{ server: "shop" | "catalog" | "discover", upstream: string, endpoint?: string }} place server: as the core's
   *   table of tiers calls it; upstream: as a proxy does
   */
  constructor(connection, setup, place) {
    this.#connection = connection;
    this.#place = place;
    this.#setup = setup;
    this.#negotiation = new Negotiation(connection, { ...setup, endpoint: place.endpoint ?? setup.endpoint });
    this.#agent = new Agent(connection, setup, this.#negotiation);
    this.#unsettled = new UnsettledCalls(connection);
  }

  /**
   * A tool's answer: `{ data, messages, outcome, continueUrl }`.
   *
   * @param {import("../../index.js").UcpCallOptions} [options]
   */
  async callTool(tool, args = {}, options = {}) {
    this.#needAgent();
    checkName(tool);
    const { signal } = plain(options, "The call's options");
    const { tier: wanted = null, force, idempotencyKey = null, checkArguments = this.#connection.settings.checkArguments } = options;
    const terms = this.#connection.callTerms(signal, ask(core.readCallOptions, options).timeoutMs);
    const { server } = this.#place;
    // Whether there is such a tier: at this server all of them may do everything.
    if (wanted !== null) ask(core.checkTier, "catalog", String(wanted), "", null, false);
    const text = argumentsText(args);
    const identity = await this.#agent.identify(tool, wanted, terms);
    if (!force) ask(core.checkTier, server, identity.tier, tool, identity.scope, false);
    const call = { tool, text, identity, mustCheck: checkArguments };
    if (ask(core.repeatable, tool) === BY_KEY) {
      const make = (key, lost, signal) => this.#make({ ...call, key, lost }, { ...terms, signal });
      return this.#unsettled.settle(`${server} ${tool} ${text}`, idempotencyKey, make, terms.signal);
    }
    if (idempotencyKey === null) return this.#make(call, terms);
    throw invalid("idempotencyKey", "The tool takes no `idempotencyKey`: leave it out.");
  }

  async listTools({ fresh = false, signal } = {}) {
    this.#needAgent();
    return [...(await this.#listed(fresh, this.#connection.callTerms(plain({ signal }).signal)))];
  }

  /** What the shop and the agent can do together. */
  async capabilities(options = {}) {
    this.#needAgent();
    return this.#negotiation.capabilities(this.#connection.callTerms(plain(options).signal).signal);
  }

  async #make({ tool, text, key, lost, identity, mustCheck }, terms) {
    try {
      const spoken = await this.#negotiation.spoken(terms.signal);
      const args = this.#bound(JSON.parse(text), spoken, key);
      if (mustCheck) await checkArguments(entryOf(tool, await this.#listed(false, terms)), args);
      const message = { method: "tools/call", params: { name: tool, arguments: args } };
      const request = await this.#request(message, key, spoken, identity, terms);
      const result = await this.#deliver({ server: this.#serverAt(spoken), tool, request, lost, identity }, terms);
      return resultOf(readingResult(result, () => ask(core.readUcpResource, tool, result, saidIn(result))));
    } catch (error) {
      if (error.code === "version_unsupported") this.#negotiation.forget();
      throw key ? withKey(error, key) : error;
    }
  }

  /** Arguments with what binds them to the agent, and to the one call that a key stands for. */
  #bound(args, { agentProfile }, key) {
    if (this.#place.server === "discover") return args;
    const meta = { ...Object(args.meta), "ucp-agent": { profile: agentProfile } };
    if (key) meta["idempotency-key"] = key;
    else delete meta["idempotency-key"];
    return { ...args, meta };
  }

  /** The server's tools, all pages. The catalog of all shops wants to know who asks, and the one before it wants a token. */
  async #listed(fresh, terms) {
    if (this.#tools && !fresh) return this.#tools;
    const { server } = this.#place;
    const spoken = await this.#negotiation.spoken(terms.signal);
    const identity = server === "discover" ? await this.#agent.identify(LIST, null, terms) : { tier: "anonymous" };
    ask(core.checkTier, server, identity.tier, LIST, identity.scope, false);
    this.#tools = await allTools(async (cursor) => {
      const params = server === "catalog" ? { cursor, arguments: this.#bound({}, spoken) } : { cursor };
      const request = await this.#request({ method: LIST, params }, undefined, spoken, identity, terms);
      return this.#deliver({ server: this.#serverAt(spoken), tool: LIST, request, identity }, terms);
    });
    return this.#tools;
  }

  /** The very bytes of a call: with the same key they are the same, also on another page load, the id among them. */
  async #request(message, key, { agentProfile, endpoint }, { signer }, terms) {
    const id = key ? parseInt(key.slice(0, 8), 16) : ++this.#ids;
    const body = JSON.stringify({ jsonrpc: "2.0", id, ...message });
    const headers = { "content-type": JSON_TYPE };
    if (!signer) return { id, headers, body };
    headers["ucp-agent"] = `profile="${agentProfile}"`;
    if (key) headers["idempotency-key"] = key;
    const signatureBase = await signer.sign({ method: "POST", url: endpoint, headers, body }, terms);
    return { id, headers, body, signatureBase };
  }

  /**
   * Sends it when it is its turn; again after a 401, once, with a renewed token; and again where the answer was lost and
   * that does no harm.
   */
  async #deliver({ server, tool, request, lost, identity }, terms) {
    const { token, renew } = identity;
    // The proxy knows its visitors by their cookie.
    const credentials = this.#setup.proxy ? "same-origin" : undefined;
    const attempt = async () => {
      const headers = token ? { ...request.headers, authorization: `Bearer ${await token()}` } : request.headers;
      return server.send({ ...request, headers, credentials }, core.readUcpAnswer, terms);
    };
    let isRenewed = false;
    for (let tries = 0; ; ) {
      try {
        return await this.#limiterOf(tool, identity.tier).run(attempt, terms);
      } catch (error) {
        if (error.code === "sign_in_needed" && renew && !isRenewed && error.status !== null) {
          isRenewed = true;
          await renew(terms.signal);
        } else if (tries < MORE_TRIES && isWorthAnother(error) && this.#isRepeatable(tool)) {
          lost?.();
          await sleep(Math.random() * FIRST_WAIT * 2 ** tries++, terms.signal);
        } else {
          throw explained(error, this.#place.server, tool, identity.tier);
        }
      }
    }
  }

  /** Whether the same bytes do no harm. The former catalog only has tools that read, which the protocol does not know. */
  #isRepeatable(tool) {
    return this.#place.server === "discover" || ask(core.repeatable, tool, entryOf(tool, this.#tools)) !== 0;
  }

  /** Servers count by tier, and by what a tool is about. */
  #limiterOf(tool, tier) {
    const name = `${tier} ${/(cart|checkout|order)$/.exec(tool)?.[0]}`;
    if (!this.#limiters.has(name)) this.#limiters.set(name, new Limiter());
    return this.#limiters.get(name);
  }

  #serverAt({ endpoint }) {
    const { proxy } = this.#setup;
    const url = proxy ? `${proxy}/${this.#place.upstream}` : endpoint;
    if (this.#server?.url !== url) this.#server = { url, at: this.#connection.server(url) };
    return this.#server.at;
  }

  #needAgent() {
    if (this.#setup.profiles || this.#place.server === "discover") return;
    throw invalid("agent", "Say who calls: `connect` takes `agent` with the URLs of the agent's profiles.");
  }
}

/** The JSON in a result's first text, where it has no structured content. */
function saidIn(result) {
  const { structuredContent, content } = Object(result);
  const first = !isPlainObject(structuredContent) && Array.isArray(content) ? content[0] : undefined;
  return first?.type === "text" ? parseJson(first.text) : undefined;
}

/** The error with the key of its call. Calls share an error where they share what failed: then each gets one of its own. */
function withKey(error, key) {
  const { idempotencyKey: other = key } = error;
  return Object.assign(other === key ? error : twinOf(error), { idempotencyKey: key });
}

/** Nothing came back, and the next try may fare better. */
const isWorthAnother = (error) => isLost(error) && (error.retryable || error.status >= 500 || error.code === "answer_invalid") && error.code !== "offline";

/** What would allow a call that the server refused to this tier, in place of the server's bare refusal. */
function explained(error, server, tool, tier) {
  const isRefusal = error.code === "forbidden" || error.code === "sign_in_needed";
  if (!isRefusal || error.status === null) return error;
  if (typeof error.cause === "string") {
    reword(error, "The proxy refuses this call: see `cause`.");
    return error;
  }
  try {
    ask(core.checkTier, server, tier, tool, null, true);
  } catch (explanation) {
    const { status, rpc = null } = error;
    return Object.assign(explanation, { status, rpc, cause: error });
  }
  return error;
}
