// A storefront's cart and checkout, as a theme's developer builds them with an agent. Compiled, never run.

import {
  agentProfile, connect, createSigningKey, NetworkError, OptionsError, ProtocolError, ShopperMcpError, SignInError, ToolError,
} from "shopper-mcp";
import type {
  Advice, AgentOptions, AgentToken, Cart, CartItem, CartRequest, Carts, Change, Checkout, CheckoutRequest, Checkouts,
  ConnectOptions, ErrorCode, LineItem, Message, MoneyFormat, Order, Orders, Outcome, Payment, PublicJwk, RemoteSigner,
  SharedCapabilities, Shop, SigningKey, SigningRequest, Tier, Tool, Total, UcpCallOptions, UcpResource, UcpResult,
} from "shopper-mcp";
import { connect as connectInline } from "shopper-mcp/inline";

// --- Who calls ---------------------------------------------------------------------------------------------------

const profiles = {
  "2026-08-25": "https://agent.example/2026-08-25.json",
  "2026-04-08": "https://agent.example/2026-04-08.json",
};

/** Neither a client nor a signature: enough for carts and checkouts. */
export const anonymous: ConnectOptions = { shop: "shop.example", agent: { profiles } };

/** The key is on a server of the integrator's. */
const remote: RemoteSigner = {
  kid: "key-1",
  async sign({ base, method, url, headers, body }: SigningRequest) {
    const question = JSON.stringify({ base, method, url, headers, body });
    const answer = await fetch("/agent/sign", { method: "POST", body: question, credentials: "same-origin" });
    return new Uint8Array(await answer.arrayBuffer());
  },
};

async function brokered(): Promise<AgentToken> {
  const answer = await fetch("/agent/token", { method: "POST" });
  return (await answer.json()) as { access_token: string; scope: string; expires_in: number };
}

/** Whatever a page has, each tier with what it takes. */
export function agentOf(tier: Tier, key?: SigningKey): AgentOptions {
  switch (tier) {
    case "anonymous": return { profiles };
    case "signed": return { profiles, tier, signer: key ? [key] : remote };
    case "token": return { profiles, tier, token: brokered, agentWideToken: false };
  }
}

export const signers: NonNullable<AgentOptions["signer"]>[] = [
  remote,
  { kid: "key-2", sign: () => "c2lnbmF0dXJl" },
  { kid: "key-3", sign: async ({ base }) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(base)) },
];
export const tokens: NonNullable<AgentOptions["token"]>[] = ["customer", () => "opaque", async () => ({ access_token: "a" })];

/** A kiosk has a key of its own, which its agent publishes. */
export async function newKiosk(old: PublicJwk): Promise<{ options: ConnectOptions; document: string }> {
  const key: SigningKey = await createSigningKey();
  console.info(key.kid, key.publicJwk.crv satisfies "P-256", key.privateKey.extractable);
  const document = await agentProfile({ version: "2026-08-25", capabilities: ["dev.ucp.shopping.cart"], keys: [key, old] });
  return { document, options: { ...anonymous, agent: agentOf("signed", key) } };
}

/** The proxy adds the token; the page signs a customer in beside that. */
export async function open(inline: boolean): Promise<Shop> {
  const options: ConnectOptions = {
    ...anonymous,
    clientId: "shp_01234567",
    redirectUri: "https://shop.example/pages/account",
    agent: { profiles, tier: "token" },
    proxy: "/agent",
  };
  const shop = await (inline ? connectInline(options) : connect(options));
  shop.addEventListener("advice", (event) => {
    event.preventDefault();
    console.info(adviceText(event.detail));
  });
  shop.addEventListener("wire", ({ detail: { signatureBase } }) => signatureBase && console.debug(signatureBase));
  return shop;
}

function adviceText({ about, sentence }: Advice): string {
  return about === "order_webhooks" ? "Listen to webhooks." : `${about}: ${sentence}`;
}

/** What the shop lets this agent do decides what the page shows. */
export async function abilities(shop: Shop, signal: AbortSignal): Promise<{ canEstimate: boolean; tools: string[] }> {
  const { version, capabilities }: SharedCapabilities = await shop.capabilities({ signal });
  const tools: Tool[] = await shop.listTools({ fresh: true, signal });
  return { canEstimate: capabilities["dev.ucp.shopping.cart"] === version, tools: tools.map(({ name }) => name) };
}

// --- The cart ----------------------------------------------------------------------------------------------------

const MUG: CartItem = { item: "gid://shopify/ProductVariant/44100180001", quantity: 1 };

export async function addToCart({ cart }: Shop, id: string | null, items: readonly CartItem[]): Promise<Cart> {
  const options: UcpCallOptions = { timeoutMs: 10_000, tier: "anonymous", signal: AbortSignal.timeout(20_000) };
  const request: CartRequest = {
    line_items: [MUG, { item: { id: "gid://shopify/ProductVariant/2" }, quantity: 2 }, ...items],
    buyer: { email: "maya.okafor@example.com", note: "by the door" },
    context: { address_country: "CA", currency: "CAD", intent: "a gift" },
    discounts: { codes: ["WELCOME"] },
    attribution: { campaign: "spring" },
  };
  const result = id === null ? await cart.create(request, options) : await cart.add(id, items, options);
  return result.data;
}

