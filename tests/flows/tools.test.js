// The tools of a server: how they are listed, and what their own errors become.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Scene } from "./support/scene.js";
import { answering, failure, requestIn } from "./support/tool-server.js";

const namesOf = (tools) => Array.from(tools, ({ name }) => name);

/** What a call fails with where the tool says so. */
async function toolError(name, words) {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.next("tools", (sent) => answering(sent, { result: failure(words) }));
  const error = await page.call(name).error();
  assert.ok(page.isSignedIn && !page.tab.leaves);
  return error;
}

describe("tools' errors are told apart, with the server's words", () => {
  for (const [name, words, code, retryable] of [
    ["get_order_status", "order_number: is required", "tool_validation", false],
    ["get_order_status", "Unable to process the request, try again", "tool_processing", true],
    ["request_return", "Unable to process the request, try again", "tool_processing", false],
    ["get_order_status", "Order not found with number: #9999", "tool_not_found", false],
    ["nothing", "Tool not found: nothing", "tool_unknown", false],
    ["get_order_status", "A valid JWT is required to call get_order_status", "tool_unauthorized", false],
    ["get_order_status", "Rate limit exceeded", "rate_limited", true],
    ["get_order_status", "", "tool_failed", false],
  ]) {
    test(`${name}: ${words}`, async () => {
      const error = await toolError(name, words);
      assert.equal(error.code, code);
      assert.equal(error.retryable, retryable);
      if (words !== "") assert.equal(error.message, words, "verbatim");
      const answer = code.startsWith("tool_") ? JSON.stringify(failure(words)) : undefined;
      assert.equal(JSON.stringify(error.result), answer, "untouched");
    });
  }

  for (const [words, number] of [
    ["Order not found with number: #9999", "#9999"],
    ["Order not found with number: 1001-B", "1001-B"],
    ["Order not found with number: #9999.", "#9999"],
    ['{"error":"Order not found with number: #9999"}', "#9999"],
    ["Order not found with number: ", ""],
  ]) {
    test(`the order's number in ${JSON.stringify(words)}`, async () => {
      assert.equal((await toolError("get_order_status", words)).orderNumber, number);
    });
  }
});

describe("arguments that JSON cannot hold as an object are not sent", () => {
  const circle = {};
  circle.self = circle;
  for (const [what, args] of Object.entries({
    "null": null,
    "a list": ["#1001"],
    "text": "#1001",
    "a number": 1001,
    "a circle": circle,
    "a number without JSON": { order_number: 1001n },
    "an object that turns into text": { toJSON: () => "#1001" },
    "an object that turns into nothing": { toJSON: () => undefined },
  })) {
    test(what, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      const error = await page.call("get_order_status", args).error();
      assert.equal(error.code, "option_invalid");
      assert.equal(error.field, "arguments");
      assert.equal(scene.shop.count("tools"), 0);
    });
  }
});

describe("tools are listed", () => {
  test("signed out, with all their pages, and kept", async () => {
    const scene = new Scene();
    scene.shop.tools.settings.pages = 3;
    const page = await scene.page();
    const listed = namesOf(await page.listTools().result());
    assert.deepEqual(listed, ["page_0", "get_order_status", "request_return", "wish_list", "page_1", "page_2"]);
    assert.equal(scene.shop.count("tools"), 3);
    assert.deepEqual(namesOf(await page.listTools().result()), listed);
    assert.equal(scene.shop.count("tools"), 3, "from memory");
    await page.listTools({ fresh: true }).result();
    assert.equal(scene.shop.count("tools"), 6);
    assert.ok(scene.shop.sent("tools").every(({ headers }) => headers.authorization === undefined));
  });

  test("anew after a sign-out: it may be another for the next customer", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await page.listTools().result();
    await page.logout().result();
    await page.listTools().result();
    assert.equal(scene.shop.count("tools"), 2);
  });

  test("with the session where the list is private; without one that is said", async () => {
    const scene = new Scene();
    scene.shop.tools.settings.privateList = true;
    const page = await scene.page();
    assert.equal(await page.listTools().code(), "sign_in_needed");
    assert.ok(!page.tab.leaves, "a list is no reason to leave the page");
    const { page: back } = await scene.signIn(page, "ada");
    assert.equal((await back.listTools().result()).length, 4);
  });

  test("not for ever", async () => {
    const scene = new Scene();
    const page = await scene.page();
    const answerWith = (result) => scene.shop.always("tools", (sent) => answering(sent, { result: result(sent) }));
    answerWith(() => ({ tools: [{ name: "a" }], nextCursor: "again" }));
    assert.equal(await page.listTools().code(), "answer_invalid");
    assert.ok(scene.shop.count("tools") <= 3, "the same page is not asked for again and again");

    const other = (cursor) => (cursor === "a" ? "b" : "a");
    answerWith((sent) => ({ tools: [{ name: "a" }], nextCursor: other(requestIn(sent).params?.cursor) }));
    assert.equal(await page.listTools().code(), "answer_invalid", "nor two that name each other");
    assert.ok(scene.shop.count("tools") < 1_000);

    answerWith(() => ({ tools: { 0: "a" } }));
    assert.equal(await page.listTools().code(), "answer_invalid", "nor what is no list");
  });
});
