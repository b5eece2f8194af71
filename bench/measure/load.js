// From the page's address to the login server, and from the way back to the answer: cold and with a warm HTTP cache.

import { JOBS } from "../jobs/index.js";
import { shuffled } from "../stats.js";
import { CONDITIONS, visit } from "./visit.js";

/**
 * Every round is each job once, in another order, each in a browser profile of its own: first with an empty cache, then
 * once more. Worlds share the rounds.
 *
 * @param {object[]} worlds
 * @param {keyof CONDITIONS} speed
 * @returns {Promise<{ job: string, speed: string, cache: "cold" | "warm", start: object, callback: object }[]>}
 */
export async function measureLoads(worlds, speed, rounds, report) {
  const left = Array.from({ length: rounds }, (_, round) => round);
  const found = await Promise.all(worlds.map(async (world) => {
    const runs = [];
    for (let round = left.pop(); round !== undefined; round = left.pop()) {
      report(`loads, ${speed}: ${left.length + 1} to go`);
      for (const { name } of shuffled(JOBS)) runs.push(...await coldAndWarm(world, name, speed));
    }
    return runs;
  }));
  return found.flat();
}

async function coldAndWarm(world, name, speed) {
  const context = await world.profile();
  const conditions = CONDITIONS[speed];
  const runs = [];
  for (const cache of ["cold", "warm"]) {
    runs.push({ job: name, speed, cache, ...await visit(world, context, { name, conditions, isCold: cache === "cold" }) });
  }
  await context.close();
  return runs;
}
