import { el } from "../dom.js";
import { productUrl } from "./address.js";
import { framed, picturesOf } from "./pictures.js";
import { ratingView } from "./rating.js";
import { optionsText } from "./wording.js";

/**
 * A product in a list. All of the card leads to the product's page here; the words are the catalog's.
 *
 * @param {import("/pkg/index.js").Product} product
 * @param {{catalog: import("./servers.js").Server, prices: ReturnType<typeof import("./prices.js").priceWords>,
 *   eager?: boolean}} how
 */
export function productCard(product, { catalog, prices, eager = false }) {
  const { id, title, rating, offers } = product;
  const offer = offers.find(({ available }) => available === true) ?? offers[0] ?? null;
  const wishes = (offer?.options ?? []).filter(({ name, label }) => name && label);
  const name = title ?? "Untitled";
  return el(
    "li",
    { class: "product", "data-product": id },
    framed(picturesOf(product, catalog === "shop" ? null : offer)[0], {
      size: 400,
      eager,
      alt: "",
      seed: id,
    }),
    el("h3", {}, id ? el("a", { href: productUrl({ catalog, id, wishes }), "data-here": true }, name) : name),
    el(
      "p",
      {},
      el("span", { class: "soft" }, catalog === "shop" ? optionCount(product) : sellersText(offers)),
      el("span", { class: "product-price" }, prices.from(product)),
    ),
    el("div", { class: "product-foot" }, ratingView(rating), chips(offers)),
  );
}

function chips(offers) {
  const isAvailable = offers.some(({ available }) => available !== false);
  return [
    offers.length > 0 && !isAvailable && el("span", { class: "chip tone-bad" }, "Sold out"),
    offers.length > 0 &&
      offers.every(({ secondhand }) => secondhand === true) &&
      el("span", { class: "chip" }, "Second-hand"),
    offers.length > 0 &&
      offers.every(({ requiresSellingPlan }) => requiresSellingPlan === true) &&
      el("span", { class: "chip" }, "Subscription"),
  ];
}

/** `3 glazes` says more than a count of variants. */
function optionCount({ options, offers }) {
  const [first] = options.filter(({ values }) => values.length > 1);
  if (first?.name) return `${first.values.length} ${plural(first.name.toLowerCase())}`;
  return offers[0] ? optionsText(offers[0]) : "";
}

function plural(name) {
  return /(s|x)$/.test(name) ? name : /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function sellersText(offers) {
  const names = [...new Set(offers.map(({ seller }) => seller.name).filter(Boolean))];
  if (names.length === 0) return "";
  return names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;
}

/** Cards whose products are on their way: as high as they will be. */
export function cardSkeletons(count) {
  return Array.from({ length: count }, () =>
    el(
      "li",
      { class: "product product-bones", "aria-hidden": "true" },
      el("div", { class: "bone bone-picture" }),
      el("div", { class: "bone bone-long" }),
      el("div", { class: "bone bone-short" }),
      el("div", { class: "bone bone-short" }),
    ),
  );
}
