/**
 * One request and what is known about it.
 *
 * @typedef {object} Exchange
 * @property {import("node:http").IncomingMessage} req
 * @property {import("node:http").ServerResponse} res
 * @property {URL} url
 * @property {import("../hosts/routes.js").Route} route
 * @property {import("../control/log.js").LogEntry} entry
 * @property {object | null} fault what the control API ordered for this request
 */

/** Lets code that a library calls back find the exchange by its request. */
const exchanges = new WeakMap();

/** @param {Exchange} exchange */
export function rememberExchange(exchange) {
  exchanges.set(exchange.req, exchange);
}

/** @returns {Exchange} */
export function exchangeOf(req) {
  return exchanges.get(req);
}
