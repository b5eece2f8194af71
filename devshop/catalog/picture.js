import { createHash } from "node:crypto";
import { send, sendText } from "../http/reply.js";
import { draw } from "../market/drawing.js";
import { marketOf } from "../market/market.js";
import { OWN_SHOP } from "../market/shops.js";
import { productByHandle } from "./products.js";

const PREFIX = "/product-pictures/";
const PATH = /^\/product-pictures\/(?:([a-z0-9-]+)\/)?([a-z0-9-]+)\.svg$/;

/** Where the picture of a product is. */
export function pictureUrl(origins, handle) {
  return `${origins.shop}${PREFIX}${handle}.svg`;
}

/**
 * Where the picture of what any shop sells is.
 *
 * @param {import("../market/offer.js").Offer} offer
 * @param {{colour?: string, view?: string}} [look]
 */
export function offerPictureUrl(origins, { shop, handle }, look = {}) {
  const query = new URLSearchParams(Object.entries(look).filter(([, value]) => value));
  const path = shop === OWN_SHOP ? handle : `${shop.handle}/${handle}`;
  return `${origins.shop}${PREFIX}${path}.svg${query.size > 0 ? `?${query}` : ""}`;
}

/** Whether a path is one of a picture. */
export function isPicture(pathname) {
  return PATH.test(pathname);
}

/** Draws the pictures of the products. */
export function pictureRoom({ settings }) {
  function productAt(shop, handle) {
    const own = shop === undefined ? productByHandle(handle) : undefined;
    return own ?? marketOf(settings.current.catalogProducts).offerAt(shop ?? OWN_SHOP.handle, handle);
  }

  return ({ req, res, url }) => {
    const [, shop, handle] = url.pathname.match(PATH);
    const product = productAt(shop, handle);
    if (!product?.shape) return sendText(res, 404, "Not Found");
    if (req.method !== "GET" && req.method !== "HEAD") return sendText(res, 405, "Method Not Allowed");
    const look = { colour: url.searchParams.get("colour"), view: url.searchParams.get("view") ?? "front" };
    const [seed] = createHash("sha256").update(handle).digest();
    return send(res, 200, draw({ shape: product.shape, seed, ...look }), {
      "content-type": "image/svg+xml", "cache-control": "public, max-age=3600", "x-content-type-options": "nosniff",
    });
  };
}
