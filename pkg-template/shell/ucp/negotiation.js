// What a shop and an agent speak, where, and what they can do together (UCP overview, "Discovery, Governance, and
// Negotiation").

import * as core from "#glue";

import { ask, beside } from "../core.js";
import { DiscoveryError, ProtocolError } from "../errors.js";
import { fetchDocument } from "../login.js";
import { singleFlight, until } from "../wait.js";

/** Path of a shop's profile. */
const SHOP_PROFILE = "/.well-known/ucp";

export class Negotiation {
  #connection;
  #agent;
  #flight = singleFlight();
  #agentFlight = singleFlight();
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
    this.#connection.remember(nameOf(this.#agent.profiles), null);
  }

  /** What both can do: `{ version, capabilities }`. */
  async capabilities(signal) {
    const { version, agentProfile } = await this.spoken(signal);
    const profiles = this.#agent.endpoint ? { [version]: agentProfile } : this.#agent.profiles;
    const [{ document }, agents, { sharedCapabilities }] = await Promise.all([
      until(this.#shopProfile(profiles), signal),
      this.agentDocument(signal),
      beside(import("../../capabilities.js")),
    ]);
    const refusal = (field) => new DiscoveryError("A UCP profile's `capabilities` are no lists by names.", { code: "discovery_invalid", field });
    return { version, capabilities: sharedCapabilities(document, agents, refusal) };
  }

  /** The agent's own profile, in the version that is spoken. */
  async agentDocument(signal, isFresh = false) {
    const { agentProfile } = await this.spoken(signal);
    const key = `agent:${agentProfile}`;
    const known = !isFresh && this.#connection.remembered(key, (document) => document);
    return known || until(this.#agentFlight(() => this.#fetchAgent(agentProfile, key)), signal);
  }

  async #agree() {
    const { endpoint, version, profiles } = this.#agent;
    if (endpoint) return { endpoint, version, agentProfile: profiles?.[version] };
    return this.#shopProfile(profiles, (document, { version }) => ask(core.readUcpEndpoint, document, version));
  }

  /**
   * The shop's profile in the newest version that both have, from memory of this tab or from the shop. It is kept once
   * `endpointOf` has found it good.
   */
  async #shopProfile(profiles, endpointOf = () => undefined) {
    const judge = (document, choice) => ({ ...choice, document, endpoint: endpointOf(document, choice) });
    const choose = (document) => ask(core.chooseUcpVersion, document, profiles);
    const known = this.#connection.remembered(nameOf(profiles), (document) => {
      const choice = choose(document);
      return choice.leaf ? undefined : judge(document, choice);
    });
    if (known) return known;
    const terms = this.#connection.terms();
    let document = await fetchDocument(this.#connection.settings.shop + SHOP_PROFILE, terms);
    const choice = choose(document);
    if (choice.leaf) document = await fetchDocument(choice.leaf, terms);
    const judged = judge(document, choice);
    this.#connection.remember(nameOf(profiles), document);
    return judged;
  }

  /** It is not the shop's to mend. */
  async #fetchAgent(url, key) {
    try {
      return this.#connection.remember(key, await fetchDocument(url, this.#connection.terms()));
    } catch (error) {
      if (!(error instanceof DiscoveryError)) throw error;
      const { status, retryable, cause } = error;
      const sentence = "The agent's own profile cannot be read from this page: host it as JSON, without redirects, and with CORS for this origin.";
      throw new ProtocolError(sentence, { code: "profile_unreachable", status, retryable, cause });
    }
  }
}

/** A copy is good for the versions that it was chosen among. */
const nameOf = (profiles) => `ucp:${Object.keys(profiles).sort()}`;
