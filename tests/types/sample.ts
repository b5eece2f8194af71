// A storefront's account page, as a strict TypeScript project has it: the customer. Compiled, never run. What an agent does
// is in agent.ts and catalog.ts.

import {
  beginLogin, callMcp, completeLogin, connect, DiscoveryError, generatePkce, InstanceError, NetworkError, OptionsError,
  ProtocolError, RateLimitError, ShopperMcpError, SignInError, StorageError, ToolError,
} from "shopper-mcp";
import type {
  AuthorizationStyle, BeginLoginOptions, CallToolOptions, CallToolResult, ConnectOptions, Customer, CustomerEventMap,
  ErrorCode, HandleRedirectOptions, IdTokenClaims, Json, ListToolsOptions, LoginOptions, PendingLogin, Pkce,
  RecordStore, ResumedCall, Session, Shop, SignInPolicy, SignInResult, Tokens, Tool, WasmSource, WireDetail,
} from "shopper-mcp";
import { connect as connectInline } from "shopper-mcp/inline";
import {
  checkQuantity, formatGid, isQuantity, normalizeOrderNumber, parseDate, parseGid, parseMoney, sameOrderNumber,
} from "shopper-mcp/patterns";
import type { Gid, Money, ParsedDate } from "shopper-mcp/patterns";

// --- Connecting --------------------------------------------------------------------------------------------------

/** A store of the page's own: encrypted, or in a worker. */
class MemoryStore implements RecordStore {
  readonly #records = new Map<string, string>();
  getItem = (key: string): string | null => this.#records.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.#records.set(key, value);
  removeItem = (key: string): void => void this.#records.delete(key);
}

const minimal = {
  shop: "shop.example",
  clientId: "shp_01234567",
  redirectUri: "https://shop.example/pages/account",
} satisfies ConnectOptions;
const authorization: AuthorizationStyle = "Bearer";
const policies: SignInPolicy[] = ["redirect", "popup", "event"];
const wasm: WasmSource = new URL("/assets/shopper_mcp_bg.wasm", "https://shop.example");
const everything: Required<ConnectOptions> = {
  ...minimal,
  scope: "openid email customer-account-mcp-api:full",
  authorization,
  onSignInNeeded: "popup",
  storage: new MemoryStore(),
  issuers: ["https://login.shop.example"],
  customerEndpoint: "/proxy/customer/mcp",
  timeoutMs: 20_000,
  rateLimitWaitMs: 30_000,
  maxAnswerBytes: 4 * 1024 * 1024,
  checkArguments: true,
  prefetch: true,
  wasm,
  agent: { profiles: { "2026-08-25": "https://agent.example/2026-08-25.json" } },
  proxy: "/agent",
  ucpEndpoint: "https://shop.example/api/ucp/mcp",
  catalog: { server: "global" },
};

export async function open(inline: boolean): Promise<Shop> {
  const shop = await (inline ? connectInline(everything) : connect({ ...minimal, storage: "memory" }));
  shop.addEventListener("wire", ({ detail }) => logTraffic(detail), { once: true });
  listen(shop.customer);
  return shop;
}

function logTraffic({ exchange, phase, method, url, headers, status, body, durationMs }: WireDetail): void {
  const took = durationMs === undefined ? "" : ` in ${durationMs.toFixed(1)} ms`;
  console.debug(`#${exchange} ${phase} ${method} ${url} ${status ?? ""}${took}`, headers["content-type"], body?.length);
}

// --- Events ------------------------------------------------------------------------------------------------------

function listen(customer: Customer): void {
  customer.addEventListener("signedin", ({ detail }) => greet(detail.session));
  customer.addEventListener("refreshed", (event) => greet(event.detail.session), { passive: true });
  customer.addEventListener("signedout", ({ detail: { reason } }) => {
    const sentence: string = { logout: "You signed out.", ended: "Please sign in again." }[reason];
    console.info(sentence);
  });
  customer.addEventListener("signinneeded", ({ detail }) => console.info(`Sign in to use ${detail.name}`));
  customer.addEventListener("callsdropped", ({ detail: { calls, reason } }) => {
    console.info(calls.map((call) => call.name).join(", "), reason satisfies string);
  });
  // Names that later versions add are listened to as on any EventTarget.
  customer.addEventListener("something", (event) => console.debug(event.type));
}

