// Tabs of one shopper whose token expires while all of them call.

import { summary } from "../stats.js";

/** @returns {Promise<{ job: string, tabs: number, ms: object, tokenRequests: number }[]>} tokenRequests: of one expiry, at most */
export async function measureTabs(world, name, { counts, rounds }) {
  const found = [];
  for (const tabs of counts) {
    const context = await world.profile();
    const pages = [];
    for (let opened = 0; opened < tabs; opened++) pages.push(await world.tab(context, name));
    const times = [];
    let tokenRequests = 0;
    for (let round = 0; round < rounds; round++) {
      world.shop.expireTokens();
      world.shop.clearLog();
      const began = performance.now();
      await Promise.all(pages.map((page) => page.evaluate(() => globalThis.job.call("get_most_recent_order_status"))));
      times.push(performance.now() - began);
      tokenRequests = Math.max(tokenRequests, world.shop.log().filter(isTokenRequest).length);
    }
    found.push({ job: name, tabs, ms: summary(times), tokenRequests });
    await context.close();
  }
  return found;
}

const isTokenRequest = ({ kind, method }) => kind === "token" && method === "POST";
