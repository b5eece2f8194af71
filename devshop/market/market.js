import { generateItem, offerNumberOf } from "./generate.js";
import { ownItems } from "./own-items.js";
import { SearchIndex } from "./search-index.js";
import { OWN_SHOP } from "./shops.js";
import { specialItems } from "./specials.js";

/** From here on the shop that lives here has a part of what is generated, too. */
const OWN_SHARE_FROM = 600;
const OWN_SHARE = 5;

/** What was generated so far; more of it comes after, and nothing that is there changes. */
const grown = { items: [], offers: [], handles: new Set(), ends: [] };

function growTo(size) {
  if (grown.items.length === 0) {
    for (const item of ownItems()) add(item);
    for (const item of specialItems(grown.items.length, grown.offers.length)) add(item);
  }
  while (grown.offers.length < size) {
    const number = grown.items.length;
    const ownShopToo = grown.offers.length >= OWN_SHARE_FROM && number % OWN_SHARE === 0;
    add(generateItem(number, { nextOffer: grown.offers.length, handles: grown.handles, ownShopToo }));
  }
}

function add(item) {
  grown.items.push(item);
  for (const offer of item.offers) grown.offers.push(offer);
  grown.ends.push(grown.offers.length);
}

const markets = new Map();

/** Everything that all shops sell, at least so many products; made when it is first asked for. */
export function marketOf(size) {
  if (!markets.has(size)) markets.set(size, new Market(size));
  return markets.get(size);
}

class Market {
  #index = null;
  #byUpid;
  #byProductId;
  #byHandle;
  #special;

  constructor(size) {
    growTo(size);
    const count = grown.ends.findIndex((end) => end >= size) + 1;
    /** @type {readonly import("./offer.js").Item[]} */
    this.items = grown.items.slice(0, count);
    /** @type {readonly import("./offer.js").Offer[]} */
    this.offers = grown.offers.slice(0, grown.ends[count - 1]);
    /** The products of the shop that lives here. */
    this.own = this.offers.filter(({ shop }) => shop === OWN_SHOP);
    this.#byUpid = new Map(this.items.map((item) => [item.upid, item]));
    this.#byProductId = new Map(this.offers.map((offer) => [offer.id, offer]));
    this.#byHandle = new Map(this.offers.map((offer) => [`${offer.shop.handle}/${offer.handle}`, offer]));
    // Variants whose numbers are not by the offer's.
    this.#special = new Map(this.offers.slice(0, 100).flatMap((offer) =>
      offer.variants.map((variant) => [variant.id, { offer, variant }])));
  }

  itemByUpid(upid) {
    return this.#byUpid.get(upid.replace(/^gid:\/\/shopify\/p\//, ""));
  }

  offerById(id) {
    return this.#byProductId.get(id);
  }

  offerAt(shopHandle, handle) {
    return this.#byHandle.get(`${shopHandle}/${handle}`);
  }

  /** @param {string} id of a variant; what a shop adds behind the number is of no matter */
  variantById(id) {
    const [, number] = id.match(/^gid:\/\/shopify\/ProductVariant\/(\d{1,15})(?:\?shop=\d+)?$/) ?? [];
    if (number === undefined) return undefined;
    const plain = `gid://shopify/ProductVariant/${number}`;
    if (this.#special.has(plain)) return this.#special.get(plain);
    const offer = this.offers[offerNumberOf(Number(number))];
    const variant = offer?.variants.find((one) => one.id === plain);
    return variant && { offer, variant };
  }

  /** @returns {{document: import("./offer.js").Item, score: number}[]} */
  find(query, aside) {
    this.#index ??= new SearchIndex(this.items, fieldsOfItem);
    return this.#index.find(query, aside);
  }
}

function fieldsOfItem({ title, maker, path, description, attributes, offers }) {
  return [
    [title, 8],
    [path.split(" > ").at(-1), 4],
    [maker, 4],
    [attributes.flatMap(({ values }) => values).join(" "), 3],
    [path, 2],
    [offers.some(({ isSecondhand }) => isSecondhand) ? "vintage secondhand pre-owned" : "", 2],
    [offers.some(({ plans }) => plans.length > 0) ? "subscription monthly" : "", 2],
    [offers.map(({ shop }) => shop.name).join(" "), 1],
    [description, 1],
  ];
}
