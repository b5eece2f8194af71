// The room behind `shop.catalog`: loaded when a page first searches. What it needs of the entry it is given.

import { isObject, productOf, readWith } from "./catalog-product.js";

/** How far each server goes: products of one search in all, ids of one lookup. */
const LIMITS = { shop: { depth: 1000, ids: 10 }, global: { depth: 1000, ids: 50 }, discover: { depth: Infinity, ids: 1 } };
/** Pages without a new product, one after the other, that are no progress. */
const EMPTY_PAGES = 3;
/** More than the documentation advises for a start. */
const MANY = 20;

/** Members that only the former catalog's arguments have. */
const FORMER = [
  "available_for_sale", "include_secondhand", "limit", "max_price", "min_price", "products_limit", "requires_selling_plan",
  "saved_catalog", "ships_from", "ships_to", "shop_ids", "upid", "variant_id", "_gsid", "option_preferences", "product_id",
  "product_options", "shop_id",
];
const isFormer = (request) => typeof request.context === "string" || FORMER.some((member) => Object.hasOwn(request, member));

export class Room {
  #server;
  #given;

  /** @param {"shop" | "global" | "discover"} server @param given what the entry holds: see shell/ucp/catalog.js */
  constructor(server, given) {
    this.#server = server;
    this.#given = given;
    readWith(given);
  }

  /** A page of a search, and the walk over it: `[page, walk]`. */
  async page(request, cursor, options) {
    const { args, tool } = await this.#arguments("search", this.#object(request, "request"));
    this.#advise(request);
    if (cursor !== undefined) args.catalog.pagination = { ...args.catalog.pagination, cursor };
    const result = await this.#given.call(tool, args, options);
    const { products, offers, pagination } = result.data;
    const { total_count: total, has_next_page: hasNext, cursor: next } = Object(pagination);
    const totalCount = typeof total === "number" ? total : null;
    const isNext = this.#server !== "discover" && hasNext !== false && typeof next === "string" && next !== "";
    const page = { ...this.#told(result), products: this.#views(offers ?? products), totalCount, nextCursor: isNext ? next : null };
    return [page, (seen) => this.#walk(page, hasNext === true, seen)];
  }

  /** Products by their ids, in any number: `{ found: [{ id, product }], missing, results }`. */
  async lookup(request, options) {
    const { ids, ...rest } = Array.isArray(request) ? { ids: request } : this.#object(request, "request");
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string" && id)) throw this.#refusal("ids", "`ids` is a list of ids.");
    const wanted = [...new Set(ids)];
    const size = LIMITS[this.#server].ids;
    const parts = wanted.flatMap((_, at) => (at % size ? [] : [wanted.slice(at, at + size)]));
    const answers = await Promise.all(parts.map((part) => this.#look(part, rest, options)));
    const products = new Map(answers.flatMap(({ named }) => named));
    const found = ids.filter((id) => products.has(id)).map((id) => ({ id, product: products.get(id) }));
    return { found, missing: wanted.filter((id) => !products.has(id)), results: answers.flatMap(({ results }) => results) };
  }

  /** One product: the result with `product`, or with `null` where there is none. */
  async product(request, options) {
    const { args, tool } = await this.#arguments("product", typeof request === "string" ? { id: request } : this.#object(request, "request"));
    const result = await this.#given.call(tool, args, options).catch(missing);
    const [product = null] = this.#views([result.data.product ?? null]);
    return { ...this.#told(result), product };
  }

  /** Arguments of the server's own tool, checked or translated where either the page or the server speaks the former way. */
  async #arguments(what, request) {
    const isOld = isFormer(request);
    if (!isOld && this.#server !== "discover") {
      return { tool: what === "search" ? "search_catalog" : "get_product", args: { catalog: { ...request } } };
    }
    const { argumentsOf } = await this.#given.beside(import("./discover.js"));
    const { decimalsOf, minorUnits } = this.#given;
    const refusal = (field, sentence, code) => this.#refusal(field, sentence, code);
    return argumentsOf(what, request, { isOld, isForOld: this.#server === "discover", decimalsOf, minorUnits, refusal });
  }

  async #look(part, rest, options) {
    if (this.#server === "discover") return this.#lookOneByOne(part, rest, options);
    const result = await this.#given.call("lookup_catalog", { catalog: { ...rest, ids: part } }, options);
    const named = this.#views(result.data.products).flatMap((product) => {
      const variants = listOf(product.raw.variants);
      const ids = [product.id, ...variants.map(({ id }) => id), ...variants.flatMap(({ inputs }) => listOf(inputs).map(({ id }) => id))];
      return ids.filter((id) => part.includes(id)).map((id) => [id, product]);
    });
    return { named, results: [result] };
  }

  /** The former catalog looks up one at a time. */
  async #lookOneByOne([id], rest, options) {
    const result = await this.product({ ...rest, id }, options);
    return { named: result.product ? [[id, result.product]] : [], results: [result] };
  }

  /** Gives the products that no page before had, then where the next one begins. */
  *#walk({ products, totalCount, nextCursor }, promisesMore, seen) {
    let isEmpty = true;
    for (const product of products) {
      if (product.id !== null && seen.ids.has(product.id)) continue;
      seen.ids.add(product.id);
      isEmpty = false;
      yield product;
    }
    seen.products += products.length;
    seen.empty = isEmpty ? seen.empty + 1 : 0;
    if (nextCursor === null) {
      const isAtDepth = seen.products >= LIMITS[this.#server].depth && totalCount > seen.products;
      return { isTruncated: promisesMore || isAtDepth };
    }
    if (seen.cursors.has(nextCursor) || seen.empty > EMPTY_PAGES) {
      const { ProtocolError } = this.#given;
      throw new ProtocolError("The search's next page makes no progress.", { code: "answer_invalid", field: "cursor" });
    }
    seen.cursors.add(nextCursor);
    return { cursor: nextCursor, isTruncated: false };
  }

  #views(list) {
    return listOf(list).map(productOf);
  }

  /** What a server says to a language model is no instruction to anybody else: untrusted text. */
  #told(result) {
    const { instructions } = result.data;
    return { ...result, instructions: typeof instructions === "string" ? instructions : null };
  }

  /** The documentation's advice, each once, where a developer sees it. */
  #advise(request) {
    const { isDevelopment, advise } = this.#given;
    if (!isDevelopment) return;
    const { context, filters, pagination, ships_to: shipsTo = filters?.ships_to, limit = pagination?.limit } = request;
    if (!context) advise("catalog_context", "A search without `context` knows nothing of the buyer: say what they need and prefer.");
    if (!shipsTo && this.#server !== "shop") advise("catalog_ships_to", "A search without `ships_to` finds what cannot be sent to the buyer.");
    if (limit > MANY) advise("catalog_limit", "Begin with 10 to 20 products, and ask for more when they are wanted.");
  }

  #object(value, field) {
    if (isObject(value)) return value;
    throw this.#refusal(field, "This takes an object, as on the wire.");
  }

  #refusal(field, sentence, code = "option_invalid") {
    return new this.#given.OptionsError(sentence, { code, field });
  }
}

/** UCP answers that there is no such product; the former catalog fails. */
function missing(error) {
  if (error.code !== "tool_not_found") throw error;
  return { data: error.result, messages: [], outcome: "unrecoverable", continueUrl: null };
}

/** The objects of a list, lists among them, as views read them; servers send anything. */
const listOf = (list) => (Array.isArray(list) ? list.filter((item) => typeof item === "object" && item !== null) : []);
