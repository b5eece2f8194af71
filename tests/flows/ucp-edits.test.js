// Edits of carts and checkouts: an update replaces all, so what a change does not name is read and written back; one edit
// at a time.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { loseAnswer } from "./support/losses.js";
import { text } from "./support/network.js";
import { BOWL, MUG, PAYMENT, VASE } from "./support/ucp-desk.js";
import { ITEMS, UcpScene } from "./support/ucp-scene.js";

const plain = (value) => JSON.parse(JSON.stringify(value));
const linesOf = ({ line_items: lines }) => Object.fromEntries([...lines].map(({ item, quantity }) => [item.id, quantity]));

/** A page with a cart that has one of everything that an edit could lose. */
const FULL = {
  line_items: [{ item: MUG, quantity: 1 }, { item: BOWL, quantity: 2 }],
  buyer: { email: "ada@example.com", first_name: "Ada" },
  context: { address_country: "DE", currency: "EUR" },
  discounts: { codes: ["TEN"] },
  attribution: { utm_source: "mail" },
  signals: { "dev.ucp.user_agent": "x" },
  payment: PAYMENT,
};
async function ready(kind = "cart", wish = structuredClone(FULL)) {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  const { id } = (await page.ucp[kind].create(wish).result()).data;
  scene.forget();
  return { scene, page, id, basket: page.ucp[kind] };
}
const rest = ({ line_items: _, ...others }) => plain(others);

describe("an edit keeps what it does not name", () => {
  const edits = {
    "items that are added": ({ cart }, id) => cart.add(id, [{ item: VASE, quantity: 1 }]),
    "another quantity": ({ cart }, id, line) => cart.setQuantity(id, line, 5),
    "a line that goes": ({ cart }, id, line) => cart.setQuantity(id, line, 0),
    "lines in the draft": ({ cart }, id) => cart.edit(id, (draft) => { draft.line_items[0].quantity = 3; }),
    "another draft": ({ cart }, id) => cart.edit(id, (draft) => ({ ...draft, line_items: ITEMS })),
    "nothing at all": ({ cart }, id) => cart.edit(id, () => {}),
    "a checkout's lines": ({ checkout }, id) => checkout.edit(id, async (draft) => { draft.line_items.pop(); }),
  };
  for (const [what, edit] of Object.entries(edits)) {
    test(what, async () => {
      const { scene, page, id } = await ready(what.includes("checkout") ? "checkout" : "cart");
      const before = rest(scene.ucp.desk.wish(id));
      const [line] = scene.ucp.desk.wish(id).line_items;
      await edit(page.ucp, id, line.id).result();
      assert.deepEqual(rest(scene.ucp.desk.wish(id)), before);
      await edit(page.ucp, id, scene.ucp.desk.wish(id).line_items[0].id).result();
      assert.deepEqual(rest(scene.ucp.desk.wish(id)), before, "also after an edit");
      assert.deepEqual(scene.ucp.calls.map(({ tool }) => tool.split("_")[0]), ["get", "update", "get", "update"]);
    });
  }

  test("and is what it names", async () => {
    const { scene, page, id } = await ready();
    await page.ucp.cart.edit(id, (draft) => ({ ...draft, line_items: [{ item: { id: VASE }, quantity: 2 }] })).result();
    assert.deepEqual(linesOf(scene.ucp.desk.wish(id)), { [VASE]: 2 });
    await page.ucp.cart.edit(id, async (draft) => { draft.line_items[0].quantity = 3; }).result();
    assert.deepEqual(linesOf(scene.ucp.desk.wish(id)), { [VASE]: 3 });
  });

  test("the ids of the lines that stay", async () => {
    const { scene, page, id } = await ready();
    const [mug, bowl] = scene.ucp.desk.wish(id).line_items;
    await page.ucp.cart.add(id, [{ item: MUG, quantity: 2 }, { item: { id: VASE }, quantity: 1 }]).result();
    const now = scene.ucp.desk.wish(id).line_items;
    assert.deepEqual(now.slice(0, 2).map((line) => line.id), [mug.id, bowl.id]);
    assert.deepEqual(linesOf({ line_items: now }), { [MUG]: 3, [BOWL]: 2, [VASE]: 1 });
  });

  const method = (number) => ({
    id: `m${number}`,
    type: "shipping",
    destinations: [{ id: "d1", address_country: "DE" }],
    selected_destination_id: "d1",
    groups: [{ id: "g1", selected_option_id: "express" }],
  });
  for (const [what, methods, lines] of [
    ["what was chosen of one way of delivery, which is for all lines, also for those that are to come", [method(1)], undefined],
    ["what was chosen of several, with their lines", [method(1), method(2)], ["line-1"]],
  ]) {
    test(`${what}; and nothing of what there was to choose from`, async () => {
      const chosen = { methods: methods.map((method) => (lines ? { ...method, line_item_ids: lines } : method)) };
      const { scene, page, id } = await ready("checkout", { ...FULL, fulfillment: chosen });
      const answered = plain(chosen);
      for (const method of answered.methods) {
        method.line_item_ids = ["line-1"];
        Object.assign(method.groups[0], { options: [{ id: "standard", totals: [] }, { id: "express", totals: [] }], line_item_ids: ["x"] });
      }
      const { desk } = scene.ucp;
      scene.shop.next("ucp", (sent) => scene.ucp.answer(sent, { ...desk.run("get_checkout", { id }), fulfillment: answered }));
      await page.ucp.checkout.edit(id, (draft) => { draft.buyer.phone_number = "+491"; }).result();
      assert.deepEqual(plain(desk.wish(id).fulfillment), chosen);
      assert.equal(desk.wish(id).buyer.phone_number, "+491");
    });
  }

  test("what this page sent last, of what no answer repeats", async () => {
    const { scene, page, id } = await ready();
    await page.ucp.cart.update(id, { line_items: ITEMS, attribution: { utm_source: "search" } }).result();
    await page.ucp.cart.add(id, ITEMS).result();
    assert.deepEqual(scene.ucp.desk.wish(id).attribution, { utm_source: "search" });
    await page.ucp.cart.update(id, { line_items: ITEMS }).result();
    await page.ucp.cart.add(id, ITEMS).result();
    assert.equal(scene.ucp.desk.wish(id).attribution, undefined, "an update replaces all");
  });

  for (const [when, wait] of [["afterwards", true], ["while it is under way", false]]) {
    test(`as it was sent: a page that changes its object ${when} changes nothing`, async () => {
      const { scene, page, id } = await ready();
      for (const send of [({ cart }, wish) => cart.create(wish), ({ cart }, wish) => cart.update(id, wish)]) {
        const wish = structuredClone(FULL);
        const call = send(page.ucp, wish);
        if (wait) await call.result();
        wish.attribution.utm_source = "changed";
        const { data } = await call.result();
        await page.ucp.cart.add(data.id, ITEMS).result();
        assert.deepEqual(scene.ucp.desk.wish(data.id).attribution, { utm_source: "mail" });
      }
    });
  }

  test("but not what it takes away", async () => {
    const { scene, page, id } = await ready();
    await page.ucp.cart.edit(id, (draft) => {
      delete draft.discounts;
      delete draft.attribution;
      draft.buyer = { email: "eve@example.com" };
    }).result();
    const { discounts, attribution, buyer } = scene.ucp.desk.wish(id);
    assert.deepEqual([discounts, attribution, buyer], [undefined, undefined, { email: "eve@example.com" }]);
    await page.ucp.cart.add(id, ITEMS).result();
    assert.equal(scene.ucp.desk.wish(id).attribution, undefined, "nor later");
  });

  test("and gives back the answer to its update", async () => {
    const { page, id } = await ready();
    const { data, outcome } = await page.ucp.cart.setQuantity(id, (await page.ucp.cart.get(id).result()).data.line_items[0].id, 4).result();
    assert.deepEqual([linesOf(data), outcome], [{ [MUG]: 4, [BOWL]: 2 }, "success"]);
  });
});

