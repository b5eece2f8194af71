import { el } from "../dom.js";

/** What is said of a product beside its price: the words are the catalog's, and text whatever they look like. */
export function productFacts(product) {
  const { description, features, attributes, specifications } = product;
  const plain = description.plain ?? description.markdown;
  // What is a feature already need not be told again.
  const text =
    plain && features.length > 0 && features.every((feature) => plain.includes(feature)) ? null : plain;
  return [
    text && el("p", { class: "product-text break" }, text),
    features.length > 0 &&
      el(
        "div",
        { class: "product-facts" },
        el("h2", {}, "What is good about it"),
        el(
          "ul",
          { class: "features" },
          features.map((feature) => el("li", { class: "break" }, feature)),
        ),
      ),
    (attributes.length > 0 || specifications.length > 0) &&
      el("div", { class: "product-facts" }, el("h2", {}, "In detail"), details(attributes, specifications)),
  ].filter(Boolean);
}

function details(attributes, specifications) {
  if (attributes.length === 0)
    return el(
      "ul",
      { class: "features" },
      specifications.map((line) => el("li", {}, line)),
    );
  return el(
    "dl",
    { class: "details-list" },
    attributes.map(({ name, values }) =>
      el(
        "div",
        {},
        el("dt", {}, name),
        el("dd", { class: "break" }, values.filter((value) => typeof value === "string").join(", ")),
      ),
    ),
  );
}
