import { createHash } from "node:crypto";
import { chance, pick, pickSome } from "./chance.js";
import { KINDS } from "./kinds.js";
import { Offer, variantsOf } from "./offer.js";
import { optionsFor } from "./options.js";
import { OWN_SHOP, SHOPS } from "./shops.js";
import { MAKERS, MATERIALS, PRAISE, SERIES } from "./words.js";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FIRST_PRODUCT_ID = 7_810_000_000_000;
const FIRST_VARIANT_ID = 43_700_000_000_000;
const OWN_FIRST_PRODUCT_ID = 88_300_000_000;
const OWN_FIRST_VARIANT_ID = 4_420_000_000_000;
/** So many variants a product has at most. */
const STRIDE = 100;
/** What makers are proud of: of things that last, and of things that are used up. */
const CLAIMS = {
  lasting: [
    "made in one place by people on salary", "guaranteed for ten years", "packed without plastic",
    "sent by rail where there is one", "designed to be repaired", "made to order in small runs",
  ],
  consumed: [
    "made in small batches", "packed without plastic", "tested on the makers themselves", "dated by hand",
    "from farms that are named on the label",
  ],
};
const CONSUMED = /Beans|Tea|Soap|Shampoo|Cream|Balm|Candle/;

/** A name for a thing that is the same in every shop, as base62. */
export function upidOf(number) {
  const bytes = createHash("sha256").update(`item ${number}`).digest();
  return Array.from(bytes.subarray(0, 14), (byte) => BASE62[byte % 62]).join("");
}

/** The number of the offer that a variant belongs to; the variant's own number says it. */
export function offerNumberOf(variantNumber) {
  const first = variantNumber >= FIRST_VARIANT_ID ? FIRST_VARIANT_ID : OWN_FIRST_VARIANT_ID;
  return Math.floor((variantNumber - first) / STRIDE);
}

/**
 * A thing and who sells it. Everything follows from its number.
 *
 * @param {number} number
 * @param {{nextOffer: number, handles: Set<string>, ownShopToo: boolean}} so far
 * @returns {import("./offer.js").Item}
 */
export function generateItem(number, { nextOffer, handles, ownShopToo }) {
  const kind = KINDS[(number * 7 + Math.floor(number / KINDS.length)) % KINDS.length];
  const material = pick(MATERIALS[kind.material], number, "material");
  const maker = pick(MAKERS[kind.department], number, "maker");
  const title = `${pick(SERIES, number, "series")} ${material} ${kind.noun}`;
  const claim = pick(CONSUMED.test(kind.noun) ? CLAIMS.consumed : CLAIMS.lasting, number, "claim");
  const options = optionsFor(kind.scheme, number);
  const features = [...(PRAISE[material] ? [PRAISE[material]] : []), ...pickSome(kind.features, 3, number, "features")];
  const item = {
    number,
    upid: upidOf(number),
    title,
    maker,
    shape: kind.shape,
    taxonomyId: kind.taxonomyId,
    path: kind.path,
    description: `${title} by ${maker}. ${features.join(". ")}. ${capital(claim)}.`,
    sellingPoint: `${maker}: ${claim}.`,
    features,
    attributes: attributesOf({ kind, material, maker, options }),
    priceTier: ["low", "medium", "high"][Math.floor(chance(number, "cents") * 3)],
    offers: [],
  };
  const fresh = kind.low + chance(number, "cents") * (kind.high - kind.low);
  for (const shop of sellersOf(kind, number, ownShopToo)) {
    const offer = nextOffer + item.offers.length;
    item.offers.push(offerOf({ item, shop, kind, number: offer, options, fresh, handles }));
  }
  return item;
}

