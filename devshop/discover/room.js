import { sendJson } from "../http/reply.js";
import { marketOf } from "../market/market.js";
import { deliver, refuseLimited } from "../mcp/deliver.js";
import { receive } from "../mcp/receive.js";
import { callsTool, idOf, rpcError } from "../mcp/rpc.js";
import { Executions } from "../ucp/executions.js";
import { UcpLimits } from "../ucp/limits.js";
import { CATALOG_SCOPE } from "../ucp/tiers.js";
import { DiscoverServer } from "./server.js";

/**
 * The old catalog of all shops. Everything it is asked for, a list of its tools too, takes an agent's token.
 *
 * @param {{origins: object, settings: object, agentTokens: import("../agents/access-tokens.js").AgentTokens}} parts
 */
export function openDiscoverRoom({ origins, settings, agentTokens }) {
  const server = new DiscoverServer({ settings });
  const limits = new UcpLimits(settings, { limit: "catalogRateLimit", rates: "catalogRates" });
  const executions = new Executions();

  async function answer(exchange) {
    const { req, res, url, route, entry } = exchange;
    const posted = await receive(exchange);
    if (!posted) return;
    const { text, message } = posted;
    const id = idOf(message);
    const holder = await holderOf(req.headers.authorization);
    if (!holder) return refuse(exchange, { status: 401, id, error: "invalid_token", words: "Unauthorized" });
    if (!holder.scopes.includes(CATALOG_SCOPE)) {
      return refuse(exchange, { status: 403, id, error: "insufficient_scope", words: "Forbidden" });
    }
    if (callsTool(message)) {
      const party = { agent: holder.agent.name, customer: null };
      const limit = limits.take({ tier: "token", party }, "catalog");
      if (limit) return refuseLimited({ res, entry, id, limit });
    }
    const said = await server.answer({ url: origins[route.host] + url.pathname, req, text }, {
      origins,
      market: marketOf(settings.current.catalogProducts),
      onExecution: (name) => executions.count(name),
    });
    return deliver({ exchange, answer: said, settings });
  }

  async function holderOf(authorization = "") {
    const [, token] = authorization.match(/^Bearer +(\S+)$/i) ?? [];
    return token ? agentTokens.find(token) : null;
  }

  return { answer, executions: () => executions.list(), forget: () => executions.clear() };
}

function refuse({ res, entry }, { status, id, error, words }) {
  entry.outcome = error;
  const data = { code: error };
  return sendJson(res, status, rpcError(id, -32000, words, data), { "www-authenticate": `Bearer error="${error}"` });
}
