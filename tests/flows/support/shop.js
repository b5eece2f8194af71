// A shop's servers in one process: documents, login, tokens, tools, and the agent's own host. Strict about what they
// receive, and scriptable in what they answer.

import { keySet } from "./keys.js";
import {
  AUTHORIZATION_ENDPOINT, ISSUER, KEYS_ENDPOINT, LOGOUT_ENDPOINT, LoginServer, TOKEN_ENDPOINT,
} from "./login-server.js";
import { json, text } from "./network.js";
import { ToolServer } from "./tool-server.js";
import { UCP_ADDRESSES } from "./ucp-profiles.js";
import { hosted, UcpServer } from "./ucp-server.js";

export const ACCOUNT_PAGE = "https://shop.example/pages/account";
export const MCP_ENDPOINT = "https://account.shop.example/customer/api/mcp";

/** What can be asked. Whatever is not among these is `elsewhere`: nobody should ask there. */
const ADDRESSES = {
  "https://shop.example/.well-known/openid-configuration": "loginDocument",
  "https://shop.example/.well-known/oauth-authorization-server": "oauthDocument",
  "https://shop.example/.well-known/customer-account-api": "customerDocument",
  [KEYS_ENDPOINT]: "keys",
  [TOKEN_ENDPOINT]: "token",
  [MCP_ENDPOINT]: "tools",
  ...UCP_ADDRESSES,
};
const endpointOf = ({ url }) => ADDRESSES[url] ?? "elsewhere";

export class FakeShop {
  /** Requests so far. */
  log = [];
  #always = {};
  #next = {};

  constructor(world) {
    this.login = new LoginServer(world);
    this.tools = new ToolServer(this.login);
    this.ucp = new UcpServer(world, this.login);
    this.loginDocument = {
      issuer: ISSUER,
      authorization_endpoint: AUTHORIZATION_ENDPOINT,
      token_endpoint: TOKEN_ENDPOINT,
      jwks_uri: KEYS_ENDPOINT,
      end_session_endpoint: LOGOUT_ENDPOINT,
      code_challenge_methods_supported: ["S256"],
      response_types_supported: ["code"],
      authorization_response_iss_parameter_supported: true,
    };
    this.customerDocument = { graphql_api: "https://shop.example/graphql", mcp_api: MCP_ENDPOINT };
  }

  /** Answers the next request to an endpoint in another way; more of these queue up. */
  next(endpoint, reply) {
    (this.#next[endpoint] ??= []).push(reply);
  }

  /** Answers every request to an endpoint in another way. */
  always(endpoint, reply) {
    this.#always[endpoint] = reply;
  }

  /** Answers as a shop does again. */
  asUsual(endpoint) {
    delete this.#always[endpoint];
    delete this.#next[endpoint];
  }

  /** A request arrives. */
  receive(sent) {
    this.log.push(sent);
    const endpoint = endpointOf(sent);
    if (endpoint === "ucp" || endpoint === "proxy") this.ucp.note(sent);
    const scripted = this.#next[endpoint]?.shift() ?? this.#always[endpoint];
    if (scripted === undefined) return this.usual(sent);
    return typeof scripted === "function" ? scripted(sent) : scripted;
  }

  /** What a shop answers. */
  usual(sent) {
    switch (endpointOf(sent)) {
      case "loginDocument": return json(200, this.loginDocument);
      case "customerDocument": return json(200, this.customerDocument);
      case "keys": return json(200, keySet);
      case "token": return this.login.token(sent);
      case "tools": return this.tools.post(sent);
      case "shopProfile": return hosted(sent, this.ucp.documents.current);
      case "shopLeaf": return hosted(sent, this.ucp.documents.leaves[sent.url]);
      case "agentProfile": return hosted(sent, this.ucp.agent[sent.url]);
      case "ucp": return this.ucp.post(sent);
      case "proxy": return this.ucp.post(sent, this.ucp.settings.proxyAdds);
      default: return text(404, "<h1>Not found</h1>");
    }
  }

  /** Requests to an endpoint so far. */
  sent(endpoint) {
    return this.log.filter((sent) => endpointOf(sent) === endpoint);
  }

  count(endpoint) {
    return this.sent(endpoint).length;
  }

  forgetLog() {
    this.log = [];
  }
}
