/**
 * shopper-mcp: call a shop's MCP servers from the shopper's own browser, for the signed-in customer
 * (`shopper-mcp/customer` is that alone) and as an agent that fills a cart and hands over to the checkout (UCP, the
 * Universal Commerce Protocol, versions 2026-08-25 and 2026-04-08).
 *
 * Times are milliseconds and amounts whole minor units of their currency, unless a name says otherwise. Every rejected
 * promise carries a {@link ShopperMcpError} with a stable {@link ErrorCode}.
 */

import type {
  ConnectOptions as CustomerConnectOptions, Json, Shop as CustomerShop, ListToolsOptions, Tool, WireDetail,
} from "./customer.js";

export * from "./customer.js";

/** Options of {@link connect}. Unknown members are refused, so that a misspelt one is not silently ignored. */
export interface ConnectOptions extends Omit<CustomerConnectOptions, "clientId" | "redirectUri"> {
  /** The public client id. With `agent`, a page that signs nobody in leaves out both this and `redirectUri`. */
  clientId?: string;
  redirectUri?: string;
  /** Who calls the shop's UCP server. Without it there are only `customer` and `money`. */
  agent?: AgentOptions;
  /**
   * Base path of a proxy on this page's origin (`shopper-mcp/proxy`), for instance `"/agent"`: calls of the UCP server are
   * posted to `/agent/ucp`. What the proxy adds (a token, a signature) is said by `agent.tier`.
   */
  proxy?: string;
  /** Which catalog `shop.catalog` searches. Default: the shop's own. */
  catalog?: CatalogOptions;
  /** Replaces the UCP endpoint of `/.well-known/ucp`, which is then not asked for. The newest of `agent.profiles` is spoken. */
  ucpEndpoint?: string;
}

/** How an agent identifies itself (Shopify, "Auth and rate limiting"): each tier may more than the ones before. */
export type Tier = "anonymous" | "signed" | "token";

/** The agent on whose behalf the page calls. */
export interface AgentOptions {
  /** Where the agent's profile is hosted, by UCP version: `{ "2026-08-25": "https://…/2026-08-25.json" }`. */
  profiles: { [version: string]: string };
  /**
   * Default: `token` with a `token`, else `signed` with a `signer`, else `anonymous`. With a `proxy`, say here what the
   * proxy adds.
   */
  tier?: Tier;
  /**
   * `"customer"`: the signed-in customer's own token; while nobody is signed in, calls go at the next lower tier. Or a
   * function that fetches the agent's token. It is asked once however many calls wait, again shortly before the token
   * ends, and once more after a 401.
   */
  token?: "customer" | (() => AgentToken | Promise<AgentToken>);
  /**
   * Allows `token` to be good for more than the catalog. Every visitor can read such a token and do with it what the
   * agent may do for all its buyers: use a proxy instead.
   */
  agentWideToken?: boolean;
  /** Signs requests: a function of the page (a remote signer), or keys of this browser, newest first. */
  signer?: RemoteSigner | SigningKey | readonly SigningKey[];
}

/** A token, bare or as the token endpoint gave it (RFC 6749 section 5.1). */
export type AgentToken = string | { access_token: string; scope?: string; /** Seconds. */ expires_in?: number };

/** A signer that is not in the page. It has to check who asks: whatever it signs counts as the agent's own. */
export interface RemoteSigner {
  /** The key's `kid` in the agent's profile. */
  kid: string;
  /** Signs `base` with ES256; gives r and s, 64 bytes, or the same in base64 or base64url. */
  sign(request: SigningRequest): Promise<BufferSource | string> | BufferSource | string;
}

/** What a {@link RemoteSigner} is given. */
export interface SigningRequest {
  /** What is signed, ASCII (RFC 9421 section 2.5). */
  base: string;
  method: string;
  /** The UCP endpoint, also where the request goes through a proxy. */
  url: string;
  headers: Record<string, string>;
  /** The exact body. */
  body: string;
}

/** The public half of a P-256 key, as agents publish it (RFC 7517). */
export interface PublicJwk {
  kid: string;
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  use?: "sig";
  alg?: "ES256";
}

