import { el, freshId } from "../dom.js";

const SVG = "http://www.w3.org/2000/svg";
const STAR = "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z";
const STARS = 5;

/**
 * Stars with the number beside them.
 *
 * @param {import("/pkg/index.js").Rating | null} rating
 */
export function ratingView(rating) {
  if (!rating || !(rating.scaleMax > 0)) return null;
  const { value, count, scaleMax } = rating;
  const share = Math.min(1, Math.max(0, value / scaleMax));
  const number = value.toFixed(1);
  return el(
    "p",
    { class: "rating" },
    stars(share),
    el("span", { class: "visually-hidden" }, `Rated ${number} of ${scaleMax}`),
    el("span", { "aria-hidden": "true" }, number),
    count !== null && el("span", { class: "soft" }, ` (${count.toLocaleString("en")})`),
    count !== null && el("span", { class: "visually-hidden" }, " reviews"),
  );
}

function stars(share) {
  const svg = drawing("svg", {
    viewBox: `0 0 ${STARS * 24} 24`,
    width: 80,
    height: 16,
    "aria-hidden": "true",
    class: "stars",
  });
  const id = freshId("stars");
  const clip = drawing("clipPath", { id });
  clip.append(drawing("rect", { x: 0, y: 0, width: Math.round(share * STARS * 24), height: 24 }));
  svg.append(clip, row("stars-empty"), row("stars-full", { "clip-path": `url(#${id})` }));
  return svg;
}

function row(name, attributes = {}) {
  const group = drawing("g", { class: name, ...attributes });
  for (let star = 0; star < STARS; star += 1) {
    group.append(drawing("path", { d: STAR, transform: `translate(${star * 24} 0)` }));
  }
  return group;
}

function drawing(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}
