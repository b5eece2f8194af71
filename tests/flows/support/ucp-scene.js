// The beginning of the flows with a shop's UCP server.

import { sign } from "node:crypto";

import { newKeyPair } from "../../../devshop/test/support/key-pair.js";
import { MUG } from "./ucp-desk.js";
import { PROFILES } from "./ucp-profiles.js";
import { Scene } from "./scene.js";

export const ITEMS = [{ item: MUG, quantity: 1 }];

export class UcpScene extends Scene {
  /**
   * @param {object} [agent] beside its profiles
   * @param {object} [options] other ones for `connect`
   */
  constructor(agent = {}, options = {}) {
    super({ agent: { profiles: PROFILES, ...agent }, ...options });
  }

  /** A page that signs nobody in: it has no client. */
  static withoutClient(agent = {}, options = {}) {
    const scene = new UcpScene(agent, options);
    delete scene.options.clientId;
    delete scene.options.redirectUri;
    return scene;
  }

  get ucp() {
    return this.shop.ucp;
  }

  /** A page with nothing left to discover, the log empty. */
  async readyPage(page) {
    page ??= await this.page();
    await page.ucp.callTool("search_catalog", { catalog: { query: "mug" } }).result();
    this.forget();
    return page;
  }

  /** The same with Ada signed in. */
  async readyAda() {
    return this.readyPage(await this.signedInPage());
  }

  /** Nothing arrived so far. */
  forget() {
    this.shop.forgetLog();
    this.ucp.calls = [];
    this.ucp.executed = [];
  }

  /** A cart of this page's, and a checkout that can be completed; the log is empty after either. */
  async cart(page, cart = ITEMS) {
    const { data } = await page.ucp.cart.create(cart).result();
    this.forget();
    return data;
  }

  async checkout(page, more = {}) {
    const wish = { line_items: ITEMS, buyer: { email: "ada@example.com" }, ...more };
    const { data } = await page.ucp.checkout.create(wish).result();
    this.forget();
    return data;
  }

  /** `agent.token`, giving tokens of the shop's; counts how often it was asked. */
  tokenSource(given = {}) {
    const source = async () => {
      source.asked += 1;
      return this.ucp.issueToken(given);
    };
    source.asked = 0;
    return source;
  }
}

/** A signer somewhere else, with a key of its own that the agent has to publish. */
export function remoteSigner(kid = "remote-1") {
  const { publicKey, privateKey } = newKeyPair("ec", { namedCurve: "P-256" });
  const requests = [];
  const signer = {
    kid,
    sign(request) {
      requests.push(request);
      return new Uint8Array(sign("sha256", Buffer.from(request.base), { key: privateKey, dsaEncoding: "ieee-p1363" }));
    },
  };
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "ES256" };
  return { signer, jwk, requests };
}

/** Options that call on each tier; the agent's keys are published where they are needed. */
export const TIERS = {
  anonymous: () => new UcpScene(),
  signed(agent = {}, options = {}) {
    const { signer, jwk } = remoteSigner();
    const scene = new UcpScene({ signer, ...agent }, options);
    scene.ucp.publish(jwk);
    return scene;
  },
  token(agent = {}, options = {}) {
    const scene = new UcpScene({ agentWideToken: true, ...agent }, options);
    scene.options.agent.token ??= scene.tokenSource();
    return scene;
  },
};
