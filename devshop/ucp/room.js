import { randomUUID } from "node:crypto";
import { readBytes } from "../http/body.js";
import { sendJson } from "../http/reply.js";
import { deliver } from "../mcp/deliver.js";
import { callsTool, idOf, noteCall, parseJson, rpcError } from "../mcp/rpc.js";
import { error } from "../sales/messages.js";
import { DISCOUNT, FULFILLMENT } from "./capabilities.js";
import { identify } from "./identify.js";
import { mayUse } from "./negotiation.js";
import { ProtocolRefusal } from "./registry.js";
import { resultOf } from "./results.js";
import { UcpMcpServer } from "./server.js";
import { toolByName } from "./tools/index.js";

/** The UCP endpoint: who is it, may they, and then the tool. */
export function openUcpRoom({ origins, settings, profiles, desk }) {
  const server = new UcpMcpServer({ settings });

  return async (exchange) => {
    const { req, res, url, route, entry } = exchange;
    res.setHeader("x-request-id", randomUUID());
    if (req.method !== "POST") {
      return sendJson(res, 405, rpcError(null, -32000, "Method not allowed."), { allow: "POST" });
    }
    const bytes = await readBytes(req);
    const text = bytes.toString("utf8");
    const message = parseJson(text);
    noteCall(entry, message);
    const request = { url: origins[route.host] + url.pathname, req, text };
    try {
      const answer = callsTool(message)
        ? await answerCall({ exchange, request, message })
        : await server.answer(request, null);
      return deliver({ exchange, answer, settings });
    } catch (refusal) {
      if (!(refusal instanceof ProtocolRefusal)) throw refusal;
      const { status, message: said } = refusal.answer(idOf(message), settings.current);
      entry.outcome = refusal.code;
      return sendJson(res, status, said);
    }
  };

  async function answerCall({ exchange, request, message }) {
    const { res, entry } = exchange;
    if (Array.isArray(message)) throw new ProtocolRefusal("invalid_request", "The shop takes one call at a time.");
    const identity = await identify({ message, profiles, settings: settings.current });
    const { tier, profile, shared } = identity;
    const name = message.params?.name;
    const tool = toolByName(name);
    entry.ucp = { tier, family: tool?.family ?? null, profile: profile.url, executed: false };
    const { version } = profile;
    res.setHeader("x-shopify-ucp-mcp-api-version", version);
    const verdict = mayUse(name, profile, shared);
    if (verdict === "incompatible") return incompatible(message, { version, shared, tool: name });
    if (verdict === "no") return { status: 200, message: rpcError(idOf(message), -32602, `Tool not found: ${name}`) };
    return server.answer(request, callOf({ identity, tool, entry }));
  }

  /** Everything a tool needs to know. */
  function callOf({ identity: { profile, shared, party }, tool, entry }) {
    return {
      tool,
      party,
      origins,
      ...desk,
      terms: { discounts: shared.has(DISCOUNT), fulfillment: shared.has(FULFILLMENT), customer: party.customer !== null },
      deal: { version: profile.version, shared, origins },
      onExecution() {
        entry.ucp.executed = true;
        desk.executions.count(tool.definition.name);
      },
    };
  }

  function incompatible(message, how) {
    const words = "The agent and the shop have no capability in common.";
    const resource = {
      messages: [error("capabilities_incompatible", "unrecoverable", words)], continue_url: `${origins.shop}/`,
    };
    const result = resultOf(resource, { ...how, status: "error", form: settings.current.ucpResults });
    return { status: 200, message: { jsonrpc: "2.0", id: idOf(message), result } };
  }
}
