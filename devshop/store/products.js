import { variantBySku } from "../catalog/products.js";

/** What the orders of the past hold, in cents of the shop's own currency. Keys are used by the order table only. */
export const PRODUCTS = Object.freeze({
  mug: bought("MUG-OAT-12"),
  mugBlue: bought("MUG-IND-12"),
  bowl: bought("BWL-CEL"),
  plate: bought("PLT-CHK-4"),
  vase: bought("VAS-RST"),
  board: bought("BRD-CED-L"),
  box: bought("BOX-CED-S"),
  sweater: bought("SWT-FOR-M"),
  apron: bought("APR-UMB"),
  candle: bought("CND-CED-8"),
  teapot: bought("TPT-BLK"),
  linen: bought("LIN-FLX-6"),
});

function bought(sku) {
  const { id, product, title, cents } = variantBySku(sku);
  return Object.freeze({ variantId: id, title: product.title, variantTitle: title, sku, cents });
}
