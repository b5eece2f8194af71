// Whatever a UCP server answers, a page gets a result or one of the package's errors (`Work.error` asserts that), with the
// code that says what to do.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Dice } from "./support/dice.js";
import { bodyOf, json, REDIRECT, text } from "./support/network.js";
import { answering, content, put, requestIn } from "./support/tool-server.js";
import { PAYMENT } from "./support/ucp-desk.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";
import { refusing, registered } from "./support/ucp-server.js";

const plain = (value) => JSON.parse(JSON.stringify(value));

/** What becomes of a write that is answered like this; it is sent once. */
async function codeOf(reply, options = {}) {
  const scene = new UcpScene({}, { maxAnswerBytes: 32_768, timeoutMs: 5_000, ...options });
  const page = await scene.readyPage();
  scene.shop.next("ucp", reply);
  const error = await page.ucp.cart.create(ITEMS).error();
  assert.equal(scene.shop.count("ucp"), 1);
  await page.ucp.cart.create(ITEMS).result();
  return error;
}

describe("a malformed answer reaches nobody as a result", () => {
  const result = { content: [], structuredContent: { id: "c" } };
  const good = (id) => ({ jsonrpc: "2.0", id, result });
  const error = { code: 1, message: "x" };
  for (const [what, code, envelope] of [
    ["another id", "answer_mismatch", (id) => good(id + 1)],
    ["an id as text", "answer_mismatch", (id) => good(String(id))],
    ["an id of null", "answer_mismatch", () => good(null)],
    ["no id", "answer_mismatch", () => ({ jsonrpc: "2.0", result })],
    ["a batch", "answer_invalid", (id) => [good(id)]],
    ["both", "answer_invalid", (id) => ({ ...good(id), error })],
    ["neither", "answer_invalid", (id) => ({ jsonrpc: "2.0", id })],
    ["an older version", "answer_invalid", (id) => ({ ...good(id), jsonrpc: "1.0" })],
    ["a result of null", "answer_invalid", (id) => ({ ...good(id), result: null })],
    ["a result of text", "answer_invalid", (id) => ({ ...good(id), result: "x" })],
    ["a result that is a list", "answer_invalid", (id) => ({ ...good(id), result: [result] })],
    ["an error of text", "answer_invalid", (id) => ({ jsonrpc: "2.0", id, error: "no" })],
    ["an error of null", "answer_invalid", (id) => ({ jsonrpc: "2.0", id, error: null })],
    ["an error without words", "answer_invalid", (id) => ({ jsonrpc: "2.0", id, error: { code: 1 } })],
    ["a name that is no member", "answer_invalid", (id) => JSON.parse(`{"jsonrpc":"2.0","id":${id},"__proto__":{"result":{}}}`)],
    ["a number", "answer_invalid", () => 7],
  ]) {
    test(what, async () => {
      assert.equal((await codeOf((sent) => json(200, envelope(requestIn(sent).id)))).code, code);
    });
  }
});

describe("a body that is no answer", () => {
  for (const [what, code, reply] of [
    ["nothing", "answer_invalid", text(200, "")],
    ["204", "answer_invalid", text(204, "")],
    ["HTML", "answer_invalid", text(200, "<html>")],
    ["half", "answer_invalid", text(200, '{"jsonrpc":"2.0","id":1,"result":{')],
    ["deep", "answer_invalid", text(200, "[".repeat(30_000))],
    ["huge", "too_large", text(200, `{"x":"${"x".repeat(40_000)}"}`)],
    ["a redirect", "redirect_refused", REDIRECT],
    ["404", "http_status", text(404, "<html>")],
    ["500 with a result", "http_status", text(500, '{"jsonrpc":"2.0","id":1,"result":{}}')],
  ]) {
    test(what, async () => assert.equal((await codeOf(reply)).code, code));
  }
});

