import { likeItem, likePicture } from "../market/similar.js";
import { BusinessRefusal, error } from "../sales/messages.js";

/** What might be meant, the likeliest first: what the words say, in the order of what it is to be like. */
export function candidates(market, { query, like, intent }) {
  const found = query.trim() ? market.find(query, intent) : null;
  if (!like) return found;
  const alike = new Map();
  for (const likeness of like) {
    for (const { document, score } of likenesses(market, likeness)) {
      alike.set(document, (alike.get(document) ?? 0) + score);
    }
  }
  const seeds = new Set(like.map(({ id }) => id && thingOf(market, id)?.item));
  const ranked = found
    ? found.map(({ document, score }) => ({ document, score: score + (alike.get(document) ?? 0) }))
    : [...alike].map(([document, score]) => ({ document, score }));
  return ranked
    .filter(({ document }) => !seeds.has(document))
    .sort((one, other) => other.score - one.score || one.document.number - other.document.number);
}

function likenesses(market, { id, image }) {
  if (image) return likePicture(market, Buffer.from(image.data, "base64"));
  const thing = thingOf(market, id);
  if (thing) return likeItem(market, thing.item);
  throw new BusinessRefusal([error("not_found", "recoverable", `There is no ${id}.`, "$.like")]);
}

/** What is wrong with the pictures of a search, or null. */
export function likeProblem(like = []) {
  const isBase64 = (text) => text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  const index = like.findIndex(({ image }) => image && !isBase64(image.data));
  return index < 0 ? null : `value at \`/catalog/like/${index}/image/data\` is not base64`;
}

/** What an id leads to: an item, with the variant where it is one's id. */
export function thingOf(market, id) {
  const found = market.variantById(id);
  if (found) return { item: found.offer.item, ...found };
  const offer = market.offerById(id);
  if (offer) return { item: offer.item, offer, variant: null };
  const item = market.itemByUpid(id);
  return item && id.startsWith("gid://shopify/p/") ? { item, offer: null, variant: null } : null;
}
