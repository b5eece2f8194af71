// The shop's documents, asked for while the wasm still loads: for pages that are going to call at once.

import { shopOrigin } from "./callback.js";
import { keep, recalled } from "./discovered.js";
import { CUSTOMER_DOCUMENT, fetchDocument, LOGIN_DOCUMENT } from "./login.js";
import { TIMEOUT_MS } from "./parts.js";
import { Records, webStorage } from "./records.js";
import { until } from "./wait.js";

/**
 * Asks for what a page says it will need (`prefetch`) and its tab does not remember; the tab then does. Gives `fetchDocument`,
 * which waits for what is still under way.
 *
 * @param options the page's own, not judged yet: so nothing is asked for in the clear but of the page's own host
 */
export function prefetched({ prefetch, shop, customerEndpoint, timeoutMs = TIMEOUT_MS }) {
  const origin = shopOrigin(shop);
  if (prefetch !== true || !(origin?.startsWith("https:") || origin === location.origin)) return fetchDocument;
  const tab = new Records(webStorage("sessionStorage"));
  const underWay = new Map();
  const ask = async (what, path) => {
    if (recalled(tab, origin, what)) return;
    const url = origin + path;
    try {
      underWay.set(url, fetchDocument(url, { timeoutMs }));
      keep(tab, origin, what, await underWay.get(url));
    } catch {
      // Told to whoever waits for it; others ask again.
    }
    underWay.delete(url);
  };
  ask("login", LOGIN_DOCUMENT);
  if (!customerEndpoint) ask("customer", CUSTOMER_DOCUMENT);
  return (url, terms) => (underWay.has(url) ? until(underWay.get(url), terms.signal) : fetchDocument(url, terms));
}
