import { createHash } from "node:crypto";
import { send, sendText } from "../http/reply.js";
import { productByHandle } from "./products.js";

const PREFIX = "/product-pictures/";
const COLOURS = ["#b4552f", "#8a9a7b", "#3f4f6b", "#c9b48a", "#5c4a3d", "#6f8f95", "#a8433a", "#4c6650"];

/** One outline per shape, in a square of 400. */
const SHAPES = {
  mug: '<path d="M110 120h150v130a50 50 0 0 1-50 50h-50a50 50 0 0 1-50-50z"/>'
    + '<path d="M260 150h20a45 45 0 0 1 0 90h-20" fill="none" stroke-width="20"/>',
  bowl: '<path d="M70 160h260a130 130 0 0 1-90 125v25h-80v-25a130 130 0 0 1-90-125z"/>',
  plate: '<circle cx="200" cy="200" r="140"/><circle cx="200" cy="200" r="95" fill="none" stroke-width="6"/>',
  vase: '<path d="M170 70h60v60c70 40 70 180 10 210h-80c-60-30-60-170 10-210z"/>',
  board: '<rect x="130" y="60" width="140" height="280" rx="24"/><circle cx="200" cy="95" r="13" fill="#f4f1ea"/>',
  box: '<rect x="80" y="160" width="240" height="150" rx="8"/><rect x="70" y="115" width="260" height="55" rx="8"/>',
  garment: '<path d="M140 80h120l80 60-35 50-30-20v160h-150v-160l-30 20-35-50z"/>',
  candle: '<rect x="140" y="170" width="120" height="150" rx="10"/>'
    + '<path d="M200 90c24 30 16 55 0 60-16-5-24-30 0-60z"/>',
  teapot: '<path d="M90 190h200a100 100 0 0 1-200 0z"/><circle cx="190" cy="170" r="16"/>'
    + '<path d="M285 205l60-45M95 215h-60" fill="none" stroke-width="22"/>',
  cloth: '<path d="M90 90h180l50 50v180h-230z"/><path d="M270 90v50h50" fill="none" stroke-width="6"/>',
};

/** Where the picture of a product is. */
export function pictureUrl(origins, handle) {
  return `${origins.shop}${PREFIX}${handle}.svg`;
}

/** The handle in a picture's path, or null. */
export function handleOfPicture(pathname) {
  return pathname.match(/^\/product-pictures\/([a-z0-9-]+)\.svg$/)?.[1] ?? null;
}

/** Draws the pictures of the products. */
export function pictureRoom() {
  return ({ req, res, url }) => {
    const product = productByHandle(handleOfPicture(url.pathname));
    if (!product) return sendText(res, 404, "Not Found");
    if (req.method !== "GET" && req.method !== "HEAD") return sendText(res, 405, "Method Not Allowed");
    return send(res, 200, draw(product), {
      "content-type": "image/svg+xml", "cache-control": "public, max-age=3600", "x-content-type-options": "nosniff",
    });
  };
}

function draw({ handle, shape }) {
  const colour = COLOURS[createHash("sha256").update(handle).digest()[0] % COLOURS.length];
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
    + '<rect width="400" height="400" fill="#f4f1ea"/>'
    + `<g fill="${colour}" stroke="${colour}">${SHAPES[shape]}</g></svg>\n`;
}
