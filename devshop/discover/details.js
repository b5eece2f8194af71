import { matchesOf } from "../market/filters.js";
import { isAvailable } from "../market/offer.js";
import { describeItem, describeOffer, describeOptions, picturesOf } from "./describe.js";
import { detailsInput } from "./schemas.js";
import { gsidOf } from "./search.js";
import { CallRefused, shopNumber, wishOf } from "./wish.js";

const DEFAULT_LIMIT = 10;

export const getGlobalProductDetails = {
  definition: {
    name: "get_global_product_details",
    description: "Get all that is known of a product, and the offers of all shops for it.",
    inputSchema: detailsInput,
  },
  /** One of the two ids; with a shop they name one of its variants together. */
  problem({ upid, variant_id: variantId, shop_id: shop }) {
    if (upid === undefined && variantId === undefined) return "exactly one of upid or variant_id is required";
    const both = upid !== undefined && variantId !== undefined && shop === undefined;
    return both ? "upid and variant_id cannot both be given, but to pin a variant of a shop_id" : null;
  },
  run(args, { origins, market }) {
    const { item, pinned } = itemOf(args, market);
    const { currency, filters } = wishOf(args);
    const shop = args.shop_id === undefined ? {} : { shops: [shopNumber(args.shop_id)] };
    const matches = matchesOf(item, { ...filters, ...shop }, currency).filter(({ offer }) => says(offer, args.query));
    const { chosen, isWhole } = choose(matches, args);
    const shown = chosen.map(({ offer, variants }) => ({
      offer, variant: variants.includes(pinned) ? pinned : (variants.find(isAvailable) ?? variants[0]),
    }));
    const first = ({ offer, variant }) =>
      (variant === pinned ? 2 : 0) + (offer.id === `gid://shopify/Product/${args.product_id}` ? 4 : 0);
    const ranked = shown.sort((one, other) => first(other) - first(one)).slice(0, args.limit ?? DEFAULT_LIMIT);
    const telling = { origins, currency, gsid: args._gsid ?? gsidOf(args), suffix: suffixOf(args) };
    const selectionState = { type: isWhole ? "match" : "relaxed", requestedFilters: args.product_options ?? [] };
    return {
      product: describeItem(item, {
        images: picturesOf(item.offers[0], origins),
        options: describeOptions(item, matches.flatMap(({ offer }) => offer.variants)),
        products: ranked.map((one) => describeOffer(one, telling, { selected: { selectionState } })),
        shown: ranked,
      }, telling),
    };
  },
};

function itemOf({ upid, variant_id: variantId }, market) {
  const found = variantId === undefined ? null : market.variantById(`gid://shopify/ProductVariant/${variantId}`);
  if (upid === undefined) {
    if (!found) throw new CallRefused(`Product not found for variant: ${variantId}`);
    return { item: found.offer.item, pinned: found.variant };
  }
  const item = market.itemByUpid(upid);
  if (!item) throw new CallRefused(`Product not found: ${upid}`);
  return { item, pinned: found?.variant ?? null };
}

/** Whether an offer has all the words of a query somewhere. */
function says({ title, description, shop }, query = "") {
  const text = `${title} ${description} ${shop.name}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * The variants that have the wanted options. Where none has them all, the options give way that are not said to be
 * dear, then those at the end of the list; without a list none does.
 */
function choose(matches, { product_options: wanted = [], option_preferences: preferences }) {
  const names = (preferences ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  const rank = ({ key }) => (names.includes(key) ? names.indexOf(key) : names.length);
  const kept = [...wanted].sort((one, other) => rank(one) - rank(other));
  const fitting = () => matches
    .map(({ offer, variants }) => ({ offer, variants: variants.filter((variant) => fits(variant, kept)) }))
    .filter(({ variants }) => variants.length > 0);
  let chosen = fitting();
  while (chosen.length === 0 && kept.length > 0 && preferences !== undefined) {
    kept.pop();
    chosen = fitting();
  }
  return { chosen, isWhole: kept.length === wanted.length };
}

function fits({ options }, wanted) {
  return wanted.every(({ key, values }) => options.some(({ name, label }) => name === key && values.includes(label)));
}

/** What a product's URL says of the filters. */
function suffixOf({ available_for_sale: available, ships_to: to, ships_from: from }) {
  const query = new URLSearchParams({
    ...(available === undefined ? {} : { available_for_sale: available ? "1" : "0" }),
    ...(to ? { ships_to: to } : {}),
    ...(from ? { ships_from: from } : {}),
  });
  return query.size > 0 ? `&${query}` : "";
}