/**
 * A key of this browser, whose private half cannot be exported. IndexedDB can hold the object as it is. It signs only once
 * the agent's profile lists its public half: of several keys the first one that does. For kiosks and development: a
 * shopper's own device is no place for an agent's key.
 */
export interface SigningKey {
  kid: string;
  publicJwk: PublicJwk;
  privateKey: CryptoKey;
}

/** Makes a {@link SigningKey}; its `kid` is the key's thumbprint (RFC 7638). */
export function createSigningKey(): Promise<SigningKey>;

/**
 * An agent's profile, ready to be hosted as `application/json` with `Cache-Control: public, max-age=60` or more, over https
 * without redirects. The keys stand in both places, `signing_keys` and `keys`; while one replaces another, give both and
 * keep the old one for at least seven days.
 *
 * @throws {@link OptionsError} `option_invalid`; `secret_in_page` for a key with its private half.
 */
export function agentProfile(options: {
  /** A UCP version, `2026-08-25`: one document each. */
  version: string;
  /** Default: all that this package knows. */
  capabilities?: readonly string[];
  keys?: readonly (PublicJwk | SigningKey)[];
}): Promise<string>;

/**
 * Connects a page to a shop. Loads the wasm once, picks up a session that this tab or a sibling tab holds, and takes a
 * sign-in callback out of the address bar at once. Sends no request to the shop, unless `prefetch` says so.
 *
 * @throws {@link OptionsError} when an option is missing, unknown or unsafe.
 * @throws {@link InstanceError} when the wasm cannot be loaded or started.
 */
export function connect(options: ConnectOptions): Promise<Shop>;

