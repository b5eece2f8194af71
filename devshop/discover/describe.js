import { decimal } from "../catalog/money.js";
import { offerPictureUrl } from "../catalog/picture.js";
import { optionsOf, productUrl } from "../global-catalog/describe.js";
import { PICTURE_VIEWS } from "../market/drawing.js";
import { isAvailable } from "../market/offer.js";
import { priceOf, priceRange } from "../market/presentment.js";
import { storefrontOf } from "../market/shops.js";

/**
 * An offer with the variant to show of it.
 *
 * @typedef {object} Shown
 * @property {import("../market/offer.js").Offer} offer
 * @property {import("../catalog/products.js").Variant} variant
 *
 * @typedef {object} Telling
 * @property {Record<string, string>} origins
 * @property {string} currency wanted
 * @property {string} gsid
 * @property {string} suffix what the product's own URL carries beside the gsid
 */

/**
 * What both tools say of an item.
 *
 * @param {import("../market/offer.js").Item} item
 * @param {object} found
 * @param {object[]} found.images
 * @param {object[]} found.options
 * @param {object[]} found.products
 * @param {Shown[]} found.shown
 * @param {Telling} telling
 */
export function describeItem(item, { images, options, products, shown }, { origins, currency, gsid, suffix = "" }) {
  const range = shown.length === 0 ? null : priceRange(shown.map(({ offer, variant }) =>
    ({ shop: offer.shop, variant })), currency);
  return {
    id: `gid://shopify/p/${item.upid}`,
    title: item.title,
    description: item.description,
    images,
    options,
    priceRange: range && { min: money(range.min), max: money(range.max) },
    products,
    availableForSale: shown.some(({ variant }) => isAvailable(variant)),
    rating: ratingOf(item),
    uniqueSellingPoint: item.sellingPoint,
    topFeatures: item.features,
    techSpecs: item.attributes.map(({ name, values }) => `${name}: ${values.join(", ")}`),
    sharedAttributes: item.attributes,
    url: `${origins.discover}/global/v1/p/${item.upid}?_gsid=${gsid}${suffix}`,
  };
}

/** What both tools say of a shop's offer; each adds what only it says. */
export function describeOffer({ offer, variant }, { origins, currency, gsid }, { shop, picture, selected }) {
  const price = money(priceOf(variant, offer.shop, currency));
  const storefront = storefrontOf(offer.shop, origins);
  return {
    id: offer.id,
    title: offer.title,
    checkoutUrl: `${storefront}/cart/${variant.id.split("/").at(-1)}:1?_gsid=${gsid}&payment=shop_pay`,
    description: offer.description,
    ...picture,
    onlineStoreUrl: productUrl(offer, { origins, gsid, variant }),
    price,
    rating: offer.rating,
    availableForSale: offer.variants.some(isAvailable),
    shop: { ...describeShop(offer.shop, origins), ...shop },
    selectedProductVariant: {
      id: `${variant.id}?shop=${offer.shop.id}`,
      availableForSale: isAvailable(variant),
      options: variant.options.map(({ name, label }) => ({ name, value: label })),
      price,
      ...selected,
    },
    secondhand: offer.isSecondhand,
    requiresSellingPlan: offer.requiresPlan,
  };
}

export function describeShop(shop, origins) {
  return {
    name: shop.name,
    paymentSettings: {
      supportedDigitalWallets: shop.nativeCheckout ? ["SHOPIFY_PAY"] : [],
      acceptedCardBrands: ["visa", "master", "american_express"],
    },
    onlineStoreUrl: storefrontOf(shop, origins),
    id: `gid://shopify/Shop/${shop.id}`,
  };
}

export function policiesOf(shop, origins) {
  const page = (name) => ({ url: `${storefrontOf(shop, origins)}/policies/${name}` });
  return {
    privacyPolicy: page("privacy"), refundPolicy: page("refund"), termsOfService: page("terms"),
    shippingPolicy: page("shipping"),
  };
}

/** A picture of an offer; null where there is none. */
export function pictureOf(offer, origins) {
  if (!offer.shape) return null;
  return { url: offerPictureUrl(origins, offer), altText: `${offer.title} - ${offer.shop.name}` };
}

/** An item from all sides, as its first offer has it. */
export function picturesOf(offer, origins) {
  if (!offer.shape) return [];
  return PICTURE_VIEWS.map((view) => ({
    url: offerPictureUrl(origins, offer, { view: view === "front" ? null : view }),
    altText: `${offer.title} - ${view[0].toUpperCase()}${view.slice(1)}`,
  }));
}

/** The options of an item, with what there is of each value among some variants. */
export function describeOptions(item, variants) {
  return optionsOf(item).map(({ name, labels }) => ({
    name,
    values: labels.map((label) => {
      const having = variants.filter(({ options }) => options.some((one) => one.name === name && one.label === label));
      return { value: label, availableForSale: having.some(isAvailable), exists: having.length > 0 };
    }),
  }));
}

function ratingOf({ offers }) {
  const rated = offers.map(({ rating }) => rating).filter(Boolean);
  const count = rated.reduce((sum, rating) => sum + rating.count, 0);
  if (count === 0) return null;
  const sum = rated.reduce((total, rating) => total + rating.value * rating.count, 0);
  return { value: Math.round((sum / count) * 10) / 10, count };
}

function money({ amount, currency }) {
  return { amount: decimal(currency, amount), currencyCode: currency };
}
