import { CATALOG } from "../catalog/products.js";
import { pick } from "./chance.js";
import { upidOf } from "./generate.js";
import { Offer } from "./offer.js";
import { OWN_SHOP, SHOPS } from "./shops.js";

/** Where the shop's own categories are in the taxonomy that all shops share. */
const TAXONOMY = {
  Tableware: ["hg-11-9", "Home & Garden > Kitchen & Dining > Tableware"],
  Kitchen: ["hg-11", "Home & Garden > Kitchen & Dining"],
  Home: ["hg-8", "Home & Garden > Decor"],
  Apparel: ["aa-1", "Apparel & Accessories > Clothing"],
  Garden: ["hg-10", "Home & Garden > Lawn & Garden"],
  Studio: ["ae-2-1", "Arts & Entertainment > Hobbies & Creative Arts > Arts & Crafts"],
};
const COLOUR_OPTIONS = new Set(["Glaze", "Colour"]);
const TIERS = [[4000, "low"], [9000, "medium"], [Infinity, "high"]];

/** What the shop that lives here sells, as items of the global catalog; a few pieces are with a second owner too. */
export function ownItems() {
  let nextOffer = 0;
  return CATALOG.map((product, number) => {
    const [taxonomyId, path] = TAXONOMY[product.category];
    const cents = product.variants[0].cents;
    const labels = (fits) => product.options.filter(({ name }) => fits(name)).flatMap((option) => option.labels);
    const item = {
      number,
      upid: upidOf(number),
      title: product.title,
      maker: OWN_SHOP.name,
      shape: product.shape,
      taxonomyId,
      path,
      description: product.description,
      sellingPoint: `${OWN_SHOP.name}: thrown, glazed and fired under one roof.`,
      features: [product.description.replace(/\.$/, "")],
      attributes: [
        { name: "Brand", values: [OWN_SHOP.name] },
        { name: "Color", values: labels((name) => COLOUR_OPTIONS.has(name)) },
        { name: "Size", values: labels((name) => name === "Size") },
      ].filter(({ values }) => values.length > 0),
      priceTier: TIERS.find(([limit]) => cents < limit)[1],
      offers: [],
    };
    item.offers.push(ownOffer(item, product, nextOffer));
    if (number % 8 === 3) item.offers.push(usedOffer(item, product, nextOffer + 1));
    nextOffer += item.offers.length;
    return item;
  });
}

function ownOffer(item, { variants, ...product }, number) {
  return new Offer({
    ...product,
    item,
    shop: OWN_SHOP,
    number,
    condition: "new",
    skuPrefix: null,
    plans: [],
    requiresPlan: false,
    make: () => variants,
  });
}

function usedOffer(item, product, number) {
  const shop = SHOPS.find(({ handle }) => handle === "twice-around");
  const source = pick(product.variants, number, "used");
  return new Offer({
    item,
    shop,
    number,
    id: `gid://shopify/Product/${7_800_000_000_000 + number}`,
    handle: `vintage-${product.handle}`,
    title: `Vintage ${product.title}`,
    shape: product.shape,
    category: product.category,
    description: `${product.description} Pre-owned, without a chip.`,
    condition: "secondhand",
    skuPrefix: `TWI-${number}`,
    options: source.options.map(({ name, label }) => ({ name, labels: [label] })),
    plans: [],
    requiresPlan: false,
    rating: null,
    make: (offer) => [Object.freeze({
      ...source,
      id: `gid://shopify/ProductVariant/${43_690_000_000_000 + number * 100}`,
      sku: `TWI-${number}-1`,
      cents: Math.round((source.cents * 0.5) / 100) * 100,
      stock: { left: 1, status: "in_stock" },
      product: offer,
    })],
  });
}
