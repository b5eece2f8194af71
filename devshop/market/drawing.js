import { COLOURS } from "./words.js";

/** One outline per shape, in a square of 400. */
const SHAPES = Object.freeze({
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
  shoe: '<path d="M70 170h90l40 50 110 20a40 40 0 0 1 30 40v20h-270z"/><path d="M70 315h270" stroke-width="14"/>',
  bag: '<rect x="105" y="130" width="190" height="200" rx="40"/>'
    + '<path d="M150 130a50 60 0 0 1 100 0" fill="none" stroke-width="16"/>',
  tent: '<path d="M200 90l150 220h-300z"/><path d="M200 180l45 130h-90z" fill="#f4f1ea"/>',
  lamp: '<path d="M200 40v90" stroke-width="8"/><path d="M130 130h140l50 130h-240z"/>'
    + '<circle cx="200" cy="285" r="24"/>',
  pan: '<circle cx="165" cy="215" r="110"/><path d="M255 150l95-70" stroke-width="30" stroke-linecap="round"/>',
  knife: '<path d="M60 230h190v-60c-80 0-150 20-190 60z"/><rect x="255" y="170" width="95" height="34" rx="12"/>',
  pouch: '<path d="M110 110h180l15 210h-210z"/><path d="M110 140h180" stroke="#f4f1ea" stroke-width="8"/>',
  table: '<rect x="70" y="140" width="260" height="24" rx="6"/><path d="M100 164v150M300 164v150" stroke-width="18"/>',
  headphones: '<path d="M100 230v-30a100 100 0 0 1 200 0v30" fill="none" stroke-width="20"/>'
    + '<rect x="80" y="220" width="50" height="90" rx="20"/><rect x="270" y="220" width="50" height="90" rx="20"/>',
  speaker: '<rect x="120" y="70" width="160" height="260" rx="12"/><circle cx="200" cy="240" r="50" fill="#f4f1ea"/>'
    + '<circle cx="200" cy="130" r="24" fill="#f4f1ea"/>',
  tube: '<path d="M165 100h70v200h-70z"/><path d="M155 300h90v30h-90z"/>',
  jar: '<rect x="120" y="160" width="160" height="150" rx="20"/><rect x="110" y="110" width="180" height="44" rx="8"/>',
  book: '<rect x="110" y="80" width="180" height="240" rx="8"/>'
    + '<path d="M140 80v240" stroke="#f4f1ea" stroke-width="6"/>',
  pen: '<path d="M90 310l20-60 150-150 40 40-150 150z"/><path d="M90 310l30-10-20-20z"/>',
  blocks: '<rect x="80" y="210" width="110" height="110" rx="6"/>'
    + '<rect x="210" y="210" width="110" height="110" rx="6"/>'
    + '<rect x="145" y="85" width="110" height="110" rx="6"/>',
  bear: '<circle cx="200" cy="150" r="65"/><circle cx="145" cy="95" r="28"/><circle cx="255" cy="95" r="28"/>'
    + '<ellipse cx="200" cy="275" rx="85" ry="75"/>',
});
/** For what has no colour of its own. */
const PALETTE = ["#b4552f", "#8a9a7b", "#3f4f6b", "#c9b48a", "#5c4a3d", "#6f8f95", "#a8433a", "#4c6650"];
/** A thing from the front, from behind and from near. */
const VIEWS = {
  front: "",
  back: ' transform="translate(400) scale(-1 1)"',
  detail: ' transform="translate(-200 -200) scale(2)"',
};

export const PICTURE_VIEWS = Object.freeze(Object.keys(VIEWS));

/**
 * Draws a thing.
 *
 * @param {{shape: string, seed: number, colour?: string | null, view?: string}} what `colour` by name; one that is not
 *   known is like none
 */
export function draw({ shape, seed, colour = null, view = "front" }) {
  const fill = known(COLOURS, colour) ?? PALETTE[seed % PALETTE.length];
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
    + '<rect width="400" height="400" fill="#f4f1ea"/>'
    + `<g fill="${fill}" stroke="${fill}"${known(VIEWS, view) ?? ""}>${SHAPES[shape]}</g></svg>\n`;
}

function known(table, name) {
  return Object.hasOwn(table, name ?? "") ? table[name] : undefined;
}

/** The shape in a picture that was drawn here, or null. */
export function shapeIn(svg) {
  return Object.keys(SHAPES).find((shape) => svg.includes(SHAPES[shape])) ?? null;
}

/** The colour of a picture that was drawn here, or null. */
export function colourIn(svg) {
  return svg.match(/<g fill="(#[0-9a-f]{6})"/)?.[1] ?? null;
}
