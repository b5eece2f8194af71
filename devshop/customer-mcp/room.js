import { randomUUID } from "node:crypto";
import { readBody } from "../http/body.js";
import { send, sendJson } from "../http/reply.js";
import { customerById } from "../store/customers.js";
import { writeAnswer } from "./answer-forms.js";
import { authorize } from "./authorization.js";
import { CustomerMcpServer } from "./server.js";
import { RateLimit } from "./rate-limit.js";
import { spoilAnswer } from "./rpc-faults.js";

/** The Customer Accounts MCP endpoint: one POST, one answer, no session. */
export function openMcpRoom({ origins, settings, provider, orders }) {
  const server = new CustomerMcpServer({ settings, orders });
  const rateLimit = new RateLimit(settings);

  return async (exchange) => {
    const { req, res, url, route, entry } = exchange;
    res.setHeader("x-request-id", randomUUID());
    if (req.method !== "POST") {
      return sendJson(res, 405, rpcError(null, -32000, "Method not allowed."), { allow: "POST" });
    }
    const text = await readBody(req);
    const message = parse(text);
    noteCall(entry, message);
    let customer = null;
    if (callsTool(message)) {
      const verdict = await authorize({ req, provider, settings: settings.current });
      if (!verdict.customerId) return refuseUnauthorized({ res, entry, message, settings, reason: verdict.reason });
      customer = customerById(verdict.customerId);
      entry.customer = customer.email;
      const wait = rateLimit.take();
      if (wait) return refuseLimited({ res, entry, message, limit: wait });
    }
    const answer = await server.answer({ url: origins[route.host] + url.pathname, req, text, customer });
    return deliver({ exchange, answer, settings });
  };
}

/** Sends what the MCP server said, in the form and with the faults that are set. */
function deliver({ exchange: { res, entry, fault }, answer, settings }) {
  if (answer.message === null) {
    res.writeHead(answer.status, { "content-length": 0 });
    return res.end();
  }
  entry.outcome = outcomeOf(answer.message);
  const message = spoilAnswer(answer.message, fault);
  // Refusals at the HTTP level are plain JSON whatever the form of results.
  const form = answer.status === 200 ? settings.current.answers : "json";
  const { body, contentType } = writeAnswer(message, form);
  return send(res, answer.status, body, { "content-type": contentType });
}

function refuseUnauthorized({ res, entry, message, settings, reason }) {
  entry.outcome = "unauthorized";
  if (settings.current.authFailure === "rpc200") {
    return sendJson(res, 200, rpcError(idOf(message), -32000, "AuthenticationRequired"));
  }
  return sendJson(res, 401, { errors: [{ message: reason }] });
}

function refuseLimited({ res, entry, message, limit: { shape, retryAfter } }) {
  entry.outcome = "rate_limited";
  const id = idOf(message);
  if (shape === "http429") {
    const headers = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
    return sendJson(res, 429, rpcError(id, -32000, "Too many requests"), headers);
  }
  if (shape === "rpc") {
    const data = retryAfter === null ? undefined : { retry_after: retryAfter };
    return sendJson(res, 200, rpcError(id, -32000, "Too many requests", data));
  }
  return sendJson(res, 200, rpcError(id, -32600, "Invalid Request", "Rate limit exceeded"));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function callsTool(message) {
  return [message].flat().some((part) => part?.method === "tools/call");
}

function idOf(message) {
  const id = Array.isArray(message) ? undefined : message?.id;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

function noteCall(entry, message) {
  if (message === null || typeof message !== "object" || Array.isArray(message)) return;
  entry.rpc = { method: message.method, id: message.id };
  if (message.method === "tools/call") {
    entry.rpc.tool = message.params?.name;
    entry.rpc.arguments = message.params?.arguments;
  }
}

function outcomeOf(message) {
  if (message.error) return `error ${message.error.code}`;
  return message.result?.isError ? "tool_error" : "ok";
}

function rpcError(id, code, message, data) {
  return { jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}
