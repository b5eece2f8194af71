// A page that calls the shop as an agent, with what only a page can make: keys, functions that give a token or sign.

import assert from "node:assert/strict";

import { AUGUST, profileOf } from "../../../devshop/test/support/ucp.js";

/**
 * Connects a page as an agent.
 *
 * @param {import("./tab.js").Tab} tab
 * @param {object} [agent] as `connect` takes it; besides, for what is none of JSON's: `token: "broker"` asks
 *   {@link serveTokens}, `signer: "keys"` takes those of {@link makeKeys}, `signer: { kid, url }` posts to a signer
 * @param {object} [options] others of `connect`
 */
export async function connectAgent(tab, agent = {}, options = {}) {
  const { error } = await tab.run(([given, rest]) => globalThis.page.settle(async () => {
    const { page } = globalThis;
    const { token, signer, ...plain } = given;
    const credentials = { ...tokenOf(token), ...signerOf(signer) };
    await page.connect({ agent: { profiles: page.config.agentProfiles, ...plain, ...credentials }, ...rest });

    function tokenOf(wanted) {
      if (wanted === "broker") return { token: () => globalThis.askForToken() };
      return wanted === undefined ? {} : { token: wanted };
    }

    function signerOf(wanted) {
      if (wanted === "keys") return { signer: page.keys };
      if (!wanted?.url) return wanted === undefined ? {} : { signer: wanted };
      const sign = async (request) => {
        const response = await fetch(wanted.url, { method: "POST", body: JSON.stringify(request) });
        if (!response.ok) throw new Error(`The signer answered ${response.status}.`);
        return response.text();
      };
      return { signer: { kid: wanted.kid, sign } };
    }
  }), [agent, options]);
  if (error) assert.fail(`connect: ${error.class ?? error.name} ${error.code}, ${error.message}`);
  return tab;
}

/** A page that is connected as an agent and signs nobody in. */
export async function agentTab(world, agent, options, setup = {}) {
  return connectAgent(await world.tab({ connect: false, ...setup }), agent, options);
}

/** Lets a page's `askForToken` give what `issue` does: as the integrator's token endpoint would. */
export async function serveTokens(tab, issue) {
  const asked = [];
  await tab.page.exposeFunction("askForToken", async () => {
    const token = await issue();
    asked.push(token);
    return token;
  });
  return asked;
}

/** Makes keys in the page, newest first; gives their public halves. */
export function makeKeys(tab, count = 1) {
  return tab.run(async (wanted) => {
    const { page } = globalThis;
    const made = await Promise.all(Array.from({ length: wanted }, () => page.sdk.createSigningKey()));
    page.keys = [...made, ...(page.keys ?? [])];
    return made.map(({ publicJwk }) => ({ ...publicJwk }));
  }, count);
}

/**
 * Publishes the agent's profile, made by the package, under the name of another agent than the shop's ready ones.
 *
 * @param {object[]} keys public halves
 * @returns {Promise<Record<string, string>>} `profiles`
 */
export async function publishKeys(world, tab, keys, { agent = "signer", version = AUGUST } = {}) {
  const document = await tab.run(([wanted, published]) =>
    globalThis.page.sdk.agentProfile({ version: wanted, keys: published }), [version, keys]);
  world.shop.publishProfile(`/agents/${agent}/${version}.json`, JSON.parse(document));
  return { [version]: profileOf(world.shop, agent, version) };
}

/** What the wire event says of so many signed requests, of a page that was set up with `wire`. */
export async function signedRequests(tab, count) {
  const isThere = (wanted) => globalThis.page.wire.filter(({ signatureBase }) => signatureBase).length >= wanted;
  await tab.page.waitForFunction(isThere, count);
  return tab.run(() => globalThis.page.wire.filter(({ signatureBase }) => signatureBase));
}

/** Everything about a UCP call that the shop noted, as one compares it. */
export function notes({ rpc: { tool }, ucp: { tier, executed }, status }) {
  return { tool, tier, executed, status };
}
