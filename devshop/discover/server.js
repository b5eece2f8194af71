import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { argumentErrors } from "../mcp/arguments.js";
import { answerOnce, pageOf, protocolError } from "../mcp/one-shot.js";
import { badArguments, argumentsSentence } from "../ucp/results.js";
import { getGlobalProductDetails } from "./details.js";
import { searchGlobalProducts } from "./search.js";
import { CallRefused } from "./wish.js";

const SERVER_INFO = { name: "global-catalog", version: "0.1.0" };
const INSTRUCTIONS =
  "Use markdown to render product titles as links to their respective product pages using the URL property.";
const TOOLS = [searchGlobalProducts, getGlobalProductDetails];

/** The MCP side of the old catalog of all shops. */
export class DiscoverServer {
  #settings;

  constructor({ settings }) {
    this.#settings = settings;
  }

  /** @param {object} call what the tools need to know; see room.js */
  async answer({ url, req, text }, call) {
    const { insistOnBothTypes, toolsPageSize } = this.#settings.current;
    const server = new Server(SERVER_INFO, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) => pageOf(TOOLS, params?.cursor, toolsPageSize));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => this.#call(params, call));
    return answerOnce(server, { url, req, text, insistOnBothTypes });
  }

  #call({ name, arguments: args = {} }, call) {
    const tool = TOOLS.find(({ definition }) => definition.name === name);
    if (!tool) throw protocolError(ErrorCode.InvalidParams, `Unknown tool: ${name}`);
    const [first] = argumentErrors(tool.definition, args);
    const problem = first ? argumentsSentence(first) : tool.problem?.(args);
    if (problem) return badArguments(problem);
    call.onExecution(name);
    try {
      const answer = { ...tool.run(args, call), instructions: INSTRUCTIONS };
      return { content: [{ type: "text", text: JSON.stringify(answer) }] };
    } catch (refusal) {
      if (!(refusal instanceof CallRefused)) throw refusal;
      return { content: [{ type: "text", text: refusal.message }], isError: true };
    }
  }
}