function onceOf<Name extends keyof CustomerEventMap>(customer: Customer, name: Name): Promise<CustomerEventMap[Name]> {
  return new Promise((resolve) => {
    customer.addEventListener(name, (event) => resolve(event.detail), { once: true });
  });
}

function greet({ signedIn, claims, expiresAt, scope, idTokenSignature, persistent }: Session): string {
  if (!signedIn) return "Hello";
  const until = expiresAt === null ? "" : ` until ${new Date(expiresAt).toLocaleTimeString()}`;
  const sure = idTokenSignature === "verified" && scope?.split(" ").includes("openid");
  const name = claims === null ? "" : nameOf(claims);
  return `Hello ${name}${until}${sure ? "" : "?"}${persistent ? "" : " (this page only)"}`;
}

function nameOf({ sub, email, email_verified: verified, given_name: given }: IdTokenClaims): string {
  return typeof given === "string" ? given : verified && email ? email : sub;
}

// --- Signing in and out ------------------------------------------------------------------------------------------

export async function start(shop: Shop, signal: AbortSignal): Promise<ResumedCall[]> {
  const options: HandleRedirectOptions = { navigate: false, signal };
  const back: SignInResult | null = await shop.customer.handleRedirect(options);
  if (back === null) return [];
  history.replaceState(null, "", back.returnTo);
  for (const { name, arguments: args, result, error } of back.resumed) {
    if (error) explain(error);
    else if (result) console.info(name, Object.keys(args), textOf(result));
  }
  return back.resumed.filter(({ error }) => error?.code === "call_not_resumed");
}

export async function signIn({ customer }: Shop, button: HTMLButtonElement): Promise<void> {
  const options: LoginOptions = {
    mode: "popup", locale: "fr-CA", regionCountry: "CA", loginHint: "shopper@example.com", loginHintMode: "submit",
    acrValues: "provider:google", signal: AbortSignal.timeout(120_000),
  };
  button.disabled = true;
  try {
    const done = await customer.login(options);
    if (done) greet(done.session);
  } catch (error) {
    if (!(error instanceof SignInError) || error.code !== "popup_blocked") throw error;
    await customer.login({ returnTo: location.href, prompt: "login" });
  } finally {
    button.disabled = false;
  }
}

export const signOut = async ({ customer }: Shop): Promise<"logout" | "ended"> => {
  const over = onceOf(customer, "signedout");
  await customer.logout({ returnTo: "https://shop.example/" });
  return (await over).reason;
};

// --- Tools -------------------------------------------------------------------------------------------------------

export async function requiredArguments({ customer }: Shop, name: string): Promise<string[]> {
  const options: ListToolsOptions = { fresh: true };
  const tool: Tool | undefined = (await customer.listTools(options)).find((listed) => listed.name === name);
  if (tool?.annotations?.readOnlyHint === false || tool?.outputSchema?.type !== "object") return [];
  const { required } = tool.inputSchema;
  return Array.isArray(required) ? required.filter((item) => typeof item === "string") : [];
}

export async function orderStatus(shop: Shop, entered: string): Promise<string> {
  const number = normalizeOrderNumber(entered);
  if (number === null) return "Please enter an order number.";
  const options: CallToolOptions = { onSignInNeeded: "event", checkOutput: true, timeoutMs: 10_000 };
  try {
    return textOf(await shop.customer.callTool("get_order_status", { order_number: number }, options));
  } catch (error) {
    return explain(error);
  }
}

export function returnLine(shop: Shop, order: string, line: string, quantity: unknown): Promise<CallToolResult> {
  const lineItems: Json = [{
    line_item_id: formatGid({ type: "LineItem", id: line }),
    quantity: checkQuantity(quantity),
    return_reason: "UNWANTED",
  }];
  return shop.customer.callTool("request_return", { order_id: order, line_items: lineItems }, { resume: true });
}

