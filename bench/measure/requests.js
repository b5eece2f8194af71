// What one tool call takes: on a page that is loaded anew while its shopper is signed in, after its token has expired, and
// when nothing is new.

import { JOBS } from "../jobs/index.js";

const CALLS = 10;

/**
 * @returns {Promise<{ job: string, fresh: string[], expired: string[], preflights: number }[]>} what reached the shop, as
 *   `POST mcp tools/call 200`; preflights of ten calls in a row
 */
export async function countRequests(world) {
  const counts = [];
  for (const { name } of JOBS) {
    const context = await world.profile();
    const page = await world.tab(context, name);
    world.shop.clearLog();
    await page.reload();
    await world.answer(page);
    const fresh = requestsOf(world.shop);
    world.shop.expireTokens();
    world.shop.clearLog();
    await call(page, 1);
    const expired = requestsOf(world.shop);
    world.shop.clearLog();
    await call(page, CALLS);
    const preflights = world.shop.log().filter(({ kind }) => kind === "preflight").length;
    counts.push({ job: name, fresh, expired, preflights });
    await context.close();
  }
  return counts;
}

function call(page, times) {
  return page.evaluate(async (wanted) => {
    for (let calls = 0; calls < wanted; calls++) await globalThis.job.call("get_most_recent_order_status");
  }, times);
}

/** Preflights apart: whether there is one depends on how long ago the last one was. */
function requestsOf(shop) {
  const asked = shop.log().filter(({ kind }) => kind !== "preflight");
  return asked.map(({ method, kind, rpc, grant, status }) => [method, kind, rpc?.method ?? grant, status].filter(Boolean).join(" "));
}
