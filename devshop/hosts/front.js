import { setTimeout as sleep } from "node:timers/promises";
import { rememberExchange } from "../http/exchange.js";
import { redirect, sendText } from "../http/reply.js";
import { storefrontOf } from "../market/shops.js";
import { storesByHost } from "../stores/room.js";
import { routeOf } from "./routes.js";
import { strike } from "./struck-answers.js";

/**
 * The front door of the shop's hosts: logs a request, answers preflights, keeps it waiting, lets faults strike, and
 * shows it to its room.
 *
 * @param {object} options
 * @param {Record<string, string>} options.origins
 * @param {Record<string, (exchange: import("../http/exchange.js").Exchange) => unknown>} options.rooms by name
 */
export function frontDoor({ origins, settings, log, faults, cors, rooms }) {
  const stores = storesByHost(origins);

  /** @param {object} [store] another shop, at the listener of this one */
  async function serve(host, req, res, store) {
    if (!req.url.startsWith("/")) return sendText(res, 400, "Bad Request");
    const url = new URL((store ? storefrontOf(store, origins) : origins[host]) + req.url);
    const route = store ? { host, kind: "store-page", room: "stores", store } : routeOf(host, url.pathname);
    const preflight = cors.isPreflight(req);
    const entry = log.open({ host, kind: preflight ? "preflight" : route.kind, req, res });
    const exchange = { req, res, url, route, entry, fault: null };
    rememberExchange(exchange);
    const { latencyMs } = settings.current;
    if (latencyMs > 0 && route.kind !== "static") await sleep(latencyMs);
    if (preflight) return cors.answerPreflight(exchange);
    cors.mark(exchange);
    exchange.fault = faults.take(route.kind);
    if (exchange.fault && (await strike(exchange))) return undefined;
    return rooms[route.room](exchange);
  }

  /** The names that a host goes by: its own, and the one that a proxy before the UCP server may have. */
  function goesBy(host, name) {
    return name === new URL(origins[host]).host || (host === "ucp" && name === settings.current.ucpAuthority);
  }

  return async (host, req, res) => {
    const store = host === "shop" ? stores.get(req.headers.host) : undefined;
    if (store) return serve(host, req, res, store);
    // A page on another name that resolves to loopback (DNS rebinding) is not the shop.
    if (!goesBy(host, req.headers.host)) {
      return sendText(res, 421, `This host answers at ${origins[host]}`);
    }
    return serve(host, req, res);
  };
}

/** Rooms that are no more than a sign on a door. */
export const SIGNS = Object.freeze({
  moved: ({ res, url, route }) => redirect(res, 301, route.location + url.search),
  nowhere: ({ res }) => sendText(res, 404, "Not Found"),
});
