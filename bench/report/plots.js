// The plots of a report, by the names of their files.

import { JOBS } from "../jobs/index.js";
import { summary } from "../stats.js";
import { barPlot, linePlot } from "./plot.js";

const OURS = ["customer", "full"];
const titleOf = (name) => JOBS.find((job) => job.name === name).title;

export function plots({ bytes, loads, sizes, tools, tabs }) {
  return {
    "bytes.svg": barPlot({
      title: "All that a job loads", unit: "brotli bytes",
      bars: bytes.map(({ job, all }) => ({ label: titleOf(job), value: all.br, isOurs: OURS.includes(job) })),
    }),
    "leaving.svg": loadPlot(loads, "start", "From the page's address to the login server, cold, slowed"),
    "answer.svg": loadPlot(loads, "callback", "From the callback to the answer, cold, slowed"),
    "growth-size.svg": linePlot({
      title: "A warm call", x: "bytes of its answer", y: "ms",
      lines: [...linesOf(sizes, (row) => [row.bytes, row.ms.median]), bareLine(sizes, ({ bytes: size }) => size)],
    }),
    "growth-tools.svg": linePlot({
      title: "Listing tools", x: "tools", y: "ms",
      lines: [...linesOf(tools, (row) => [row.tools, row.ms.median]), bareLine(tools, (row) => row.tools)],
    }),
    "growth-tabs.svg": linePlot({
      title: "All tabs call, their token has expired", x: "tabs", y: "ms",
      lines: linesOf(tabs, (row) => [row.tabs, row.ms.median]),
    }),
  };
}

function loadPlot(loads, phase, title) {
  const bars = JOBS.map(({ name, title: label }) => {
    const runs = loads.filter(({ job, speed, cache }) => job === name && speed === "slow" && cache === "cold");
    const { median: value, q1, q3 } = summary(runs.map((run) => run[phase].ms));
    return { label, value, q1, q3, isOurs: OURS.includes(name) };
  });
  return barPlot({ title, unit: "ms", bars });
}

function linesOf(rows, point) {
  const names = [...new Set(rows.map(({ job }) => job))];
  return names.map((name) => ({ label: titleOf(name), points: rows.filter(({ job }) => job === name).map(point) }));
}

/** As measured next to ours. */
function bareLine(rows, at) {
  return { label: "by hand", points: rows.filter(({ job }) => job === "customer").map((row) => [at(row), row.bareMs.median]) };
}
