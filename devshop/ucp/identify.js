import { checkVersion, sharedCapabilities } from "./negotiation.js";
import { offeredCapabilities } from "./shop-profile.js";

/**
 * @typedef {object} Identity who calls
 * @property {"anonymous" | "signed" | "token"} tier
 * @property {import("./profiles.js").AgentProfile} profile
 * @property {Map<string, string>} shared capabilities of the agent and the shop
 * @property {import("../sales/records.js").Party} party
 */

/**
 * Finds out who calls, by what the call carries.
 *
 * @returns {Promise<Identity>}
 */
export async function identify({ message, profiles, settings }) {
  const profile = await profiles.get(message.params?.arguments?.meta?.["ucp-agent"]?.profile);
  const versions = settings.ucpVersions;
  checkVersion(profile, versions);
  return {
    tier: "anonymous",
    profile,
    shared: sharedCapabilities(profile, { offered: offeredCapabilities(settings), versions }),
    party: { agent: profile.agent, customer: null, isAgent: false },
  };
}
