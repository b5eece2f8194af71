/**
 * Builds an element. Attributes that are null, undefined or false are left out; `on…` members become listeners.
 * Children are nodes or text: nothing here parses HTML.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | number | null | undefined | false | unknown[])} children
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map(asNode),
  );
  return node;
}

/**
 * A button that does something on this page.
 *
 * @param {string} text
 * @param {(event: MouseEvent) => void} onclick
 * @param {string} [looks] of "small", "quiet" and "plain"
 */
export function button(text, onclick, looks = "") {
  const classes = [
    "button",
    ...looks
      .split(" ")
      .filter(Boolean)
      .map((look) => `button-${look}`),
  ];
  return el("button", { type: "button", class: classes.join(" "), onclick }, text);
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

let lastId = 0;

/** An id that no other element of this page has. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** Moves focus to a heading or region that is not in the tab order. */
export function focusOn(node) {
  if (!node.hasAttribute("tabindex")) node.setAttribute("tabindex", "-1");
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

/** Such a button is disabled in the HTML until the script that answers it has run. */
export function ready(button) {
  button.disabled = false;
  button.removeAttribute("data-waits");
}

const SVG = "http://www.w3.org/2000/svg";

/** A decorative line icon from one path of a 24 by 24 grid. */
export function icon(path, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  const drawn = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.8,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    focusable: "false",
  }))
    svg.setAttribute(name, String(value));
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export const ICONS = Object.freeze({
  back: "M19 12H5M11 6l-6 6 6 6",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  filter: "M4 7h16M7 12h10M10 17h4",
  leave: "M10 5H5v14h5M15 8l4 4-4 4M19 12H10",
  minus: "M6 12h12",
  plus: "M12 6v12M6 12h12",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  wire: "M3 12h4l3-8 4 16 3-8h4",
});

/** Grey shapes in the place of an answer that is on its way. */
export function skeleton(...bones) {
  return el(
    "div",
    { class: "skeleton", "aria-hidden": "true" },
    bones.map((bone) => el("div", { class: `bone bone-${bone}` })),
  );
}

/** What stands where there is nothing to show: a picture, a sentence, and what one can do. */
export function emptyState(sentence, ...actions) {
  return el(
    "div",
    { class: "empty-state" },
    el("img", { src: "/images/empty-shelf.svg", alt: "", width: 240, height: 140 }),
    el("p", {}, sentence),
    ...actions,
  );
}
