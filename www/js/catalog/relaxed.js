import { notice } from "../notices.js";

/**
 * What was selected in the end, as far as the catalog says it: the former one shows it by its offers.
 *
 * @param {import("/pkg/index.js").Product} product
 * @param {import("./address.js").Wish[]} asked
 * @returns {import("./address.js").Wish[]}
 */
export function selectedOf(product, asked) {
  const [offer] = product.offers;
  const isFormer = offer?.match != null;
  if (!isFormer) return product.selected.filter(({ name, label }) => name && label);
  if (asked.length === 0) return [];
  return asked.filter(({ name, label }) =>
    offer.options.some((one) => one.name === name && one.label === label),
  );
}

/**
 * The wishes that gave way.
 *
 * @param {import("./address.js").Wish[]} asked
 * @param {import("./address.js").Wish[]} selected
 */
export function relaxed(asked, selected) {
  return asked.filter(({ name, label }) => !selected.some((one) => one.name === name && one.label === label));
}

/** Says which wishes gave way, and to which. */
export function relaxedNotice(gone, selected) {
  const words = (wishes) => wishes.map(({ name, label }) => `${name} ${label}`).join(", ");
  const kept =
    selected.length > 0 ? `There is none of it with ${words(selected)}.` : "There is no such thing.";
  return notice(
    { tone: "warn", title: `Not to be had: ${words(gone)}`, role: "status" },
    `${kept} Choose another value, or change the rest.`,
  );
}
