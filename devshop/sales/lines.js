import { randomUUID } from "node:crypto";
import { error, warning } from "./messages.js";

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {import("../catalog/products.js").Variant} variant
 * @property {number} quantity
 */

/**
 * The lines that a request asks for, as far as the shop can. Lines of the same item keep their ids; the request
 * replaces all there was.
 *
 * @param {{id?: string, item: {id: string}, quantity: number}[]} wanted
 * @param {import("../catalog/shelves.js").Shelves} shelves
 * @param {Line[]} previous
 * @returns {{lines: Line[], messages: object[]}}
 */
export function takeLines(wanted, shelves, previous = []) {
  const messages = [];
  const lines = [];
  for (const [index, { id, item, quantity }] of wanted.entries()) {
    const path = `$.line_items[${index}]`;
    const variant = shelves.variantById(item.id);
    if (!variant) {
      messages.push(error("not_found", "recoverable", `The shop has no item ${item.id}.`, path));
      continue;
    }
    const { left } = variant.stock;
    if (left > 0 && quantity > left) {
      const words = `Only ${left} of ${variant.product.title} are left; the quantity was changed.`;
      messages.push(warning("quantity_adjusted", words, { path: `${path}.quantity` }));
    }
    const taken = left > 0 ? Math.min(quantity, left) : quantity;
    lines.push({ id: lineId(id, variant, previous), variant, quantity: taken });
  }
  return { lines, messages };
}

/** What stands in the way of selling the lines. */
export function stockMessages(lines) {
  return lines.flatMap(({ variant }, index) => {
    const path = `$.line_items[${index}]`;
    const { title } = variant.product;
    if (variant.stock.status === "discontinued") {
      return [error("item_unavailable", "recoverable", `${title} is no longer made. Remove it.`, path)];
    }
    if (variant.stock.left === 0) {
      return [error("out_of_stock", "recoverable", `${title} (${variant.title}) is sold out.`, path)];
    }
    return [];
  });
}

function lineId(wanted, variant, previous) {
  const kept = previous.find((line) => line.id === wanted) ?? previous.find((line) => line.variant === variant);
  return kept?.id ?? `gid://shopify/CartLine/${randomUUID()}`;
}
