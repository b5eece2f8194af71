// What the files weigh that each job's page asked for: until it left for the login server, and in all.

import { compressed } from "../compress.js";
import { JOBS } from "../jobs/index.js";

/**
 * @param {Record<string, import("../build.js").Bundle>} bundles
 * @param {object[]} runs of `measureLoads`
 * @returns {{ job: string, start: Weight, all: Weight, files: Record<string, Weight> }[]}
 * @typedef {{ raw: number, gzip: number, br: number, files: number }} Weight
 */
export function weighJobs(bundles, runs) {
  return JOBS.map(({ name }) => {
    const { start, callback } = runs.find(({ job, cache }) => job === name && cache === "cold");
    const weights = new Map([...bundles[name].files].map(([path, bytes]) => [path, weigh(bytes)]));
    const sum = (paths) => [...new Set(paths)].map((path) => weights.get(path)).reduce(add);
    const all = [...start.assets, ...callback.assets];
    return { job: name, start: sum(start.assets), all: sum(all), files: Object.fromEntries(weights) };
  });
}

function weigh(bytes) {
  const { raw, gzip, br } = compressed(bytes);
  return { raw: raw.length, gzip: gzip.length, br: br.length, files: 1 };
}

function add(a, b) {
  return Object.fromEntries(Object.keys(a).map((what) => [what, a[what] + b[what]]));
}
