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
 * @returns {Promise<Run[]>}
 * @typedef {{ job: string, speed: string, cache: "cold" | "warm", start: object, callback: object }} Run
 */
export function measureLoads(worlds, speed, rounds, report) {
  return inRounds(worlds, rounds, JOBS.map(({ name }) => name), async (world, job, left) => {
    report(`loads, ${speed}: ${left} to go`);
    const what = { name: job, address: world.address(job), conditions: CONDITIONS[speed] };
    const context = await world.profile();
    const cold = await visit(world, context, { ...what, isCold: true });
    const warm = await visit(world, context, { ...what, isCold: false });
    await context.close();
    return [{ job, speed, cache: "cold", ...cold }, { job, speed, cache: "warm", ...warm }];
  });
}

/**
 * The same slowed and with an empty cache, on pages that have the shop's documents preloaded, whoever's job it is.
 *
 * @returns {Promise<Run[]>}
 */
export function measurePreloaded(worlds, jobs, rounds, report) {
  return inRounds(worlds, rounds, jobs, async (world, job, left) => {
    report(`loads, documents preloaded: ${left} to go`);
    const context = await world.profile();
    const what = { name: job, address: world.preloadedAddress(job), conditions: CONDITIONS.slow, isCold: true };
    const run = { job, speed: "slow", cache: "cold", ...await visit(world, context, what) };
    await context.close();
    return [run];
  });
}

async function inRounds(worlds, rounds, jobs, run) {
  let left = rounds;
  const found = await Promise.all(worlds.map(async (world) => {
    const runs = [];
    while (left > 0) {
      const toGo = left--;
      for (const job of shuffled(jobs)) runs.push(...await run(world, job, toGo));
    }
    return runs;
  }));
  return found.flat();
}
