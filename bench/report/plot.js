// Two kinds of plot, as SVG: bars with their quartiles, and lines over two logarithmic axes.

const INK = "#1c1c1c";
const FAINT = "#d8d8d8";
const COLOURS = ["#0b6e4f", "#c0561d", "#3d5a98", "#8a4f7d"];
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/** @param {{ title: string, unit: string, bars: { label: string, value: number, q1?: number, q3?: number, isOurs: boolean }[] }} plot */
export function barPlot({ title, unit, bars }) {
  const [left, width, row, top] = [290, 420, 26, 44];
  const most = Math.max(...bars.map(({ value, q3 = value }) => Math.max(value, q3)));
  const x = (value) => left + (value / most) * width;
  const rows = bars.map(({ label, value, q1, q3, isOurs }, at) => {
    const y = top + at * row;
    const whisker = q1 === undefined ? "" : line(x(q1), y + 9, x(q3), y + 9, INK);
    return `<rect x="${left}" y="${y}" width="${round(x(value) - left)}" height="18" fill="${isOurs ? COLOURS[0] : "#b9c4cf"}"/>${whisker}`
      + text(left - 8, y + 13, label, "end") + text(Math.max(x(value), x(q3 ?? 0)) + 6, y + 13, shown(value));
  });
  return svg(left + width + 80, top + bars.length * row + 12, text(12, 22, `${title}, ${unit}`, "start", 'font-weight="bold"') + rows.join(""));
}

/** @param {{ title: string, x: string, y: string, lines: { label: string, points: [number, number][] }[] }} plot */
export function linePlot({ title, x: across, y: up, lines }) {
  const [left, top, width, height] = [70, 44, 520, 300];
  const all = lines.flatMap(({ points }) => points);
  const scale = (values, from, to) => {
    const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
    return { low, high, at: (value) => from + ((Math.log10(value) - low) / (high - low || 1)) * (to - from) };
  };
  const x = scale(all.map(([value]) => value), left, left + width);
  const y = scale(all.map(([, value]) => value), top + height, top);
  const grid = [...powers(x).map((value) => line(x.at(value), top, x.at(value), top + height, FAINT) + text(x.at(value), top + height + 16, shown(value), "middle")),
    ...powers(y).map((value) => line(left, y.at(value), left + width, y.at(value), FAINT) + text(left - 6, y.at(value) + 4, shown(value), "end"))];
  const drawn = lines.map(({ label, points }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const way = points.map(([one, other]) => `${round(x.at(one))},${round(y.at(other))}`);
    const dots = way.map((point) => `<circle cx="${point.split(",")[0]}" cy="${point.split(",")[1]}" r="3" fill="${colour}"/>`);
    const key = text(left, top + height + 56 + at * 16, label, "start", `fill="${colour}"`);
    return `<polyline points="${way.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${key}`;
  });
  const labels = text(left + width / 2, top + height + 36, across, "middle") + text(12, 22, `${title}, ${up}`, "start", 'font-weight="bold"');
  return svg(left + width + 30, top + height + 50 + lines.length * 16, grid.join("") + drawn.join("") + labels);
}

/** Powers of ten in a scale; where there are too few, powers of two. */
function powers({ low, high }) {
  const of = (base) => {
    const exponent = (value) => value / Math.log10(base);
    const [first, last] = [Math.ceil(exponent(low) - 1e-9), Math.floor(exponent(high) + 1e-9)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => base ** (first + at));
  };
  const tens = of(10);
  return tens.length > 2 ? tens : of(2);
}

const round = (value) => Math.round(value * 10) / 10;
const shown = (value) => (value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3))));
const line = (x1, y1, x2, y2, colour) =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`;
const text = (x, y, words, anchor = "start", more = "") =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${more}>${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
const svg = (width, height, inside) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${FONT} fill="${INK}">`
  + `<rect width="100%" height="100%" fill="#fff"/>${inside}</svg>\n`;
