// A storefront's search, over three catalogs by one set of methods. Compiled, never run.

import { connect, OptionsError, ToolError } from "shopper-mcp";
import type {
  AgentToken, Catalog, CatalogContext, CatalogFilters, CatalogLookup, CatalogLookupRequest, CatalogOptions, CatalogPage,
  CatalogProduct, CatalogProductRequest, CatalogSearch, CatalogSearchRequest, ConnectOptions, GlobalProductDetails,
  GlobalProductsSearch, MoneyFormat, Offer, Price, Product, Rating, Shop, UcpCallOptions,
} from "shopper-mcp";

const token = async (): Promise<AgentToken> => (await fetch("/agent/token", { method: "POST" })).text();

const CATALOGS: Record<NonNullable<CatalogOptions["server"]>, CatalogOptions> = {
  shop: {},
  global: { server: "global", endpoint: "https://catalog.shopify.com/api/ucp/mcp" },
  discover: { server: "discover", token },
};

export function open(server: keyof typeof CATALOGS): Promise<Shop> {
  const options: ConnectOptions = {
    shop: "shop.example",
    agent: { profiles: { "2026-08-25": "https://agent.example/2026-08-25.json" } },
    catalog: CATALOGS[server],
    checkArguments: true,
  };
  return connect(options);
}

// --- Asking ------------------------------------------------------------------------------------------------------

const context: CatalogContext = { address_country: "CA", currency: "CAD", language: "fr-CA", intent: "a gift", mood: "green" };
const filters: CatalogFilters = {
  categories: ["gid://shopify/TaxonomyCategory/aa-1"],
  price: { max: 5_000 },
  available: true,
  ships_to: { country: "CA", region: "QC" },
  condition: ["new"],
  rating: { variant: { min: 4 } },
};
const request: CatalogSearchRequest = { query: "mug", context, filters, pagination: { limit: 20 }, like: [{ id: "gid://shopify/p/1" }] };
const former: GlobalProductsSearch = { query: "mug", context: "a gift", ships_to: "CA", max_price: 50, limit: 10, currency: "CAD" };

export async function firstPage({ catalog }: Shop, options: UcpCallOptions): Promise<CatalogPage> {
  const search: CatalogSearch = catalog.search(request, options);
  const page = await search;
  console.info(page.totalCount ?? "?", page.nextCursor ?? "the end", page.instructions?.length, page.outcome, page.messages.length);
  return page.products.length > 0 ? page : catalog.search(former);
}

/** Whatever page they are on. */
export async function titles(catalog: Catalog, most: number): Promise<string[]> {
  const found: string[] = [];
  const search = catalog.search(request, { checkArguments: false });
  for await (const product of search) {
    found.push(titleOf(product));
    if (found.length === most) break;
  }
  return search.truncated ? [...found, "…"] : found;
}

export async function inCart(catalog: Catalog, ids: readonly string[]): Promise<Map<string, Product>> {
  const lookup: CatalogLookupRequest = { ids, context };
  const { found, missing, results }: CatalogLookup = await (ids.length > 0 ? catalog.lookup(lookup) : catalog.lookup(ids));
  if (missing.length > 0) console.info(missing.join(), results.length);
  return new Map(found.map(({ id, product }) => [id, product]));
}

export async function chosen(catalog: Catalog, id: string): Promise<CatalogProduct> {
  const today: CatalogProductRequest = { id, selected: [{ name: "Color", label: "Green" }], preferences: ["Color", "Size"], context };
  const before: GlobalProductDetails = { upid: id, option_preferences: ["Color"], product_options: [{ key: "Color", values: ["Green"] }] };
  try {
    return await catalog.product(today);
  } catch (error) {
    if (!(error instanceof OptionsError) || error.code !== "argument_unsupported") throw error;
    return catalog.product(error.field === "selected" ? id : before);
  }
}

export const toolNames = async (catalog: Catalog): Promise<string[]> =>
  (await catalog.listTools({ fresh: true })).map(({ name }) => name);

// --- What people see ---------------------------------------------------------------------------------------------

const titleOf = ({ title, id }: Product): string => title ?? id ?? "";
const stars = (rating: Rating | null): string => (rating ? `${rating.value} of ${rating.scaleMax} (${rating.count ?? "?"})` : "");
const priceText = (money: MoneyFormat, price: Price | null): string => (price ? money.format(price.amount, price.currency) : "");

function offerText(money: MoneyFormat, offer: Offer): string {
  const { price, listPrice, availability, options, seller, checkoutUrl, match } = offer;
  const sale = listPrice && price && listPrice.amount > price.amount ? ` instead of ${priceText(money, listPrice)}` : "";
  const chosenOptions = options.map(({ name, label }) => `${name ?? ""}: ${label ?? ""}`).join(", ");
  const isSoon = availability === "preorder" || availability === "an availability to come";
  const policy = seller.policies["refund_policy"] ?? seller.url ?? "";
  return [priceText(money, price) + sale, chosenOptions, isSoon, policy, checkoutUrl ?? "", match?.type ?? ""].join(" ");
}

export function card(money: MoneyFormat, product: Product): string[] {
  const { priceRange, images, options, rating, offers, description } = product;
  const values = options.flatMap(({ values }) => values.filter(({ available, exists }) => available && exists).map(({ label }) => label ?? ""));
  const raw: unknown = product.raw["new_member"];
  return [
    titleOf(product), description.plain ?? "", stars(rating), images[0]?.url ?? "", priceText(money, priceRange?.min ?? null), ...values,
    ...offers.map((offer) => offerText(money, offer)), String(raw),
  ];
}

export const isRefusedToAll = (error: unknown): boolean => error instanceof ToolError && error.code === "tier_insufficient";
