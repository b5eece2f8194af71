// All measurements, one after the other; what runs side by side is said to.

import { JOBS } from "./jobs/index.js";
import { weighJobs } from "./measure/bytes.js";
import { measureBurst, measureCalls } from "./measure/calls.js";
import { measurePkce, measureSigning } from "./measure/crypto.js";
import { measureLoads, measurePreloaded } from "./measure/load.js";
import { measureMemory } from "./measure/memory.js";
import { measureReady } from "./measure/ready.js";
import { measureOverhead } from "./measure/overhead.js";
import { countRequests } from "./measure/requests.js";
import { measureTabs } from "./measure/tabs.js";
import { measureTools } from "./measure/tools.js";
import { openWorld } from "./world.js";

const NAMES = JOBS.map(({ name }) => name);
/** Whose pages are loaded once more with the shop's documents preloaded: those that claims are about. */
const PRELOADING = ["bare", "customer", "full", "oauth4webapi-mcp2", "oauth4webapi-mcp2-whole"];
/** Calls do not differ by who signed in. */
const CALLERS = ["oauth4webapi-call", "customer", "full", "oauth4webapi-mcp2", "mcp1"];

/**
 * @param {{ packageFolder: string, chromiumPath: string, lanes: number }} options lanes: worlds that share the slowed loads,
 *   where processors do next to nothing
 * @param {import("./plan.js").FULL} plan
 */
export async function measureAll(options, plan, report) {
  const worlds = await Promise.all(Array.from({ length: options.lanes }, () => openWorld(options)));
  const [world] = worlds;
  try {
    const slow = await measureLoads(worlds, "slow", plan.loads, report);
    const preloaded = await measurePreloaded(worlds, PRELOADING, plan.loads, report);
    const fast = await measureLoads([world], "fast", plan.loads, report);
    await Promise.all(worlds.slice(1).map((other) => other.close()));
    const each = async (what, names, measure) => {
      const found = [];
      for (const name of names) {
        report(`${what}: ${name}`);
        found.push(await measure(name));
      }
      return found.flat();
    };
    return {
      browser: world.browser.version(),
      loads: [...slow, ...fast],
      preloaded,
      bytes: weighJobs(world.bundles, slow),
      requests: await countRequests(world),
      ready: await each("ready", ["fast", "slow"], (speed) => measureReady(world, speed, plan.ready)),
      calls: await each("calls", CALLERS, (name) => measureCalls(world, name, plan.calls)),
      overhead: await each("work of a call", CALLERS, (name) => measureOverhead(world, name, plan.overhead)),
      bursts: await each("calls at once", CALLERS, (name) => measureBurst(world, name, plan.burst)),
      sizes: await each("answer sizes", ["customer", "oauth4webapi-mcp2"], (name) => measureCalls(world, name, plan.sizes)),
      tools: await each("tools", ["customer", "oauth4webapi-mcp2"], (name) =>
        measureTools(world, name, plan.tools.counts, plan.tools.rounds)),
      tabs: await each("tabs", ["customer", "oauth4webapi-mcp2"], (name) => measureTabs(world, name, plan.tabs)),
      memory: await each("memory", NAMES.filter((name) => ["bare", ...CALLERS].includes(name)), (name) =>
        measureMemory(world, name, plan.memory)),
      pkce: await each("PKCE", [""], () => measurePkce(world, plan.pkce)),
      signing: await measureSigning(world, plan.signing),
    };
  } finally {
    await world.close();
  }
}
