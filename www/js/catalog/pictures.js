import { el } from "../dom.js";

/** What the storefront has drawn itself, by the last part of a product's own URL. */
const DRAWN = Object.freeze({
  "speckled-stoneware-mug": "mug-oat",
  "ramen-bowl": "ramen-bowl",
  "dinner-plate-set": "dinner-plates",
  "bud-vase": "bud-vase",
  "cedar-serving-board": "serving-board",
  "cedar-keepsake-box": "keepsake-box",
  "merino-crewneck": "merino-crewneck",
  "waxed-canvas-apron": "canvas-apron",
  "cedarwood-candle": "cedarwood-candle",
  "side-handle-teapot": "teapot",
  "linen-napkins": "linen-napkins",
});
const INDIGO_MUG = "mug-indigo";
const NONE = "/images/parcel.svg";
const TINTS = 4;

/**
 * The pictures of a product, the one to show first at the head of the list: the storefront's own drawing where it has
 * one, else what the catalog names.
 *
 * @param {import("/pkg/index.js").Product} product
 * @param {import("/pkg/index.js").Offer | null} [offer] the one that is shown, which may have a picture of its own
 * @returns {{url: string, alt: string, isDrawn: boolean}[]}
 */
export function picturesOf(product, offer = null) {
  const drawn = drawnFor(product.url, offer);
  if (drawn) return [{ url: drawn, alt: product.title ?? "", isDrawn: true }];
  const given = [offer?.image, ...product.images].filter((image) => image?.url);
  const front = given[0]?.url.split("?")[0];
  const seen = new Set();
  const pictures = given.filter(({ url }, index) => {
    // The offer's own picture takes the place of the product's first one.
    const repeats = seen.has(url) || (index > 0 && offer?.image && url === front);
    seen.add(url);
    return !repeats;
  });
  if (pictures.length === 0) return [{ url: NONE, alt: "", isDrawn: true }];
  return pictures.map(({ url, alt }) => ({ url, alt: alt ?? "", isDrawn: false }));
}

/**
 * A picture on a ground of its own, in a frame that does not change its size.
 *
 * @param {{url: string, alt: string, isDrawn: boolean}} picture
 * @param {{size: number, eager?: boolean, alt?: string, seed?: string}} look
 */
export function framed({ url, alt: own, isDrawn }, { size, eager = false, alt = own, seed = url }) {
  return el(
    "div",
    { class: `product-picture${isDrawn ? "" : ` tinted tint-${tintOf(seed)}`}` },
    el("img", {
      src: url,
      alt,
      width: size,
      height: size,
      loading: eager ? null : "lazy",
      decoding: "async",
      fetchpriority: eager ? "high" : null,
    }),
  );
}

function drawnFor(url, offer) {
  if (!url || new URL(url).origin !== location.origin) return null;
  const name = DRAWN[new URL(url).pathname.split("/").at(-1)];
  if (!name) return null;
  const isIndigo = name === "mug-oat" && offer?.options.some(({ label }) => label === "Indigo");
  return `/images/${isIndigo ? INDIGO_MUG : name}.svg`;
}

/** The same ground for the same thing. */
function tintOf(seed) {
  const path = String(seed).split("?")[0];
  return [...path].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % TINTS;
}
