// One edit of a cart at a time: in a page, over all tabs, however long it takes; and none that is in the way for ever.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { after, LATENCY, text } from "./support/network.js";
import { MUG } from "./support/ucp-desk.js";
import { ITEMS, UcpScene } from "./support/ucp-scene.js";

const linesOf = ({ line_items: lines }) => Object.fromEntries([...lines].map(({ item, quantity }) => [item.id, quantity]));

/** A page with a mug in a cart. */
async function ready() {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  const { id } = await scene.cart(page);
  return { scene, page, id };
}

describe("edits of one cart wait for each other", () => {
  const add = (page, id) => page.ucp.cart.add(id, ITEMS);

  test("in a page", async () => {
    const { scene, page, id } = await ready();
    const calls = Array.from({ length: 10 }, () => add(page, id));
    for (const call of calls) await call.result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 11);
    assert.ok(scene.ucp.calls.every(({ tool }, index) => tool === (index % 2 ? "update_cart" : "get_cart")), "in turns");
  });

  test("over all tabs", async () => {
    const { scene, page, id } = await ready();
    const tabs = [page, await scene.readyPage(), await scene.readyPage()];
    const calls = Array.from({ length: 12 }, (_, index) => add(tabs[index % 3], id));
    for (const call of calls) await call.result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 13);
  });

  test("where a page waits for the shopper in the middle of it", async () => {
    const { scene, page, id } = await ready();
    const slow = page.ucp.cart.edit(id, (draft) => new Promise((resolve) => {
      scene.world.later(20_000, () => {
        draft.line_items[0].quantity = 7;
        resolve();
      });
    }));
    await scene.world.advance(100);
    const { data } = await add(page, id).result();
    await slow.result();
    assert.equal(linesOf(data)[MUG], 8);
  });

  test("for as long as it takes: each request of one may wait for a rate limit", async () => {
    const { scene, page, id } = await ready();
    const other = await scene.readyPage();
    const limit = () => scene.shop.next("ucp", text(429, "", { "retry-after": "50" }));
    limit();
    const slow = page.ucp.cart.edit(id, (draft) => {
      limit();
      draft.line_items[0].quantity += 1;
    });
    await scene.world.advance(100);
    await add(other, id).result();
    await slow.result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 3, "none overwrites the other");
  });

  test("however long the queue is", async () => {
    const { scene, page, id } = await ready();
    scene.shop.always("ucp", (sent) => after(3_000, scene.ucp.post(sent)));
    const calls = Array.from({ length: 40 }, () => add(page, id));
    for (const call of calls) await call.result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 41);
  });

  test("in a page of a browser that has no locks", async () => {
    const { scene, page, id } = await ready();
    scene.browser.hasLocks = false;
    const calls = Array.from({ length: 10 }, () => add(page, id));
    for (const call of calls) await call.result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 11);
  });

  test("but those of two carts do not", async () => {
    const { scene, page, id } = await ready();
    const { data } = await page.ucp.cart.create(ITEMS).result();
    const began = scene.world.elapsed;
    const calls = [add(page, id), add(page, data.id)];
    for (const call of calls) await call.result();
    assert.equal(scene.world.elapsed - began, 4 * LATENCY);
  });
});

describe("an edit that is given up lets the next one go on", () => {
  const never = () => new Promise(() => {});
  for (const [when, begin, wait] of [
    ["while it reads", (page, id) => page.ucp.cart.add(id, ITEMS), 10],
    ["while its function waits", (page, id) => page.ucp.cart.edit(id, never), 100],
    ["while it writes", (page, id) => page.ucp.cart.add(id, ITEMS), 50],
  ]) {
    test(when, async () => {
      const { scene, page, id } = await ready();
      const [first, second] = [begin(page, id), page.ucp.cart.add(id, ITEMS)];
      await scene.world.advance(wait);
      first.abort();
      assert.equal(await first.code(), "aborted");
      const began = scene.world.elapsed;
      await second.result();
      assert.ok(scene.world.elapsed - began <= 5 * LATENCY, `${scene.world.elapsed - began} ms`);
    });
  }

  test("while it waits for its turn", async () => {
    const { scene, page, id } = await ready();
    const calls = Array.from({ length: 3 }, () => page.ucp.cart.add(id, ITEMS));
    await scene.world.advance(10);
    const began = scene.world.elapsed;
    calls[1].abort();
    assert.equal(await calls[1].code(), "aborted");
    assert.equal(scene.world.elapsed, began, "at once");
    await calls[2].result();
    assert.equal(linesOf(scene.ucp.desk.wish(id))[MUG], 3);
    assert.equal(scene.ucp.callsOf("get_cart").length, 2, "it was never begun");
  });

  test("and so does a tab that crashes", async () => {
    const { scene, page, id } = await ready();
    const other = await scene.readyPage();
    page.ucp.cart.edit(id, never);
    await scene.world.advance(100);
    const next = other.ucp.cart.add(id, ITEMS);
    await scene.world.advance(100);
    page.crash();
    const began = scene.world.elapsed;
    await next.result();
    assert.ok(scene.world.elapsed - began <= 5 * LATENCY);
  });
});
