// One shape for products of the three catalogs: a view that reads the server's own object when it is asked. Whatever is not
// what it should be reads as `null` or as an empty list; `raw` has it.

let entry;

/** @param given what the entry holds: `openable`, `decimalsOf`, `minorUnits` */
export function readWith(given) {
  entry = given;
}

/** @param raw a product or offer of any of the servers */
export const productOf = (raw) => (Array.isArray(raw.products) || raw.priceRange ? new FormerProduct(raw) : new Product(raw));

class View {
  /** @param raw the server's own object, untouched */
  constructor(raw) {
    this.raw = raw;
  }
  get id() {
    return textOf(this.raw.id);
  }
  get title() {
    return textOf(this.raw.title);
  }
  get rating() {
    const { value, count, scale_max: scaleMax } = Object(this.raw.rating);
    return typeof value === "number" ? { value, count: numberOf(count), scaleMax: numberOf(scaleMax) ?? 5 } : null;
  }
}

/** As UCP tells it. */
class Product extends View {
  get description() {
    const { plain, html, markdown } = Object(this.raw.description);
    return { plain: textOf(plain), html: textOf(html), markdown: textOf(markdown) };
  }
  get url() {
    return urlOf(this.raw.url);
  }
  get images() {
    return imagesOf(this.raw.media);
  }
  get priceRange() {
    const { min, max } = Object(this.raw.price_range);
    return min && max ? { min: priceOf(min), max: priceOf(max) } : null;
  }
  get options() {
    return listOf(this.raw.options).map(({ name, values }) => ({
      name: textOf(name),
      values: listOf(values).map(({ label, available, exists }) => ({ label: textOf(label), available: flagOf(available), exists: flagOf(exists) })),
    }));
  }
  /** What was selected in the end, where wishes were relaxed. */
  get selected() {
    return listOf(this.raw.selected).map(({ name, label }) => ({ name: textOf(name), label: textOf(label) }));
  }
  get features() {
    return textsOf(this.raw.metadata?.top_features);
  }
  get specifications() {
    return textsOf(this.raw.metadata?.tech_specs);
  }
  get sellingPoint() {
    return textsOf(this.raw.metadata?.unique_selling_points)[0] ?? null;
  }
  get attributes() {
    const byName = new Map();
    for (const { name, value } of listOf(this.raw.metadata?.attributes)) byName.set(textOf(name), [...(byName.get(textOf(name)) ?? []), value]);
    return [...byName].map(([name, values]) => ({ name, values: textsOf(values) }));
  }
  get offers() {
    return listOf(this.raw.variants).map((raw) => new Offer(raw));
  }
}

/** A variant of a shop. */
class Offer extends View {
  get price() {
    return priceOf(this.raw.price);
  }
  get listPrice() {
    return priceOf(this.raw.list_price);
  }
  get available() {
    return flagOf(this.raw.availability?.available);
  }
  /** `in_stock`, `backorder`, `preorder`, `out_of_stock`, `discontinued`, or what is new. */
  get availability() {
    return textOf(this.raw.availability?.status);
  }
  get options() {
    return listOf(this.raw.options).map(({ name, label }) => ({ name: textOf(name), label: textOf(label) }));
  }
  get image() {
    return imagesOf(this.raw.media)[0] ?? null;
  }
  get url() {
    return urlOf(this.raw.url);
  }
  get checkoutUrl() {
    return urlOf(this.raw.checkout_url);
  }
  get seller() {
    const { id, name, domain, url, links } = Object(this.raw.seller);
    const policies = Object.fromEntries(listOf(links).filter(({ type }) => textOf(type)).map((link) => [link.type, urlOf(link.url)]));
    return { id: textOf(id), name: textOf(name), domain: textOf(domain), url: urlOf(url), policies, wallets: [], cards: [] };
  }
  get secondhand() {
    const { condition } = this.raw;
    return Array.isArray(condition) ? condition.includes("secondhand") : null;
  }
  get requiresSellingPlan() {
    return flagOf(this.raw.requires?.selling_plan);
  }
  get match() {
    return null;
  }
}

