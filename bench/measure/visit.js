// One shopper's way: to the page, to the login server, back, to the answer; as the browser's own clock and log have it.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const AUTHORIZE = "/oauth/authorize?";
const PATIENCE_MS = 60_000;

/** What a page load is slowed by. `slow` is a middling phone: Lighthouse's "slow 4G" and its CPU. */
export const CONDITIONS = Object.freeze({
  fast: null,
  slow: { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, cpu: 4 },
});

/**
 * Opens a job's page in a new tab, and waits for the answer.
 *
 * @param {{ name: string, address: string, conditions: object | null, isCold: boolean }} what isCold: without a cache on the
 *   way back either
 * @returns {Promise<{ start: Phase, callback: Phase }>}
 * @typedef {{ ms: number, requests: number, preflights: number, posts: number, bytes: number, assets: string[] }} Phase
 *   until the page is left, and from the redirect to the answer; bytes as they came, with their headers
 */
export async function visit(world, context, { name, address, conditions, isCold }) {
  const { shop } = world;
  shop.clearLog();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await slowDown(cdp, conditions);
  const sent = [];
  const ended = once(cdp, sent, isCold);
  // Time to empty the cache.
  shop.settings({ faults: isCold ? [{ on: "authorize", times: 1, do: { hang: 250 } }] : [] });
  await page.goto(address, { waitUntil: "commit" });
  await Promise.race([ended, late(name)]);
  // What is still being counted.
  await sleep(conditions ? 200 : 30);
  check(name, await page.textContent("#answer"), shop);
  await page.close();
  return phases(sent);
}

async function slowDown(cdp, conditions) {
  await cdp.send("Network.enable");
  if (!conditions) return;
  const { cpu, ...network } = conditions;
  await cdp.send("Network.emulateNetworkConditions", { offline: false, ...network });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
}

/** Keeps what is sent; resolves when the page has its answer. */
function once(cdp, sent, isCold) {
  return new Promise((resolve) => {
    cdp.on("Network.requestWillBeSent", ({ requestId, timestamp, type, request: { url, method } }) => {
      sent.push({ requestId, timestamp, type, url, method, bytes: 0 });
      if (isCold && url.includes(AUTHORIZE)) void cdp.send("Network.clearBrowserCache");
      if (url.endsWith("/answered")) resolve();
    });
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = sent.findLast((one) => one.requestId === requestId);
      if (request) request.bytes = encodedDataLength;
    });
  });
}

function phases(sent) {
  const left = sent.findIndex(({ url }) => url.includes(AUTHORIZE));
  const answered = sent.findIndex(({ url }) => url.endsWith("/answered"));
  return { start: phase(sent.slice(0, left), sent[left]), callback: phase(sent.slice(left + 1, answered), sent[answered]) };
}

function phase(sent, end) {
  const requests = sent.filter(({ method }) => method !== "OPTIONS");
  return {
    ms: (end.timestamp - sent[0].timestamp) * 1000,
    requests: requests.length,
    preflights: sent.length - requests.length,
    posts: requests.filter(({ method, type }) => method === "POST" && type === "Fetch").length,
    bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
    assets: sent.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith("/assets/")),
  };
}

/** The page shows the shopper's order, and the shop knows to whom it told it. */
function check(name, answer, shop) {
  assert.match(answer, /"order_number":/, `${name}: the page shows the order`);
  const log = shop.log();
  const grants = log.filter(({ kind, status }) => kind === "token" && status === 200).map(({ grant }) => grant);
  assert.deepEqual(grants, ["authorization_code"], `${name}: one code was exchanged`);
  const calls = log.filter(({ kind, rpc, outcome }) => kind === "mcp" && rpc?.method === "tools/call" && outcome === "ok");
  assert.equal(calls.length, 1, `${name}: one call was answered`);
  assert.ok(calls[0].customer, `${name}: to a customer`);
}

async function late(name) {
  await sleep(PATIENCE_MS, undefined, { ref: false });
  throw new Error(`${name} had no answer within ${PATIENCE_MS / 1000} s.`);
}