describe("an error of the protocol is told by its code, under any status", () => {
  for (const code of [
    "invalid_profile_url", "profile_unreachable", "profile_malformed", "profile_not_trusted", "capabilities_incompatible",
    "signature_missing", "signature_invalid", "key_not_found", "digest_mismatch", "algorithm_unsupported",
  ]) {
    for (const status of [200, 400, 401, 403, 422, 424]) {
      test(`${code}, ${status}`, async () => {
        const error = await codeOf((sent) => registered(sent, code, [status, -32001]));
        assert.deepEqual([error.name, error.code, error.status], ["ProtocolError", code, status]);
        assert.deepEqual(plain(error.rpc), { code: -32001, message: code.replaceAll("_", " "), data: { code, content: "Not like this." } });
      });
    }
  }

  test("a version that the server does not speak any more: the shop's profile is read again", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    scene.shop.next("ucp", (sent) => registered(sent, "version_unsupported", [422, -32001]));
    const error = await page.ucp.cart.create(ITEMS).error();
    assert.deepEqual([error.code, error.status], ["version_unsupported", 422]);
    await page.ucp.cart.create(ITEMS).result();
    assert.deepEqual([scene.shop.count("shopProfile"), scene.shop.count("ucp")], [1, 2]);
  });

  for (const [what, code, error, status = 200] of [
    ["a buyer's address that is missing", "buyer_ip_missing", { code: -32000, message: "AuthenticationFailed", data: "Missing buyer IP" }, 422],
    ["a tool that this agent does not have", "tool_unknown", { code: -32602, message: "Tool not found: create_cart" }],
    ["parameters that do not fit", "rpc_error", { code: -32602, message: "Invalid params" }],
    ["a server's own fault", "http_status", { code: -32603, message: "Internal error", data: "oops" }, 500],
    ["an odd code", "rpc_error", { code: -1, message: "x", data: { code: "__proto__" } }],
    ["data of null", "rpc_error", { code: -32001, message: "x", data: null }],
    ["data that is a list", "rpc_error", { code: -32001, message: "x", data: ["invalid_profile_url"] }],
  ]) {
    test(what, async () => {
      const told = await codeOf((sent) => refusing(sent, status, error));
      assert.ok([code, "rpc_error"].includes(told.code), told.code);
      if (code !== "http_status") assert.equal(told.code, code);
      assert.deepEqual([told.status, plain(told.rpc ?? error)], [status, error]);
    });
  }
});

describe("an odd resource is the page's to see, and nothing is thrown over it", () => {
  for (const [what, resource] of Object.entries({
    "empty": {},
    "messages that are no list": { messages: { length: 3, 0: { type: "error" } } },
    "messages that are none": { messages: [null, 7, "x", [[]], {}] },
    "numbers for words": { ucp: 7, status: 7, messages: [{ type: 7, severity: 7, code: 7, content: 7 }], continue_url: 7 },
    "a status that is an object": { ucp: { status: {} }, status: [], id: {} },
    "names of the language": JSON.parse(
      '{"__proto__":{"messages":[{"type":"error"}],"continue_url":"https://evil.example/"},"constructor":7,"toString":7,"then":7}',
    ),
    "messages named so": {
      messages: [{ type: "__proto__" }, { type: "constructor", severity: "toString" }, { type: "error", severity: "constructor" }],
    },
    "lines that are none": { line_items: "x", totals: null, currency: 7 },
  })) {
    test(what, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      for (const call of [
        ({ cart }) => cart.create(ITEMS), ({ cart }) => cart.get("x"), ({ checkout }) => checkout.create(ITEMS),
        ({ checkout }) => checkout.get("x"), ({ checkout }) => checkout.update("x", { line_items: [] }),
        ({ checkout }) => checkout.cancel("x"), ({ cart }) => cart.edit("x", () => {}),
      ]) {
        scene.shop.next("ucp", (sent) => scene.ucp.answer(sent, resource));
        const result = await call(page.ucp).result();
        assert.equal(JSON.stringify(result.data), JSON.stringify(resource));
        assert.equal(result.continueUrl, null);
        assert.ok(["success", "unrecoverable", "requires_buyer_review"].includes(result.outcome));
      }
    });
  }

  test("a line without an item can be edited away", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const { id } = await scene.cart(page);
    const lines = [null, 7, { id: "l" }, { id: "m", item: null, quantity: 1 }];
    const odd = { id, line_items: lines, discounts: 7, fulfillment: { methods: [null] } };
    scene.shop.next("ucp", (sent) => scene.ucp.answer(sent, odd));
    const edit = page.ucp.cart.edit(id, (draft) => ({ ...draft, line_items: [], fulfillment: undefined }));
    assert.equal((await edit.result()).outcome, "success");
  });
});

