import { el } from "./dom.js";

/** Which drawing shows a product, by words of its title and variant; the first that fits is taken. */
const PICTURES = [
  [/mug.*indigo/i, "mug-indigo"],
  [/mug/i, "mug-oat"],
  [/bowl/i, "ramen-bowl"],
  [/plate/i, "dinner-plates"],
  [/vase/i, "bud-vase"],
  [/board/i, "serving-board"],
  [/box/i, "keepsake-box"],
  [/teapot/i, "teapot"],
  [/linen|napkin/i, "linen-napkins"],
  [/candle/i, "cedarwood-candle"],
  [/apron/i, "canvas-apron"],
  [/crewneck|sweater/i, "merino-crewneck"],
];

/** @param {import("./order-reading.js").OrderLine} line */
export function pictureOf({ title, variant }) {
  const words = `${title} ${variant ?? ""}`;
  const found = PICTURES.find(([pattern]) => pattern.test(words));
  return `/images/${found ? found[1] : "parcel"}.svg`;
}

/** Title, variant and one more fact of a line. */
export function lineText({ title, variant }, fact) {
  return el(
    "span",
    {},
    el("span", { class: "line-title" }, title),
    el("br"),
    el("span", { class: "small soft" }, [variant, fact].filter(Boolean).join(" · ")),
  );
}
