/**
 * shopper-mcp/customer: sign a shop's customer in and call its Customer Accounts MCP server from the shopper's own
 * browser. The smaller one of the two entries; `shopper-mcp` has everything in here and more.
 *
 * Times are milliseconds unless a name says seconds (`expiresInSeconds`). Every rejected promise carries a
 * {@link ShopperMcpError} with a stable {@link ErrorCode}.
 */

/** Anything `JSON.parse` can return. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where the compiled wasm comes from, when it is not the file beside the module. */
export type WasmSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * How the access token is written into the `Authorization` header: `raw` is the bare token, as Shopify documents it
 * for the Customer Accounts MCP server.
 */
export type AuthorizationStyle = "raw" | "Bearer";

/** What a call may do when it needs a customer and nobody is signed in. */
export type SignInPolicy = "redirect" | "popup" | "event";

/** A page's own place for records, with the shape of `Storage`. Values are opaque strings; keep them private. */
export interface RecordStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Options of {@link connect}. Unknown members are refused, so that a misspelt one is not silently ignored. */
export interface ConnectOptions {
  /** The storefront's host (`"example.com"`), or its origin (`"http://127.0.0.1:8787"`, loopback pages only). */
  shop: string;
  /** The public client id of the app or the Headless/Hydrogen storefront. Never a secret. */
  clientId: string;
  /** The registered redirect URI, exactly; on this page's origin. */
  redirectUri: string;
  /** Space-separated scopes. Default: `customer-account-mcp-api:full`. Add `openid` to learn who signed in. */
  scope?: string;
  /** Default: `raw`. */
  authorization?: AuthorizationStyle;
  /** What a call may do when nobody is signed in. Default: `redirect`. Overridable per call. */
  onSignInNeeded?: SignInPolicy;
  /**
   * Where the tokens live. `session` (default): each tab's sessionStorage, shared with other tabs of this origin by
   * message; `memory`: nowhere but this page; `local`: localStorage, readable by every script of the origin for ever.
   */
  storage?: "session" | "memory" | "local" | RecordStore;
  /** Issuers to accept beside the shop's own host and `https://shopify.com/authentication/<id>`, byte for byte. */
  issuers?: string[];
  /** Replaces the discovered Customer Accounts MCP endpoint, for instance by a same-origin proxy path. */
  customerEndpoint?: string;
  /** Time limit of one request, ms. Default: 30 000. */
  timeoutMs?: number;
  /** How long a call may wait for its turn and for a rate limit to pass, ms. Default: 60 000. */
  rateLimitWaitMs?: number;
  /** Largest tool answer to accept, bytes. Default: 16 MiB. */
  maxAnswerBytes?: number;
  /** Whether arguments are checked against the tool's `inputSchema` before they are sent. Default: `false`. */
  checkArguments?: boolean;
  /**
   * Whether to ask for the shop's login document and that of its customer server while the wasm loads, for a page that is
   * going to call at once. What the tab remembers from the last hour is not asked for. Default: `false`.
   */
  prefetch?: boolean;
  /** Where to load the wasm from. Default: the entry's own file beside it, `shopper_mcp_bg.wasm` or `shopper_mcp_customer_bg.wasm`. */
  wasm?: WasmSource;
}

/**
 * Connects a page to a shop. Loads the wasm once, picks up a session that this tab or a sibling tab holds, and takes a
 * sign-in callback out of the address bar at once. Sends no request to the shop, unless `prefetch` says so.
 *
 * @throws {@link OptionsError} when an option is missing, unknown or unsafe.
 * @throws {@link InstanceError} when the wasm cannot be loaded or started.
 */
export function connect(options: ConnectOptions): Promise<Shop>;