describe("answers of any kind", () => {
  const KEYS = [
    "jsonrpc", "id", "result", "error", "content", "structuredContent", "isError", "ucp", "version", "status", "messages", "type",
    "severity", "code", "data", "message", "line_items", "item", "quantity", "totals", "continue_url", "order", "text", "retry_after",
  ];
  const calls = {
    "a cart": ({ cart }) => cart.create(ITEMS),
    "an edit": ({ cart }) => cart.edit("x", (draft) => { draft.line_items.push({ item: { id: "x" }, quantity: 1 }); }),
    "buying": ({ checkout }) => checkout.complete("x", { payment: PAYMENT }),
    "capabilities": ({ capabilities }) => capabilities(),
    "tools": ({ listTools }) => listTools({ fresh: true }),
  };
  for (const [what, begin] of Object.entries(calls)) {
    test(`bring a result or an error of ours: ${what}`, async () => {
      const dice = new Dice(what.length);
      for (let round = 0; round < 40; round += 1) {
        const scene = TIERS.token({}, { timeoutMs: 500, rateLimitWaitMs: 500 });
        const page = await scene.readyPage();
        const any = (sent) => {
          const value = dice.json(KEYS, 4);
          const envelope = { jsonrpc: "2.0", id: requestIn(sent).id };
          const shapes = [
            () => text(dice.pick([200, 200, 400, 403, 409, 500]), dice.text()),
            () => json(dice.pick([200, 401, 422]), value),
            () => put({ ...envelope, result: value }),
            () => put({ ...envelope, result: { content: [], structuredContent: dice.object(KEYS, 4) } }),
            () => put({ ...envelope, result: content(dice.text()) }),
            () => put({ ...envelope, error: { code: dice.pick([-32000, -32001, -32602]), message: dice.text(), data: value } }),
          ];
          return dice.pick(shapes)();
        };
        scene.shop.always("ucp", any);
        scene.shop.always("agentProfile", () => json(200, { ucp: dice.object(["version", "capabilities", "services"], 4) }));
        const call = begin(page.ucp);
        await scene.world.advance(30_000);
        assert.ok(call.isDone, `round ${round}`);
        await call.result().catch(() => call.error());
      }
    });
  }

  test("of the shop's profile, too", async () => {
    const dice = new Dice(7);
    const NAMES = [
      "ucp", "version", "supported_versions", "services", "dev.ucp.shopping", "transport", "endpoint", "capabilities", "2026-04-08",
      "2026-08-25", "mcp", "extends",
    ];
    for (let round = 0; round < 120; round += 1) {
      const scene = new UcpScene({}, { timeoutMs: 500 });
      scene.shop.always("shopProfile", () => (dice.below(4) === 0 ? text(200, dice.text()) : json(200, { ucp: dice.object(NAMES, 5) })));
      scene.shop.always("shopLeaf", () => json(200, dice.json(NAMES, 5)));
      const page = await scene.page();
      for (const call of [page.ucp.cart.create(ITEMS), page.ucp.capabilities()]) await call.result().catch(() => call.error());
      assert.equal(scene.shop.count("elsewhere"), 0);
    }
  });
});

test("answers find their calls: swapped ones go to nobody", async () => {
  const scene = new UcpScene();
  const page = await scene.readyPage();
  const swapped = (sent) => {
    const envelope = JSON.parse(bodyOf(scene.shop.usual(sent)));
    return json(200, { ...envelope, id: envelope.id ^ 1 });
  };
  for (let times = 0; times < 2; times += 1) scene.shop.next("ucp", swapped);
  const calls = [page.ucp.cart.create(ITEMS), page.ucp.cart.create(ITEMS)];
  for (const call of calls) assert.equal(await call.code(), "answer_mismatch");
});

test("an error in an answer that is called a success is one", async () => {
  const error = await codeOf((sent) => answering(sent, { error: { code: -32000, message: "Conflict", data: { code: "idempotency_conflict" } } }));
  assert.equal(error.code, "idempotency_conflict");
});