describe("an edit that cannot be made changes nothing", () => {
  test("its function throws: the page's own error comes back, and the next edit goes on", async () => {
    const { scene, page, id } = await ready();
    const before = plain(scene.ucp.desk.wish(id));
    const own = new Error("the page's own");
    const spoil = async (draft) => {
      draft.line_items = [];
      draft.attribution.utm_source = "spoilt";
      throw own;
    };
    for (const change of [() => { throw own; }, spoil]) {
      await assert.rejects(page.ucp.cart.edit(id, change).result(), own);
    }
    assert.deepEqual(plain(scene.ucp.desk.wish(id)), before);
    assert.equal(scene.ucp.callsOf("update_cart").length, 0);
    await page.ucp.cart.add(id, ITEMS).result();
    assert.deepEqual(scene.ucp.desk.wish(id).attribution, FULL.attribution);
  });

  test("the line is not there", async () => {
    const { scene, page, id } = await ready();
    const error = await page.ucp.cart.setQuantity(id, "line-99", 1).error();
    assert.deepEqual([error.code, error.field], ["option_invalid", "lineId"]);
    assert.equal(scene.ucp.callsOf("update_cart").length, 0);
  });

  for (const quantity of [-1, 1.5, NaN, "2", undefined, 2 ** 53]) {
    test(`the quantity is ${quantity}`, async () => {
      const { scene, page, id } = await ready();
      const error = await page.ucp.cart.setQuantity(id, "line-1", quantity).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", "quantity"]);
      assert.equal(scene.ucp.calls.length, 0);
    });
  }

  for (const change of [undefined, {}, "add"]) {
    test(`the change is ${JSON.stringify(change)}`, async () => {
      const { scene, page, id } = await ready();
      const error = await page.ucp.cart.edit(id, change).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", "change"]);
      assert.equal(scene.ucp.calls.length, 0);
    });
  }

  test("the cart is not there: the change is not asked for, and the result says so", async () => {
    const { scene, page } = await ready();
    const result = await page.ucp.cart.edit("gid://shopify/Cart/99", () => assert.fail("not asked")).result();
    assert.deepEqual([result.outcome, result.messages[0].code], ["unrecoverable", "not_found"]);
    assert.deepEqual(scene.ucp.calls.map(({ tool }) => tool), ["get_cart"]);
  });

  test("the read fails", async () => {
    const { scene, page, id } = await ready();
    scene.shop.next("ucp", text(403, ""));
    assert.equal(await page.ucp.cart.add(id, ITEMS).code(), "forbidden");
    assert.equal(scene.ucp.callsOf("update_cart").length, 0);
    await page.ucp.cart.add(id, ITEMS).result();
  });

  test("the answer to the update is lost: it is not sent again, and the next edit reads what there is", async () => {
    const { scene, page, id } = await ready();
    const edit = page.ucp.cart.edit(id, (draft) => {
      loseAnswer(scene);
      draft.line_items[0].quantity += 1;
    });
    assert.equal(await edit.code(), "network");
    assert.equal(scene.ucp.callsOf("update_cart").length, 1);
    const { data } = await page.ucp.cart.add(id, ITEMS).result();
    assert.equal(linesOf(data)[MUG], 3, "one of the edit whose answer was lost, one of this");
  });
});
