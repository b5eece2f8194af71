import { checkVersion, sharedCapabilities } from "./negotiation.js";
import { ProtocolRefusal } from "./registry.js";
import { checkDigest, checkSignature } from "./signatures.js";

const AGENT_HEADER = /^profile="([^"\\]*)"$/;
const NOTHING = Object.freeze({ scopes: Object.freeze([]), mayComplete: false });

/**
 * @typedef {object} Identity who calls
 * @property {"anonymous" | "signed" | "token"} tier
 * @property {boolean} signed a call with a token can be signed as well
 * @property {import("./profiles.js").AgentProfile} profile
 * @property {Map<string, string>} shared capabilities of the agent and the shop
 * @property {import("../sales/records.js").Party} party
 * @property {{scopes: readonly string[], mayComplete: boolean}} grants
 */

/** Finds out who calls, by what the call carries. */
export class Identification {
  #service;
  #origins;
  #settings;
  #profiles;
  #provider;
  #agentTokens;

  constructor({ service, origins, settings, profiles, provider, agentTokens }) {
    this.#service = service;
    this.#origins = origins;
    this.#settings = settings;
    this.#profiles = profiles;
    this.#provider = provider;
    this.#agentTokens = agentTokens;
  }

  /**
   * Finds out who asks for something else than a tool. There is no one place for the profile then.
   *
   * @param {{req: import("node:http").IncomingMessage, message: object}} request
   */
  async introduce({ req, message }) {
    const { arguments: args, meta, _meta } = message?.params ?? {};
    const told = [args?.meta, meta, _meta].map((one) => one?.["ucp-agent"]?.profile).find((one) => one !== undefined);
    const inHeader = profileInHeader(req.headers["ucp-agent"], told);
    checkVersion(await this.#profiles.get(told ?? inHeader), this.#settings.current.ucpVersions);
  }

  /**
   * @param {{req: import("node:http").IncomingMessage, url: URL, bytes: Buffer, message: object}} request
   * @returns {Promise<Identity>}
   */
  async identify({ req, url, bytes, message }) {
    const settings = this.#settings.current;
    const named = message.params?.arguments?.meta?.["ucp-agent"]?.profile;
    profileInHeader(req.headers["ucp-agent"], named);
    const profile = await this.#profiles.get(named);
    checkVersion(profile, settings.ucpVersions);
    checkDigest(req.headers["content-digest"], bytes);
    const endpoint = new URL(this.#service.endpoint() + url.search);
    const signed = await checkSignature({ req, endpoint, profile, profiles: this.#profiles });
    const holder = await this.#holder(req.headers.authorization, profile);
    return {
      tier: holder ? "token" : signed ? "signed" : "anonymous",
      signed,
      profile,
      shared: sharedCapabilities(profile, { offered: this.#service.offered(), versions: settings.ucpVersions }),
      party: { agent: profile.agent, customer: holder?.customer ?? null, isAgent: holder?.isAgent ?? false },
      grants: holder?.grants ?? NOTHING,
    };
  }

  /** Who a token was given to; null without one. */
  async #holder(authorization, profile) {
    if (authorization === undefined) return null;
    const [, token] = authorization.match(/^Bearer +(\S+)$/i) ?? [];
    if (!token) throw new ProtocolRefusal("unauthorized", "The Authorization header is not a Bearer token.");
    const own = await this.#agentTokens.find(token);
    if (own) return this.#agentItself(own, profile);
    const customers = await this.#provider.AccessToken.find(token);
    if (!customers || customers.isExpired) throw new ProtocolRefusal("unauthorized", "The access token is not valid.");
    const { customerTokenScopes: scopes, customerTokenMayComplete: mayComplete } = this.#settings.current;
    return { customer: customers.accountId, isAgent: false, grants: { scopes, mayComplete } };
  }

  /** An agent's token goes with the agent's own profiles. */
  #agentItself({ agent, scopes, mayComplete }, profile) {
    if (profile.agent !== `${this.#origins.agents}/agents/${agent.name}/`) {
      throw new ProtocolRefusal("profile_not_trusted", "The token belongs to another agent than the profile.");
    }
    return { customer: null, isAgent: true, grants: { scopes, mayComplete } };
  }
}

/** The profile in the header, if there is one; it has to be the one that the message names. */
function profileInHeader(header, named) {
  if (header === undefined) return undefined;
  const [, inHeader] = header.trim().match(AGENT_HEADER) ?? [];
  if (inHeader === undefined) throw new ProtocolRefusal("invalid_profile_url", "UCP-Agent is not profile=\"URL\".");
  if (named !== undefined && inHeader !== named) {
    throw new ProtocolRefusal("invalid_profile_url", "UCP-Agent and meta.ucp-agent name different profiles.");
  }
  return inHeader;
}
