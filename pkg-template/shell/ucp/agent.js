// Who calls: the tier of a call, and what it shows for it (Shopify, "Auth and rate limiting").

import { invalid, SignInError } from "../errors.js";
import { AgentTokenSource } from "./agent-token.js";
import { RequestSigner } from "./request-signer.js";

/** What a token can do that is the agent's business with all of its buyers. */
const AGENT_WIDE = ["complete_checkout", "get_order"];

/**
 * @typedef {object} Identity
 * @property {"anonymous" | "signed" | "token"} tier
 * @property {string | null} [scope] the token's, where it is known
 * @property {() => Promise<string>} [token] the one to send, asked for before each attempt
 * @property {(signal: AbortSignal) => Promise<void>} [renew] after a 401
 * @property {RequestSigner} [signer]
 */
export class Agent {
  #session;
  #setup;
  #source;
  #signer;

  /** @param setup the option `agent`, checked by the core, with what that made of the options beside it */
  constructor(connection, setup, negotiation) {
    this.#session = connection.session;
    this.#setup = setup;
    const { token, signer, tier } = setup;
    if (token && token !== "customer") {
      if (typeof token !== "function") throw invalid("token", "`agent.token` is neither `\"customer\"` nor a function that fetches one.");
      this.#source = AgentTokenSource.of(token);
    }
    if (signer) this.#signer = new RequestSigner(signer, negotiation);
    if (tier) this.#check(tier);
  }

  /**
   * Who makes a call of this tool.
   *
   * @param {string | null} wanted the call's own tier
   * @returns {Promise<Identity>}
   * @throws {OptionsError} `option_invalid`, `secret_in_page`; {SignInError} `sign_in_needed`; of the page's function.
   */
  async identify(tool, wanted, terms) {
    const tier = wanted ?? this.#setup.tier;
    if (tier) this.#check(tier);
    const { token, proxy } = this.#setup;
    if (tier === "token" || (!tier && token)) {
      if (proxy) return { tier: "token" };
      const identity = token === "customer" ? await this.#customer(terms) : await this.#own(tool, terms);
      if (identity) return identity;
      if (tier) throw new SignInError("Nobody is signed in, whose token this call could show: call `login`.", { code: "sign_in_needed" });
    }
    if (tier === "signed" || (!tier && this.#signer)) return { tier: "signed", signer: this.#signer };
    return { tier: "anonymous" };
  }

  /** The signed-in customer's own token, renewed like for any other call. */
  async #customer({ signal }) {
    let record = await this.#session.credential(signal);
    if (!record) return undefined;
    const { id, scope } = record;
    return {
      tier: "token",
      scope,
      token: async () => {
        record = await this.#session.credential(signal);
        if (record?.id === id) return record.accessToken;
        throw new SignInError("The customer of this call is signed out: it was not sent.", { code: "session_changed" });
      },
      renew: (giveUp) => this.#session.renew(record, giveUp),
    };
  }

  async #own(tool, terms) {
    const { agentWideToken } = this.#setup;
    if (!agentWideToken && AGENT_WIDE.includes(tool)) throw isWide();
    let token = await this.#source.get(terms);
    if (!agentWideToken && token.isWide) throw isWide();
    return {
      tier: "token",
      scope: token.scope,
      token: async () => {
        token = await this.#source.get(terms);
        return token.value;
      },
      renew: async () => this.#source.forget(token),
    };
  }

  /** Whether there is what a tier takes. */
  #check(tier) {
    const { token, signer, proxy } = this.#setup;
    if (proxy) return;
    if (tier === "token" && !token) throw invalid("token", "The tier `token` takes `agent.token`, or a proxy that adds one.");
    if (tier === "signed" && !signer) throw invalid("signer", "The tier `signed` takes `agent.signer`, or a proxy that signs.");
  }
}

const isWide = () =>
  invalid(
    "agentWideToken",
    "Every visitor could use this token for what the agent may do for all its buyers: call through a proxy, or say `agentWideToken: true`.",
    "secret_in_page",
  );