/** One shop, seen from one page. */
export interface Shop extends EventTarget {
  /** The signed-in customer and the Customer Accounts MCP server. */
  readonly customer: Customer;
  /** Aborts what is under way, leaves the other tabs' conversation. Tokens stay where they are stored. */
  close(): void;
  addEventListener(type: "wire", listener: (event: CustomEvent<WireDetail>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

/** One request or answer, secrets masked. Dispatched as the `wire` event of {@link Shop}. */
export interface WireDetail {
  /** Joins a request with its answer. */
  exchange: number;
  phase: "request" | "response" | "failure";
  method: string;
  url: string;
  /** Headers that the SDK set or could read; an `authorization` value is masked. */
  headers: Record<string, string>;
  status?: number;
  /** Body text with tokens, codes and verifiers masked; cut at 64 KiB. */
  body?: string;
  /** Time since the request left, ms. */
  durationMs?: number;
  /** Of a signed request: the very text that was signed (RFC 9421 section 2.5). */
  signatureBase?: string;
}

/** A signed-in state as the page may know it: no token is ever a part of it. */
export interface Session {
  readonly signedIn: boolean;
  /** Claims of the ID token; `null` without `openid` in the scope. */
  readonly claims: IdTokenClaims | null;
  /** When the access token ends, ms since the epoch; `null` when the server did not say. */
  readonly expiresAt: number | null;
  /** Scope that was granted, when the server said so. */
  readonly scope: string | null;
  /** `unverified`: the key set could not be reached and the direct TLS answer was taken (OIDC Core 3.1.3.7). */
  readonly idTokenSignature: "verified" | "unverified" | null;
  /** Whether the tokens survive a reload: `false` in `memory`, or where the browser refuses storage. */
  readonly persistent: boolean;
}

export interface IdTokenClaims {
  iss: string;
  sub: string;
  aud: string | string[];
  exp: number;
  iat: number;
  email?: string;
  email_verified?: boolean;
  [claim: string]: Json | undefined;
}

export interface LoginOptions {
  /** `redirect` (default) leaves the page; `popup` must be called from a click. */
  mode?: "redirect" | "popup";
  /** Where to go after sign-in: a URL of this origin. Default: the current page. */
  returnTo?: string;
  /** Language of the sign-in page, e.g. `fr-CA`. */
  locale?: string;
  /** ISO 3166-1 alpha-2 country, e.g. `CA`. */
  regionCountry?: string;
  /** E-mail address to fill in. */
  loginHint?: string;
  /** `submit` sends the hinted address at once; only with `loginHint`. */
  loginHintMode?: string;
  /** `none` asks for no interaction: rejects with `login_required` on the way back when there is no account session. */
  prompt?: "none" | "login";
  /** For instance `provider:google`. */
  acrValues?: string;
  /** Ends the wait for a popup. */
  signal?: AbortSignal;
}

/** What a finished sign-in brings back. */
export interface SignInResult {
  session: Session;
  /** The address that `login` was given, or the page it was called on. */
  returnTo: string;
  /**
   * Calls that waited for this sign-in across the navigation, in order. Those of another customer are not among them:
   * the event `callsdropped` names them. Without `openid` in the scope nobody can tell customers apart.
   */
  resumed: ResumedCall[];
}

/** A call that waited: exactly one of `result` and `error` is set. */
export interface ResumedCall {
  name: string;
  arguments: Record<string, Json>;
  result?: CallToolResult;
  error?: ShopperMcpError;
}

export interface HandleRedirectOptions {
  /** `false`: stay on the redirect page and resume there, for routers that go to `returnTo` themselves. Default: `true`. */
  navigate?: boolean;
  signal?: AbortSignal;
}

export interface CallToolOptions {
  signal?: AbortSignal;
  /** Time limit of one request of this call, ms. */
  timeoutMs?: number;
  onSignInNeeded?: SignInPolicy;
  /**
   * Lets a call that may write be sent after a sign-in that left the page. Reads do so by themselves; without this, a
   * write comes back in `resumed` with the error code `call_not_resumed`.
   */
  resume?: boolean;
  /** Checks `structuredContent` against the tool's `outputSchema`, when it lists one. Loads a small module. */
  checkOutput?: boolean;
  /**
   * Checks the arguments against the tool's `inputSchema` before anything is sent (`arguments_invalid`). Default: as
   * configured. Loads a small module, and the list of tools once.
   */
  checkArguments?: boolean;
}

export interface ListToolsOptions {
  signal?: AbortSignal;
  /** Asks the server again instead of answering from memory. */
  fresh?: boolean;
}

/** The signed-in customer. */
export interface Customer extends EventTarget {
  readonly session: Session;
  /**
   * Finishes a sign-in that left the page. `null` unless this page load is the way back from one of ours.
   * Where `returnTo` is another page, goes there; that page's `handleRedirect` then delivers the result.
   *
   * @throws {@link SignInError} when the callback does not fit, was refused or could not be exchanged.
   */
  handleRedirect(options?: HandleRedirectOptions): Promise<SignInResult | null>;
  /**
   * Signs in. `popup` resolves when the customer is back; `redirect` resolves with `null` while the page leaves.
   *
   * @throws {@link SignInError} `popup_blocked`, `popup_closed`, or as {@link Customer.handleRedirect}.
   */
  login(options?: LoginOptions): Promise<SignInResult | null>;
  /**
   * Signs out: here at once, in the other tabs, then at the shop by navigation when an ID token is at hand and the shop
   * names an `end_session_endpoint`.
   */
  logout(options?: { returnTo?: string }): Promise<void>;
  /** The server's tools, all pages of the list; works signed out. Kept in memory until `fresh` or {@link Shop.close}. */
  listTools(options?: ListToolsOptions): Promise<Tool[]>;
  /**
   * Calls a tool. Waits for a refresh, a sign-in or a rate limit where one is needed, and sends the call once.
   *
   * @throws {@link ToolError} when the tool answered `isError`; its `result` is the answer, untouched.
   */
  callTool(name: string, args?: Record<string, Json>, options?: CallToolOptions): Promise<CallToolResult>;
  addEventListener<K extends keyof CustomerEventMap>(type: K, listener: (event: CustomEvent<CustomerEventMap[K]>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

/** Events of {@link Customer}, by the `detail` they carry. */
export interface CustomerEventMap {
  /** A customer is signed in: by this tab or another. */
  signedin: { session: Session };
  /** The session is over. `logout`: someone signed out; `ended`: the server refused to renew it. */
  signedout: { reason: "logout" | "ended" };
  /** The tokens were renewed. */
  refreshed: { session: Session };
  /** A call with the policy `event` waits for a sign-in: show a button that calls `login`. */
  signinneeded: { name: string };
  /** Waiting calls that will not be sent, and why. */
  callsdropped: { calls: { name: string }[]; reason: "customer_changed" | "expired" | "too_large" | "sign_in_failed" };
}

/** A tool as `tools/list` describes it (MCP). */
export interface Tool {
  name: string;
  title?: string;
  description?: string;
  inputSchema: { type: "object"; [keyword: string]: Json | undefined };
  outputSchema?: { type: "object"; [keyword: string]: Json | undefined };
  annotations?: { readOnlyHint?: boolean; destructiveHint?: boolean; idempotentHint?: boolean; openWorldHint?: boolean; title?: string };
}

/** A tool's answer as it came from `JSON.parse` (MCP CallToolResult). Integers above 2^53 are as JavaScript reads them. */
export interface CallToolResult {
  content: ({ type: "text"; text: string } | { type: string; [member: string]: Json })[];
  structuredContent?: { [key: string]: Json };
  isError?: boolean;
  [member: string]: Json | undefined;
}

/** Stable, machine-readable reasons, of both entries. New ones may be added in minor versions. */
export type ErrorCode =
  // OptionsError
  | "option_invalid" | "secret_in_page" | "not_ready" | "amount_invalid" | "arguments_invalid" | "argument_unsupported"
  // InstanceError
  | "wasm_unavailable" | "wasm_blocked" | "module_unavailable" | "instance_lost" | "closed" | "randomness_unavailable"
  // DiscoveryError
  | "discovery_unavailable" | "discovery_invalid" | "discovery_redirected" | "issuer_not_accepted" | "endpoint_not_secure" | "mcp_api_missing" | "pkce_unsupported"
  | "version_unsupported" | "ucp_endpoint_missing"
  // SignInError
  | "state_mismatch" | "state_missing" | "callback_invalid" | "issuer_mismatch" | "login_expired" | "login_required" | "access_denied"
  | "authorization_refused" | "popup_blocked" | "popup_closed" | "popup_timeout" | "sign_in_needed" | "sign_in_abandoned" | "sign_in_repeated"
  | "token_refused" | "token_invalid" | "id_token_invalid" | "client_refused" | "code_refused" | "session_ended" | "session_changed"
  | "call_not_resumed" | "customer_changed" | "return_to_invalid"
  // NetworkError
  | "network" | "offline" | "timeout" | "aborted" | "redirect_refused" | "http_status" | "too_large" | "agent_token_unavailable" | "signer_failed"
  // ProtocolError
  | "answer_invalid" | "answer_mismatch" | "rpc_error" | "output_invalid" | "invalid_profile_url" | "profile_unreachable" | "profile_malformed"
  | "profile_not_trusted" | "capabilities_incompatible" | "signature_missing" | "signature_invalid" | "key_not_found" | "digest_mismatch"
  | "algorithm_unsupported" | "idempotency_conflict" | "buyer_ip_missing" | "forbidden"
  // RateLimitError
  | "rate_limited"
  // ToolError
  | "tool_validation" | "tool_processing" | "tool_not_found" | "tool_unknown" | "tool_unauthorized" | "tool_failed" | "tier_insufficient" | "scope_missing"
  // StorageError
  | "storage_blocked" | "storage_full" | "storage_unavailable";

/** What every rejected promise carries. */
export class ShopperMcpError extends Error {
  readonly code: ErrorCode;
  /** Whether the same call can succeed when it is made again. */
  readonly retryable: boolean;
  /** The wait the server asked for, ms. */
  readonly retryAfterMs: number | null;
  /** The option, member or parameter that was refused. */
  readonly field: string | null;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | null;
  /** Of a call that may take effect once: its key. The same call with this key finds out what became of it. */
  readonly idempotencyKey?: string;
  readonly cause?: unknown;
}
export class OptionsError extends ShopperMcpError {}
export class InstanceError extends ShopperMcpError {}
export class DiscoveryError extends ShopperMcpError {}
export class SignInError extends ShopperMcpError {
  /** The server's own OAuth error code. Untrusted text: never HTML. */
  readonly error: string | null;
  /** The server's own description, cut at 500 characters. Untrusted text: never HTML. */
  readonly errorDescription: string | null;
}
export class NetworkError extends ShopperMcpError {}
export class ProtocolError extends ShopperMcpError {
  /** JSON-RPC error code, message and data, as the server sent them. */
  readonly rpc: { code: number; message: string; data?: Json } | null;
}
export class RateLimitError extends ShopperMcpError {}
export class ToolError extends ShopperMcpError {
  /** The tool's answer, untouched. */
  readonly result: CallToolResult;
  /** The number that the server did not find (`tool_not_found` of an order). */
  readonly orderNumber: string | null;
}
export class StorageError extends ShopperMcpError {}

// ---------------------------------------------------------------------------------------------------------------
// The parts, each usable alone
// ---------------------------------------------------------------------------------------------------------------

/** RFC 7636: a verifier of 43 characters from 32 random bytes and its S256 challenge. */
export interface Pkce {
  codeVerifier: string;
  codeChallenge: string;
  codeChallengeMethod: "S256";
}
export function generatePkce(options?: { wasm?: WasmSource }): Promise<Pkce>;

export interface BeginLoginOptions extends Omit<LoginOptions, "mode" | "returnTo" | "signal"> {
  shop: string;
  clientId: string;
  redirectUri: string;
  scope?: string;
  issuers?: string[];
  timeoutMs?: number;
  signal?: AbortSignal;
  wasm?: WasmSource;
}

/** Everything the way back needs. Holds the code verifier: keep it where only this browser can read it. */
export interface PendingLogin {
  /** Where to send the browser. */
  url: string;
  state: string;
  codeVerifier: string;
  /** `null` without `openid` in the scope. */
  nonce: string | null;
  shop: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  issuer: string;
  tokenEndpoint: string;
  jwksUri: string | null;
  endSessionEndpoint: string | null;
  /** Whether the server promised `iss` in its callback (RFC 9207). */
  issRequired: boolean;
  /** ms since the epoch. */
  createdAt: number;
}
/** Discovers the shop's login and builds one authorization request. Stores nothing. */
export function beginLogin(options: BeginLoginOptions): Promise<PendingLogin>;

/** A token answer (RFC 6749 section 5.1), checked. */
export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  idToken: string | null;
  scope: string | null;
  expiresInSeconds: number | null;
  claims: IdTokenClaims | null;
  idTokenSignature: "verified" | "unverified" | null;
}
/** Checks a callback against its login and exchanges the code, once. Stores nothing. */
export function completeLogin(options: {
  pending: PendingLogin;
  /** The callback's address, or just its query. */
  callbackUrl: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  wasm?: WasmSource;
}): Promise<Tokens>;

/** One JSON-RPC request to one MCP server; resolves with its `result`, untouched. */
export function callMcp(options: {
  endpoint: string;
  /** For instance `tools/call`. */
  method: string;
  params?: Record<string, Json>;
  accessToken?: string;
  authorization?: AuthorizationStyle;
  timeoutMs?: number;
  maxAnswerBytes?: number;
  signal?: AbortSignal;
  wasm?: WasmSource;
}): Promise<Json>;
