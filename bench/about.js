// Where and with what it was measured.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { HERE } from "./build.js";
import { JOBS } from "./jobs/index.js";

/** Above this share, somebody else was using the processors. */
const BUSY = 0.15;
/** How long they are looked at before anything is measured, ms. */
const LOOK = 5_000;

export async function aboutThis({ packageFolder, quick, lanes, plan }) {
  const load = await processorsInUse();
  return {
    date: new Date().toISOString(), quick, lanes, runs: plan.loads,
    machine: { cores: cpus().length, model: cpus()[0].model.trim(), memoryGiB: Math.round(totalmem() / 2 ** 30), system: `${type()} ${release()}` },
    load, isBusy: load > BUSY * cpus().length,
    node: process.versions.node,
    commit: commit(),
    packages: { "shopper-mcp": versionIn(packageFolder), ...versions() },
  };
}

/** How many processors are in use, on average; the load average would still tell of what has just ended. */
async function processorsInUse() {
  const ticks = () => cpus().map(({ times }) => ({ ...times, all: Object.values(times).reduce((sum, one) => sum + one) }));
  const before = ticks();
  await sleep(LOOK);
  const used = ticks().map(({ idle, all }, at) => 1 - (idle - before[at].idle) / (all - before[at].all));
  return used.reduce((sum, one) => sum + one);
}

function versions() {
  const names = [...new Set(JOBS.flatMap(({ packages }) => packages)), "esbuild", "playwright-core"];
  const npm = names.filter((name) => name !== "shopper-mcp");
  return Object.fromEntries(npm.map((name) => [name, versionIn(join(HERE, "node_modules", name))]));
}

const versionIn = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;

function commit() {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: HERE, encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}
