import { randomUUID } from "node:crypto";
import { readBytes } from "../http/body.js";
import { sendJson } from "../http/reply.js";
import { noteCall, parseJson, rpcError } from "./rpc.js";

/**
 * Takes in what is posted to an MCP endpoint, and writes into the log what it calls.
 *
 * @param {import("../http/exchange.js").Exchange} exchange
 * @param {number} [limit] of the body, in bytes
 * @returns {Promise<{bytes: Buffer, text: string, message: unknown} | null>} null for what is no POST and was refused
 */
export async function receive({ req, res, entry }, limit) {
  res.setHeader("x-request-id", randomUUID());
  if (req.method !== "POST") {
    sendJson(res, 405, rpcError(null, -32000, "Method not allowed."), { allow: "POST" });
    return null;
  }
  const bytes = await readBytes(req, limit);
  const text = bytes.toString("utf8");
  const message = parseJson(text);
  noteCall(entry, message);
  return { bytes, text, message };
}
