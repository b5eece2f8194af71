import { pickSome } from "./chance.js";
import { COLOURS } from "./words.js";

const TINTS = new Set(["Clear", "Smoke", "Amber", "Walnut", "Silver"]);
const SOME_COLOURS = Object.keys(COLOURS).filter((name) => !TINTS.has(name));

const fixed = (name, labels) => () => ({ name, labels });
const some = (name, labels, count) => (seed) => {
  const chosen = new Set(pickSome(labels, count, seed, name));
  // In the order of the list, so that sizes go up.
  return { name, labels: labels.filter((label) => chosen.has(label)) };
};
const colour = (count) => (seed) => ({ name: "Color", labels: pickSome(SOME_COLOURS, count, seed, "Color") });

/** What the variants of a product differ in, by the name that the kinds use. */
const SCHEMES = {
  "none": [],
  "colour": [colour(4)],
  "colour-size": [colour(3), fixed("Size", ["S", "M", "L"])],
  "colour-pack": [colour(3), some("Volume", ["18 l", "24 l", "32 l"], 2)],
  "colour-flask": [colour(3), fixed("Volume", ["0.5 l", "0.75 l"])],
  "wear": [colour(3), some("Size", ["XS", "S", "M", "L", "XL"], 4)],
  "wear-short": [colour(3), fixed("Size", ["S", "L"])],
  "dress": [colour(3), fixed("Size", ["6", "8", "10", "12", "14"])],
  "trousers": [colour(2), some("Waist", ["28", "30", "32", "34", "36"], 4), fixed("Length", ["30", "32"])],
  "shoe": [colour(2), some("Size", ["6", "7", "8", "9", "10", "11"], 5)],
  "size": [fixed("Size", ["Small", "Medium", "Large"])],
  "tint": [some("Color", ["Clear", "Smoke", "Amber", "Sage"], 3)],
  "tint-dark": [some("Color", ["Black", "White", "Silver", "Navy"], 3)],
  "tint-size": [some("Color", ["Clear", "Smoke", "Amber", "Sage"], 2), fixed("Size", ["Small", "Large"])],
  "tint-volume": [some("Color", ["Clear", "Smoke", "Amber"], 2), fixed("Volume", ["0.75 l", "1 l"])],
  "finish": [some("Finish", ["Oak", "Walnut", "Black", "White"], 2)],
  "diameter": [fixed("Diameter", ["20 cm", "24 cm", "28 cm"])],
  "blade": [fixed("Blade", ["16 cm", "20 cm", "24 cm"])],
  "volume": [fixed("Volume", ["1 l", "2 l", "3 l"])],
  "volume-small": [fixed("Volume", ["30 ml", "50 ml", "100 ml"])],
  "capacity": [fixed("Capacity", ["2 people", "3 people", "4 people"])],
  "beans": [fixed("Weight", ["250 g", "1 kg"]), fixed("Grind", ["Whole bean", "Filter", "Espresso"])],
  "leaves": [fixed("Weight", ["50 g", "100 g"])],
  "scent": [some("Scent", ["Cedar", "Fig", "Lavender", "Bergamot", "Unscented"], 3)],
  "lip": [fixed("Color", ["Cherry", "Pink", "Clear"])],
  "bed": [colour(2), fixed("Size", ["Single", "Double", "King"])],
  "ruling": [colour(2), fixed("Ruling", ["Plain", "Lined", "Dotted"])],
  "nib": [some("Finish", ["Black", "Silver", "Walnut"], 2), fixed("Nib", ["Fine", "Medium", "Broad"])],
  "count": [fixed("Pieces", ["20", "40", "80"])],
};

/** @returns {{name: string, labels: string[]}[]} */
export function optionsFor(scheme, seed) {
  return SCHEMES[scheme].map((option) => option(seed));
}

/** Every choice of one label per option; the first option varies fastest. */
export function combinations(options) {
  return options.reduce((made, { name, labels }) =>
    labels.flatMap((label) => made.map((chosen) => [...chosen, { name, label }])), [[]]);
}

/** How much more the later values of an option cost that is about how much there is. */
export function surcharge(options, choices) {
  return choices.reduce((share, { name, label }) => {
    if (["Color", "Grind", "Scent", "Ruling", "Nib", "Finish", "Waist", "Length"].includes(name)) return share;
    if (name === "Size" && !/^(Small|Medium|Large|Single|Double|King)$/.test(label)) return share;
    const { labels } = options.find((option) => option.name === name);
    return share + 0.35 * labels.indexOf(label);
  }, 0);
}
