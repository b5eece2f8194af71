// What a tool server may answer, and what reaches the caller of it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { bodyOf, BREAK, HANG, inPieces, json, LOST, pause, REDIRECT, SILENCE, text } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";
import { answering, content, FORMS, put, requestIn } from "./support/tool-server.js";

describe("an answer is read whatever its label says", () => {
  for (const form of Object.keys(FORMS)) {
    test(form, async () => {
      const scene = new Scene();
      scene.shop.tools.settings.form = form;
      const page = await scene.signedInPage();
      assert.equal(wordsOf(await page.order().result()), "Order #1001 of ada is on its way.");
      assert.equal(scene.shop.count("tools"), 1);
    });
  }
});

describe("an answer is read in pieces of any size", () => {
  const words = "Zoë’s order is on its way \u{1f69a}";
  for (const size of [1, 2, 3, 7, 64]) {
    for (const form of ["json", "an event stream"]) {
      test(`${form}, ${size} bytes`, async () => {
        const scene = new Scene();
        const page = await scene.signedInPage();
        scene.shop.next("tools", (sent) => {
          const reply = answering(sent, { result: content(words) }, form);
          const bytes = Buffer.from(bodyOf(reply));
          const count = Math.ceil(bytes.length / size);
          const parts = Array.from({ length: count }, (_, part) => bytes.subarray(part * size, (part + 1) * size));
          return { ...reply, pieces: parts.flatMap((part) => [part, pause(1)]) };
        });
        assert.equal(wordsOf(await page.order().result()), words);
      });
    }
  }
});

describe("an event stream is read whatever its lines end with", () => {
  for (const lineEnd of ["\n", "\r\n", "\r"]) {
    test(JSON.stringify(lineEnd), async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      scene.shop.next("tools", (sent) => {
        const { pieces, ...reply } = answering(sent, { result: content("Here it is.") }, "an event stream");
        return { ...reply, pieces: pieces.map((piece) => piece.replaceAll?.("\n", lineEnd) ?? piece) };
      });
      assert.equal(wordsOf(await page.order().result()), "Here it is.");
    });
  }
});

describe("an event is read", () => {
  const answerWith = async (...pieces) => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.next("tools", (sent) => {
      const fill = (piece) => piece.replaceAll?.("ID", requestIn(sent).id) ?? piece;
      return inPieces(200, pieces.map(fill));
    });
    return page.order().result();
  };
  const half = 'data: {"jsonrpc":"2.0","id":ID,';
  const otherHalf = '"result":{"content":[]}}';

  test("that has several lines, cut anywhere", async () => {
    assert.deepEqual(Object.keys(await answerWith(`${half}\nda`, `ta: ${otherHalf}\n`, "\n", HANG)), ["content"]);
  });

  test("that the end of the stream cut short", async () => {
    assert.deepEqual(Object.keys(await answerWith(": hello\n\n", half + otherHalf)), ["content"]);
  });
});

test("white space before JSON is no event stream", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.next("tools", (sent) => inPieces(200, [" \n", `\t${bodyOf(scene.shop.usual(sent))}\r\n`]));
  assert.equal(wordsOf(await page.order().result()), "Order #1001 of ada is on its way.");
});

describe("what is offered", () => {
  test("only JSON, until a server insists; then that is remembered", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await page.order().result();
    assert.equal(scene.shop.sent("tools")[0].headers.accept, "application/json");

    const insisting = new Scene();
    const { shop } = insisting;
    shop.tools.settings.insistsOnBoth = true;
    const { page: other } = await insisting.signIn(await insisting.page(), "ada");
    await other.call("request_return", { order_id: "1" }).result();
    assert.equal(shop.count("tools"), 2);
    assert.equal(shop.tools.executions("request_return"), 1, "a 406 was not processed");
    assert.equal(shop.sent("tools").at(-1).headers.accept, "application/json, text/event-stream");
    await other.order().result();
    assert.equal(shop.count("tools"), 3);
    await (await insisting.load(other.tab)).order().result();
    assert.equal(shop.count("tools"), 4, "over page loads too");
  });

  test("a server that accepts nothing is asked twice", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.always("tools", text(406, ""));
    const error = await page.order().error();
    assert.equal(error.code, "http_status");
    assert.equal(error.status, 406);
    assert.equal(scene.shop.count("tools"), 2);
  });

  test("as few headers as can be, and the bare token", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await page.order().result();
    const [{ headers }] = scene.shop.sent("tools");
    assert.deepEqual(Object.keys(headers).sort(), ["accept", "authorization", "content-type"]);
    assert.equal(headers.authorization, page.record.accessToken);
  });

  test("`Bearer`, as an option", async () => {
    const scene = new Scene({ authorization: "Bearer" });
    scene.shop.tools.settings.bearer = true;
    const page = await scene.signedInPage();
    await page.order().result();
    assert.equal(scene.shop.sent("tools")[0].headers.authorization, `Bearer ${page.record.accessToken}`);
  });
});

