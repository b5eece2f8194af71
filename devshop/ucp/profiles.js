import { fetchProfile, profileUrl } from "./fetch-profile.js";
import { ProtocolRefusal } from "./registry.js";
import { isVersion } from "./versions.js";

const REFETCH_MS = 60_000;
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * @typedef {object} AgentProfile
 * @property {string} url
 * @property {string} agent address under which all profiles of this agent are
 * @property {string} version
 * @property {Record<string, {version: string}[]>} capabilities
 * @property {object[]} keys public JWKs
 */

/** The profiles of the agents that call, kept as long as they say. */
export class ProfileCache {
  #own;
  #kept = new Map();
  #underWay = new Map();

  /** @param {{origin: string, tls: object | null}} own host of the local agents */
  constructor(own) {
    this.#own = own;
  }

  /** @param {unknown} text the URL as the call has it @returns {Promise<AgentProfile>} */
  async get(text) {
    const url = profileUrl(text, this.#own.origin);
    const kept = this.#kept.get(url.href);
    return kept && kept.until > Date.now() ? kept.profile : this.#fetch(url);
  }

  /** Looks once more, for a key that was not there; not more than once a minute. */
  async getAnew({ url }) {
    const kept = this.#kept.get(url);
    if (kept && kept.fetchedAnewAt + REFETCH_MS > Date.now()) return kept.profile;
    const profile = await this.#fetch(new URL(url));
    const fresh = this.#kept.get(url);
    if (fresh) fresh.fetchedAnewAt = Date.now();
    return profile;
  }

  clear() {
    // What is under way is of before, and comes too late to be kept.
    this.#kept = new Map();
    this.#underWay = new Map();
  }

  /** Many calls at once fetch once. */
  #fetch(url) {
    const { href } = url;
    const underWay = this.#underWay;
    if (!underWay.has(href)) {
      underWay.set(href, this.#fetchAndKeep(url, this.#kept).finally(() => underWay.delete(href)));
    }
    return underWay.get(href);
  }

  async #fetchAndKeep(url, kept) {
    const { profile: document, maxAge } = await fetchProfile(url, this.#own);
    const profile = readProfile(document, url);
    kept.set(url.href, { profile, until: Date.now() + maxAge * 1000, fetchedAnewAt: -Infinity });
    return profile;
  }
}

function readProfile(document, url) {
  const malformed = (why) => new ProtocolRefusal("profile_malformed", why);
  const ucp = isObject(document) ? document.ucp : undefined;
  if (!isObject(ucp) || !isVersion(ucp.version)) throw malformed("ucp.version is missing or not a date.");
  const { version, services, capabilities = {} } = ucp;
  if (!isObject(services)) throw malformed("ucp.services is missing.");
  if (!isObject(capabilities)) throw malformed("ucp.capabilities is not an object.");
  // The keys moved from one version to the next; wherever they are, they count.
  const keys = [...listOf(document.keys), ...listOf(document.signing_keys)];
  for (const key of keys) {
    const secret = PRIVATE_MEMBERS.find((name) => Object.hasOwn(key, name));
    if (secret) throw malformed(`The key ${key.kid} has the private member ${secret}.`);
  }
  const declared = Object.entries(capabilities).map(([name, entries]) => [name, listOf(entries)]);
  return {
    url: url.href,
    agent: new URL(".", url).href,
    version,
    capabilities: Object.fromEntries(declared),
    keys,
  };
}

function listOf(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
