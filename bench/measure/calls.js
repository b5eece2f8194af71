// Warm calls: a signed-in page calls the bench's own MCP server, and next to each call there is a bare one.

import { ratios, summary } from "../stats.js";

const TOOL = "tool_0";

/**
 * @param {{ bytes: number, batch: number, rounds: number }[]} sizes batch: calls in a row that are timed as one
 * @returns {Promise<object[]>} per size: ms of a call and of a bare one, and their ratio, pair by pair
 */
export async function measureCalls(world, name, sizes) {
  const context = await world.profile();
  const page = await world.tab(context, name, 1);
  const found = [];
  for (const size of sizes) {
    const { job, bare } = await page.evaluate(timeCalls, { tool: TOOL, ...size });
    found.push({ job: name, bytes: size.bytes, ms: summary(job), bareMs: summary(bare), ratio: ratios(job, bare) });
  }
  await context.close();
  return found;
}

/** A thousand calls at once. */
export async function measureBurst(world, name, { calls, rounds }) {
  const context = await world.profile();
  const page = await world.tab(context, name, 1);
  const { job, bare } = await page.evaluate(timeCalls, { tool: TOOL, bytes: 1000, batch: calls, rounds, atOnce: true });
  await context.close();
  return { job: name, calls, ms: summary(job), bareMs: summary(bare), ratio: ratios(job, bare) };
}

/** In the page. Whoever goes first changes from round to round. */
async function timeCalls({ tool, bytes, batch, rounds, atOnce = false }) {
  const endpoint = JSON.parse(document.getElementById("shop").textContent).endpoint;
  const headers = { "content-type": "application/json", authorization: "shcat_0123456789abcdef0123456789abcdef" };
  let id = 0;
  const ways = {
    job: () => globalThis.job.call(tool, { bytes }),
    bare: async () => {
      const message = { jsonrpc: "2.0", id: ++id, method: "tools/call", params: { name: tool, arguments: { bytes } } };
      const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(message) });
      return JSON.parse(await response.text()).result;
    },
  };
  const run = async (way) => {
    const began = performance.now();
    if (atOnce) await Promise.all(Array.from({ length: batch }, way));
    else for (let calls = 0; calls < batch; calls++) await way();
    return (performance.now() - began) / (atOnce ? 1 : batch);
  };
  const times = { job: [], bare: [] };
  const warmUp = Math.max(2, Math.ceil(rounds / 5));
  for (let round = -warmUp; round < rounds; round++) {
    for (const way of round % 2 ? ["job", "bare"] : ["bare", "job"]) {
      const ms = await run(ways[way]);
      if (round >= 0) times[way].push(ms);
    }
  }
  return times;
}
