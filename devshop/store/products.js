/** What the shop sells, in cents of its own currency. Keys are used by the order table only. */
export const PRODUCTS = Object.freeze({
  mug: product("44100010001", "Speckled Stoneware Mug", "Oat / 12 oz", "MUG-OAT-12", 2800),
  mugBlue: product("44100010002", "Speckled Stoneware Mug", "Indigo / 12 oz", "MUG-IND-12", 2800),
  bowl: product("44100020001", "Ramen Bowl", "Celadon", "BWL-CEL", 3600),
  plate: product("44100030001", "Dinner Plate, set of 4", "Chalk", "PLT-CHK-4", 9600),
  vase: product("44100040001", "Bud Vase", "Rust", "VAS-RST", 4200),
  board: product("44100050001", "Cedar Serving Board", "Large", "BRD-CED-L", 6400),
  box: product("44100060001", "Cedar Keepsake Box", "Small", "BOX-CED-S", 5200),
  sweater: product("44100070001", "Merino Crewneck", "Forest / M", "SWT-FOR-M", 11800),
  apron: product("44100080001", "Waxed Canvas Apron", "Umber", "APR-UMB", 7400),
  candle: product("44100090001", "Cedarwood Candle", "8 oz", "CND-CED-8", 3200),
  teapot: product("44100100001", "Side-handle Teapot", "Matte Black", "TPT-BLK", 12800),
  linen: product("44100110001", "Linen Napkins, set of 6", "Flax", "LIN-FLX-6", 5400),
});

function product(variantId, title, variantTitle, sku, cents) {
  return Object.freeze({ variantId: `gid://shopify/ProductVariant/${variantId}`, title, variantTitle, sku, cents });
}
