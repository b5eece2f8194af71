import { el } from "../dom.js";
import { ratingView } from "./rating.js";
import { availabilityChip, isOwn, optionsText, outwardLink, paymentName, policyName } from "./wording.js";

/**
 * Who sells a product: one entry for each shop, with what it asks for and its own checkout.
 *
 * @param {import("/pkg/index.js").Offer[]} offers that fit what was chosen
 * @param {{prices: object, shop: string}} how `shop`: this shop's origin
 */
export function offersView(offers, { prices, shop }) {
  const bySeller = Map.groupBy ? Map.groupBy(offers, sellerOf) : grouped(offers);
  const best = [...bySeller.values()].map((group) => ({
    offer: group.find(({ available }) => available !== false) ?? group[0],
    count: group.length,
  }));
  return el(
    "ul",
    { class: "offers", "aria-label": "Offers" },
    best.map(({ offer, count }) => offerRow(offer, { count, prices, isOwn: isOwn(offer, shop) })),
  );
}

function offerRow(offer, { count, prices, isOwn: own }) {
  const { seller, checkoutUrl, available, url, rating, secondhand, requiresSellingPlan } = offer;
  const name = seller.name ?? seller.domain ?? "A shop";
  const variant = optionsText(offer);
  return el(
    "li",
    { class: "offer card", "data-offer": offer.id },
    el(
      "div",
      { class: "offer-who" },
      el("h3", {}, url && !own ? outwardLink(url, name) : name),
      el(
        "p",
        { class: "small soft break" },
        [variant, count > 1 && `and ${count - 1} more to choose from`].filter(Boolean).join(", "),
      ),
      el(
        "div",
        { class: "chips" },
        availabilityChip(offer),
        secondhand === true && el("span", { class: "chip" }, "Second-hand"),
        requiresSellingPlan === true && el("span", { class: "chip" }, "Subscription"),
        ratingView(rating),
      ),
    ),
    el(
      "div",
      { class: "offer-buy" },
      el("p", { class: "offer-price" }, prices.ofOffer(offer)),
      !own && checkoutUrl && available !== false && checkoutLink(checkoutUrl, name, "button button-quiet"),
    ),
    el("div", { class: "offer-small" }, sellerFacts(offer)),
  );
}

/** Another shop's own checkout, at the top level. */
export function checkoutLink(url, name, classes) {
  return el(
    "a",
    { class: classes, href: url, target: "_top", rel: "noopener", "data-checkout": true },
    `Buy at ${name}`,
  );
}

/** Policies of the seller, and how one can pay there. @param {import("/pkg/index.js").Offer} offer */
export function sellerFacts({ seller }) {
  const policies = Object.entries(seller.policies).filter(([, url]) => url !== null);
  const paid = [...seller.wallets, ...seller.cards].map(paymentName);
  return [
    policies.length > 0 &&
      el(
        "ul",
        { class: "policies small", "aria-label": `Policies of ${seller.name ?? "the shop"}` },
        policies.map(([type, url]) => el("li", {}, outwardLink(url, policyName(type)))),
      ),
    paid.length > 0 && el("p", { class: "fine-print" }, `Takes ${paid.join(", ")}`),
  ];
}

function sellerOf({ seller }) {
  return seller.id ?? seller.url ?? seller.name ?? "";
}

function grouped(offers) {
  const groups = new Map();
  for (const offer of offers) groups.set(sellerOf(offer), [...(groups.get(sellerOf(offer)) ?? []), offer]);
  return groups;
}
