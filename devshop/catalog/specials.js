/**
 * Variants that are not simply in stock, by SKU, and products that make a checkout speak up, by handle. Testers reach
 * every message of a cart or checkout by buying these; the README lists them.
 */
const STOCK = {
  "VAS-CEL": { left: 0, status: "out_of_stock" },
  "MNJ-CHK": { left: 2, status: "in_stock" },
  "LMP-TER": { left: 0, status: "discontinued" },
  "ORN-STR": { left: 500, status: "preorder" },
  "THR-CHA": { left: 500, status: "backorder" },
};
const PLENTY = { left: 500, status: "in_stock" };

export const NAME_TILE = "engraved-name-tile";
export const KILN = "studio-kiln";
export const LUSTRE = "lustre-glaze";
export const RAKU = "raku-tea-bowl";

/** @returns {{left: number, status: string}} how many can be sold, and what the shop says about it */
export function stockOf(sku) {
  return STOCK[sku] ?? PLENTY;
}