export async function editCart(cart: Carts, { id, line_items: [first] }: Cart): Promise<UcpResult<Cart>> {
  await cart.create([MUG]);
  if (first) await cart.setQuantity(id, first.id, first.quantity + 1);
  await cart.edit(id, (draft) => {
    draft.line_items = draft.line_items.filter(({ quantity }) => quantity > 0);
    draft.discounts = { codes: [...(draft.discounts?.codes ?? []), "SPRING"] };
  });
  await cart.edit(id, async (draft) => ({ ...draft, line_items: [...draft.line_items, MUG] }));
  await cart.update(id, { line_items: [MUG] }, { force: true });
  return cart.cancel(id, { idempotencyKey: crypto.randomUUID() });
}

export async function searchFor(shop: Shop, query: string): Promise<unknown> {
  const { data }: UcpResult<UcpResource> = await shop.callTool("search_catalog", { catalog: { query } });
  return data.ucp?.status === "error" ? null : data["products"];
}

// --- The checkout ------------------------------------------------------------------------------------------------

const payment: Payment = {
  instruments: [{ id: "pm_1", handler_id: "shop_pay", type: "shop_pay", credential: { type: "shop_token", token: "x" } }],
};
const emailed: Change<CheckoutRequest> = (draft) => {
  draft.buyer = { ...draft.buyer, email: "maya.okafor@example.com" };
  draft.fulfillment = { methods: [{ type: "shipping", destinations: [] }] };
};

export async function buy(checkout: Checkouts, cart: Cart): Promise<Checkout> {
  const made = await checkout.fromCart(cart.id, { discounts: { codes: ["SPRING"] }, fulfillment: { methods: [] } });
  if (made.outcome === "recoverable") await checkout.edit(made.data.id, emailed);
  try {
    const bought = await checkout.complete(made.data.id, { payment, attribution: { campaign: "spring" } });
    if (goesOn(bought.outcome)) checkout.open(bought, { target: "_blank" });
    return bought.data;
  } catch (error) {
    if (!(error instanceof NetworkError) || !error.idempotencyKey) throw error;
    return (await checkout.complete(made.data.id, { payment }, { idempotencyKey: error.idempotencyKey })).data;
  }
}

export async function anew(checkout: Checkouts, id: string): Promise<void> {
  const { data, continueUrl } = await checkout.get(id);
  const isOver: boolean = data.status === "canceled" || data.status === "a status to come";
  if (!isOver) await checkout.cancel(id);
  const { data: fresh } = await checkout.create({ line_items: [], cart_id: "gid://shopify/Cart/1?key=2" });
  await checkout.update(fresh.id, { line_items: [MUG], payment });
  if (continueUrl !== null) checkout.open(continueUrl);
}

function goesOn(outcome: Outcome): boolean {
  switch (outcome) {
    case "success":
    case "recoverable":
    case "unrecoverable":
      return false;
    case "requires_buyer_input":
    case "requires_buyer_review":
      return true;
  }
}

export async function orderLines(orders: Orders, { order }: Checkout): Promise<string[]> {
  if (!order) return [];
  const { data }: UcpResult<Order> = await orders.get(order.id, { tier: "token" });
  return data.line_items.map(({ id, quantity: { fulfilled, total } }) => `${id}: ${fulfilled} of ${total}`);
}

// --- What people see ---------------------------------------------------------------------------------------------

const KNOWN: readonly Total["type"][] = ["subtotal", "discount", "fulfillment", "tax", "total"];

export function totalsText(money: MoneyFormat, { totals, currency }: Cart, locale: string): string[] {
  return totals.map(({ type, amount, display_text: shown = type }) =>
    `${shown}${KNOWN.includes(type) ? "" : "?"} ${money.format(amount, currency, { locale })}`);
}

export const sameAmount = (money: MoneyFormat, amount: number): boolean =>
  money.toMinor(money.toDecimal(amount, "USD"), "USD") === amount;

const lineText = ({ item, quantity, totals }: LineItem): string =>
  `${quantity} × ${item.title ?? item.id} ${totals.find(({ type }) => type === "total")?.amount ?? ""}`;

export function show({ data, messages, outcome, continueUrl }: UcpResult<Cart>): string[] {
  const told = messages.map(({ type, severity, content, presentation, path }: Message) =>
    [type, severity ?? "", presentation === "disclosure" ? "!" : "", path ?? "", content].join(" "));
  return [...data.line_items.map(lineText), ...told, outcome, continueUrl ?? "", data.expires_at ?? ""];
}

const OWN_WORDS: Partial<Record<ErrorCode, string>> = {
  capabilities_incompatible: "This shop has no carts for us.",
  agent_token_unavailable: "Please try again.",
  buyer_ip_missing: "Please open the shop's own page.",
};

export function explain(error: unknown): string {
  if (!(error instanceof ShopperMcpError)) throw error;
  const words = OWN_WORDS[error.code];
  if (words !== undefined) return words;
  if (error instanceof ToolError && error.code === "tier_insufficient") return `${error.field} is not for everybody.`;
  if (error instanceof ProtocolError) return `${error.rpc?.message ?? error.message} ${error.status ?? ""}`;
  if (error instanceof SignInError && error.code === "sign_in_needed") return "Please sign in.";
  if (error instanceof OptionsError) return `Wrong option ${error.field}`;
  return error.retryable ? "Please try again." : error.message;
}
