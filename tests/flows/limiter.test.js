// Many calls at once against a limit that nobody told the package.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { after, json, text } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";
import { answering, content, requestIn } from "./support/tool-server.js";

const CALLS = 200;
/** Long enough for all of them: what one call may wait has a limit of its own. */
const PATIENCE = 600_000;

/** How a server says that it is too much, as a page reads it: CORS hides the header. */
const SHAPES = {
  "status 429": () => text(429, ""),
  "-32000 with retry_after": (id) => json(200, { jsonrpc: "2.0", id, error: { code: -32000, message: "Slow down", data: { retry_after: 1 } } }),
  "-32600 under 200": (id) => json(200, { jsonrpc: "2.0", id, error: { code: -32600, message: "Invalid", data: "Rate limit exceeded" } }),
};

/** A server that answers `perSecond` calls, saved up for one second; notes who asked and who was refused. */
function limitedServer({ shop, world }, refuse) {
  const server = { perSecond: 5, tokens: 5, at: world.elapsed, asked: [], refusals: new Map() };
  server.reply = (sent) => {
    const { id, params } = requestIn(sent);
    const number = params.arguments.order_number;
    server.asked.push(number);
    server.tokens = Math.min(server.perSecond, server.tokens + ((world.elapsed - server.at) / 1_000) * server.perSecond);
    server.at = world.elapsed;
    if (server.tokens < 1) {
      server.refusals.set(number, (server.refusals.get(number) ?? 0) + 1);
      return refuse(id);
    }
    server.tokens--;
    return answering(sent, { result: content(`${number} is on its way`) });
  };
  shop.always("tools", server.reply);
  return server;
}

describe("200 reads at once against 5 a second, later 2, later 8", () => {
  for (const [shape, refuse] of Object.entries(SHAPES)) {
    test(shape, async () => {
      const scene = new Scene({ rateLimitWaitMs: PATIENCE });
      const page = await scene.signedInPage();
      const server = limitedServer(scene, refuse);
      const numbers = Array.from({ length: CALLS }, (_, index) => `#${1000 + index}`);
      const calls = numbers.map((number) => page.call("get_order_status", { order_number: number }));
      await scene.world.advance(12_000);
      server.perSecond = 2;
      await scene.world.advance(12_000);
      server.perSecond = 8;
      for (const [index, call] of calls.entries()) {
        assert.equal(wordsOf(await call.result()), `${numbers[index]} is on its way`);
      }
      assert.deepEqual([...new Set(server.asked)], numbers, "first sent in order");
      const twice = [...server.refusals].filter(([, times]) => times > 1);
      assert.deepEqual(twice, [], "none refused more than once");
      assert.ok(server.refusals.size < CALLS / 4, `${server.refusals.size} were refused once`);
    });
  }
});

test("a call that is given up makes room for the next one", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.always("tools", () => after(1_000, text(500, "")));
  const calls = Array.from({ length: 30 }, () => page.order());
  await scene.world.advance(100);
  assert.equal(scene.shop.count("tools"), 10, "ten at once");
  for (const call of calls.slice(0, 15)) call.abort();
  for (const call of calls.slice(0, 15)) assert.equal(await call.code(), "aborted");
  await scene.world.advance(100);
  assert.equal(scene.shop.count("tools"), 20, "ten more");
  for (const call of calls.slice(15)) assert.equal(await call.code(), "http_status");
  assert.equal(scene.shop.count("tools"), 25, "those that were given up in the queue were never sent");
});

test("a queue that is longer than a call's patience is told", async () => {
  const scene = new Scene({ rateLimitWaitMs: 3_000 });
  const page = await scene.signedInPage();
  scene.shop.always("tools", (sent) => after(2_000, answering(sent, { result: content("done") })));
  const calls = Array.from({ length: 30 }, () => page.order());
  for (const call of calls.slice(0, 20)) assert.equal(wordsOf(await call.result()), "done");
  for (const call of calls.slice(20)) assert.equal(await call.code(), "rate_limited");
  assert.equal(scene.shop.count("tools"), 20);
});