describe("a malformed answer reaches nobody as a result", () => {
  const result = content("x");
  const good = (id) => ({ jsonrpc: "2.0", id, result });
  const error = { code: 1, message: "x" };
  const failed = (id, error) => ({ jsonrpc: "2.0", id, error });
  const rows = [
    ["another id", "answer_mismatch", () => good(999)],
    ["an id as text", "answer_mismatch", (id) => good(String(id))],
    ["an id of null", "answer_mismatch", () => good(null)],
    ["no id", "answer_mismatch", () => ({ jsonrpc: "2.0", result })],
    ["another id with an error", "answer_mismatch", () => failed(999, error)],
    ["an id with a fraction", "answer_mismatch", (id) => good(id + 0.5)],
    ["a batch", "answer_invalid", (id) => [good(id)]],
    ["both", "answer_invalid", (id) => ({ ...good(id), error })],
    ["both, the error of null", "answer_invalid", (id) => ({ ...good(id), error: null })],
    ["neither", "answer_invalid", (id) => ({ jsonrpc: "2.0", id })],
    ["an older version", "answer_invalid", (id) => ({ ...good(id), jsonrpc: "1.0" })],
    ["no version", "answer_invalid", (id) => ({ id, result })],
    ["capitals", "answer_invalid", (id) => ({ jsonrpc: "2.0", id, Result: result })],
    ["a result of null", "answer_invalid", (id) => ({ ...good(id), result: null })],
    ["a result of text", "answer_invalid", (id) => ({ ...good(id), result: "x" })],
    ["an unknown kind", "answer_invalid", (id) => ({ ...good(id), result: { resultType: "task", content: [] } })],
    ["an error of text", "answer_invalid", (id) => failed(id, "no")],
    ["an error without a number", "answer_invalid", (id) => failed(id, { code: "x", message: "y" })],
    ["an error without words", "answer_invalid", (id) => failed(id, { code: 1 })],
    ["an error of nobody", "rpc_error", () => failed(null, { code: -32700, message: "Parse error" })],
    ["an error", "rpc_error", (id) => failed(id, { code: -32601, message: "Method not found" })],
    ["a number", "answer_invalid", () => 7],
  ];
  /** In a stream, what is no answer is passed over, so that a better one is waited for. */
  const passedOver = ["neither", "capitals"];

  for (const [what, code, envelope] of rows) {
    for (const form of ["json", "an event stream"]) {
      test(`${what}, ${form}`, async () => {
        const scene = new Scene({ timeoutMs: 5_000 });
        const page = await scene.signedInPage();
        scene.shop.next("tools", (sent) => put(envelope(requestIn(sent).id), form));
        const isPassedOver = form !== "json" && passedOver.includes(what);
        assert.equal(await page.order().code(), isPassedOver ? "timeout" : code);
        assert.equal(scene.shop.count("tools"), 1, "it is not sent again");
        await page.order().result();
      });
    }
  }

  test("the server's own error comes along as data", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const error = { code: -32601, message: "Method not found", data: { method: ["tools/call"] } };
    scene.shop.next("tools", (sent) => answering(sent, { error }));
    const refused = await page.order().error();
    assert.equal(refused.message, "Method not found");
    assert.deepEqual(JSON.parse(JSON.stringify(refused.rpc)), error);
  });
});