function textOf(result: CallToolResult): string {
  const texts = result.content.map(({ type, text }) => (type === "text" && typeof text === "string" ? text : ""));
  return texts.join("\n") || JSON.stringify(result.structuredContent ?? {});
}

// --- Errors ------------------------------------------------------------------------------------------------------

const OWN_WORDS: Partial<Record<ErrorCode, string>> = {
  login_required: "Please sign in.",
  offline: "You are offline.",
  popup_closed: "The sign-in window was closed.",
};

export function explain(error: unknown): string {
  if (!(error instanceof ShopperMcpError)) throw error;
  const words = OWN_WORDS[error.code];
  if (words !== undefined) return words;
  if (error instanceof ToolError) {
    return error.code === "tool_not_found" ? `There is no order ${error.orderNumber}.` : textOf(error.result);
  }
  if (error instanceof SignInError) return `${error.error ?? error.code}: ${error.errorDescription ?? error.message}`;
  if (error instanceof ProtocolError && error.rpc) return `${error.rpc.code} ${error.rpc.message}`;
  if (error instanceof RateLimitError) return `Try again in ${Math.ceil((error.retryAfterMs ?? 1000) / 1000)} s.`;
  if (error instanceof NetworkError) return `${error.status ?? "No answer"}${error.retryable ? ", try again" : ""}`;
  if (error instanceof OptionsError) return `Wrong option ${error.field ?? ""}`;
  if (error instanceof DiscoveryError || error instanceof InstanceError || error instanceof StorageError) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
  return String(error.cause ?? error);
}

/** Codes narrow like any union of strings. */
export function isForSupport(code: ErrorCode): boolean {
  switch (code) {
    case "mcp_api_missing":
    case "issuer_not_accepted":
      return true;
    default:
      return policies.length === 0;
  }
}

// --- The parts, each alone ---------------------------------------------------------------------------------------

export async function byHand(store: Storage): Promise<string> {
  const { codeVerifier, codeChallenge, codeChallengeMethod }: Pkce = await generatePkce({ wasm });
  console.debug(codeVerifier.length, codeChallenge, codeChallengeMethod satisfies "S256");
  const saved = store.getItem("login");
  if (saved === null) {
    const options: BeginLoginOptions = { ...minimal, scope: "openid customer-account-mcp-api:full", prompt: "none" };
    const pending: PendingLogin = await beginLogin(options);
    store.setItem("login", JSON.stringify(pending));
    location.assign(pending.url);
    return "";
  }
  const pending = JSON.parse(saved) as PendingLogin;
  const tokens: Tokens = await completeLogin({ pending, callbackUrl: location.href, timeoutMs: 5000 });
  const result: Json = await callMcp({
    endpoint: "https://account.shop.example/customer/api/mcp",
    method: "tools/call",
    params: { name: "get_most_recent_order_status", arguments: {} },
    accessToken: tokens.accessToken,
    authorization: "raw",
    signal: AbortSignal.timeout(tokens.expiresInSeconds === null ? 1000 : tokens.expiresInSeconds * 1000),
  });
  if (typeof result !== "object" || result === null || Array.isArray(result)) return "";
  return JSON.stringify(result["content"]);
}

// --- Patterns ----------------------------------------------------------------------------------------------------

export function orderLine(order: { id: string; placedAt: string; total: unknown; quantity: unknown }): string {
  const gid: Gid | null = parseGid(order.id);
  const placed: ParsedDate | null = parseDate(order.placedAt);
  const total: Money | null = parseMoney(order.total);
  const quantity: number = isQuantity(order.quantity) ? order.quantity : 0;
  const day = placed && new Date(placed.epochMs).toLocaleDateString("en", placed.dateOnly ? { timeZone: "UTC" } : {});
  const mine = sameOrderNumber(gid?.id, "#1001");
  return [gid?.type, gid?.suffix, day, total && `${total.minorUnits} ${total.currency}`, quantity, mine].join(" ");
}
