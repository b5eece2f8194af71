// The UCP server as a page calls it: each method as work that a test waits for or gives up.

import { catalogOf } from "./catalog-page.js";

/** How many arguments come before the options. */
const METHODS = {
  cart: { create: 1, get: 1, update: 2, edit: 2, add: 2, setQuantity: 3, cancel: 1 },
  checkout: { create: 1, fromCart: 2, get: 1, update: 2, edit: 2, complete: 2, cancel: 1 },
  orders: { get: 1 },
};

/**
 * @param shop as `connect` gave it
 * @param {(begin: (signal: AbortSignal) => Promise<unknown>) => import("./work.js").Work} work
 */
export function ucpOf(shop, work) {
  const begun = (owner, name, count) => (...args) => {
    const options = args[count] ?? {};
    const given = Array.from({ length: count }, (_, index) => args[index]);
    return work((signal) => owner()[name](...given, { signal, ...options }));
  };
  const ucp = {
    callTool: begun(() => shop, "callTool", 2),
    capabilities: begun(() => shop, "capabilities", 0),
    listTools: begun(() => shop, "listTools", 0),
    catalog: catalogOf(() => shop, work),
    get money() {
      return shop.money;
    },
    /** In a click: nothing is waited for. */
    open: (...args) => shop.checkout.open(...args),
    /** What the page is advised to do from now on; `prevents` keeps it from the console. */
    watchAdvice(prevents = false) {
      const told = [];
      shop.addEventListener("advice", (event) => {
        if (prevents) event.preventDefault();
        told.push(event.detail);
      });
      return told;
    },
  };
  for (const [part, methods] of Object.entries(METHODS)) {
    const named = Object.entries(methods).map(([name, count]) => [name, begun(() => shop[part], name, count)]);
    ucp[part] = Object.fromEntries(named);
  }
  return ucp;
}
