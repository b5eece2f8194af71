// Who does the job, in the order in which reports name them; the folder is named like the job.

/**
 * `packages`: those of npm that it is made of. `chunk`: what it imports when it is about to call.
 *
 * @type {readonly { name: string, title: string, packages: string[], chunk?: string }[]}
 */
export const JOBS = Object.freeze([
  { name: "bare", title: "no library", packages: [] },
  { name: "oauth4webapi-call", title: "oauth4webapi + a call by hand", packages: ["oauth4webapi"] },
  { name: "customer", title: "shopper-mcp/customer", packages: ["shopper-mcp"] },
  { name: "full", title: "shopper-mcp", packages: ["shopper-mcp"] },
  {
    name: "oauth4webapi-mcp2", title: "oauth4webapi + MCP client v2, split",
    packages: ["oauth4webapi", "@modelcontextprotocol/client"], chunk: "../shared/mcp2.js",
  },
  {
    name: "oauth4webapi-mcp2-whole", title: "oauth4webapi + MCP client v2, one bundle",
    packages: ["oauth4webapi", "@modelcontextprotocol/client"],
  },
  {
    name: "oidc-client-ts-mcp2", title: "oidc-client-ts + MCP client v2, split",
    packages: ["oidc-client-ts", "@modelcontextprotocol/client"], chunk: "../shared/mcp2.js",
  },
  { name: "mcp1", title: "MCP SDK v1, split", packages: ["@modelcontextprotocol/sdk"], chunk: "./connect.js" },
]);
