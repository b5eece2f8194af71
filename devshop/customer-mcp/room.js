import { sendJson } from "../http/reply.js";
import { deliver, refuseLimited } from "../mcp/deliver.js";
import { receive } from "../mcp/receive.js";
import { callsTool, idOf, rpcError } from "../mcp/rpc.js";
import { customerById } from "../store/customers.js";
import { authorize } from "./authorization.js";
import { CustomerMcpServer } from "./server.js";
import { RateLimit } from "./rate-limit.js";

/** The Customer Accounts MCP endpoint: one POST, one answer, no session. */
export function openMcpRoom({ origins, settings, provider, orders }) {
  const server = new CustomerMcpServer({ settings, orders });
  const rateLimit = new RateLimit(settings);

  return async (exchange) => {
    const { req, res, url, route, entry } = exchange;
    const posted = await receive(exchange);
    if (!posted) return;
    const { text, message } = posted;
    let customer = null;
    if (callsTool(message)) {
      const verdict = await authorize({ req, provider, settings: settings.current });
      if (!verdict.customerId) return refuseUnauthorized({ res, entry, message, settings, reason: verdict.reason });
      customer = customerById(verdict.customerId);
      entry.customer = customer.email;
      const limit = rateLimit.take();
      if (limit) return refuseLimited({ res, entry, id: idOf(message), limit });
    }
    const answer = await server.answer({ url: origins[route.host] + url.pathname, req, text, customer });
    return deliver({ exchange, answer, settings });
  };
}

function refuseUnauthorized({ res, entry, message, settings, reason }) {
  entry.outcome = "unauthorized";
  if (settings.current.authFailure === "rpc200") {
    return sendJson(res, 200, rpcError(idOf(message), -32000, "AuthenticationRequired"));
  }
  return sendJson(res, 401, { errors: [{ message: reason }] });
}
