import { stockOf } from "./specials.js";
import { PRODUCT_TABLE } from "./table.js";

/**
 * @typedef {object} Variant
 * @property {string} id
 * @property {string} title its labels, or "Default"
 * @property {string} sku
 * @property {number} cents of the shop's own currency
 * @property {{name: string, label: string}[]} options
 * @property {{left: number, status: string}} stock
 * @property {Product} product
 *
 * @typedef {object} Product
 * @property {string} id
 * @property {string} handle
 * @property {string} title
 * @property {string} shape of its picture
 * @property {string} category
 * @property {string} description
 * @property {{name: string, labels: string[]}[]} options
 * @property {Variant[]} variants
 * @property {{value: number, count: number} | null} rating
 */

/** @type {readonly Product[]} */
export const CATALOG = Object.freeze(PRODUCT_TABLE.map(product));

const VARIANTS = new Map(CATALOG.flatMap(({ variants }) => variants).map((variant) => [variant.id, variant]));
const BY_SKU = new Map([...VARIANTS.values()].map((variant) => [variant.sku, variant]));
const PRODUCTS = new Map(CATALOG.map((entry) => [entry.id, entry]));
const BY_HANDLE = new Map(CATALOG.map((entry) => [entry.handle, entry]));

/** @returns {Variant | undefined} */
export const variantById = (id) => VARIANTS.get(id);
/** @returns {Variant | undefined} */
export const variantBySku = (sku) => BY_SKU.get(sku);
/** @returns {Product | undefined} */
export const productById = (id) => PRODUCTS.get(id);
/** @returns {Product | undefined} */
export const productByHandle = (handle) => BY_HANDLE.get(handle);

function product([number, handle, title, shape, category, cents, skuPattern, optionsText, description]) {
  const options = parseOptions(optionsText);
  const made = {
    id: `gid://shopify/Product/${88200000000 + number}`,
    handle, title, shape, category, description,
    rating: { value: (42 + (number * 5) % 8) / 10, count: 9 + 3 * number },
    options: options.map(({ name, values }) => ({ name, labels: values.map(({ label }) => label) })),
  };
  made.variants = combinations(options).map((values, index) =>
    Object.freeze(variant({ made, number, cents, skuPattern, options, values, index })));
  return Object.freeze(made);
}

function variant({ made, number, cents, skuPattern, options, values, index }) {
  const codes = values.map(({ code }) => code);
  const sku = skuPattern.replaceAll("*", () => codes.shift());
  return {
    id: `gid://shopify/ProductVariant/44100${String(number).padStart(2, "0")}${String(index + 1).padStart(4, "0")}`,
    title: values.map(({ label }) => label).join(" / ") || "Default",
    sku,
    cents: values.reduce((sum, { surcharge }) => sum + surcharge, cents),
    options: values.map(({ label }, position) => ({ name: options[position].name, label })),
    stock: stockOf(sku),
    product: made,
  };
}

/** `Glaze: Oat=OAT, Indigo=IND+400; Size: …` */
function parseOptions(text) {
  return text.split("; ").filter(Boolean).map((option) => {
    const [name, values] = option.split(": ");
    return {
      name,
      values: values.split(", ").map((value) => {
        const [, label, code, surcharge = "0"] = value.match(/^(.+)=(\w+?)([+-]\d+)?$/);
        return { label, code, surcharge: Number(surcharge) };
      }),
    };
  });
}

/** Every choice of one value per option; the first option varies fastest. */
function combinations(options) {
  return options.reduce((made, { values }) =>
    values.flatMap((value) => made.map((chosen) => [...chosen, value])), [[]]);
}
