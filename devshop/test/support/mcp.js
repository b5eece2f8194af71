import { discover } from "./sign-in.js";

/** Posts one JSON-RPC message to the discovered MCP endpoint. */
export async function postMcp(shop, message, { token, headers = {}, endpoint } = {}) {
  return fetch(endpoint ?? (await discover(shop, "customer-account-api")).mcp_api, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "accept": "application/json",
      ...(token ? { authorization: token } : {}),
      ...headers,
    },
    body: typeof message === "string" ? message : JSON.stringify({ jsonrpc: "2.0", ...message }),
  });
}

export function callMessage(name, args = {}, id = 1) {
  return { id, method: "tools/call", params: { name, arguments: args } };
}

/** Calls a tool and answers the JSON-RPC message. */
export async function callTool(shop, token, name, args) {
  const response = await postMcp(shop, callMessage(name, args), { token });
  return response.json();
}

/** The JSON in a tool's text. */
export function toolData({ result }) {
  return JSON.parse(result.content[0].text);
}
