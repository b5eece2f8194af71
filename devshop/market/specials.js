import { MONTHLY } from "./generate.js";
import { Offer } from "./offer.js";
import { combinations } from "./options.js";
import { SHOPS, shopByHandle } from "./shops.js";

const PLENTY = { left: 400, status: "in_stock" };
const CLOTHING = "Apparel & Accessories > Clothing";

/**
 * Things that are there so that testers find them, under names that stay. The README lists them; `offers` has per shop
 * the cents of a variant, and what is not as in the other shops.
 */
const SPECIALS = [
  {
    // What the examples of the old catalog's document ask for.
    upid: "AbC123XyZ",
    title: "Harlow Organic Cotton Crewneck Sweater",
    maker: "Fennmark",
    shape: "garment",
    category: `aa-1-13-12 | ${CLOTHING} > Tops > Sweaters`,
    features: [
      "100% organic cotton for breathable comfort", "Relaxed fit with ribbed cuffs and hem",
      "Grown without pesticides", "Pre-washed for softness", "Classic crewneck design",
    ],
    attributes: {
      "Fabric": ["Cotton", "Organic"], "Neckline": ["Crew"], "Pattern": ["Solid"], "Target gender": ["Unisex"],
    },
    options: [
      { name: "Color", labels: ["Red", "Blue", "Navy", "Cherry", "Pink", "Oatmeal"] },
      { name: "Size", labels: ["Small", "Medium", "Large"] },
    ],
    missing: ["Red / Small"],
    stock: { "Blue / Medium": { left: 0, status: "out_of_stock" }, "Navy / Large": { left: 2, status: "in_stock" } },
    ids: { "Navy / Medium": 43_696_935_272_470 },
    offers: [["fennmark-knitworks", 8900], ["skarvheim", 9400], ["twice-around", 3900, { only: "Blue / Large" }]],
  },
  {
    upid: "EveryStatus001",
    title: "Greyfell Signal Beanie",
    maker: "Greyfell",
    shape: "garment",
    category: "aa-2-17-5 | Apparel & Accessories > Accessories > Hats > Beanies",
    features: ["One colour for each thing that can be said of stock"],
    attributes: { "Material": ["Merino"], "Target gender": ["Unisex"] },
    options: [{ name: "Color", labels: ["Sage", "Ochre", "Navy", "Plum", "Charcoal", "Rust"] }],
    stock: {
      Ochre: { left: 1, status: "in_stock" }, Navy: { left: 400, status: "backorder" },
      Plum: { left: 400, status: "preorder" }, Charcoal: { left: 0, status: "out_of_stock" },
      Rust: { left: 0, status: "discontinued" },
    },
    offers: [["skarvheim", 3400]],
  },
  {
    upid: "SubscribeOnly1",
    title: "Merrow House Blend Coffee Beans",
    maker: "Kestrel Hollow",
    shape: "pouch",
    category: "fb-1-2-1 | Food, Beverages & Tobacco > Beverages > Coffee > Beans",
    features: ["Comes by itself, every month or every two", "Notes of plum and cocoa"],
    attributes: { "Coffee roast": ["Medium"] },
    options: [{ name: "Weight", labels: ["250 g", "1 kg"] }, { name: "Grind", labels: ["Whole bean", "Filter"] }],
    offers: [["kestrel-hollow", 1900, { plans: MONTHLY, requiresPlan: true }]],
  },
  {
    upid: "OnceOwnedOnly1",
    title: "Marlow Leather Jacket",
    maker: "Harrowgate Twill",
    shape: "garment",
    category: `aa-1-10-2-10 | ${CLOTHING} > Outerwear > Jackets`,
    features: ["Full-grain leather that ages well", "Lined with cotton"],
    attributes: { "Material": ["Leather"], "Target gender": ["Unisex"] },
    options: [{ name: "Color", labels: ["Brown", "Black"] }, { name: "Size", labels: ["M", "L"] }],
    offers: [["twice-around", 12000, { only: "Brown / M" }], ["attic-and-ash", 13500, { only: "Black / L" }]],
  },
  {
    upid: "ManySellers001",
    title: "Lathe Cast Iron Skillet",
    maker: "Ironhearth",
    shape: "pan",
    category: "hg-11-2-9 | Home & Garden > Kitchen & Dining > Cookware > Skillets",
    features: ["Cast thick, so that heat stays even", "Goes from hob to oven to table", "Seasoned with linseed"],
    attributes: { "Material": ["Cast Iron"] },
    options: [{ name: "Diameter", labels: ["20 cm", "24 cm", "28 cm"] }],
    offers: SHOPS.slice(1).map(({ handle }, index) => [handle, 5200 + 100 * index]),
  },
  {
    upid: "BareMinimum001",
    title: "Plain Postcard",
    maker: "Plain Quire",
    shape: null,
    category: "os-5-6 | Office Supplies > Stationery",
    features: [],
    attributes: {},
    options: [],
    unrated: true,
    offers: [["dunmarrow-supply", 100]],
  },
  {
    upid: "OddLetters0001",
    title: "Quire <em>“Ränder & Söhne”</em> Notebook 📓 \"A5\"",
    maker: "Inkwell Ferry",
    shape: "book",
    category: "os-5-2 | Office Supplies > Notebooks & Notepads",
    features: ["For whoever forgets to escape: <img src=x onerror=alert(1)>", "紙は白く、線は細い"],
    attributes: { "Material": ["Laid Paper"] },
    options: [{ name: "Color", labels: ["Rust", "Slate"] }],
    offers: [["kumohara-paper", 1800]],
  },
];

