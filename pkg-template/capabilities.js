// What a shop and an agent can do together (UCP overview, "Intersection Algorithm"): loaded when a page asks.

/**
 * Versions by the names of the capabilities that both profiles have, each in its newest common version. Extensions of what
 * is not shared are dropped until none is left.
 *
 * @param {(field: string) => Error} refusal for a member that is not what it should be
 */
export function sharedCapabilities(shop, agent, refusal) {
  const [offered, wanted] = [shop, agent].map((profile) => capabilitiesOf(profile, refusal));
  const shared = new Map();
  // By the agent's names: how many there are is not up to the shop.
  for (const [name, ours] of Object.entries(wanted)) {
    if (!Object.hasOwn(offered, name)) continue;
    const theirs = offered[name];
    if (!Array.isArray(theirs) || !Array.isArray(ours)) throw refusal("capabilities");
    const versions = new Set(ours.map((entry) => entry?.version));
    const common = theirs.filter((entry) => versions.has(entry?.version) && /^\d{4}-\d\d-\d\d$/.test(entry?.version));
    const [newest] = common.sort((one, other) => (one.version < other.version ? 1 : -1));
    if (newest) shared.set(name, newest);
  }
  for (let before; before !== shared.size; ) {
    before = shared.size;
    for (const [name, { extends: parents }] of shared) {
      const names = [parents ?? []].flat();
      if (names.length > 0 && !names.some((parent) => shared.has(parent))) shared.delete(name);
    }
  }
  return Object.fromEntries([...shared].map(([name, { version }]) => [name, version]));
}

function capabilitiesOf(profile, refusal) {
  const { capabilities = {} } = Object(profile?.ucp);
  if (typeof capabilities !== "object" || capabilities === null || Array.isArray(capabilities)) throw refusal("capabilities");
  return capabilities;
}
