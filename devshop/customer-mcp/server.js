import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { argumentsProblem } from "../mcp/arguments.js";
import { answerOnce, pageOf, protocolError } from "../mcp/one-shot.js";
import { TOOLS } from "./tools/index.js";
import { ToolRefusal, processingFailure, refusal, textResult } from "./tool-results.js";

const SERVER_INFO = { name: "customer-accounts", version: "0.1.0" };

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
    const { insistOnBothTypes } = this.#settings.current;
    return answerOnce(this.#server(customer), { url, req, text, insistOnBothTypes });
  }

  #server(customer) {
    const server = new Server(SERVER_INFO, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
      pageOf(TOOLS, params?.cursor, this.#settings.current.toolsPageSize));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      this.#call(params.name, params.arguments ?? {}, customer));
    return server;
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
