import { capabilityOfTool, parentsOf } from "./capabilities.js";
import { ProtocolRefusal } from "./registry.js";

/**
 * What the shop and an agent can do together: the capabilities that both have in a common version, less the extensions
 * of what they do not have.
 *
 * @param {import("./profiles.js").AgentProfile} profile
 * @param {{offered: string[], versions: string[]}} shop
 * @returns {Map<string, string>} version by name
 */
export function sharedCapabilities({ capabilities }, { offered, versions }) {
  const shared = new Map();
  for (const name of offered) {
    const common = (capabilities[name] ?? []).map(({ version }) => version).filter((date) => versions.includes(date));
    if (common.length > 0) shared.set(name, common.sort().at(-1));
  }
  for (let before = -1; before !== shared.size;) {
    before = shared.size;
    for (const name of [...shared.keys()]) {
      const parents = parentsOf(name);
      if (parents.length > 0 && !parents.some((parent) => shared.has(parent))) shared.delete(name);
    }
  }
  return shared;
}

export function checkVersion({ version }, versions) {
  if (versions.includes(version)) return;
  throw new ProtocolRefusal("version_unsupported", `The shop speaks ${versions.join(" and ")}, not ${version}.`);
}

/**
 * Whether the two can talk about a tool.
 *
 * @returns {"yes" | "incompatible" | "no"} `incompatible` when they share nothing though the agent has what the shop
 *   has, in other versions
 */
export function mayUse(tool, profile, shared) {
  if (shared.has(capabilityOfTool(tool))) return "yes";
  const named = Object.hasOwn(profile.capabilities, capabilityOfTool(tool) ?? "");
  return shared.size === 0 && named ? "incompatible" : "no";
}
