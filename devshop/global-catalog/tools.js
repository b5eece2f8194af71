import { createHash } from "node:crypto";
import { optionsBeside, select } from "../catalog/selection.js";
import { matchesOf } from "../market/filters.js";
import { isAvailable } from "../market/offer.js";
import { BusinessRefusal, error, info } from "../sales/messages.js";
import { describeItem, optionsOf } from "./describe.js";
import { candidates, likeProblem, thingOf } from "./find.js";
import { HIGHEST_LIMIT, lookupInput, productInput, searchInput } from "./schemas.js";
import { wishOf } from "./wish.js";

const DEFAULT_LIMIT = 10;
const DEPTH = 1000;
/** From here on it is not counted, but guessed. */
const COUNTED = 200;
const OFFERS_SHOWN = 10;

const search = {
  family: "catalog",
  definition: {
    name: "search_catalog",
    description: "Search the products of all shops.",
    inputSchema: searchInput,
  },
  problem: ({ catalog }) => (catalog.query?.trim() || catalog.like ? likeProblem(catalog.like) : "A query is required"),
  run({ catalog }, { origins, market }) {
    const start = positionOf(catalog.pagination?.cursor);
    const { currency, filters, query, messages } = wishOf(catalog, { available: true });
    const found = candidates(market, { query, like: catalog.like, intent: catalog.context?.intent })
      .map(({ document }) => ({ item: document, matches: matchesOf(document, filters, currency) }))
      .filter(({ matches }) => matches.length > 0);
    const limit = Math.min(catalog.pagination?.limit ?? DEFAULT_LIMIT, HIGHEST_LIMIT);
    const end = Math.min(start + limit, DEPTH);
    const more = end < Math.min(found.length, DEPTH);
    const telling = { origins, currency, gsid: gsidOf(catalog), view: catalog.view };
    return {
      products: found.slice(start, end).map(({ item, matches }) => describeItem(item, featured(matches), telling)),
      pagination: {
        has_next_page: more, ...(more ? { cursor: cursorOf(end) } : {}), total_count: estimate(found.length),
      },
      ...(messages.length > 0 ? { messages } : {}),
    };
  },
};

const lookup = {
  family: "catalog",
  definition: {
    name: "lookup_catalog",
    description: "Look up products and variants of all shops by their ids.",
    inputSchema: lookupInput,
  },
  run({ catalog }, { origins, market }) {
    const { currency, filters, messages } = wishOf(catalog, { available: false });
    const found = new Map();
    for (const id of new Set(catalog.ids)) {
      const named = entitled(thingOf(market, id), { id, filters, currency });
      if (!named) {
        messages.push(info("not_found", `There is no ${id}.`, `$.ids[${catalog.ids.indexOf(id)}]`));
        continue;
      }
      const told = found.get(named.item) ?? [];
      const same = told.find(({ variant }) => variant === named.told.variant);
      if (same) same.inputs.push(...named.told.inputs);
      else found.set(named.item, [...told, named.told]);
    }
    const telling = { origins, currency, gsid: gsidOf(catalog), view: catalog.view };
    return {
      products: [...found].map(([item, told]) => describeItem(item, told, telling)),
      ...(messages.length > 0 ? { messages } : {}),
    };
  },
};

const getProduct = {
  family: "catalog",
  definition: {
    name: "get_product",
    description: "Get a product with the offers of all shops, narrowed to the options that were selected.",
    inputSchema: productInput,
  },
  run({ catalog }, { origins, market }) {
    const { id, selected: wanted = [], preferences = [] } = catalog;
    const { currency, filters, messages } = wishOf(catalog, { available: false });
    const thing = thingOf(market, id);
    const matches = thing ? matchesOf(thing.item, filters, currency) : [];
    if (matches.length === 0) {
      throw new BusinessRefusal([error("not_found", "unrecoverable", `There is no product ${id}.`)]);
    }
    const all = matches.flatMap(({ offer, variants }) => variants.map((variant) => ({ offer, variant })));
    const whole = { options: optionsOf(thing.item), variants: all.map(({ variant }) => variant) };
    const { selected, variants } = select(whole, wanted, preferences);
    const kept = new Set(variants);
    // What was named comes first.
    const told = all.filter(({ variant }) => kept.has(variant))
      .sort((one, other) => Number(other.variant === thing.variant) - Number(one.variant === thing.variant));
    const product = describeItem(thing.item, told, { origins, currency, gsid: gsidOf(catalog), view: catalog.view });
    return {
      product: { ...product, selected, ...(product.options ? { options: optionsBeside(whole, selected) } : {}) },
      ...(messages.length > 0 ? { messages } : {}),
    };
  },
};

/** @type {readonly import("../ucp/tools/index.js").UcpTool[]} */
export const GLOBAL_TOOLS = Object.freeze([search, lookup, getProduct]);

/** The variant to tell for an id that was looked up, if it passes. */
function entitled(thing, { id, filters, currency }) {
  if (!thing) return null;
  const matches = matchesOf(thing.item, filters, currency)
    .filter(({ offer }) => thing.offer === null || offer === thing.offer);
  if (thing.variant) {
    const match = matches.find(({ variants }) => variants.includes(thing.variant));
    return match && {
      item: thing.item,
      told: { offer: match.offer, variant: thing.variant, inputs: [{ id, match: "exact" }] },
    };
  }
  const [first] = featured(matches);
  return first && { item: thing.item, told: { ...first, inputs: [{ id, match: "featured" }] } };
}

/** One variant per offer: one that can be bought, if there is one. */
function featured(matches) {
  return matches.slice(0, OFFERS_SHOWN)
    .map(({ offer, variants }) => ({ offer, variant: variants.find(isAvailable) ?? variants[0] }));
}

/** A name for a search, the same for the same one and on all of its pages. */
function gsidOf({ pagination: _, ...asked }) {
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 16);
}

/** The cursor is where to go on, and nothing else. */
function cursorOf(offset) {
  return Buffer.from(JSON.stringify({ offset })).toString("base64url");
}

function positionOf(cursor) {
  if (cursor === undefined) return 0;
  const [, offset] = Buffer.from(cursor, "base64url").toString().match(/^\{"offset":(\d{1,6})\}$/) ?? [];
  if (offset !== undefined) return Number(offset);
  const path = "$.pagination.cursor";
  throw new BusinessRefusal([error("invalid_cursor", "recoverable", "The cursor is not one of this catalog's.", path)]);
}

function estimate(count) {
  return count <= COUNTED ? count : Math.round(count / 10) * 10;
}
