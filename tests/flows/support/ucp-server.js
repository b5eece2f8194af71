// The shop's UCP server: who calls, whether they may, what was done once, and the answer to it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { bodyOf, json } from "./network.js";
import { answering } from "./tool-server.js";
import { Desk } from "./ucp-desk.js";
import { agentDocuments, PROFILES, shopDocuments, UCP_ENDPOINT } from "./ucp-profiles.js";
import { readCall } from "./ucp-request.js";
import { checkSignature } from "./ucp-signature.js";

/** How a server is set up. */
const SETTINGS = {
  /** How it says no to a tier: `http403`, or HTTP 200 with AuthenticationRequired. */
  refusals: "http403",
  /** How it answers: `both`, `text` alone, `structured` alone. */
  results: "both",
  /** The tier that the proxy makes of what reaches it bare. */
  proxyAdds: undefined,
  /** Whether a customer's token may complete purchases. */
  customersComplete: true,
};

/** The protocol's errors: HTTP status and JSON-RPC code. */
const REGISTRY = {
  signature_invalid: [401, -32000],
  key_not_found: [401, -32000],
  idempotency_conflict: [409, -32000],
};

/** A protocol error as servers send it. */
export function registered(sent, code, [status, number] = REGISTRY[code]) {
  return refusing(sent, status, { code: number, message: code.replaceAll("_", " "), data: { code, content: "Not like this." } });
}

/** A JSON-RPC error under a status. */
export function refusing(sent, status, error) {
  return { ...answering(sent, { error }), status };
}

export class UcpServer {
  settings = { ...SETTINGS };
  desk = new Desk();
  documents = shopDocuments();
  /** What the agent hosts, by addresses. */
  agent = agentDocuments();
  /** All calls that arrived, read. */
  calls = [];
  /** Those that were executed. */
  executed = [];
  #world;
  #login;
  #tokens = new Map();
  #once = new Map();

  constructor(world, login) {
    this.#world = world;
    this.#login = login;
  }

  /** A token for the agent: what its server would be given, and keeps from it. */
  issueToken({ scope = "read_global_api_orders", mayComplete = true, seconds = 3600 } = {}) {
    const token = `SECRET-agent-${this.#tokens.size + 1}`;
    this.#tokens.set(token, { scope, mayComplete, ends: this.#world.elapsed + seconds * 1_000 });
    return { access_token: token, scope, expires_in: seconds };
  }

  /** No token is good any more. */
  expireTokens() {
    for (const token of this.#tokens.values()) token.ends = 0;
  }

  /** Publishes the agent's keys. */
  publish(...keys) {
    this.agent = agentDocuments(keys);
  }

  /** How often a tool was executed. */
  executions(tool) {
    return this.executed.filter((call) => call.tool === tool).length;
  }

  /** The calls of a tool that arrived. */
  callsOf(tool) {
    return this.calls.filter((call) => call.tool === tool);
  }

  /** Everything that arrives is checked, also what is answered by a script. */
  note(sent) {
    this.calls.push(readCall(sent));
  }

  /** @param {string} [added] the tier that a proxy made of it */
  post(sent, added) {
    const call = readCall(sent);
    if (call.tool === "tools/list") return answering(sent, { result: { tools: TOOLS } });
    const tier = added ?? call.tier;
    const grants = this.#grants(call, tier, added);
    if (!grants) return refusing(sent, 401, { code: -32000, message: "Unauthorized" });
    const flaw = this.#flaw(sent, call);
    if (flaw) return registered(sent, flaw);
    if (!mayCall(call.tool, tier, grants)) return this.#forbidden(sent);
    return call.key ? this.#doOnce(sent, call) : this.#execute(sent, call);
  }

  #grants({ headers }, tier, added) {
    if (tier !== "token") return {};
    if (added) return { scope: "read_global_api_orders", mayComplete: true };
    const token = headers.authorization.slice("Bearer ".length);
    const known = this.#tokens.get(token);
    if (known) return known.ends > this.#world.elapsed ? known : null;
    return this.#login.customer(token) === null ? null : { scope: "", mayComplete: this.settings.customersComplete };
  }

  /** What is wrong with a signature, by its code. */
  #flaw(sent, { profile, tier }) {
    if (tier !== "signed") return null;
    const { keys, signing_keys: older } = this.agent[profile];
    return checkSignature(sent, UCP_ENDPOINT, keys ?? older);
  }

  #forbidden(sent) {
    const isPlain = this.settings.refusals === "http403";
    return refusing(sent, isPlain ? 403 : 200, { code: -32000, message: isPlain ? "Forbidden" : "AuthenticationRequired" });
  }

  /** The same bytes under the same key are answered from memory, byte for byte. */
  #doOnce(sent, call) {
    const digest = createHash("sha256").update(call.bytes).digest("hex");
    const kept = this.#once.get(call.key);
    if (kept) return kept.digest === digest ? kept.answer : registered(sent, "idempotency_conflict");
    const answer = this.#execute(sent, call);
    this.#once.set(call.key, { digest, answer });
    return answer;
  }

  #execute(sent, call) {
    const resource = this.desk.run(call.tool, call.args);
    if (!resource) return refusing(sent, 200, { code: -32602, message: `Tool not found: ${call.tool}` });
    this.executed.push(call);
    const { isMissing, ...rest } = resource;
    return this.answer(sent, { ucp: { version: versionOf(call.profile), status: isMissing ? "error" : "success" }, ...rest });
  }

  /** The answer that has this resource. */
  answer(sent, resource) {
    const content = [{ type: "text", text: JSON.stringify(resource) }];
    const result = {
      both: { content, structuredContent: resource },
      text: { content },
      structured: { content: [], structuredContent: resource },
    }[this.settings.results];
    return answering(sent, { result });
  }
}

/** The resource in an answer. */
export const resourceIn = (reply) => JSON.parse(bodyOf(reply)).result.structuredContent;

const versionOf = (profile) => Object.keys(PROFILES).find((version) => PROFILES[version] === profile);

/** The table of "Auth and rate limiting". */
function mayCall(tool, tier, { scope, mayComplete }) {
  if (tool === "complete_checkout") return tier === "token" && mayComplete;
  if (tool === "get_order") return tier === "token" && scope.split(" ").includes("read_global_api_orders");
  return true;
}

const TOOLS = [
  "search_catalog", "lookup_catalog", "get_product", "create_cart", "get_cart", "update_cart", "cancel_cart", "create_checkout",
  "get_checkout", "update_checkout", "complete_checkout", "cancel_checkout", "get_order",
].map((name) => ({ name, inputSchema: { type: "object" } }));

/** A document as shops and agents host it, asked for by a page that shows nothing of itself to other origins. */
export function hosted({ method, headers, credentials, redirect }, document) {
  assert.equal(method, "GET");
  assert.deepEqual(Object.keys(headers), ["accept"]);
  assert.deepEqual([credentials, redirect], ["same-origin", "manual"]);
  return json(200, document, { "cache-control": "public, max-age=60" });
}
