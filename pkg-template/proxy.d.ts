/**
 * A same-origin proxy for UCP servers and a token broker, for a server of the shop's own: both take a `Request` and give
 * a `Response`, so that Node (20.19 and newer), workers and routes of React Router or Hydrogen run them unchanged.
 *
 * Both answer only a `POST` whose `Origin` is the request's own, over https (http on loopback). What they refuse, they
 * answer with `{"error": code}` and no more; nothing is logged. Options that cannot work throw a `TypeError` at once.
 */

/** The server's part of an agent that the shop's platform knows. Never give it to a page. */
export interface Agent {
  clientId: string;
  clientSecret: string;
  /** Where both are exchanged for a token: `https://api.shopify.com/auth/access_token`. */
  tokenUrl: string;
}

/** A UCP server that pages may reach. */
export interface Upstream {
  /** Its endpoint, with https (http on loopback): `https://example.myshopify.com/api/ucp/mcp`. */
  url: string;
  /** Headers to add to every request; they win over the page's. */
  headers?: Record<string, string>;
  /**
   * The tools that a page may call; by default the thirteen of UCP, and the two of the catalog before it. Those whose
   * name ends with `_cart`, `_checkout` or `_order` are bound to the visitor; any other that you list is open to every visitor.
   */
  tools?: readonly string[];
  /** The UCP version in an answer that something is not found. Default `2026-08-25`. */
  version?: string;
}

/** With what requests are signed. */
export interface RequestSigner {
  /** The key's `kid` in the agent's profile. */
  kid: string;
  /** A private key of ES256 (ECDSA with P-256). */
  key: CryptoKey | JsonWebKey;
  /** The URL of the agent's profile, as calls name it at `arguments.meta["ucp-agent"].profile`. */
  profile: string;
}

/** How visitors are known. */
export interface Visitors {
  /** What their cookies are signed with: at least 32 random characters, the same on every instance. */
  secret: string;
  /** The cookie's name, before which `__Host-` is put with https. Default `shopper-mcp`. */
  cookie?: string;
  /** How long a visitor and what is theirs are remembered after the last change. Default 30 days. */
  ttlSeconds?: number;
}

/**
 * Where it is kept what belongs to whom. Keys and values are opaque text of a fixed length. `get` answers `undefined` or
 * `null` where nothing is kept, or no longer. What was set has to be there for the next `get`, wherever that runs.
 */
export interface ProxyStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  set(key: string, value: string, ttlSeconds: number): unknown;
}

export interface ProxyOptions {
  /** By the name that is the last segment of the request's path: `POST /api/ucp` reaches `upstreams.ucp`. */
  upstreams: Record<string, Upstream>;
  visitors: Visitors;
  /** Adds `Authorization: Bearer` with this agent's token. Every upstream gets it, so list none that must not. */
  agent?: Agent;
  /** Signs every request (RFC 9421), in place of what the page has signed. */
  sign?: RequestSigner;
  /**
   * The visitor's IP address, which is sent as `Shopify-Buyer-IP`. Read it from what your own host sets, never from a
   * header that a visitor can send.
   */
  buyerIp?: (request: Request) => string | null;
  /** Default: {@link createMemoryStore}, which is for one process only. */
  store?: ProxyStore;
  /** How long an upstream may take to answer, with the answer's body. Default 30 s. */
  timeoutMs?: number;
  /** How long an answer may be. Default 16 MiB. */
  maxAnswerBytes?: number;
}

/**
 * A proxy for pages of its own origin. A page's body is read and checked, then sent as it is: JSON as `JSON.stringify`
 * writes it, at most 1 MiB, one JSON-RPC request `tools/list` or `tools/call`. Of the page's headers only `accept`,
 * `content-type`, `idempotency-key` and `ucp-agent` go on, and `signature`, `signature-input`, `content-digest` where it
 * has signed; of the answer's only `content-type` and `retry-after` come back. Redirects are not followed.
 *
 * A visitor gets a signed cookie with the first cart or checkout. Carts, checkouts and orders belong to the visitor for
 * whom they were created; to all others they are not found, and their calls never reach the upstream. An order is the
 * visitor's once an answer about its checkout has named it.
 *
 * The codes of what it refuses: 400 `body_not_canonical_json`, `rpc_not_allowed`; 403 `origin_not_allowed`,
 * `https_required`, `method_not_listed`, `tool_not_listed`; 404 `upstream_unknown`; 405 `method_not_allowed`; 413
 * `body_too_large`; 415 `content_type_not_allowed`; 502 `upstream_unreachable`, `upstream_redirects`, `answer_too_large`,
 * `token_unavailable`; 503 `store_unavailable`; 504 `upstream_timeout`; 500 `internal_error`. An answer that turns out
 * too large on its way breaks off.
 *
 * @throws `TypeError` for an URL without https, a secret that is too short, or names that fit no header.
 */
export function createProxy(options: ProxyOptions): (request: Request) => Promise<Response>;

export interface BrokerOptions {
  agent: Agent;
  /** The scopes that a token may have to be handed out. */
  scopes: readonly string[];
  /** How long the exchange may take. Default 30 s. */
  timeoutMs?: number;
}

/** What the broker answers. */
export interface BrokerAnswer {
  access_token: string;
  scope: string;
  /** Seconds. */
  expires_in: number;
}

/**
 * A broker for pages that call the server themselves: answers with the agent's token ({@link BrokerAnswer}), which every
 * visitor can read and use elsewhere. So it has to be that of an agent for the catalog alone: a token with a scope that
 * is not listed, or that names none, is not handed out (502 `scope_not_allowed`). What a token may do beside its scopes,
 * such as complete purchases, it cannot see.
 */
export function createBroker(options: BrokerOptions): (request: Request) => Promise<Response>;

/**
 * A store in this process's memory, for development and for a server that is one process. It forgets with a restart, and
 * the oldest when there are more than `maxEntries` (default 100,000). Workers and several processes need a shared one: an
 * instance that does not know what belongs to whom finds nothing.
 */
export function createMemoryStore(maxEntries?: number): ProxyStore;