/** Who sells it: one of the shops that carry such things, perhaps more, perhaps somebody after the first owner. */
function sellersOf(kind, number, ownShopToo) {
  const carrying = SHOPS.filter(({ departments }) => departments.includes(kind.department));
  const fresh = carrying.filter(({ secondhand }) => !secondhand);
  const used = carrying.filter(({ secondhand }) => secondhand);
  const onlyUsed = used.length > 0 && chance(number, "only used") < 0.12;
  const first = pick(fresh, number, "seller");
  const sellers = onlyUsed ? [] : [first, ...fresh.filter((shop) =>
    shop !== first && chance(number, `also ${shop.handle}`) < 0.35)];
  if (ownShopToo && !onlyUsed) sellers.unshift(OWN_SHOP);
  const again = used.filter((shop) => chance(number, `again ${shop.handle}`) < 0.25);
  return [...sellers, ...(onlyUsed && again.length === 0 ? [pick(used, number, "used")] : again)];
}

function offerOf({ item, shop, kind, number, options, fresh, handles }) {
  const seed = item.number * 31 + number;
  const own = shop === OWN_SHOP;
  const share = shop.secondhand ? 0.35 + 0.3 * chance(seed, "share") : 0.95 + 0.15 * chance(seed, "share");
  const plans = plansOf(kind, seed);
  const title = shop.secondhand ? `Vintage ${item.title}` : item.title;
  const count = Math.floor(chance(seed, "reviews") ** 3 * 900);
  return new Offer({
    item,
    shop,
    number,
    id: `gid://shopify/Product/${own ? OWN_FIRST_PRODUCT_ID + number : FIRST_PRODUCT_ID + number * 1013}`,
    handle: unusedHandle(title, shop, handles),
    title,
    shape: item.shape,
    category: item.path.split(" > ").at(-1),
    description: shop.secondhand
      ? `${item.title} by ${item.maker}, pre-owned: checked and cleaned by ${shop.name}. ${item.features[0]}.`
      : item.description,
    condition: shop.secondhand ? "secondhand" : "new",
    skuPrefix: `${shop.handle.slice(0, 3).toUpperCase()}-${number}`,
    // One of a kind has one of each option.
    options: shop.secondhand
      ? options.map(({ name, labels }) => ({ name, labels: [pick(labels, seed, name)] }))
      : options,
    plans: shop.secondhand ? [] : plans.list,
    requiresPlan: !shop.secondhand && plans.required,
    rating: count < 3 ? null : { value: Math.round((3.4 + 1.6 * chance(seed, "rating")) * 10) / 10, count },
    make: (offer) => variantsOf(offer, {
      firstId: (own ? OWN_FIRST_VARIANT_ID : FIRST_VARIANT_ID) + number * STRIDE,
      cents: Math.max(100, Math.round((fresh * share) / 100) * 100),
      seed,
    }),
  });
}

/** What is used up can come by itself every month; some of it comes in no other way. */
function plansOf({ department, noun }, seed) {
  const usedUp = department === "coffee" ? /Beans|Tea/.test(noun) : /Soap|Shampoo|Cream/.test(noun);
  if (!usedUp || chance(seed, "plans") > 0.6) return { list: [], required: false };
  return { list: MONTHLY, required: chance(seed, "plan only") < 0.4 };
}

export const MONTHLY = Object.freeze([
  Object.freeze({ id: "gid://shopify/SellingPlan/5102001", name: "Every month", percentOff: 10 }),
  Object.freeze({ id: "gid://shopify/SellingPlan/5102002", name: "Every 2 months", percentOff: 5 }),
]);

function attributesOf({ kind, material, maker, options }) {
  const of = (names) => options.filter(({ name }) => names.includes(name)).flatMap(({ labels }) => labels);
  return [
    { name: "Material", values: material.split(" ") },
    { name: "Brand", values: [maker] },
    { name: "Color", values: of(["Color", "Finish"]) },
    { name: "Size", values: of(["Size"]) },
    { name: "Target gender", values: kind.gender ? [kind.gender] : [] },
  ].filter(({ values }) => values.length > 0);
}

function unusedHandle(title, shop, handles) {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  for (let count = 1; ; count += 1) {
    const handle = count === 1 ? slug : `${slug}-no-${count}`;
    const key = `${shop.handle}/${handle}`;
    if (handles.has(key)) continue;
    handles.add(key);
    return handle;
  }
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
