/**
 * The local shop's switches, in groups, as the drawer shows them.
 *
 * @typedef {{name: string, label: string, kind: "switch"}
 *   | {name: string, label: string, kind: "choice", choices: [value: unknown, text: string][]}
 *   | {name: string, label: string, kind: "number", least: number, unit?: string, nullable?: boolean}
 *   | {name: string, label: string, kind: "rateLimit"}} Setting
 */

/** @type {{title: string, settings: Setting[]}[]} */
export const SETTING_GROUPS = [
  {
    title: "Sign-in",
    settings: [
      {
        name: "urlShape",
        label: "URL shape",
        kind: "choice",
        choices: [
          ["shopify", "shopify.com/authentication/…"],
          ["vanity", "account.{shop}/…"],
          ["seed", "{shop}/authentication/…"],
        ],
      },
      { name: "refreshTokens", label: "Refresh tokens", kind: "switch" },
      { name: "idToken", label: "id_token", kind: "switch" },
      { name: "tokenType", label: "token_type in token answers", kind: "switch" },
      { name: "accessTokenTtl", label: "Access token lifetime", kind: "number", least: 1, unit: "s" },
      { name: "issInCallback", label: "iss in the callback", kind: "switch" },
      { name: "coop", label: "COOP on sign-in pages", kind: "switch" },
      {
        name: "idTokenFault",
        label: "Spoil the id_token",
        kind: "choice",
        choices: [
          [null, "no"],
          ...[
            "alg-none",
            "bad-signature",
            "expired",
            "wrong-nonce",
            "wrong-issuer",
            "wrong-audience",
            "unknown-kid",
          ].map((fault) => [fault, fault.replaceAll("-", " ")]),
        ],
      },
    ],
  },
  {
    title: "Customer Accounts MCP",
    settings: [
      { name: "acceptRaw", label: "Accept the bare token", kind: "switch" },
      { name: "acceptBearer", label: "Accept Bearer", kind: "switch" },
      {
        name: "authFailure",
        label: "Without a valid token",
        kind: "choice",
        choices: [
          ["http401", "HTTP 401"],
          ["rpc200", "HTTP 200 with -32000"],
        ],
      },
      {
        name: "answers",
        label: "Answers",
        kind: "choice",
        choices: [
          ["json", "JSON"],
          ["event-stream", "event stream"],
          ["json-labelled-event-stream", "JSON, labelled event stream"],
          ["event-stream-labelled-json", "event stream, labelled JSON"],
        ],
      },
      { name: "insistOnBothTypes", label: "Insist on both Accept types", kind: "switch" },
      {
        name: "toolsPageSize",
        label: "Tools per page of the list",
        kind: "number",
        least: 1,
        nullable: true,
      },
      { name: "mcpApi", label: "mcp_api in the discovery document", kind: "switch" },
    ],
  },
  {
    title: "UCP MCP",
    settings: [
      {
        name: "ucpResults",
        label: "Results",
        kind: "choice",
        choices: [
          ["both", "structured, and as text"],
          ["text", "JSON as text"],
          ["prose", "structured, and prose"],
        ],
      },
      {
        name: "ucpRefusals",
        label: "What a tier may not do",
        kind: "choice",
        choices: [
          ["http403", "HTTP 403"],
          ["rpc200", "HTTP 200 with -32000"],
        ],
      },
      { name: "customerTokenMayComplete", label: "A customer's token may pay", kind: "switch" },
      { name: "ucpCartTtl", label: "Carts last", kind: "number", least: 1, unit: "s" },
      { name: "ucpCompletionMs", label: "A slow payment takes", kind: "number", least: 0, unit: "ms" },
      { name: "ucpCors", label: "CORS headers", kind: "switch" },
    ],
  },
  {
    title: "Catalogs of all shops",
    settings: [
      {
        name: "catalogProducts",
        label: "Products",
        kind: "choice",
        choices: [
          [600, "600"],
          [2000, "2,000"],
          [10000, "10,000"],
        ],
      },
      { name: "agentTokenTtl", label: "Agents' tokens last", kind: "number", least: 1, unit: "s" },
    ],
  },
  {
    title: "Network",
    settings: [
      { name: "cors", label: "CORS headers", kind: "switch" },
      { name: "latencyMs", label: "Latency", kind: "number", least: 0, unit: "ms" },
      { name: "rateLimit", label: "Rate limit", kind: "rateLimit" },
    ],
  },
];

export const RATE_LIMIT_SHAPES = [
  ["http429", "HTTP 429"],
  ["rpc", "HTTP 200 with -32000"],
  ["ok200", "HTTP 200 with -32600"],
];

export const SHOP_ACTIONS = [
  { path: "/tokens/expire", text: "Expire access tokens", done: "All access tokens have expired." },
  {
    path: "/sessions/revoke",
    text: "Revoke sessions",
    done: "All refresh tokens and account sessions are gone.",
  },
  { path: "/reset", text: "Reset the local shop", done: "The local shop is as it was at its start." },
];

/** What the page itself may be told; takes effect with the next page load. */
export const PAGE_CHOICES = [
  {
    name: "client",
    label: "Client",
    choices: [
      ["headless", "headless (gets refresh tokens)"],
      ["app", "app (gets none)"],
    ],
  },
  {
    name: "authorization",
    label: "Authorization header",
    choices: [
      ["raw", "bare token"],
      ["Bearer", "Bearer"],
    ],
  },
  {
    name: "storage",
    label: "Where the tokens live",
    choices: [
      ["session", "sessionStorage"],
      ["memory", "memory"],
      ["local", "localStorage"],
    ],
  },
];
