/**
 * What each tier may call, as Shopify's "Auth and rate limiting" tells it. The SDK holds the same table and refuses by
 * it before anything is sent.
 */
export const COLUMNS = Object.freeze(["Catalog", "Cart", "Checkout", "complete_checkout", "Order"]);

const OPEN = Object.freeze(["yes", "yes", "yes", "no", "no"]);

/** @type {readonly {tier: import("/pkg/index.js").Tier, name: string, shows: string, may: readonly string[]}[]} */
export const TIERS = Object.freeze([
  { tier: "anonymous", name: "Anonymous", shows: "No Authorization, no signature.", may: OPEN },
  { tier: "signed", name: "Signed", shows: "A signature by a key of this browser.", may: OPEN },
  {
    tier: "token",
    name: "Token",
    shows: "The signed-in customer’s own token.",
    may: Object.freeze(["yes", "yes", "yes", "if the token may", "with the scope for orders"]),
  },
]);

export function tierName(tier) {
  return TIERS.find((row) => row.tier === tier)?.name ?? tier;
}
