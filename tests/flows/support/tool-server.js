// The Customer Accounts MCP server: JSON-RPC over POST, some tools, and every way to put an answer.

import assert from "node:assert/strict";

import { HANG, inPieces, json, pause, text } from "./network.js";

/** How a server is set up. */
const SETTINGS = {
  /** One of `FORMS`. */
  form: "json",
  /** Takes `Bearer <token>` instead of the bare token. */
  bearer: false,
  /** Says 401 under HTTP 200, as JSON-RPC -32000. */
  unauthorizedByRpc: false,
  /** Answers 406 to whoever does not offer event streams too. */
  insistsOnBoth: false,
  /** Pages of `tools/list`. */
  pages: 1,
  /** Wants a token even for `tools/list`. */
  privateList: false,
  /** What `get_order_status` says of its answers. */
  outputSchema: undefined,
};

/** Ways to put an answer: what it is, and what its label says. */
export const FORMS = {
  "json": { label: "application/json" },
  "an event stream": { label: "text/event-stream", stream: true },
  "json that is called an event stream": { label: "text/event-stream" },
  "an event stream that is called json": { label: "application/json", stream: true },
};

/** Tools whose answer names them and the customer. */
const PLAIN_TOOLS = ["get_most_recent_order_status", "get_store_credit_balances", "request_return", "wish_list"];

export const content = (words) => ({ content: [{ type: "text", text: words }] });
export const failure = (words) => ({ ...content(words), isError: true });
/** The JSON-RPC request that a server received. */
export const requestIn = ({ body }) => JSON.parse(body);

/** A JSON-RPC answer to a request. */
export function answering(sent, rest, form) {
  return put({ jsonrpc: "2.0", id: requestIn(sent).id, ...rest }, form);
}

/** An envelope in one of the forms. */
export function put(envelope, form = "json") {
  const { label, stream } = FORMS[form];
  const headers = { "content-type": label };
  return stream ? inPieces(200, events(JSON.stringify(envelope)), headers) : json(200, envelope, headers);
}

function events(answer) {
  const half = Math.floor(answer.length / 2);
  const progress = JSON.stringify({ jsonrpc: "2.0", method: "notifications/progress", params: { progress: 1 } });
  return [
    `: hello\n\nevent: message\ndata: ${progress}\n\n`,
    pause(5),
    `event: message\ndata: ${answer.slice(0, half)}`,
    pause(5),
    `${answer.slice(half)}\n\n`,
    // A server may keep the stream open after its answer.
    HANG,
  ];
}

export class ToolServer {
  settings = { ...SETTINGS };
  /** Calls that were executed: `{ name, arguments, customer }`. */
  executed = [];
  /** Ids of all requests, in order. */
  ids = [];
  #login;

  constructor(login) {
    this.#login = login;
  }

  /** How often a tool was executed. */
  executions(name) {
    return this.executed.filter((call) => call.name === name).length;
  }

  post(sent) {
    assert.equal(sent.method, "POST");
    assert.equal(sent.headers["content-type"], "application/json");
    const { jsonrpc, id, method, params } = requestIn(sent);
    assert.equal(jsonrpc, "2.0");
    assert.ok(Number.isSafeInteger(id) && id >= 0, "ids are numbers, never null");
    this.ids.push(id);
    const { settings } = this;
    const { accept, authorization } = sent.headers;
    if (settings.insistsOnBoth && !accept.includes("text/event-stream")) return text(406, "Not acceptable");
    const customer = this.#customer(authorization);
    const isOpen = method === "tools/list" && !settings.privateList;
    if (customer === null && !isOpen) return this.#unauthorized(sent);
    assert.ok(["tools/list", "tools/call"].includes(method), `${method} is not asked for`);
    const result = method === "tools/list" ? this.#list(params) : this.#call(params, customer);
    return answering(sent, { result }, settings.form);
  }

  #customer(authorization = "") {
    if (!this.settings.bearer) return this.#login.customer(authorization);
    return authorization.startsWith("Bearer ") ? this.#login.customer(authorization.slice("Bearer ".length)) : null;
  }

  /** The server wants a customer. */
  #unauthorized(sent) {
    if (!this.settings.unauthorizedByRpc) return text(401, "");
    return answering(sent, { error: { code: -32000, message: "AuthenticationRequired" } }, this.settings.form);
  }

  #call({ name, arguments: args }, customer) {
    assert.ok(typeof args === "object" && args !== null && !Array.isArray(args));
    this.executed.push({ name, arguments: args, customer });
    if (PLAIN_TOOLS.includes(name)) return content(`${name} for ${customer}`);
    if (name !== "get_order_status") return failure(`Tool not found: ${name}`);
    if (args.order_number === undefined) return failure("order_number: is required");
    if (args.order_number !== "#1001") return failure(`Order not found with number: ${args.order_number}`);
    return content(`Order #1001 of ${customer} is on its way.`);
  }

  #list({ cursor = "0" } = {}) {
    const page = Number(cursor);
    const tool = (name, more) => ({ name, inputSchema: { type: "object" }, ...more });
    const known = [
      tool("get_order_status", { outputSchema: this.settings.outputSchema }),
      tool("request_return", { annotations: { readOnlyHint: false } }),
      tool("wish_list", { annotations: { readOnlyHint: true } }),
    ];
    const tools = [tool(`page_${page}`), ...(page === 0 ? known : [])];
    return page + 1 < this.settings.pages ? { tools, nextCursor: String(page + 1) } : { tools };
  }
}
