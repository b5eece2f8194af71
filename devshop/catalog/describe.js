import { SHOP } from "../store/shop.js";
import { pictureUrl } from "./picture.js";
import { priceIn } from "./money.js";

/** A product as UCP tells it, priced in one currency. */
export function describeProduct(product, { origins, currency }) {
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
    variants: product.variants.map((variant) => describeVariant(variant, { origins, currency })),
    tags: [product.category.toLowerCase(), product.shape],
  };
}

function describeVariant(variant, { origins, currency }) {
  return {
    id: variant.id,
    title: variant.title,
    description: { plain: variant.product.description },
    price: { amount: priceIn(currency, variant.cents), currency },
    sku: variant.sku,
    availability: { available: variant.stock.left > 0, status: variant.stock.status },
    options: variant.options,
    media: [mediaOf(variant.product, origins)],
    seller: { name: SHOP.name, links: linksOf(origins) },
  };
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
