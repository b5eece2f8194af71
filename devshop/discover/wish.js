import { minorUnits } from "../catalog/money.js";
import { wantedCurrency, worth } from "../market/presentment.js";
import { savedCatalogBySlug, within } from "../market/saved-catalogs.js";

/** A call that fits the schema and cannot be answered all the same. */
export class CallRefused extends Error {}

/**
 * What a call of the old catalog wants, in the words of the market.
 *
 * @param {object} args
 * @returns {{currency: string, filters: import("../market/filters.js").Filters, prefix: string}}
 */
export function wishOf(args) {
  const { ships_to: to, ships_from: from, min_price: min, max_price: max, shop_ids: shops } = args;
  const currency = wantedCurrency({ countries: [to?.toUpperCase()] });
  const wanted = {
    available: args.available_for_sale ?? true,
    conditions: args.include_secondhand ? undefined : ["new"],
    shipsTo: to?.toUpperCase(),
    shipsFrom: from && [from.toUpperCase()],
    shops: shops?.map(shopNumber),
    requiresPlan: args.requires_selling_plan,
    price: min === undefined && max === undefined ? undefined : {
      min: minorUnits(currency, min ?? 0), max: max === undefined ? undefined : minorUnits(currency, max),
    },
  };
  if (args.saved_catalog === undefined) return { currency, filters: wanted, prefix: "" };
  const saved = savedCatalogBySlug(args.saved_catalog);
  if (!saved) throw new CallRefused(`Saved catalog not found: ${args.saved_catalog}`);
  // What the catalog says of a thing holds, whatever the call says of it.
  const filters = { ...wanted, ...within({}, saved, (cents) => worth({ cents }, currency)) };
  return { currency, filters, prefix: saved.prefix ?? "" };
}

/** The number of a shop, from that or its gid. */
export function shopNumber(id) {
  return String(id).replace(/^gid:\/\/shopify\/Shop\//, "");
}
