/** Where the buyer's own pages of a cart or checkout are. Whoever has such a link may follow it. */
export function cartUrl({ shop }, { token, key }) {
  return `${shop}/cart/c/${token}?key=${key}`;
}

export function checkoutUrl({ shop }, { token, key }) {
  return `${shop}/checkouts/cn/${token}?key=${key}`;
}

/** The page that thanks for an order. */
export function thankYouUrl({ shop }, { token, key }) {
  return `${shop}/checkouts/cn/${token}/thank-you?key=${key}`;
}
