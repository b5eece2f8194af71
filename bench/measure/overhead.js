// What a call costs beside the network: the page's own `fetch` answers at once, so that what is left is work of the client.

import { summary } from "../stats.js";

/** @returns {Promise<{ job: string, us: object, bareUs: object, addedUs: object }>} µs of a call, of a bare one, and between them */
export async function measureOverhead(world, name, { rounds, batch }) {
  const context = await world.profile();
  const page = await world.tab(context, name, 1);
  const { job, bare } = await page.evaluate(timeWork, { rounds, batch });
  await context.close();
  return { job: name, us: summary(job), bareUs: summary(bare), addedUs: summary(job.map((us, at) => us - bare[at])) };
}

/** In the page. */
async function timeWork({ rounds, batch }) {
  const tool = "tool_0";
  const { endpoint } = JSON.parse(document.getElementById("shop").textContent);
  const headers = { "content-type": "application/json", authorization: "shcat_0123456789abcdef0123456789abcdef" };
  let id = 0;
  const bare = async () => {
    const message = { jsonrpc: "2.0", id: ++id, method: "tools/call", params: { name: tool, arguments: { bytes: 1000 } } };
    const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(message) });
    return JSON.parse(await response.text()).result;
  };
  const result = JSON.stringify(await bare());
  globalThis.fetch = async (url, { body }) => new Response(
    `{"jsonrpc":"2.0","id":${JSON.parse(body).id},"result":${result}}`, { headers: { "content-type": "application/json" } },
  );
  const ways = { job: () => globalThis.job.call(tool, { bytes: 1000 }), bare };
  const times = { job: [], bare: [] };
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
    for (const [way, call] of Object.entries(ways)) {
      const began = performance.now();
      for (let calls = 0; calls < batch; calls++) await call();
      if (round >= 0) times[way].push((performance.now() - began) / batch * 1000);
    }
  }
  return times;
}
