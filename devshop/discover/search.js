import { createHash } from "node:crypto";
import { matchesOf } from "../market/filters.js";
import { isAvailable } from "../market/offer.js";
import { storefrontOf } from "../market/shops.js";
import { productUrl } from "../global-catalog/describe.js";
import { describeItem, describeOffer, describeOptions, pictureOf, policiesOf } from "./describe.js";
import { searchInput } from "./schemas.js";
import { wishOf } from "./wish.js";

const DEFAULT_LIMIT = 10;

export const searchGlobalProducts = {
  definition: {
    name: "search_global_products",
    description: "Search for products of all shops by what the buyer wants.",
    inputSchema: searchInput,
  },
  run(args, { origins, market }) {
    const { currency, filters, prefix } = wishOf(args);
    const found = market.find(`${prefix} ${args.query}`, args.context)
      .map(({ document }) => ({ item: document, matches: matchesOf(document, filters, currency) }))
      .filter(({ matches }) => matches.length > 0)
      .slice(0, args.limit ?? DEFAULT_LIMIT);
    const telling = { origins, currency, gsid: gsidOf(args) };
    const most = args.products_limit ?? DEFAULT_LIMIT;
    return { offers: found.map(({ item, matches }) => describeFound(item, matches.slice(0, most), telling)) };
  },
};

function describeFound(item, matches, telling) {
  const { origins, gsid } = telling;
  const shown = matches.map(({ offer, variants }) =>
    ({ offer, variant: variants.find(isAvailable) ?? variants[0] }));
  const images = shown.filter(({ offer }) => offer.shape).map(({ offer, variant }) => ({
    ...pictureOf(offer, origins),
    product: {
      id: offer.id,
      title: offer.title,
      onlineStoreUrl: productUrl(offer, { origins, gsid, variant }),
      shop: { name: offer.shop.name, onlineStoreUrl: storefrontOf(offer.shop, origins) },
    },
  }));
  const products = shown.map((one) => describeOffer(one, telling, {
    shop: policiesOf(one.offer.shop, origins),
    picture: { featuredImage: pictureOf(one.offer, origins) },
    selected: { image: pictureOf(one.offer, origins) },
  }));
  const options = describeOptions(item, matches.flatMap(({ offer }) => offer.variants));
  return describeItem(item, { images, options, products, shown }, telling);
}

/** A name for a search, the same for the same one. */
export function gsidOf(args) {
  return createHash("sha256").update(JSON.stringify(args)).digest("hex").slice(0, 16);
}
