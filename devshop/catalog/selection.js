/**
 * Narrows a product's variants to what was chosen, for `get_product`. Where nothing fits, preferences give way from the
 * end of their list, choices that are not on it last.
 *
 * @param {import("./products.js").Product} product
 * @param {{name: string, label: string}[]} selected
 * @param {string[]} preferences names of options, the dearest first
 * @returns {{selected: {name: string, label: string}[], variants: import("./products.js").Variant[]}}
 */
export function select(product, selected, preferences) {
  const rank = (name) => (preferences.includes(name) ? preferences.indexOf(name) : preferences.length);
  const kept = selected.filter(({ name }) => product.options.some((option) => option.name === name))
    .sort((one, other) => rank(one.name) - rank(other.name));
  while (kept.length > 0 && !product.variants.some((variant) => fits(variant, kept))) kept.pop();
  return { selected: kept, variants: product.variants.filter((variant) => fits(variant, kept)) };
}

/** The options with, for each value, whether it exists and can be bought beside what is chosen in the others. */
export function optionsBeside(product, selected) {
  return product.options.map(({ name, labels }) => ({
    name,
    values: labels.map((label) => {
      const others = selected.filter((choice) => choice.name !== name);
      const variants = product.variants.filter((variant) => fits(variant, [...others, { name, label }]));
      return { label, exists: variants.length > 0, available: variants.some(({ stock }) => stock.left > 0) };
    }),
  }));
}

function fits(variant, choices) {
  return choices.every(({ name, label }) =>
    variant.options.some((option) => option.name === name && option.label === label));
}