/** @param {number} firstNumber of an item @param {number} firstOffer @returns {import("./offer.js").Item[]} */
export function specialItems(firstNumber, firstOffer) {
  let nextOffer = firstOffer;
  return SPECIALS.map((special, index) => {
    const [taxonomyId, path] = special.category.split(" | ");
    const item = {
      number: firstNumber + index,
      upid: special.upid,
      title: special.title,
      maker: special.maker,
      shape: special.shape,
      taxonomyId,
      path,
      description: [`${special.title} by ${special.maker}`, ...special.features, ""].join(". ").trim(),
      sellingPoint: special.features[0] ?? null,
      features: special.features,
      attributes: Object.entries({ Brand: [special.maker], ...special.attributes, ...attributesOf(special) })
        .map(([name, values]) => ({ name, values })),
      priceTier: "medium",
      offers: [],
    };
    item.offers = special.offers.map((offer) => {
      nextOffer += 1;
      return specialOffer(special, item, nextOffer - 1, offer);
    });
    return item;
  });
}

function attributesOf({ options }) {
  const known = options.filter(({ name }) => ["Color", "Size"].includes(name));
  return Object.fromEntries(known.map(({ name, labels }) => [name, labels]));
}

function specialOffer(special, item, number, [handle, cents, { only, plans = [], requiresPlan = false } = {}]) {
  const shop = shopByHandle(handle);
  const chosen = only?.split(" / ");
  return new Offer({
    item,
    shop,
    number,
    id: `gid://shopify/Product/${7_800_000_000_000 + number}`,
    handle: special.upid.toLowerCase(),
    title: shop.secondhand ? `Vintage ${item.title}` : item.title,
    shape: item.shape,
    category: item.path.split(" > ").at(-1),
    description: item.description,
    condition: shop.secondhand ? "secondhand" : "new",
    skuPrefix: special.upid.toUpperCase(),
    options: special.options.map(({ name, labels }, index) => ({ name, labels: chosen ? [chosen[index]] : labels })),
    plans,
    requiresPlan,
    rating: special.unrated ? null : { value: 4.8, count: 124 },
    make: (offer) => variants(special, offer, cents),
  });
}

function variants({ missing = [], stock = {}, ids = {} }, offer, cents) {
  const all = combinations(offer.options).map((options) => ({
    options, title: options.map(({ label }) => label).join(" / ") || "Default",
  }));
  const first = offer === offer.item.offers[0];
  return all.filter(({ title }) => !missing.includes(title)).map(({ options, title }, index) => Object.freeze({
    id: `gid://shopify/ProductVariant/${(first && ids[title]) || 43_690_000_000_000 + offer.number * 100 + index}`,
    title,
    sku: `${offer.skuPrefix}-${index + 1}`,
    cents,
    options,
    stock: offer.isSecondhand ? { left: 1, status: "in_stock" } : (stock[title] ?? PLENTY),
    product: offer,
  }));
}
