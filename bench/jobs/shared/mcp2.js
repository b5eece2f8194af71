// The official MCP client, version 2, with tokens from elsewhere: its `AuthProvider`, see
// https://ts.sdk.modelcontextprotocol.io/v2/clients/connect.

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

/** @param {{ endpoint: string, token: () => string, renew: () => Promise<void> }} session */
export async function connect({ endpoint, token, renew }) {
  const client = new Client({ name: "bench", version: "1.0.0" });
  const authProvider = { token: async () => token(), onUnauthorized: renew };
  await client.connect(new StreamableHTTPClientTransport(new URL(endpoint), { authProvider }));
  return client;
}
