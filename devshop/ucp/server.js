import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { argumentErrors } from "../mcp/arguments.js";
import { answerOnce, pageOf } from "../mcp/one-shot.js";
import { BusinessRefusal } from "../sales/messages.js";
import { argumentsSentence, badArguments, resultOf } from "./results.js";
import { isIdempotencyKey } from "./tools/schemas.js";

/** The MCP side of a UCP server. */
export class UcpMcpServer {
  #service;
  #settings;

  /** @param {{service: import("./room.js").UcpService, settings: object}} parts */
  constructor({ service, settings }) {
    this.#service = service;
    this.#settings = settings;
  }

  /**
   * @param {{url: string, req: object, text: string}} request
   * @param {object | null} call what was found out about a tool call before; see room.js
   */
  async answer({ url, req, text }, call) {
    const { insistOnBothTypes } = this.#settings.current;
    return answerOnce(this.#server(call), { url, req, text, insistOnBothTypes });
  }

  #server(call) {
    const { info, tools } = this.#service;
    const server = new Server(info, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
      pageOf(tools, params?.cursor, this.#settings.current.toolsPageSize));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => this.#call(params.arguments ?? {}, call));
    return server;
  }

  #call(args, call) {
    const { tool, deal } = call;
    const problem = argumentsProblem(tool, args) ?? tool.problem?.(args);
    if (problem) return badArguments(problem);
    call.onExecution();
    const how = { ...deal, form: this.#settings.current.ucpResults, tool: tool.definition.name };
    try {
      return resultOf(tool.run(args, call), { ...how, status: "success" });
    } catch (refusal) {
      if (!(refusal instanceof BusinessRefusal)) throw refusal;
      const { messages, continueUrl } = refusal;
      const resource = { messages, ...(continueUrl ? { continue_url: continueUrl } : {}) };
      return resultOf(resource, { ...how, status: "error" });
    }
  }
}

/** What is wrong with the arguments, by their place. The key has to be there even where no schema asks for it. */
function argumentsProblem({ definition, needsKey }, args) {
  const [first] = argumentErrors(definition, args);
  if (first) return argumentsSentence(first);
  if (needsKey && !isIdempotencyKey(args.meta["idempotency-key"])) {
    return "value at `/meta` must have required property 'idempotency-key', a UUID";
  }
  return null;
}
