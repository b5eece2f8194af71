// What this tab remembers of a shop's documents.

/** How long a document is good for, ms. */
const LIFETIME = 3_600_000;

/** The same for every client. */
const keyOf = (shop, what) => `shopper-mcp:${shop}:discovery:${what}`;

/** A copy that is young enough, as untrusted as the document it was made from; `undefined` where there is none. */
export function recalled(tab, shop, what) {
  const { at, copy } = Object(tab.read(keyOf(shop, what)));
  const age = Date.now() - at;
  return age >= 0 && age < LIFETIME ? copy : undefined;
}

/** Where this storage is refused, the documents are fetched again on the next page. */
export function keep(tab, shop, what, copy) {
  tab.tryWrite(keyOf(shop, what), { at: Date.now(), copy });
  return copy;
}
