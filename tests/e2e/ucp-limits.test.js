// 200 reads at once against a limit that nobody was told of and that changes on the way, in each of its three shapes;
// and the same by a loop that does not think.

import assert from "node:assert/strict";
import { test } from "node:test";

import { callUcp } from "../../devshop/test/support/ucp.js";
import { connectAgent } from "./support/agent-page.js";
import { lines, MUG, profileOf, ucpEndpoint } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const SHAPES = ["http429", "rpc", "ok200"];
const READS = 200;
/** Calls per second from so many answers on. */
const RATES = [[0, 5], [30, 20], [160, 5]];

/** A shop with 200 carts and a page of its own, whose limit is not in force yet. */
async function open(shape) {
  const shop = await world.anotherShop();
  const carts = await Promise.all(Array.from({ length: READS }, () =>
    callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } })));
  const tab = await (await (await world.profile({ connect: false })).blankTab(shop.shop)).goto("/");
  return { shape, shop, tab, ids: carts.map(({ data }) => data.id) };
}

/** Runs with the limit, which changes with the number of answers. */
async function limited({ shape, shop }, work) {
  shop.clearLog();
  const before = shop.state().ucp.executions.get_cart ?? 0;
  const rates = [...RATES];
  shop.settings({ ucpRateLimit: { shape, retryAfter: 1 } });
  const change = () => {
    const answered = (shop.state().ucp.executions.get_cart ?? 0) - before;
    if (rates.length && answered >= rates[0][0]) shop.settings({ ucpRates: { anonymous: { cart: rates.shift()[1] } } });
  };
  change();
  const timer = setInterval(change, 50);
  const began = performance.now();
  try {
    return { value: await work(), seconds: (performance.now() - began) / 1000, ratesLeft: rates.length };
  } finally {
    clearInterval(timer);
    shop.settings({ ucpRateLimit: null });
  }
}

/** What the shop's log has of a run, by the reads. */
function tally(shop, ids) {
  const calls = shop.log().filter(({ kind, rpc }) => kind === "ucp" && rpc?.tool === "get_cart");
  const counts = new Map(ids.map((id) => [id, { executed: 0, refused: 0 }]));
  for (const { rpc, ucp, outcome } of calls) {
    const count = counts.get(rpc.arguments.id);
    if (ucp.executed) count.executed += 1;
    if (outcome === "rate_limited") count.refused += 1;
  }
  const all = [...counts.values()];
  return { requests: calls.length, all, refusals: all.reduce((sum, { refused }) => sum + refused, 0) };
}

async function readAllAtOnce(run) {
  const { tab, shop, ids } = run;
  await connectAgent(tab);
  await tab.done("cart.get", ids[0]);
  const sent = [];
  tab.page.on("request", (request) => {
    if (request.method() === "POST") sent.push(JSON.parse(request.postData()).params.arguments.id);
  });
  const { value: answers, ...rest } = await limited(run, () => tab.run((all) => Promise.all(
    all.map((id) => globalThis.page.settle(() => globalThis.page.shop.cart.get(id))),
  ), ids));
  return { answers, sent, ...rest, ...tally(shop, ids) };
}

/** All at once, and what is refused again after a second. */
async function loopNaively(run) {
  const { tab, shop, ids } = run;
  const facts = { ids, endpoint: ucpEndpoint(shop), profile: profileOf(shop) };
  const { value: answered, ...rest } = await limited(run, () => tab.run(async ({ ids: all, endpoint, profile }) => {
    const answers = await Promise.all(all.map(async (id, index) => {
      const params = { name: "get_cart", arguments: { meta: { "ucp-agent": { profile } }, id } };
      const message = { jsonrpc: "2.0", id: index, method: "tools/call", params };
      for (;;) {
        const headers = { "content-type": "application/json" };
        const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(message) });
        const { result } = await response.json().catch(() => ({}));
        if (result) return result.structuredContent.id;
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
      }
    }));
    return answers.length;
  }, facts));
  return { answered, ...rest, ...tally(shop, ids) };
}

test("200 reads at once: all answered, none refused more than once, first sent in order", async (context) => {
  world.console.expect(/status of 429/);
  const runs = await Promise.all(SHAPES.map(open));
  const ours = await Promise.all(runs.map(readAllAtOnce));
  const naive = await Promise.all(runs.map(loopNaively));
  const line = ({ requests, refusals, seconds }) =>
    `${requests} requests, ${refusals} refused, ${seconds.toFixed(1)} s`;
  for (const [index, shape] of SHAPES.entries()) {
    context.diagnostic(`${shape}: shopper-mcp ${line(ours[index])}; naive loop ${line(naive[index])}`);
  }
  for (const [index, shape] of SHAPES.entries()) {
    const { ids } = runs[index];
    const { answers, sent, all, refusals, requests, ratesLeft } = ours[index];
    assert.equal(ratesLeft, 0, `${shape}: the limit changed on the way`);
    assert.deepEqual(answers.filter(({ error }) => error), [], `${shape}: all answered`);
    assert.deepEqual(answers.map(({ value }) => value.data.id), ids, `${shape}: each with its own answer`);
    assert.deepEqual(all.filter(({ executed }) => executed !== 1), [], `${shape}: each executed once`);
    assert.deepEqual(all.filter(({ refused }) => refused > 1), [], `${shape}: none refused more than once`);
    assert.deepEqual([...new Set(sent)], ids, `${shape}: first sent in order`);
    assert.equal(requests, READS + refusals, shape);
    assert.ok(refusals > 0, `${shape}: there was a limit`);
    assert.equal(naive[index].answered, READS);
    assert.ok(naive[index].refusals > 5 * refusals, `${shape}: the naive loop is refused far more often`);
  }
});
