import { CAPABILITIES, declareCapabilities } from "../ucp/capabilities.js";
import { isVersion } from "../ucp/versions.js";

const PATH = /^\/agents\/([a-z0-9-]{1,64})\/(\d{4}-\d{2}-\d{2})\.json$/;
const GOOD_HEADERS = { "content-type": "application/json", "cache-control": "public, max-age=300" };
const SHOPPING = "dev.ucp.shopping";

const declaring = (names) => (version) => ({ body: profile(version, declareCapabilities(version, names)) });
const everything = declaring(CAPABILITIES);

/** The ready profiles, by the agent's name: two that are all right, and those a shop must get along with or refuse. */
const READY = {
  "demo": everything,
  "other": everything,
  "catalog-only": declaring(CAPABILITIES.filter((name) => name.includes("catalog"))),
  "no-extensions": declaring(CAPABILITIES.filter((name) => !/fulfillment|discount|consent/.test(name))),
  "orphans": declaring(CAPABILITIES.filter((name) => !/(cart|checkout)$/.test(name))),
  "coarse": (version) => ({ body: profile(version, { [`${SHOPPING}.catalog`]: [{ version: "1" }] }) }),
  "incompatible": (version) => ({ body: profile(version, declareCapabilities("2025-01-01", CAPABILITIES)) }),
  "missing": () => ({ status: 404, body: { error: "not found" } }),
  "redirecting": (version) => ({ status: 302, headers: { location: `/agents/demo/${version}.json` }, body: {} }),
  "text": (version) => ({ ...everything(version), headers: { "content-type": "text/plain" } }),
  "uncacheable": (version) => ({ ...everything(version), headers: { "cache-control": "no-store" } }),
  "not-json": () => ({ body: "<!DOCTYPE html><title>Agent</title>" }),
  "no-version": () => ({ body: { ucp: { services: {}, capabilities: {}, payment_handlers: {} } } }),
};

function profile(version, capabilities) {
  return {
    ucp: {
      version,
      services: { [SHOPPING]: [service(version)] },
      capabilities,
      payment_handlers: {},
    },
    signing_keys: [],
    keys: [],
  };
}

function service(version) {
  return {
    version,
    transport: "mcp",
    spec: `https://ucp.dev/${version}/specification/overview`,
    schema: `https://ucp.dev/${version}/services/shopping/mcp.openrpc.json`,
  };
}

/** What agents have published: the ready profiles, and over them what was put there. */
export class AgentProfiles {
  #published = new Map();
  #listeners = [];

  /** @returns {{name: string, version: string} | null} what a path names */
  static parse(pathname) {
    const [, name, version] = pathname.match(PATH) ?? [];
    return name && isVersion(version) ? { name, version } : null;
  }

  /** @param {() => void} listener called when something was published or taken back */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  publish(pathname, document) {
    this.#published.set(pathname, { body: document });
    this.#tell();
  }

  withdraw(pathname) {
    this.#published.delete(pathname);
    this.#tell();
  }

  clear() {
    this.#published.clear();
    this.#tell();
  }

  /** @returns {{status: number, headers: Record<string, string>, text: string} | null} */
  at(pathname) {
    const named = AgentProfiles.parse(pathname);
    if (!named) return null;
    const made = this.#published.get(pathname) ?? READY[named.name]?.(named.version);
    if (!made) return null;
    const { status = 200, headers = {}, body } = made;
    return {
      status,
      headers: { ...GOOD_HEADERS, ...headers },
      text: typeof body === "string" ? body : JSON.stringify(body),
    };
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
