// The catalog: search, lookup and product behind one set of methods, whichever of three servers answers.

import * as core from "#glue";

import { ask, beside } from "../core.js";
import { decimalsOf, minorUnits } from "../currency.js";
import { invalid, OptionsError, ProtocolError } from "../errors.js";
import { plain } from "../parts.js";
import { telling, tellingMethods } from "../words.js";
import { UcpCalls } from "./calls.js";
import { openable } from "./outcome.js";

/** Where the catalogs of all shops are, and what the core's table of tiers and a proxy call them. */
const PLACES = {
  global: { server: "catalog", upstream: "catalog", endpoint: "https://catalog.shopify.com/api/ucp/mcp" },
  discover: { server: "discover", upstream: "discover", endpoint: "https://discover.shopifyapps.com/global/mcp" },
};

export class Catalog {
  #calls;
  #server;
  #room;
  #advise;

  constructor(connection, setup, calls, advise) {
    const { server = "shop", token } = connection.options.catalog ?? {};
    this.#server = server;
    this.#advise = advise;
    if (token && typeof token !== "function") {
      throw invalid("token", "`catalog.token` is a function that fetches a token: a customer's is for the shop alone.");
    }
    const place = PLACES[server];
    if (!place && (token || setup.catalogEndpoint)) {
      const sentence = "`catalog.token` and `catalog.endpoint` go with `server: \"global\"` or `\"discover\"`: the shop's own catalog takes what `agent` has.";
      throw invalid("server", sentence);
    }
    this.#calls = place ? new UcpCalls(connection, elsewhere(setup, token, server), { ...place, endpoint: setup.catalogEndpoint ?? place.endpoint }) : calls;
  }

  /** A search that begins when it is awaited, for its first page, or iterated, for the products of all pages. */
  search(request, options = {}) {
    const wanted = copyOf(request);
    return new Search(async (cursor) => (await this.#open()).page(wanted, cursor, plain(options, "The call's options")));
  }

  async lookup(request, options = {}) {
    const wanted = copyOf(request);
    return (await this.#open()).lookup(wanted, plain(options, "The call's options"));
  }

  async product(request, options = {}) {
    const wanted = copyOf(request);
    return (await this.#open()).product(wanted, plain(options, "The call's options"));
  }

  async listTools(options) {
    return this.#calls.listTools(options);
  }

  /** Loaded when it is asked for: most pages of a shop search nothing. */
  async #open() {
    const { Room } = await beside(import("../../catalog.js"));
    this.#room ??= new Room(this.#server, {
      call: (tool, args, options) => this.#calls.callTool(tool, args, options),
      advise: this.#advise,
      isDevelopment: ask(core.openable, "http://localhost") !== undefined,
      beside, openable, decimalsOf, minorUnits, OptionsError, ProtocolError,
    });
    return this.#room;
  }
}

/** What is asked for is what it was at the call, on every page of a search. What JSON cannot hold is refused later. */
function copyOf(request) {
  try {
    return JSON.parse(JSON.stringify(request));
  } catch {
    return request;
  }
}

/** Who calls a server that is not the shop's: a customer's token is for the shop alone. A proxy adds what `discover` takes. */
function elsewhere(setup, token, server) {
  if (setup.proxy && server === "discover") return { ...setup, tier: "token" };
  if (token || setup.token !== "customer") return { ...setup, token: token ?? setup.token };
  return { ...setup, token: undefined, tier: setup.tier === "token" ? undefined : setup.tier };
}

/** See `CatalogSearch` in index.d.ts. */
class Search {
  /** Whether the server stopped before the end; known when an iteration has ended. */
  truncated = false;
  #page;
  #first;

  constructor(page) {
    this.#page = telling(page);
  }

  then(resolve, reject) {
    return this.#begin().then(([page]) => page).then(resolve, reject);
  }

  async *[Symbol.asyncIterator]() {
    const seen = { ids: new Set(), cursors: new Set(), products: 0, empty: 0 };
    for (let [, walk] = await this.#begin(); ; ) {
      const { cursor, isTruncated } = yield* walk(seen);
      this.truncated = isTruncated;
      if (cursor === undefined) return;
      [, walk] = await this.#page(cursor);
    }
  }

  #begin() {
    this.#first ??= this.#page();
    return this.#first;
  }
}

tellingMethods(Catalog, "lookup", "product", "listTools");
