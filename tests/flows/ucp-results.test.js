// What comes of a call that the server understood: the resource untouched, its messages in the order of handling, the
// word that a page switches on, and where the buyer goes on.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { text } from "./support/network.js";
import { answering, content, failure, FORMS, requestIn } from "./support/tool-server.js";
import { MUG } from "./support/ucp-desk.js";
import { ITEMS, UcpScene } from "./support/ucp-scene.js";

const plain = (value) => JSON.parse(JSON.stringify(value));
const UCP = { version: "2026-08-25", status: "success" };

/** What a page gets when the server answers with this resource. */
async function resultOf(resource) {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  scene.shop.next("ucp", (sent) => scene.ucp.answer(sent, resource));
  return page.ucp.checkout.get("x").result();
}
/** The same for a result as it stands on the wire. */
async function readingOf(result) {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  scene.shop.next("ucp", (sent) => answering(sent, { result }));
  return page.ucp.cart.get("x");
}

describe("messages come in the order in which they are dealt with", () => {
  const error = (severity, code = severity) => ({ type: "error", severity, code, content: code });
  const warning = { type: "warning", code: "w", content: "w", presentation: "disclosure", image_url: "https://shop.example/x.png" };
  const info = { type: "info", content: "i" };
  const odd = { type: "praise", content: "o", new_member: [1] };

  test("by severity, then errors of another one, warnings, infos, and what is new", async () => {
    const messages = [
      odd, info, warning, error("catastrophic"), error("requires_buyer_review"), error("requires_buyer_input"),
      error("recoverable"), error("unrecoverable"),
    ];
    const result = await resultOf({ ucp: UCP, messages });
    assert.deepEqual(plain(result.messages), messages.toReversed());
    assert.deepEqual(plain(result.data.messages), messages, "the resource is as it came");
  });

  test("by severity, where they are errors", async () => {
    const grave = { ...warning, severity: "unrecoverable" };
    const result = await resultOf({ ucp: UCP, messages: [grave, { ...info, severity: "recoverable" }, error("recoverable")] });
    assert.deepEqual([...result.messages].map(({ type }) => type), ["error", "warning", "info"]);
    assert.equal((await resultOf({ ucp: UCP, messages: [grave] })).outcome, "success");
  });

  test("those of one kind as they came", async () => {
    const messages = [warning, error("recoverable", "a"), info, error("recoverable", "b"), { ...warning, code: "w2" }];
    const { messages: sorted } = await resultOf({ ucp: UCP, messages });
    assert.deepEqual([...sorted].map(({ code }) => code), ["a", "b", "w", "w2", undefined]);
  });

  for (const [what, messages] of Object.entries({ "none": undefined, "null": null, "an object": { 0: info }, "a text": "hello" })) {
    test(`there are none where they are no list: ${what}`, async () => {
      const result = await resultOf({ ucp: UCP, id: "c", messages });
      assert.deepEqual([result.messages.length, result.outcome], [0, "success"]);
    });
  }

  test("entries that are none go through", async () => {
    const result = await resultOf({ ucp: UCP, messages: [null, 7, "x", [], info] });
    assert.deepEqual(plain(result.messages), [info, null, 7, "x", []]);
    assert.equal(result.outcome, "success");
  });
});

describe("the outcome is", () => {
  const error = (severity) => ({ type: "error", severity, code: "x", content: "x" });
  for (const [word, resource] of [
    ["success", { ucp: UCP }],
    ["success", { ucp: { version: "2026-04-08" } }],
    ["success", {}],
    ["success", { status: "ready_for_complete", messages: [{ type: "warning", content: "x" }] }],
    ["success", { status: "a_new_one" }],
    ["recoverable", { messages: [error("requires_buyer_review"), error("recoverable")] }],
    ["unrecoverable", { messages: [error("recoverable"), error("unrecoverable")] }],
    ["requires_buyer_input", { messages: [error("requires_buyer_review"), error("requires_buyer_input")] }],
    ["requires_buyer_review", { messages: [error("requires_buyer_review")] }],
    ["requires_buyer_review", { messages: [error("a_new_one")] }],
    ["requires_buyer_review", { status: "requires_escalation" }],
    ["unrecoverable", { ucp: { status: "error" } }],
    ["unrecoverable", { ucp: { status: "error" }, messages: [{ type: "info", content: "x" }] }],
    ["recoverable", { ucp: { status: "error" }, messages: [error("recoverable")] }],
  ]) {
    test(`${word}: ${JSON.stringify(resource)}`, async () => {
      assert.equal((await resultOf({ id: "c", ...resource })).outcome, word);
    });
  }
});

