import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport }
  from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { argumentsProblem } from "./arguments.js";
import { TOOLS } from "./tools/index.js";
import { ToolRefusal, processingFailure, refusal, textResult } from "./tool-results.js";

const SERVER_INFO = { name: "customer-accounts", version: "0.1.0" };
const BOTH_TYPES = "application/json, text/event-stream";

/** The MCP side: every request gets a server and a transport of its own, so nothing can leak between callers. */
export class CustomerMcpServer {
  #settings;
  #orders;

  constructor({ settings, orders }) {
    this.#settings = settings;
    this.#orders = orders;
  }

  /**
   * @param {{url: string, req: import("node:http").IncomingMessage, text: string, customer: object | null}} call
   * @returns {Promise<{status: number, message: object | null}>}
   */
  async answer({ url, req, text, customer }) {
    const server = this.#server(customer);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      const response = await transport.handleRequest(
        new Request(url, { method: "POST", headers: this.#headers(req), body: text }),
      );
      const body = await response.text();
      return { status: response.status, message: body ? JSON.parse(body) : null };
    } finally {
      await server.close();
    }
  }

  /** The SDK insists that a client takes both types; the shop's clients ask for JSON alone. */
  #headers(req) {
    const { insistOnBothTypes } = this.#settings.current;
    const headers = { accept: insistOnBothTypes ? (req.headers.accept ?? "") : BOTH_TYPES };
    for (const name of ["content-type", "mcp-protocol-version"]) {
      if (req.headers[name] !== undefined) headers[name] = req.headers[name];
    }
    return headers;
  }

  #server(customer) {
    const server = new Server(SERVER_INFO, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) => this.#page(params?.cursor));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      this.#call(params.name, params.arguments ?? {}, customer));
    return server;
  }

  #page(cursor) {
    const size = this.#settings.current.toolsPageSize ?? TOOLS.length;
    const start = cursor === undefined ? 0 : positionOf(cursor);
    const end = start + size;
    return {
      tools: TOOLS.slice(start, end).map((tool) => tool.definition),
      ...(end < TOOLS.length ? { nextCursor: Buffer.from(`tools:${end}`).toString("base64url") } : {}),
    };
  }

  async #call(name, args, customer) {
    const tool = TOOLS.find(({ definition }) => definition.name === name);
    if (!tool) throw protocolError(ErrorCode.InvalidParams, `Unknown tool: ${name}`);
    const problem = argumentsProblem(tool.definition, args);
    if (problem) return refusal(problem);
    try {
      const answer = await tool.run(args, { customer, orders: this.#orders });
      return textResult(answer, { structured: tool.definition.outputSchema !== undefined });
    } catch (error) {
      if (error instanceof ToolRefusal) return refusal(error.message);
      return processingFailure();
    }
  }
}

function positionOf(cursor) {
  const position = Number(Buffer.from(cursor, "base64url").toString().match(/^tools:(\d+)$/)?.[1]);
  if (!(position < TOOLS.length)) throw protocolError(ErrorCode.InvalidParams, "Invalid cursor");
  return position;
}

function protocolError(code, message) {
  return Object.assign(new Error(message), { code });
}
