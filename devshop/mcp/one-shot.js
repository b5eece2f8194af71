import { WebStandardStreamableHTTPServerTransport }
  from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";

const BOTH_TYPES = "application/json, text/event-stream";

/**
 * Lets a server of the SDK answer one request and no other, so that nothing can leak between callers.
 *
 * @param {import("@modelcontextprotocol/sdk/server/index.js").Server} server
 * @param {{url: string, req: import("node:http").IncomingMessage, text: string, insistOnBothTypes: boolean}} call
 * @returns {Promise<{status: number, message: object | null}>}
 */
export async function answerOnce(server, { url, req, text, insistOnBothTypes }) {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    const response = await transport.handleRequest(
      new Request(url, { method: "POST", headers: headersOf(req, insistOnBothTypes), body: text }),
    );
    const body = await response.text();
    return { status: response.status, message: body ? JSON.parse(body) : null };
  } finally {
    await server.close();
  }
}

/** The SDK insists that a client takes both types; the shop's clients ask for JSON alone. */
function headersOf(req, insistOnBothTypes) {
  const headers = { accept: insistOnBothTypes ? (req.headers.accept ?? "") : BOTH_TYPES };
  for (const name of ["content-type", "mcp-protocol-version"]) {
    if (req.headers[name] !== undefined) headers[name] = req.headers[name];
  }
  return headers;
}

/** An error that the SDK reports with this code. */
export function protocolError(code, message) {
  return Object.assign(new Error(message), { code });
}

/** The `tools/list` result that a cursor asks for; without a size, all of them. */
export function pageOf(tools, cursor, size) {
  const [, position] = Buffer.from(cursor ?? "", "base64url").toString().match(/^tools:(\d+)$/) ?? [];
  const from = cursor === undefined ? 0 : Number(position);
  if (!(from < tools.length)) throw protocolError(ErrorCode.InvalidParams, "Invalid cursor");
  const to = from + (size ?? tools.length);
  const nextCursor = to < tools.length ? { nextCursor: Buffer.from(`tools:${to}`).toString("base64url") } : {};
  return { tools: tools.slice(from, to).map(({ definition }) => definition), ...nextCursor };
}
