// Listing many tools, and calling one of them once they are known.

import { ratios, summary } from "../stats.js";

/** @returns {Promise<object[]>} per number of tools: ms of a list and of a call after it, and of the same by hand */
export async function measureTools(world, name, counts, rounds) {
  const context = await world.profile();
  const found = [];
  for (const tools of counts) {
    const page = await world.tab(context, name, tools);
    const { list, bare, call } = await page.evaluate(timeLists, { tools, rounds });
    found.push({ job: name, tools, ms: summary(list), bareMs: summary(bare), ratio: ratios(list, bare), callMs: summary(call) });
    await page.close();
  }
  await context.close();
  return found;
}

/** In the page. */
async function timeLists({ tools, rounds }) {
  const { endpoint } = JSON.parse(document.getElementById("shop").textContent);
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} });
  const ways = {
    list: () => globalThis.job.listTools(),
    bare: async () => {
      const headers = { "content-type": "application/json" };
      return JSON.parse(await (await fetch(endpoint, { method: "POST", headers, body })).text()).result.tools;
    },
    call: () => globalThis.job.call(`tool_${tools - 1}`, { bytes: 1000 }),
  };
  const times = { list: [], bare: [], call: [] };
  for (let round = -5; round < rounds; round++) {
    for (const [way, run] of Object.entries(ways)) {
      const began = performance.now();
      await run();
      if (round >= 0) times[way].push(performance.now() - began);
    }
  }
  return times;
}
