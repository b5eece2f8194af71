import { permalink } from "../catalog/describe.js";
import { offerPictureUrl } from "../catalog/picture.js";
import { PICTURE_VIEWS } from "../market/drawing.js";
import { isAvailable, runsLow } from "../market/offer.js";
import { priceOf, priceRange } from "../market/presentment.js";
import { OWN_SHOP, permanentDomainOf, storefrontOf } from "../market/shops.js";

const COLOUR_OPTIONS = new Set(["Color", "Colour", "Glaze", "Finish"]);

/**
 * @typedef {object} Telling how things are told
 * @property {Record<string, string>} origins
 * @property {string} currency wanted
 * @property {string} gsid of the search, for the URLs that come out of it
 * @property {string} [view]
 */

/**
 * An item with the offers that were asked for, as UCP tells it with what the global catalog adds.
 *
 * @param {import("../market/offer.js").Item} item
 * @param {{offer: object, variant: object, inputs?: object[]}[]} told what to name, the first to show first
 * @param {Telling} telling
 */
export function describeItem(item, told, telling) {
  const { currency, view, gsid, origins } = telling;
  const [{ offer }] = told;
  const essentials = {
    id: `gid://shopify/p/${item.upid}`,
    title: item.title,
    url: productUrl(offer, { origins, gsid }),
    price_range: priceRange(told.map(({ variant, offer: { shop } }) => ({ shop, variant })), currency),
    media: pictures(offer, origins),
    variants: told.map((one) => describeVariant(one, telling)),
    ...ratingOf(item),
  };
  if (view === "offer") return { ...essentials, media: essentials.media.slice(0, 1) };
  return {
    ...essentials,
    description: { plain: item.description, html: `<p>${escape(item.description)}</p>` },
    categories: [
      { value: `gid://shopify/TaxonomyCategory/${item.taxonomyId}`, taxonomy: "shopify" },
      { value: item.path, taxonomy: "google_product_category" },
    ],
    options: describeOptions(item),
    metadata: {
      attributes: item.attributes.flatMap(({ name, values }) => values.map((value) => ({ name, value }))),
      tech_specs: item.attributes.map(({ name, values }) => `${name}: ${values.join(", ")}`),
      top_features: item.features,
      unique_selling_points: item.sellingPoint ? [item.sellingPoint] : [],
    },
  };
}

function describeVariant({ offer, variant, inputs }, { origins, currency, gsid }) {
  const { shop } = offer;
  return {
    id: variant.id,
    title: variant.title,
    description: { plain: offer.description },
    url: productUrl(offer, { origins, gsid, variant }),
    price: priceOf(variant, shop, currency),
    sku: variant.sku,
    condition: [offer.condition],
    availability: {
      available: isAvailable(variant), status: variant.stock.status, running_low: runsLow(variant.stock),
    },
    options: variant.options,
    media: pictures(offer, origins, variant).slice(0, 1),
    ...(offer.rating ? { rating: scaled(offer.rating) } : {}),
    checkout_url: `${permalink(storefrontOf(shop, origins), variant)}?_gsid=${gsid}`,
    requires: { shipping: true, selling_plan: offer.requiresPlan, components: false },
    ...(offer.plans.length > 0 ? { selling_plans: offer.plans.map(({ id, name }) => ({ id, name })) } : {}),
    eligible: { native_checkout: shop.nativeCheckout },
    seller: describeSeller(shop, origins),
    ...(inputs ? { inputs } : {}),
  };
}

function describeSeller(shop, origins) {
  const url = storefrontOf(shop, origins);
  const policy = (type, page) => ({ type, url: `${url}/policies/${page}` });
  return {
    name: shop.name,
    id: `gid://shopify/Shop/${shop.id}`,
    domain: permanentDomainOf(shop, origins),
    url,
    links: [
      policy("privacy_policy", "privacy-policy"), policy("terms_of_service", "terms-of-service"),
      policy("refund_policy", "refund-policy"), policy("shipping_policy", "shipping-policy"),
    ],
  };
}

/** What a thing comes in, in any shop; null where it comes in one way only. */
export function describeOptions(item) {
  const options = optionsOf(item);
  return options.length === 0 ? null : options.map(({ name, labels }) => ({
    name, values: labels.map((label) => ({ label })),
  }));
}

/** The options of all offers together. */
export function optionsOf({ offers }) {
  const options = new Map();
  for (const { name, labels } of offers.flatMap((offer) => offer.options)) {
    options.set(name, [...new Set([...(options.get(name) ?? []), ...labels])]);
  }
  return [...options].map(([name, labels]) => ({ name, labels }));
}

/** Where a shop shows what it sells. */
export function productUrl(offer, { origins, gsid, variant = null }) {
  const query = new URLSearchParams({
    ...(variant ? { variant: variant.id.split("/").at(-1) } : {}), ...(gsid ? { _gsid: gsid } : {}),
  });
  return `${storefrontOf(offer.shop, origins)}/products/${offer.handle}${query.size > 0 ? `?${query}` : ""}`;
}

function pictures(offer, origins, variant = null) {
  if (!offer.shape) return [];
  const colour = variant?.options.find(({ name }) => COLOUR_OPTIONS.has(name))?.label;
  // The shop that lives here took one picture of each thing.
  const views = offer.shop === OWN_SHOP ? ["front"] : PICTURE_VIEWS;
  return views.map((view) => ({
    type: "image",
    url: offerPictureUrl(origins, offer, { colour, view: view === "front" ? null : view }),
    alt_text: view === "front" ? offer.title : `${offer.title}, ${view}`,
    width: 400,
    height: 400,
  }));
}

/** What buyers say of a thing, in all shops together. */
function ratingOf({ offers }) {
  const rated = offers.map(({ rating }) => rating).filter(Boolean);
  const count = rated.reduce((sum, rating) => sum + rating.count, 0);
  if (count === 0) return {};
  const value = rated.reduce((sum, rating) => sum + rating.value * rating.count, 0) / count;
  return { rating: scaled({ value: Math.round(value * 10) / 10, count }) };
}

function scaled({ value, count }) {
  return { value, scale_min: 1, scale_max: 5, count };
}

function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
