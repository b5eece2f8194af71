// What a page could do better: said once, and only where it is so.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { BOWL, MUG, VASE } from "./support/ucp-desk.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";
import { text } from "./support/network.js";

const BUYER = { email: "ada@example.com" };
const lines = (quantity) => ({ line_items: [{ item: MUG, quantity }], buyer: BUYER });

/** A page with a checkout, and what it is advised. */
async function shopping() {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  const advice = page.ucp.watchAdvice();
  const { id } = await scene.checkout(page);
  return { scene, page, id, advice, checkout: page.ucp.checkout };
}

describe("line items that are edited through the checkout", () => {
  test("are told of at the third change, once, with what to do instead", async () => {
    const { scene, page, id, advice, checkout } = await shopping();
    for (const quantity of [2, 3]) await checkout.update(id, lines(quantity)).result();
    assert.deepEqual([advice, page.warnings], [[], []]);
    await checkout.update(id, lines(4)).result();
    assert.deepEqual(advice.map(({ about }) => about), ["cart_for_line_items"]);
    assert.match(advice[0].sentence, /cart/);
    assert.deepEqual(page.warnings, [advice[0].sentence]);

    for (const quantity of [5, 6, 7]) await checkout.update(id, lines(quantity)).result();
    const { id: other } = await scene.checkout(page);
    for (const quantity of [2, 3, 4, 5]) await checkout.edit(other, (draft) => { draft.line_items[0].quantity = quantity; }).result();
    assert.deepEqual([advice.length, page.warnings.length], [1, 1]);
  });

  for (const [what, change] of Object.entries({
    "other quantities": (draft, times) => { draft.line_items[0].quantity = times + 2; },
    "lines that come": (draft, times) => { draft.line_items.push({ item: { id: [BOWL, VASE, MUG][times] }, quantity: 1 }); },
    "lines that come and go": (draft, times) => {
      const items = times % 2 === 0 ? [MUG, BOWL] : [MUG];
      draft.line_items = items.map((id) => ({ item: { id }, quantity: 1 }));
    },
  })) {
    test(`by edits, too: ${what}`, async () => {
      const { id, advice, checkout } = await shopping();
      for (let times = 0; times < 3; times += 1) await checkout.edit(id, (draft) => change(draft, times)).result();
      assert.equal(advice.length, 1);
    });
  }

  test("not in the console where the page prevents that", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const advice = page.ucp.watchAdvice(true);
    const { id } = await scene.checkout(page);
    for (const quantity of [2, 3, 4]) await page.ucp.checkout.update(id, lines(quantity)).result();
    assert.deepEqual([advice.length, page.warnings], [1, []]);
  });

  test("in the console where nobody listens", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const { id } = await scene.checkout(page);
    for (const quantity of [2, 3, 4]) await page.ucp.checkout.update(id, lines(quantity)).result();
    assert.equal(page.warnings.length, 1);
  });
});

describe("nothing is said of", () => {
  const patterns = {
    "two changes": async ({ id, checkout }) => {
      for (const quantity of [2, 3]) await checkout.update(id, lines(quantity)).result();
    },
    "two changes, after an update that changes nothing": async ({ id, checkout }) => {
      for (const quantity of [1, 2, 3]) await checkout.update(id, lines(quantity)).result();
    },
    "two changes of each of several checkouts": async ({ scene, page, id, checkout }) => {
      const { id: other } = await scene.checkout(page);
      for (const one of [id, other]) for (const quantity of [2, 3]) await checkout.update(one, lines(quantity)).result();
    },
    "a buyer, an address and codes, with the same lines each time": async ({ id, checkout }) => {
      for (const code of ["A", "B", "C", "D", "E"]) {
        await checkout.edit(id, (draft) => {
          draft.buyer = { email: `${code}@example.com` };
          draft.discounts = { codes: [code] };
        }).result();
      }
      for (const email of ["a@b.example", "c@d.example", "e@f.example"]) {
        await checkout.update(id, { ...lines(1), buyer: { email } }).result();
      }
    },
    "reads": async ({ id, checkout }) => {
      for (let times = 0; times < 20; times += 1) await checkout.get(id).result();
    },
    "many edits of a cart": async ({ page }) => {
      const { data } = await page.ucp.cart.create(ITEMS).result();
      for (let times = 0; times < 10; times += 1) await page.ucp.cart.add(data.id, ITEMS).result();
    },
    "many checkouts": async ({ page, scene }) => {
      for (let times = 0; times < 10; times += 1) await scene.checkout(page);
    },
    "one change that a rate limit sends again": async ({ scene, id, checkout }) => {
      for (let times = 0; times < 3; times += 1) scene.shop.next("ucp", text(429, ""));
      await checkout.update(id, lines(2)).result();
    },
    "one change that the page makes again after failures": async ({ scene, id, checkout }) => {
      for (let times = 0; times < 3; times += 1) {
        scene.shop.next("ucp", text(500, ""));
        await checkout.update(id, lines(2)).error();
      }
    },
  };
  for (const [what, live] of Object.entries(patterns)) {
    test(what, async () => {
      const shopper = await shopping();
      await live(shopper);
      assert.deepEqual([shopper.advice, shopper.page.warnings], [[], []]);
    });
  }
});

describe("an order that is read again and again", () => {
  async function reading(plan) {
    const scene = TIERS.token();
    const page = await scene.readyPage();
    const advice = page.ucp.watchAdvice();
    for (const [id, wait] of plan) {
      await page.ucp.orders.get(id).result();
      await scene.world.advance(wait);
    }
    return { advice, page };
  }
  const often = (times, wait, id = "o1") => Array.from({ length: times }, () => [id, wait]);

  for (const wait of [100, 5_000, 25_000]) {
    test(`is told of once, with webhooks: every ${wait} ms`, async () => {
      const { advice, page } = await reading(often(12, wait));
      assert.deepEqual(advice.map(({ about }) => about), ["order_webhooks"]);
      assert.match(advice[0].sentence, /webhook/);
      assert.deepEqual(page.warnings, [advice[0].sentence]);
    });
  }

  for (const [what, plan] of Object.entries({
    "four reads": often(4, 100),
    "a read now and then": often(20, 40_000),
    "many orders, each a few times": Array.from({ length: 30 }, (_, index) => [`o${index % 10}`, 500]),
    "a buyer who comes back": [...often(3, 5_000), ["o1", 180_000], ...often(4, 5_000)],
  })) {
    test(`is not ${what}`, async () => {
      const { advice, page } = await reading(plan);
      assert.deepEqual([advice, page.warnings], [[], []]);
    });
  }
});

test("both are told, each once", async () => {
  const scene = TIERS.token();
  const page = await scene.readyPage();
  const advice = page.ucp.watchAdvice();
  const { id } = await scene.checkout(page);
  for (let round = 2; round < 12; round += 1) {
    await page.ucp.orders.get("o1").result();
    await page.ucp.checkout.update(id, lines(round)).result();
  }
  assert.deepEqual(advice.map(({ about }) => about).sort(), ["cart_for_line_items", "order_webhooks"]);
});