describe("a body that is no answer", () => {
  const rows = {
    "nothing": ["answer_invalid", text(200, "")],
    "204": ["answer_invalid", text(204, "")],
    "202": ["answer_invalid", text(202, "")],
    "HTML": ["answer_invalid", text(200, "<html><body>Login</body></html>")],
    "half": ["answer_invalid", text(200, '{"jsonrpc":"2.0","id":1,"result":{')],
    "two": ["answer_invalid", text(200, "{} {}")],
    "NaN": ["answer_invalid", text(200, '{"result":NaN}')],
    "deep": ["answer_invalid", text(200, "[".repeat(30_000))],
    "an empty stream": ["answer_invalid", text(200, "data: \n\n")],
    "a stream of words": ["answer_invalid", text(200, "event: message\ndata: hello\n\n")],
    "404": ["http_status", text(404, "<html>")],
    "403": ["http_status", text(403, "{}")],
    "500": ["http_status", text(500, "oops")],
    "500 with a result": ["http_status", text(500, '{"jsonrpc":"2.0","id":1,"result":{}}')],
    "a redirect": ["redirect_refused", REDIRECT],
    "too large": ["too_large", text(200, "x".repeat(40_000))],
    "too large in pieces": ["too_large", inPieces(200, Array(5).fill("{".repeat(9_000)))],
    "broken off": ["network", inPieces(200, ['{"jsonrpc"', BREAK])],
    "stalled": ["timeout", inPieces(200, ['{"jsonrpc"', HANG])],
    "a stalled stream": ["timeout", inPieces(200, [": hi\n\n", HANG])],
    "lost": ["network", LOST],
    "silence": ["timeout", SILENCE],
  };
  for (const [what, [code, reply]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene({ maxAnswerBytes: 32_768 });
      const page = await scene.signedInPage();
      scene.shop.next("tools", reply);
      const began = scene.world.elapsed;
      assert.equal(await page.order().code(), code);
      assert.ok(scene.world.elapsed - began < 31_000);
      assert.equal(scene.shop.count("tools"), 1, "an ambiguous failure is not sent again");
      assert.ok(page.isSignedIn);
      await page.order().result();
    });
  }
});

describe("answers find their calls", () => {
  test("swapped ones go to nobody", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const swap = (sent) => {
      const envelope = JSON.parse(bodyOf(scene.shop.usual(sent)));
      return json(200, { ...envelope, id: envelope.id ^ 1 });
    };
    scene.shop.next("tools", swap);
    scene.shop.next("tools", swap);
    const [first, second] = [page.order(), page.call("get_store_credit_balances")];
    assert.equal(await first.code(), "answer_mismatch");
    assert.equal(await second.code(), "answer_mismatch");
  });

  test("ids are used once", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.tools.ids = [];
    const calls = Array.from({ length: 50 }, () => page.order());
    for (const call of calls) await call.result();
    assert.equal(new Set(scene.shop.tools.ids).size, 50);
  });
});

test("a result reaches the caller untouched", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const result = '{"content":[{"type":"text","text":"\\u0000\u202e<b>é\u{1f600}"},{"type":"odd"}],'
    + '"structuredContent":{"__proto__":{"admin":true},"n":9007199254740993,"resultType":"task"},'
    + '"isError":false,"unknown":[null,true,1.5]}';
  scene.shop.next("tools", (sent) => text(200, `{"jsonrpc":"2.0","id":${requestIn(sent).id},"result":${result}}`));
  const answer = await page.order().result();
  assert.equal(JSON.stringify(answer), JSON.stringify(JSON.parse(result)));
  assert.ok(Object.hasOwn(answer.structuredContent, "__proto__"));
});

test("a call that is given up is not sent again and hurts nobody", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  // Before it leaves, on its way, and while its answer is under way.
  for (const [moment, sent] of [[0, 0], [10, 0], [30, 1]]) {
    scene.shop.forgetLog();
    const call = page.call("request_return", { order_id: "1" });
    await scene.world.advance(moment);
    call.abort();
    assert.equal(await call.code(), "aborted");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("tools"), sent, `after ${moment} ms`);
    await page.order().result();
  }
});
