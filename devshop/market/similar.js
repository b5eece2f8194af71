import { createHash } from "node:crypto";
import { colourIn, shapeIn } from "./drawing.js";
import { COLOURS } from "./words.js";

const SAME_CATEGORY = 20;
const SAME_SHAPE = 6;
const LEAST = 4;

/**
 * What is like an item, the likest first; the item itself is not.
 *
 * @param {ReturnType<typeof import("./market.js").marketOf>} market
 * @param {import("./offer.js").Item} item
 */
export function likeItem(market, item) {
  const words = new Map(market.find(`${item.title} ${item.path.split(" > ").at(-1)}`)
    .map(({ document, score }) => [document, score]));
  return ranked(market.items.filter((other) => other !== item), (other) =>
    (other.taxonomyId === item.taxonomyId ? SAME_CATEGORY : 0)
    + (other.shape !== null && other.shape === item.shape ? SAME_SHAPE : 0) + (words.get(other) ?? 0) / 10);
}

/**
 * What looks like a picture. The pictures that are drawn here are recognised by their shape and colour; of any other
 * the bytes choose a colour, as nothing here can see.
 *
 * @param {Buffer} bytes
 */
export function likePicture(market, bytes) {
  const text = bytes.toString("utf8");
  const shape = shapeIn(text);
  const drawn = colourIn(text);
  const names = Object.keys(COLOURS);
  const name = names.find((one) => COLOURS[one] === drawn)
    ?? names[createHash("sha256").update(bytes).digest()[0] % names.length];
  const hasColour = ({ attributes }) => attributes.some(({ values }) => values.includes(name));
  return ranked(market.items, (item) =>
    (shape !== null && item.shape === shape ? SAME_CATEGORY : 0) + (hasColour(item) ? SAME_SHAPE : 0));
}

function ranked(items, scoreOf) {
  return items
    .map((document) => ({ document, score: scoreOf(document) }))
    .filter(({ score }) => score >= LEAST)
    .sort((one, other) => other.score - one.score || one.document.number - other.document.number);
}
