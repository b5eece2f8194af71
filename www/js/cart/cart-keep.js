/**
 * What this browser remembers of carts over reloads and tabs: which one it is, not what is in it. A cart that a
 * customer's token has changed is found by that customer alone, so there are two places: one for whoever is here, one
 * for a customer.
 *
 * @typedef {object} Kept
 * @property {string} id
 * @property {number} pieces for the header, until the shop has answered
 * @property {{id: string, of: string} | null} checkout made from the cart, and what the cart held then
 */
const KEY = "cedar-clay:cart";

let withoutStorage = "{}";

/** @param {string | null} owner `sub` of the customer whose token the calls carry @returns {Kept | null} */
export function keptCart(owner) {
  const { guest, customer } = read();
  const kept = owner !== null && customer?.sub === owner ? customer : guest;
  return typeof kept?.id === "string" ? { checkout: null, pieces: 0, ...kept } : null;
}

/**
 * Keeps a cart that calls of `owner` have changed: theirs from now on, and nobody else's.
 *
 * @param {string | null} owner
 * @param {{id: string, pieces: number}} cart
 */
export function keepCart(owner, { id, pieces }) {
  const { guest, customer } = read();
  const before = [customer, guest].find((kept) => kept?.id === id);
  const kept = { id, pieces, checkout: before?.checkout ?? null };
  if (owner === null) write({ customer, guest: kept });
  else write({ customer: { ...kept, sub: owner }, guest: guest?.id === id ? undefined : guest });
}

/** @param {string} id @param {Partial<Kept>} parts */
export function updateKept(id, parts) {
  replace(id, (kept) => ({ ...kept, ...parts }));
}

/** @param {string} id */
export function forgetCart(id) {
  replace(id, () => undefined);
}

/** Calls when another tab has kept or forgotten a cart. */
export function onKeptElsewhere(listener) {
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && listener());
}

function replace(id, change) {
  const { guest, customer } = read();
  const changed = (kept) => (kept?.id === id ? change(kept) : kept);
  write({ guest: changed(guest), customer: changed(customer) });
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return JSON.parse(withoutStorage);
  }
}

function write(carts) {
  withoutStorage = JSON.stringify(carts);
  try {
    localStorage.setItem(KEY, withoutStorage);
  } catch {
    // Without storage a cart lasts as long as its page.
  }
}
