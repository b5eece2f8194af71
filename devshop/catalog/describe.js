import { SHOP } from "../store/shop.js";
import { pictureUrl } from "./picture.js";
import { priceIn } from "./money.js";

const SHOP_GID = `gid://shopify/Shop/${SHOP.id}`;

/**
 * A product as UCP tells it, priced in one currency.
 *
 * @param {{origins: object, currency: string, extended?: boolean}} how `extended`: with what the shop's platform adds
 *   for agents who know it
 */
export function describeProduct(product, { origins, currency, extended = false }) {
  const price = (cents) => ({ amount: priceIn(currency, cents), currency });
  const cents = product.variants.map((variant) => variant.cents);
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    description: { plain: product.description, html: `<p>${product.description.replace(/&/g, "&amp;")}</p>` },
    url: `${origins.shop}/products/${product.handle}`,
    categories: [{ value: product.category, taxonomy: "merchant" }],
    price_range: { min: price(Math.min(...cents)), max: price(Math.max(...cents)) },
    media: [mediaOf(product, origins)],
    options: product.options.map(({ name, labels }) => ({ name, values: labels.map((label) => ({ label })) })),
    variants: product.variants.map((variant) => describeVariant(variant, { origins, currency, extended })),
    ...(product.rating ? { rating: { scale_min: 1, scale_max: 5, ...product.rating } } : {}),
    tags: [product.category.toLowerCase(), product.shape],
    ...(extended ? { gift_card: false, collections: [collectionOf(product.category)] } : {}),
  };
}

function describeVariant(variant, { origins, currency, extended }) {
  return {
    id: variant.id,
    title: variant.title,
    description: { plain: variant.product.description },
    price: { amount: priceIn(currency, variant.cents), currency },
    sku: variant.sku,
    availability: { available: variant.stock.left > 0, status: variant.stock.status },
    options: variant.options,
    media: [mediaOf(variant.product, origins)],
    seller: {
      name: SHOP.name,
      ...(extended ? { id: SHOP_GID, domain: new URL(origins.ucp).host, url: origins.shop } : {}),
      links: linksOf(origins),
    },
    ...(extended ? {
      checkout_url: permalink(origins.shop, variant),
      requires: { shipping: true, selling_plan: variant.product.requiresPlan ?? false, components: false },
    } : {}),
  };
}

/** Where a shop begins a checkout with one piece of something. */
export function permalink(storefront, { id }) {
  return `${storefront}/cart/${id.split("/").at(-1)}:1`;
}

function collectionOf(title) {
  return { handle: title.toLowerCase(), title };
}

/** The shop's policies, as every cart and checkout links them. */
export function linksOf({ shop }) {
  return [
    { type: "privacy_policy", url: `${shop}/policies/privacy-policy` },
    { type: "terms_of_service", url: `${shop}/policies/terms-of-service` },
    { type: "refund_policy", url: `${shop}/policies/refund-policy` },
  ];
}

function mediaOf({ handle, title }, origins) {
  return { type: "image", url: pictureUrl(origins, handle), alt_text: title, width: 400, height: 400 };
}