/** As the former catalog tells it. */
class FormerProduct extends View {
  get description() {
    return { plain: textOf(this.raw.description), html: null, markdown: null };
  }
  get url() {
    return urlOf(this.raw.url);
  }
  get images() {
    return listOf(this.raw.images).map(({ url, altText }) => ({ url: urlOf(url), alt: textOf(altText) }));
  }
  get priceRange() {
    const { min, max } = Object(this.raw.priceRange);
    return min && max ? { min: minorOf(min), max: minorOf(max) } : null;
  }
  get options() {
    return listOf(this.raw.options).map(({ name, values }) => ({
      name: textOf(name),
      values: listOf(values).map(({ value, availableForSale, exists }) => ({ label: textOf(value), available: flagOf(availableForSale), exists: flagOf(exists) })),
    }));
  }
  get selected() {
    return [];
  }
  get features() {
    return textsOf(this.raw.topFeatures);
  }
  get specifications() {
    return textsOf(this.raw.techSpecs);
  }
  get sellingPoint() {
    return textOf(this.raw.uniqueSellingPoint);
  }
  get attributes() {
    return listOf(this.raw.sharedAttributes).map(({ name, values }) => ({ name: textOf(name), values: textsOf(values) }));
  }
  get offers() {
    return listOf(this.raw.products).map((raw) => new FormerOffer(raw));
  }
}

/** A product of one shop, with the variant that was chosen of it. */
class FormerOffer extends View {
  get #variant() {
    return Object(this.raw.selectedProductVariant);
  }
  /** As carts know it: without the shop that this catalog adds to it. */
  get id() {
    const [variant] = textOf(this.#variant.id)?.split("?") ?? [];
    return variant ?? textOf(this.raw.id);
  }
  get price() {
    return minorOf(this.#variant.price ?? this.raw.price);
  }
  get listPrice() {
    return null;
  }
  get available() {
    return flagOf(this.#variant.availableForSale ?? this.raw.availableForSale);
  }
  get availability() {
    return this.available === null ? null : this.available ? "in_stock" : "out_of_stock";
  }
  get options() {
    return listOf(this.#variant.options).map(({ name, value }) => ({ name: textOf(name), label: textOf(value) }));
  }
  get image() {
    const { url, altText } = Object(this.#variant.image ?? this.raw.featuredImage);
    return url ? { url: urlOf(url), alt: textOf(altText) } : null;
  }
  get url() {
    return urlOf(this.raw.onlineStoreUrl);
  }
  get checkoutUrl() {
    return urlOf(this.raw.checkoutUrl);
  }
  get seller() {
    const shop = Object(this.raw.shop);
    const policies = { privacy_policy: shop.privacyPolicy, refund_policy: shop.refundPolicy, terms_of_service: shop.termsOfService, shipping_policy: shop.shippingPolicy };
    const links = Object.entries(policies).filter(([, policy]) => policy?.url).map(([type, policy]) => [type, urlOf(policy.url)]);
    const { supportedDigitalWallets: wallets, acceptedCardBrands: cards } = Object(shop.paymentSettings);
    const url = urlOf(shop.onlineStoreUrl);
    const domain = url && new URL(url).host;
    return { id: textOf(shop.id), name: textOf(shop.name), domain, url, policies: Object.fromEntries(links), wallets: textsOf(wallets), cards: textsOf(cards) };
  }
  get secondhand() {
    return flagOf(this.raw.secondhand);
  }
  get requiresSellingPlan() {
    return flagOf(this.raw.requiresSellingPlan);
  }
  /** How the variant was chosen: `{ type, requestedFilters }` as on the wire. */
  get match() {
    const { selectionState } = this.#variant;
    return isObject(selectionState) ? selectionState : null;
  }
}

const textOf = (value) => (typeof value === "string" ? value : null);
const numberOf = (value) => (typeof value === "number" ? value : null);
const flagOf = (value) => (typeof value === "boolean" ? value : null);
const textsOf = (list) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (list) => (Array.isArray(list) ? list.filter(isObject) : []);
const priceOf = (price) => (Number.isSafeInteger(price?.amount) && typeof price.currency === "string" ? { amount: price.amount, currency: price.currency } : null);

const imagesOf = (media) =>
  listOf(media).filter(({ type = "image" }) => type === "image").map((one) => ({ url: urlOf(one.url), alt: textOf(one.alt_text) }));

/** Minor units of a decimal text. */
function minorOf(price) {
  const { amount, currencyCode: currency } = Object(price);
  const units = entry.minorUnits(amount, entry.decimalsOf(currency));
  return units === null ? null : { amount: units, currency };
}

/** A URL that a page may open; its query is kept as it is. */
const urlOf = (value) => entry.openable(value);
