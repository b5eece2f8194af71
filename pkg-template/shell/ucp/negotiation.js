// What a shop and an agent speak, where, and what they can do together (UCP overview, "Discovery, Governance, and
// Negotiation").

import * as core from "#glue";

import { ask } from "../core.js";
import { DiscoveryError, ProtocolError } from "../errors.js";
import { fetchDocument } from "../login.js";
import { singleFlight, until } from "../wait.js";

/** Path of a shop's profile. */
const SHOP_PROFILE = "/.well-known/ucp";

export class Negotiation {
  #connection;
  #agent;
  #flight = singleFlight();
  #spoken;

  /** @param {{ profiles: Record<string, string>, endpoint: string | null, version: string | null }} agent */
  constructor(connection, agent) {
    this.#connection = connection;
    this.#agent = agent;
  }

  /** What is spoken, and where: `{ version, agentProfile, endpoint }`. */
  async spoken(signal) {
    this.#spoken ??= await until(this.#flight(() => this.#agree()), signal);
    return this.#spoken;
  }

  /** Asks the shop anew, next time: it does not speak that version any more. */
  forget() {
    this.#spoken = undefined;
    this.#connection.remember("ucp", null);
  }

  /** What both can do: `{ version, capabilities }`. */
  async capabilities(signal) {
    const { version, agentProfile } = await this.spoken(signal);
    const [shops, agents] = await Promise.all([
      until(this.#shopProfile({ [version]: agentProfile }), signal),
      this.agentDocument(signal),
    ]);
    return { version, capabilities: ask(core.sharedCapabilities, shops.document, agents) };
  }

  /** The agent's own profile, in the version that is spoken. */
  async agentDocument(signal, isFresh = false) {
    const { agentProfile } = await this.spoken(signal);
    const key = `agent:${agentProfile}`;
    const known = !isFresh && this.#connection.remembered(key, (document) => document);
    return known || this.#connection.remember(key, await fetchProfile(agentProfile, this.#connection.terms(signal)));
  }

  async #agree() {
    const { endpoint, version, profiles } = this.#agent;
    if (endpoint) return { endpoint, version, agentProfile: profiles[version] };
    const { document, ...choice } = await this.#shopProfile(profiles);
    return { ...choice, endpoint: ask(core.readUcpEndpoint, document, choice.version) };
  }

  /** The shop's profile in the newest version that both have, from memory of this tab or from the shop. */
  async #shopProfile(profiles) {
    const choose = (document) => ({ document, ...ask(core.chooseUcpVersion, document, profiles) });
    const known = this.#connection.remembered("ucp", choose);
    if (known && !known.leaf) return known;
    const { settings } = this.#connection;
    const terms = this.#connection.terms();
    const choice = choose(await fetchDocument(settings.shop + SHOP_PROFILE, terms));
    if (choice.leaf) choice.document = await fetchDocument(choice.leaf, terms);
    this.#connection.remember("ucp", choice.document);
    return choice;
  }
}

/** The agent's profile is not the shop's to mend. */
async function fetchProfile(url, terms) {
  try {
    return await fetchDocument(url, terms);
  } catch (error) {
    if (!(error instanceof DiscoveryError)) throw error;
    const { status, cause } = error;
    const sentence = "The agent's own profile cannot be read from this page: host it as JSON, without redirects, and with CORS for this origin.";
    throw new ProtocolError(sentence, { code: "profile_unreachable", status, retryable: error.retryable, cause });
  }
}
