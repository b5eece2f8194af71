import { createHash } from "node:crypto";
import { sendJson } from "../http/reply.js";
import { deliver, refuseLimited } from "../mcp/deliver.js";
import { receive } from "../mcp/receive.js";
import { callsTool, idOf, rpcError } from "../mcp/rpc.js";
import { error } from "../sales/messages.js";
import { customerById } from "../store/customers.js";
import { Executions } from "./executions.js";
import { Idempotency } from "./idempotency.js";
import { Identification } from "./identify.js";
import { UcpLimits } from "./limits.js";
import { mayUse } from "./negotiation.js";
import { ProtocolRefusal } from "./registry.js";
import { resultOf } from "./results.js";
import { UcpMcpServer } from "./server.js";
import { refuseTier, refuseWithoutBuyerIp, tierProblem } from "./tiers.js";
import { isIdempotencyKey } from "./tools/schemas.js";

const BUYER_IP = "shopify-buyer-ip";

/**
 * What is different from one UCP endpoint to the other.
 *
 * @typedef {object} UcpService
 * @property {{name: string, version: string}} info as the server introduces itself
 * @property {readonly import("./tools/index.js").UcpTool[]} tools
 * @property {() => string} endpoint where it is, as it believes itself
 * @property {() => string[]} offered its capabilities
 * @property {boolean} asksAlways whether everything asked of it has to name a profile, not calls alone
 * @property {Record<string, number>} statuses of HTTP for what it refuses in another way than the registry says
 * @property {{limit: string, rates: string}} limits names of the settings
 * @property {number} bodyLimit in bytes
 * @property {string} home where people can go instead
 * @property {(identity: import("./identify.js").Identity) => object} equip what its tools need to know of a call
 */

/**
 * A UCP endpoint: who is it, may they, not too often, not twice; and then the tool.
 *
 * @param {object} parts
 * @param {UcpService} parts.service
 * @returns {{answer: (exchange: import("../http/exchange.js").Exchange) => Promise<void>, executions: () => object,
 *   forget: () => void}} `forget`: what was answered before
 */
export function openUcpRoom({ service, origins, settings, profiles, provider, agentTokens }) {
  const server = new UcpMcpServer({ service, settings });
  const identification = new Identification({ service, origins, settings, profiles, provider, agentTokens });
  const limits = new UcpLimits(settings, service.limits);
  const idempotency = new Idempotency();
  const executions = new Executions();

  async function answer(exchange) {
    const { req, res, url, route, entry } = exchange;
    const posted = await receive(exchange, service.bodyLimit);
    if (!posted) return;
    const { bytes, text, message } = posted;
    const request = { url: origins[route.host] + url.pathname, req, text };
    try {
      const calls = callsTool(message);
      if (!calls && service.asksAlways) await identification.introduce({ req, message });
      const said = calls
        ? await answerCall({ exchange, request, bytes, message })
        : await server.answer(request, null);
      return said && deliver({ exchange, answer: said, settings });
    } catch (refusal) {
      if (!(refusal instanceof ProtocolRefusal)) throw refusal;
      const { status, message: said } = refusal.answer(idOf(message), settings.current);
      entry.outcome = refusal.code;
      return sendJson(res, status === 200 ? 200 : (service.statuses[refusal.code] ?? status), said);
    }
  }

  /** @returns {Promise<{status: number, message: object} | undefined>} undefined when the answer is on its way */
  async function answerCall({ exchange, request, bytes, message }) {
    const { req, res, url, entry } = exchange;
    if (Array.isArray(message)) throw new ProtocolRefusal("invalid_request", "The shop takes one call at a time.");
    const name = message.params?.name;
    const tool = service.tools.find(({ definition }) => definition.name === name);
    const meta = message.params?.arguments?.meta;
    const key = meta?.["idempotency-key"] ?? null;
    entry.ucp = {
      tier: null, signed: false, family: tool?.family ?? null, profile: meta?.["ucp-agent"]?.profile ?? null, key,
      bodySha256: createHash("sha256").update(bytes).digest("hex"), executed: false, replayed: false,
    };
    const identity = await identification.identify({ req, url, bytes, message });
    const { profile, shared, party, tier, signed } = identity;
    Object.assign(entry.ucp, { tier, signed });
    if (party.customer) entry.customer = customerById(party.customer).email;
    res.setHeader("x-shopify-ucp-mcp-api-version", profile.version);
    const id = idOf(message);
    const verdict = mayUse(name, profile, shared);
    if (verdict === "incompatible") return incompatible(id, { version: profile.version, shared, tool: name });
    if (verdict === "no") return { status: 200, message: rpcError(id, -32602, `Tool not found: ${name}`) };
    const refused = refusedByTier({ id, tool, identity, req });
    if (refused) return refused;
    const limit = limits.take(identity, tool.family);
    if (limit) return refuseLimited({ res, entry, id, limit });
    const call = callOf({ identity, tool, entry });
    if (!tool.needsKey || !isIdempotencyKey(key)) return server.answer(request, call);
    checkKeyHeader(req.headers["idempotency-key"], key);
    const kept = await idempotency.once({ party, key, bytes }, async () =>
      ({ answer: await server.answer(request, call), effective: entry.ucp.executed }));
    entry.ucp.replayed = kept.replayed;
    return kept.answer;
  }

  function refusedByTier({ id, tool, identity, req }) {
    const { ucpRefusals, ucpBuyerIp } = settings.current;
    const problem = tierProblem(tool.definition.name, identity);
    if (problem) return refuseTier(id, problem, ucpRefusals);
    const wantsBuyer = ucpBuyerIp && identity.tier === "token" && tool.family === "checkout";
    return wantsBuyer && !req.headers[BUYER_IP] ? refuseWithoutBuyerIp(id) : null;
  }

  /** Everything a tool needs to know. */
  function callOf({ identity, tool, entry }) {
    const { profile, shared, party } = identity;
    return {
      tool,
      party,
      origins,
      deal: { version: profile.version, shared, origins },
      ...service.equip(identity),
      onExecution() {
        entry.ucp.executed = true;
        executions.count(tool.definition.name);
      },
    };
  }

  function incompatible(id, how) {
    const words = "The agent and the shop have no capability in common.";
    const resource = {
      messages: [error("capabilities_incompatible", "unrecoverable", words)], continue_url: service.home,
    };
    const result = resultOf(resource, { ...how, status: "error", form: settings.current.ucpResults });
    return { status: 200, message: { jsonrpc: "2.0", id, result } };
  }

  function forget() {
    idempotency.clear();
    executions.clear();
  }

  return { answer, executions: () => executions.list(), forget };
}

function checkKeyHeader(header, key) {
  if (header === undefined || header === key) return;
  throw new ProtocolRefusal("invalid_params", "Idempotency-Key and meta.idempotency-key differ.");
}