/** One shop, seen from one page. */
export interface Shop extends CustomerShop {
  readonly catalog: Catalog;
  readonly cart: Carts;
  readonly checkout: Checkouts;
  readonly orders: Orders;
  readonly money: MoneyFormat;
  /** What the shop and the agent can do together. Reads both profiles; remembered for an hour in this tab. */
  capabilities(options?: { signal?: AbortSignal }): Promise<SharedCapabilities>;
  /** The UCP server's tools, all pages of the list. */
  listTools(options?: ListToolsOptions): Promise<Tool[]>;
  /** Calls any tool of the UCP server by its name; `meta` is added to its arguments. */
  callTool(name: string, args?: Record<string, Json>, options?: UcpCallOptions): Promise<UcpResult<UcpResource>>;
  addEventListener(type: "advice", listener: (event: CustomEvent<Advice>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: "wire", listener: (event: CustomEvent<WireDetail>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

/** What the page could do better, said once. Goes to the console too, unless `preventDefault()` is called. */
export interface Advice {
  /**
   * `cart_for_line_items`: line items are edited through the checkout. `order_webhooks`: an order is polled. The others, on
   * loopback pages alone: a search without context, without a destination, or for very many products at once.
   */
  about: "cart_for_line_items" | "order_webhooks" | "catalog_context" | "catalog_ships_to" | "catalog_limit";
  sentence: string;
}

/** What a shop and an agent have in common. */
export interface SharedCapabilities {
  /** The UCP version that is spoken. */
  version: string;
  /** Versions by capability: `{ "dev.ucp.shopping.cart": "2026-08-25" }`. */
  capabilities: { [name: string]: string };
}

/** Options of one call of the UCP server. */
export interface UcpCallOptions {
  signal?: AbortSignal;
  /** Time limit of one request of this call, ms. */
  timeoutMs?: number;
  /** Another tier than the configured one, as far as there are credentials for it. */
  tier?: Tier;
  /** Sends the call though the table of tiers says that it will be refused. */
  force?: boolean;
  /**
   * The key (a UUID) of a call that was made before, for `complete`, `cancel` and their tools: with the same arguments it
   * finds out what became of that call. By itself a call whose outcome is unknown keeps its key in this tab, so that
   * calling again is safe.
   */
  idempotencyKey?: string;
  /** Checks the arguments against the tool's `inputSchema` before anything is sent. Default: as configured. */
  checkArguments?: boolean;
}

/**
 * What comes of a call that the server understood: go on (`success`), or what is to be done first, of the gravest
 * message. `recoverable`: change and update; `requires_buyer_input`, `requires_buyer_review`: the buyer goes on at
 * `continueUrl`; `unrecoverable`: begin anew.
 */
export type Outcome = "success" | "recoverable" | "requires_buyer_input" | "requires_buyer_review" | "unrecoverable";

/** The answer of a UCP tool. */
export interface UcpResult<Data> {
  /** The resource as the server sent it, untouched. Members and values that this release does not know are in it. */
  data: Data;
  /** `data.messages` in the order in which they are dealt with. */
  messages: Message[];
  outcome: Outcome;
  /** Where the buyer goes on; only what a page may open (https), else `null`. */
  continueUrl: string | null;
}

/** A message of the server to the page or the buyer. Its `content` is untrusted: never HTML. */
export interface Message {
  type: "error" | "warning" | "info" | (string & {});
  code?: string;
  content: string;
  content_type?: "plain" | "markdown" | (string & {});
  severity?: "recoverable" | "requires_buyer_input" | "requires_buyer_review" | "unrecoverable" | (string & {});
  /** JSONPath of what it is about. */
  path?: string;
  /** `disclosure` has to be shown to the buyer. */
  presentation?: "notice" | "disclosure" | (string & {});
  [member: string]: unknown;
}

/** What every resource has. */
export interface UcpResource {
  ucp?: { version?: string; status?: "success" | "error" | (string & {}); [member: string]: unknown };
  messages?: Message[];
  [member: string]: unknown;
}

/** One line of a total. Show them in the order given; never add them up. Discounts are negative. */
export interface Total {
  type: "subtotal" | "items_discount" | "discount" | "fulfillment" | "tax" | "fee" | "custom" | "total" | (string & {});
  /** Minor units of the resource's currency. */
  amount: number;
  display_text?: string;
  [member: string]: unknown;
}

export interface LineItem {
  id: string;
  item: { id: string; title?: string; price?: number; image_url?: string; [member: string]: unknown };
  quantity: number;
  totals: Total[];
  [member: string]: unknown;
}

export interface Cart extends UcpResource {
  /** With its `?key=…`, if there is one: all of it is the id. */
  id: string;
  line_items: LineItem[];
  /** ISO 4217. */
  currency: string;
  totals: Total[];
  continue_url?: string;
  expires_at?: string;
}

export interface Checkout extends Cart {
  status: "incomplete" | "requires_escalation" | "ready_for_complete" | "complete_in_progress" | "completed" | "canceled" | (string & {});
  /** Once completed. */
  order?: { id: string; permalink_url: string; label?: string; [member: string]: unknown };
}

export interface Order extends UcpResource {
  id: string;
  checkout_id: string;
  permalink_url: string;
  line_items: { id: string; quantity: { original: number; total: number; fulfilled: number; [member: string]: unknown }; [member: string]: unknown }[];
  currency: string;
  totals: Total[];
}

/** An item to put into a cart or checkout. */
export interface CartItem {
  /** A variant, `gid://shopify/ProductVariant/…`, or as on the wire. */
  item: string | { id: string };
  /** At least 1. */
  quantity: number;
  /** The line that it is in already. */
  id?: string;
}

/** A cart as it is sent: members as on the wire; others pass through. */
export interface CartRequest {
  line_items: CartItem[];
  buyer?: { first_name?: string; last_name?: string; email?: string; phone_number?: string; [member: string]: unknown };
  /** `address_country` and `currency` decide about prices and what is in stock. */
  context?: { address_country?: string; address_region?: string; postal_code?: string; language?: string; currency?: string; intent?: string; [member: string]: unknown };
  discounts?: { codes: string[] };
  attribution?: { [name: string]: string };
  [member: string]: unknown;
}

export interface CheckoutRequest extends CartRequest {
  /** A cart to take over; then `line_items` is empty. */
  cart_id?: string;
  fulfillment?: { methods: { [member: string]: unknown }[] };
  payment?: Payment;
}

export interface Payment {
  instruments: { id: string; handler_id: string; type: string; credential?: { type: string; [member: string]: unknown }; [member: string]: unknown }[];
}

/**
 * Changes a draft, in place or by giving another one. The draft is what the resource holds now, in the form of a request:
 * an update replaces all, so what is missing from it is gone.
 */
export type Change<Request> = (draft: Request) => Request | void | Promise<Request | void>;

/** Carts, for building and estimating: limits are wider here than on checkouts. */
export interface Carts {
  create(cart: readonly CartItem[] | CartRequest, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  get(id: string, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  /** Replaces all of the cart. Mostly {@link Carts.edit} is meant. */
  update(id: string, cart: CartRequest, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  /** Reads the cart, changes it and writes it back; edits of one cart wait for each other, in all tabs. */
  edit(id: string, change: Change<CartRequest>, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  /** Adds items; of what is in the cart already there are more then. */
  add(id: string, items: readonly CartItem[], options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  /** Sets the quantity of a line; 0 removes it. */
  setQuantity(id: string, lineId: string, quantity: number, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
  cancel(id: string, options?: UcpCallOptions): Promise<UcpResult<Cart>>;
}

/** Checkouts, for buyers who are ready to buy. */
export interface Checkouts {
  create(checkout: readonly CartItem[] | CheckoutRequest, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  /** From a cart. Discount codes of the cart are not carried over: give them in `checkout`. */
  fromCart(cartId: string, checkout?: Partial<CheckoutRequest> & { line_items?: never; cart_id?: never }, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  get(id: string, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  /** Replaces all of the checkout. Mostly {@link Checkouts.edit} is meant. */
  update(id: string, checkout: CheckoutRequest, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  edit(id: string, change: Change<CheckoutRequest>, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  /**
   * Buys. Takes effect once: a lost answer is asked for again with the same bytes, and a second call with the same
   * arguments, while the outcome of the first one is not known, is the same call.
   */
  complete(id: string, checkout: { payment: Payment; attribution?: { [name: string]: string } }, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  cancel(id: string, options?: UcpCallOptions): Promise<UcpResult<Checkout>>;
  /**
   * Goes on to the shop's own checkout page, at the top level; call it in the buyer's click. A signed-in customer is taken
   * along (`logged_in=true`, `sso=silent`).
   *
   * @throws {@link OptionsError} when there is no URL that a page may open.
   */
  open(checkout: UcpResult<Cart> | string, options?: { target?: "_top" | "_blank" }): void;
}

/** Orders that were placed through this agent. */
export interface Orders {
  /**
   * Reads one, when the buyer wants to see it or a webhook was missed. An order can take some ten seconds to be found
   * after its completion. Needs a token with the scope `read_global_api_orders`.
   */
  get(id: string, options?: UcpCallOptions): Promise<UcpResult<Order>>;
}

/** Which of three servers `shop.catalog` speaks to. */
export interface CatalogOptions {
  /**
   * `shop` (default): the shop's own UCP server. `global`: the catalog of all shops, by UCP. `discover`: the one before it
   * (`search_global_products`, `get_global_product_details`), whose every request takes a token with the scope
   * `read_global_api_catalog_search`.
   */
  server?: "shop" | "global" | "discover";
  /** Replaces the server's endpoint: `https://catalog.shopify.com/api/ucp/mcp`, `https://discover.shopifyapps.com/global/mcp`. */
  endpoint?: string;
  /** Fetches the token. Default: `agent.token`, where that is a function. Not beside a `proxy`, which adds its own. */
  token?: () => AgentToken | Promise<AgentToken>;
}

/**
 * Products, by one set of methods over three servers. Requests are in today's form (UCP) or in the former catalog's
 * ({@link GlobalProductsSearch}, {@link GlobalProductDetails}); where the server speaks the other one they are translated, and
 * what has no counterpart there is refused by name (`argument_unsupported`), never dropped, and so is a request in both forms
 * at once (`option_invalid`). Members that neither knows are sent as they are. Loads a module on first use.
 */
export interface Catalog {
  /** Begins when it is awaited, for the first page, or iterated, for the products of all pages. */
  search(request: CatalogSearchRequest | GlobalProductsSearch, options?: UcpCallOptions): CatalogSearch;
  /** Products by ids, in any number: asked for in parts as large as the server takes. */
  lookup(request: readonly string[] | CatalogLookupRequest, options?: UcpCallOptions): Promise<CatalogLookup>;
  /** One product, narrowed to what is selected: `preferences` are dropped from the end where nothing fits. */
  product(request: string | CatalogProductRequest | GlobalProductDetails, options?: UcpCallOptions): Promise<CatalogProduct>;
  /** The tools of the server that is searched. */
  listTools(options?: ListToolsOptions): Promise<Tool[]>;
}

/** A page when awaited; `for await` gives the products of all pages, each once. */
export interface CatalogSearch extends PromiseLike<CatalogPage>, AsyncIterable<Product> {
  /** After an iteration: whether the server stopped before the end of what it found. */
  readonly truncated: boolean;
}

/** What is known of the buyer. `address_country` and `currency` decide about prices and what is in stock. */
export interface CatalogContext {
  intent?: string;
  address_country?: string;
  address_region?: string;
  postal_code?: string;
  /** BCP 47. */
  language?: string;
  /** ISO 4217. */
  currency?: string;
  eligibility?: string[];
  [member: string]: unknown;
}

export interface CatalogFilters {
  categories?: string[];
  /** Minor units of `context.currency`. */
  price?: { min?: number; max?: number };
  available?: boolean;
  // From here on: `global` alone.
  ships_to?: { country: string; region?: string; postal_code?: string };
  ships_from?: { country: string }[];
  condition?: ("new" | "secondhand" | (string & {}))[];
  shops?: string[];
  attributes?: { name: string; values: string[] }[];
  rating?: { variant?: { min?: number; min_count?: number } };
  price_tier?: ("low" | "medium" | "high" | (string & {}))[];
  [member: string]: unknown;
}

export interface CatalogSearchRequest {
  /** May be missing where `like` is there. */
  query?: string;
  context?: CatalogContext;
  signals?: { [name: string]: string };
  attribution?: { [name: string]: string };
  filters?: CatalogFilters;
  pagination?: { cursor?: string; limit?: number };
  // From here on: `global` alone.
  like?: ({ id: string } | { image: { content_type: string; data: string } })[];
  view?: string;
  catalog_id?: string;
  [member: string]: unknown;
}

export interface CatalogLookupRequest {
  ids: readonly string[];
  context?: CatalogContext;
  filters?: CatalogFilters;
  [member: string]: unknown;
}

export interface CatalogProductRequest {
  id: string;
  selected?: { name: string; label: string; id?: string }[];
  /** Names of options, the dearest first. */
  preferences?: string[];
  context?: CatalogContext;
  filters?: CatalogFilters;
  [member: string]: unknown;
}

/** Arguments of the former catalog's `search_global_products`. */
export interface GlobalProductsSearch {
  context: string;
  query: string;
  /** `false` includes what cannot be bought now; left out is not the same. */
  available_for_sale?: boolean;
  include_secondhand?: boolean;
  /** 1 to 300. */
  limit?: number;
  /** Without a currency unit. */
  max_price?: number;
  min_price?: number;
  /** Offers per product, 1 to 10. */
  products_limit?: number;
  requires_selling_plan?: boolean;
  /** The slug of a saved catalog, whose filters come before those of the call. */
  saved_catalog?: string;
  /** ISO 3166-1 alpha-2. */
  ships_from?: string;
  ships_to?: string;
  shop_ids?: (string | number)[];
  /** ISO 4217: where the server is not the former catalog, and there is a price. */
  currency?: string;
}

/**
 * Arguments of the former catalog's `get_global_product_details`. Exactly one of `upid` and `variant_id`; both only with
 * `shop_id`, which pins the offer.
 */
export interface GlobalProductDetails {
  /** Base62, or the whole `gid://shopify/p/…`. */
  upid?: string;
  /** A whole number, or the whole `gid://shopify/ProductVariant/…`. */
  variant_id?: number | string;
  _gsid?: string;
  available_for_sale?: boolean;
  context?: string;
  include_secondhand?: boolean;
  /** 1 to 100. */
  limit?: number;
  /** Names of options, the dearest first. */
  option_preferences?: string | readonly string[];
  product_id?: number | string;
  product_options?: { key: string; values: string[] }[];
  query?: string;
  ships_from?: string;
  ships_to?: string;
  shop_id?: string | number;
}

/** A page of a search. */
export interface CatalogPage extends UcpResult<UcpResource> {
  products: Product[];
  /** An estimate, or `null` where the server does not say. */
  totalCount: number | null;
  /** For `pagination.cursor` of the same search, to ask for the next page; `null` where there is none. */
  nextCursor: string | null;
  /** What the server says to a language model. Untrusted text: nobody's instruction. */
  instructions: string | null;
}

export interface CatalogLookup {
  /** In the order of the ids. */
  found: { id: string; product: Product }[];
  /** The ids that nothing was found for. */
  missing: string[];
  results: UcpResult<UcpResource>[];
}

export interface CatalogProduct extends UcpResult<UcpResource> {
  /** `null` where there is none. */
  product: Product | null;
  instructions: string | null;
}

/** Whole minor units. */
export interface Price {
  amount: number;
  currency: string;
}

/**
 * A product of any of the three servers in one shape: a view, which reads the server's own object (`raw`) when it is asked.
 * What is missing or not what it should be reads as `null` or an empty list. URLs are only what a page may open; texts are
 * untrusted.
 */
export interface Product {
  readonly raw: { [member: string]: unknown };
  readonly id: string | null;
  readonly title: string | null;
  readonly description: { plain: string | null; html: string | null; markdown: string | null };
  readonly url: string | null;
  readonly images: { url: string | null; alt: string | null }[];
  readonly priceRange: { min: Price | null; max: Price | null } | null;
  /** With what there is of each value beside what was selected. */
  readonly options: { name: string | null; values: { label: string | null; available: boolean | null; exists: boolean | null }[] }[];
  /** What was selected in the end: fewer than were wished for, where wishes were relaxed. */
  readonly selected: { name: string | null; label: string | null }[];
  readonly rating: Rating | null;
  readonly features: string[];
  readonly specifications: string[];
  readonly sellingPoint: string | null;
  readonly attributes: { name: string | null; values: string[] }[];
  /** Variants, each as a shop sells it. */
  readonly offers: Offer[];
}

export interface Rating {
  value: number;
  count: number | null;
  scaleMax: number;
}

/** Something to put into a cart (`id`), or to buy at `checkoutUrl`. */
export interface Offer {
  readonly raw: { [member: string]: unknown };
  /** The variant. */
  readonly id: string | null;
  readonly title: string | null;
  readonly price: Price | null;
  readonly listPrice: Price | null;
  readonly available: boolean | null;
  readonly availability: "in_stock" | "backorder" | "preorder" | "out_of_stock" | "discontinued" | (string & {}) | null;
  readonly options: { name: string | null; label: string | null }[];
  readonly image: { url: string | null; alt: string | null } | null;
  readonly url: string | null;
  readonly checkoutUrl: string | null;
  readonly seller: {
    id: string | null; name: string | null; domain: string | null; url: string | null;
    /** By type: `privacy_policy`, `refund_policy`, `shipping_policy`, `terms_of_service`, … */
    policies: { [type: string]: string | null };
    wallets: string[];
    cards: string[];
  };
  readonly secondhand: boolean | null;
  readonly requiresSellingPlan: boolean | null;
  readonly rating: Rating | null;
  /** How the former catalog chose the variant, as it says it. */
  readonly match: { type?: string; requestedFilters?: unknown[]; [member: string]: unknown } | null;
}

/** Amounts in whole minor units, exact up to 9007199254740991, with the exponents of ISO 4217 (JPY 0, USD 2, KWD 3). */
export interface MoneyFormat {
  /**
   * For people: `Intl.NumberFormat` with the currency's own digits.
   *
   * @throws {@link OptionsError} `amount_invalid`.
   */
  format(amount: number, currency: string, options?: { locale?: string | readonly string[] }): string;
  /** `-1230`, `USD`: `"-12.30"`. */
  toDecimal(amount: number, currency: string): string;
  /** `"12.3"`, `USD`: `1230`. Digits that the currency does not have must be zeros. */
  toMinor(decimal: string, currency: string): number;
}
