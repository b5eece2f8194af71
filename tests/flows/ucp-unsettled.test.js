// A call whose outcome nobody knows is the same call when it is made again: here, later, after a reload, and whatever refusal
// comes in between.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { loseAnswer } from "./support/losses.js";
import { json, text } from "./support/network.js";
import { bodiesOf, complete, keysOf, lost, readyToBuy } from "./support/purchase.js";
import { answering, content, failure, requestIn } from "./support/tool-server.js";
import { TIERS } from "./support/ucp-scene.js";

describe("a call whose outcome is not known is the same call when it is made again", () => {
  test("in this page", async () => {
    const { scene, buy } = await readyToBuy();
    await lost(scene, buy);
    assert.equal((await buy().result()).data.status, "completed");
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after a reload", async () => {
    const { scene, page, id, buy } = await readyToBuy();
    await lost(scene, buy);
    const { data } = await complete(await scene.load(page.tab), id).result();
    assert.equal(data.status, "completed");
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after a reload in the middle of it", async () => {
    const { scene, page, id, buy } = await readyToBuy();
    loseAnswer(scene, "silence");
    buy();
    await scene.world.advance(1_000);
    assert.equal(scene.ucp.executions("complete_checkout"), 1);
    await complete(await scene.load(page.tab), id).result();
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("after it was given up", async () => {
    const { scene, buy } = await readyToBuy();
    loseAnswer(scene, "silence");
    const call = buy();
    await scene.world.advance(1_000);
    call.abort();
    const error = await call.error();
    assert.equal(error.code, "aborted");
    await buy().result();
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("elsewhere, with the key that the error told", async () => {
    const { scene, id, buy } = await readyToBuy();
    const { idempotencyKey } = await lost(scene, buy);
    await complete(await scene.page(), id, { idempotencyKey }).result();
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  test("where the tab's storage is blocked or full: in this page all the same", async () => {
    const { scene, page, buy } = await readyToBuy();
    page.tab.storage.blocked = true;
    page.tab.storage.hasNoRoomFor("");
    await lost(scene, buy);
    await buy().result();
    assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
  });

  for (const [what, reply] of Object.entries({
    "an answer to another call": (answer, id) => json(200, { jsonrpc: "2.0", id: id + 1, result: {} }),
    "an answer that is too large": () => text(200, `{"x":"${"x".repeat(40_000)}"}`),
    "a result and an error": (answer, id) => json(200, { jsonrpc: "2.0", id, result: {}, error: { code: 1, message: "x" } }),
    "an answer without a resource": (answer, id) => json(200, { jsonrpc: "2.0", id, result: content("All done!") }),
  })) {
    test(`also after ${what}`, async () => {
      const { scene, buy } = await readyToBuy({ maxAnswerBytes: 32_768 });
      scene.shop.always("ucp", (sent) => reply(scene.ucp.post(sent), requestIn(sent).id));
      await buy().error();
      scene.shop.asUsual("ucp");
      await buy().result();
      assert.deepEqual([bodiesOf(scene), scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }

  test("whose key is a UUID: nothing else is believed that is stored", async () => {
    for (const stored of ['{"HASH":{"key":"x\"y","at":NOW}}', '{"HASH":{"key":["KEY"],"at":NOW}}', '{"HASH":null}', "[1]", '"x"', "null", "{"]) {
      const { scene, page, id, buy } = await readyToBuy();
      const error = await lost(scene, buy);
      page.tab.storage.change(":unsettled", (record) => {
        const [hash] = Object.keys(JSON.parse(record));
        return stored.replace("HASH", hash).replace("KEY", error.idempotencyKey).replace("NOW", scene.world.now);
      });
      await complete(await scene.load(page.tab), id).result();
      assert.equal(new Set(keysOf(scene)).size, 2, stored);
    }
  });

  test("unless the page gives a key of its own", async () => {
    const { scene, buy } = await readyToBuy();
    await lost(scene, buy);
    const idempotencyKey = "0a1b2c3d-0000-4000-8000-000000000001";
    await buy({ idempotencyKey }).result();
    assert.equal(keysOf(scene).at(-1), idempotencyKey);
  });

  test("until the tool itself says no", async () => {
    const { scene, buy } = await readyToBuy();
    loseAnswer(scene);
    scene.shop.next("ucp", (sent) => answering(sent, { result: failure("Invalid arguments") }));
    assert.equal(await buy().code(), "tool_validation");
    await buy().result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });

  test("with no more of it stored than a hash", async () => {
    const { scene, page, id, buy } = await readyToBuy();
    await lost(scene, buy);
    const stored = page.tab.storage.text();
    assert.ok(stored.includes(keysOf(scene)[0]));
    for (const part of [id, "tok_ok", "pi_1", "complete_checkout"]) assert.ok(!stored.includes(part), part);
  });

  test("but not for ever: servers forget keys after a day", async () => {
    const { scene, buy } = await readyToBuy();
    await lost(scene, buy);
    await scene.world.advance(25 * 3_600_000);
    await buy().result();
    assert.equal(new Set(keysOf(scene)).size, 2);
  });
});

describe("a refusal that says nothing about the lost call leaves it as unknown as it was", () => {
  const answering = (endpoint, reply) => ({ shop }) => shop.always(endpoint, reply);
  const refusals = {
    "a rate limit that does not pass": answering("ucp", text(429, "", { "retry-after": "3600" })),
    "a token that is not taken": answering("ucp", text(401, "")),
    "a token that cannot be had": (scene) => {
      scene.shop.always("ucp", text(401, ""));
      scene.brokenToken = true;
    },
    "a profile that cannot be had": answering("shopProfile", text(404, "")),
  };

  /** As `ready`, with a token function that can break. */
  async function breakable() {
    const scene = TIERS.token();
    const source = scene.tokenSource();
    scene.options.agent.token = () => (scene.brokenToken ? Promise.reject(new Error("broken")) : source());
    const page = await scene.readyPage();
    const { id } = await scene.checkout(page);
    return { scene, page, id };
  }
  function mend(scene) {
    scene.brokenToken = false;
    scene.shop.asUsual("ucp");
    scene.shop.asUsual("shopProfile");
  }

  for (const [what, refuse] of Object.entries(refusals)) {
    test(`${what}, when the call is made again`, async () => {
      const { scene, page, id } = await breakable();
      await lost(scene, () => complete(page, id));
      // By then neither the token nor the profile is remembered.
      await scene.world.advance(3_700_000);
      const reloaded = await scene.load(page.tab);
      refuse(scene);
      await complete(reloaded, id).error();
      mend(scene);
      assert.equal((await complete(reloaded, id).result()).data.status, "completed");
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }

  for (const [what, refuse] of Object.entries(refusals)) {
    test(`${what}, after a reload in the middle of the call`, async () => {
      const { scene, page, id } = await breakable();
      loseAnswer(scene, "silence");
      complete(page, id);
      await scene.world.advance(1_000);
      page.crash();
      await scene.world.advance(3_700_000);
      const reloaded = await scene.load(page.tab);
      refuse(scene);
      await complete(reloaded, id).error();
      mend(scene);
      await complete(reloaded, id).result();
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }

  for (const what of Object.keys(refusals).filter((name) => !name.includes("profile"))) {
    test(`${what}, when it is sent again by itself`, async () => {
      const { scene, page, id } = await breakable();
      loseAnswer(scene);
      const call = complete(page, id);
      await scene.world.advance(21);
      refusals[what](scene);
      const error = await call.error();
      assert.equal(error.idempotencyKey, keysOf(scene)[0]);
      mend(scene);
      await complete(page, id).result();
      assert.deepEqual([new Set(keysOf(scene)).size, scene.ucp.executions("complete_checkout")], [1, 1]);
    });
  }
});
