import { send, sendJson } from "../http/reply.js";
import { writeAnswer } from "./answer-forms.js";
import { rpcError } from "./rpc.js";
import { spoilAnswer } from "./rpc-faults.js";

/** Sends what an MCP server said, in the form and with the faults that are set. */
export function deliver({ exchange: { res, entry, fault }, answer, settings }) {
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

/** Refuses a call that came too soon, in the shape that is set. */
export function refuseLimited({ res, entry, id, limit: { shape, retryAfter } }) {
  entry.outcome = "rate_limited";
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

function outcomeOf(message) {
  if (message.error) return `error ${message.error.code}`;
  return message.result?.isError ? "tool_error" : "ok";
}