describe("where the buyer goes on", () => {
  for (const [url, isTaken] of [
    ["https://shop.example/checkouts/1?key=a%20b&x=1", true],
    ["https://pay.elsewhere.example/", true],
    ["http://shop.example/checkouts/1", false],
    ["javascript:alert(1)", false],
    ["JaVaScRiPt:alert(1)", false],
    ["data:text/html,x", false],
    ["//shop.example/x", false],
    ["/checkouts/1", false],
    ["https://user:pass@shop.example/", false],
    ["https://shop.example/#x", true],
    [" https://shop.example/", false],
    ["ht\ntps://shop.example/", false],
    ["", false],
    [7, false],
    [null, false],
    [["https://shop.example/"], false],
    [undefined, false],
  ]) {
    test(`${isTaken ? "may be" : "is not"} ${JSON.stringify(url)}`, async () => {
      const result = await resultOf({ ucp: UCP, id: "c", continue_url: url });
      assert.equal(result.continueUrl, isTaken ? url : null);
      assert.deepEqual(plain(result.data), plain({ ucp: UCP, id: "c", continue_url: url }), "the data is as it came");
    });
  }
});

describe("the data is what `JSON.parse` made of the answer", () => {
  test("untouched: unknown members, large amounts, odd names", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const resource = '{"ucp":{"version":"2026-08-25","new":true},"id":"c","totals":[{"type":"total","amount":9007199254740991},'
      + '{"type":"discount","amount":-9007199254740991},{"type":"a_new_one","amount":0}],"__proto__":{"admin":true},'
      + '"constructor":1,"x.y":{"z":[null,1.5,"\\u0000\u202e<b>é\u{1f600}"]},"line_items":[]}';
    const result = `{"content":[],"structuredContent":${resource}}`;
    scene.shop.next("ucp", (sent) => text(200, `{"jsonrpc":"2.0","id":${requestIn(sent).id},"result":${result}}`));
    const { data } = await page.ucp.cart.get("c").result();
    assert.equal(JSON.stringify(data), resource);
    assert.equal(data.totals[0].amount, 9007199254740991);
    assert.ok(Object.hasOwn(data, "__proto__"));
    assert.equal({}.admin, undefined);
  });

  test("the very objects: messages are those of the data", async () => {
    const messages = [{ type: "info", content: "i" }, { type: "error", severity: "recoverable", code: "x", content: "x" }];
    const { data, messages: sorted } = await resultOf({ ucp: UCP, id: "c", messages });
    assert.equal(sorted[0], data.messages[1]);
    assert.equal(sorted[1], data.messages[0]);
  });

  test("with a cart's whole id", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const { data } = await page.ucp.cart.create(ITEMS).result();
    assert.match(data.id, /\?key=k\d+$/);
    assert.equal((await page.ucp.cart.get(data.id).result()).data.id, data.id);
    assert.deepEqual([...data.line_items].map(({ item }) => item.id), [MUG]);
  });
});

describe("a resource is found", () => {
  for (const results of ["both", "structured", "text"]) {
    test(`in an answer that has it as ${results}`, async () => {
      const scene = new UcpScene();
      scene.ucp.settings.results = results;
      const { data } = await (await scene.page()).ucp.cart.create(ITEMS).result();
      assert.equal(data.line_items[0].quantity, 1);
    });
  }

  for (const form of Object.keys(FORMS)) {
    test(`in ${form}`, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      scene.shop.next("ucp", (sent) => answering(sent, { result: { content: [], structuredContent: { id: "c" } } }, form));
      assert.equal((await page.ucp.cart.get("c").result()).data.id, "c");
    });
  }

  test("in what is called an error, where it says so itself", async () => {
    const messages = [{ type: "error", severity: "recoverable", code: "out_of_stock", content: "x" }];
    const call = await readingOf({ isError: true, content: [], structuredContent: { ucp: { ...UCP, status: "error" }, messages } });
    assert.equal((await call.result()).outcome, "recoverable");
  });
});

describe("an answer without a resource is an error, with the answer", () => {
  for (const [what, code, result] of [
    ["arguments that do not fit", "tool_validation", failure("Invalid arguments: value at `/cart/line_items` is not an array")],
    ["a failure in words", "tool_processing", failure("Unable to process the request")],
    ["a failure without words", "tool_failed", { isError: true, content: [] }],
    ["a failure that is JSON of something else", "tool_validation", failure('{"oops":1}')],
    ["words alone", "answer_invalid", content("Here is your cart!")],
    ["nothing", "answer_invalid", { content: [] }],
    ["a list", "answer_invalid", { content: [], structuredContent: [] }],
    ["a text", "answer_invalid", { content: [], structuredContent: "cart" }],
    ["JSON that is a list", "answer_invalid", content("[1]")],
    ["capabilities that do not fit", "capabilities_incompatible", {
      content: [],
      structuredContent: { ucp: { ...UCP, status: "error" }, messages: [{ type: "error", code: "capabilities_incompatible", content: "x" }] },
    }],
  ]) {
    test(what, async () => {
      const error = await (await readingOf(result)).error();
      assert.equal(error.code, code, error.message);
      if (error.name === "ToolError") assert.deepEqual(plain(error.result), result);
    });
  }
});
