// What a page may pass and when it may call, and what it is told of the traffic.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { LOST, SILENCE } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";
import { answering, content } from "./support/tool-server.js";

describe("options that are wrong are refused before anything is done", () => {
  for (const [field, options] of Object.entries({
    shop: { shop: "http://shop.example" },
    redirectUri: { redirectUri: "https://evil.example/" },
    storage: { storage: "cookies" },
    clientSecret: { clientSecret: "SECRET" },
    retries: { retries: 3 },
  })) {
    test(`of connect: ${field}`, async () => {
      const scene = new Scene(options);
      await assert.rejects(scene.page(), { name: /Error$/, field });
      assert.deepEqual(scene.shop.log, []);
    });
  }

  for (const [field, options] of Object.entries({
    mode: { mode: "iframe" },
    returnTo: { returnTo: 7 },
    prompt: { prompt: "consent" },
    loginHintMode: { loginHintMode: "submit" },
  })) {
    test(`of login: ${field}`, async () => {
      const scene = new Scene();
      const page = await scene.page();
      const error = await page.login(options).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", field]);
      assert.ok(!page.tab.leaves);
      assert.deepEqual(scene.shop.log, []);
    });
  }

  test("of login by popup: its window is closed again", async () => {
    const scene = new Scene();
    const page = await scene.page();
    const error = await page.login({ mode: "popup", locale: 7 }).error();
    assert.deepEqual([error.code, error.field], ["option_invalid", "locale"]);
    assert.ok(scene.browser.popup.closed);
    assert.deepEqual(scene.shop.log, []);
  });

  for (const [field, name, options] of [
    ["name", 7, {}],
    ["timeoutMs", "get_order_status", { timeoutMs: -1 }],
    ["onSignInNeeded", "get_order_status", { onSignInNeeded: "iframe" }],
    ["resume", "get_order_status", { resume: "yes" }],
    ["signal", "get_order_status", { signal: "now" }],
  ]) {
    test(`of a call: ${field}`, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      const error = await page.call(name, {}, options).error();
      assert.deepEqual([error.code, error.field], ["option_invalid", field]);
      assert.deepEqual(scene.shop.log, []);
    });
  }
});

describe("a shop that is closed", () => {
  for (const [what, begin] of Object.entries({
    login: (page) => page.login(),
    "login by popup": (page) => page.loginByPopup(),
    handleRedirect: (page) => page.handleRedirect(),
    listTools: (page) => page.listTools(),
    callTool: (page) => page.order(),
    logout: (page) => page.logout(),
  })) {
    test(`refuses ${what}`, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      page.close();
      assert.equal(await begin(page).code(), "closed");
      assert.deepEqual(scene.shop.log, []);
      assert.ok(!page.tab.leaves && page.isSignedIn);
      assert.equal(scene.browser.popups.length, 0);
    });
  }

  test("aborts what is under way", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const calls = [page.order(), page.listTools()];
    await scene.world.advance(30);
    page.close();
    for (const call of calls) assert.equal(await call.code(), "aborted");
    await scene.world.advance(60_000);
    assert.equal(scene.shop.count("tools"), 2);
  });
});

describe("a signal that has aborted already sends nothing", () => {
  const options = { signal: AbortSignal.abort() };
  for (const [what, begin] of Object.entries({
    callTool: (page) => page.order(options),
    listTools: (page) => page.listTools(options),
  })) {
    test(what, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      assert.equal(await begin(page).code(), "aborted");
      await scene.world.advance(1_000);
      assert.deepEqual(scene.shop.log, []);
    });
  }
});

test("a call's own time limit is kept", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.always("tools", SILENCE);
  const began = scene.world.elapsed;
  assert.equal(await page.order({ timeoutMs: 700 }).code(), "timeout");
  assert.equal(scene.world.elapsed - began, 700);
});

test("a way back that is given up sends no more of its calls", async () => {
  const scene = new Scene();
  const page = await scene.page();
  page.order();
  page.order();
  await scene.world.advance(1_000);
  const back = await scene.shopperSignsIn(page, "ada");
  scene.shop.always("tools", SILENCE);
  const work = back.handleRedirect();
  await scene.world.advance(1_000);
  assert.equal(scene.shop.count("tools"), 1);
  work.abort();
  assert.equal(await work.code(), "aborted");
  await scene.world.advance(60_000);
  assert.equal(scene.shop.count("tools"), 1);
});

describe("an answer is checked against the tool's schema where the page wants it", () => {
  const schema = { type: "object", properties: { total: { type: "number" } }, required: ["total"] };

  /** Asks for an order whose answer carries this. */
  async function asked(structuredContent, outputSchema, options) {
    const scene = new Scene();
    scene.shop.tools.settings.outputSchema = outputSchema;
    const page = await scene.signedInPage();
    const result = { ...content("Here it is."), structuredContent };
    scene.shop.next("tools", (sent) => answering(sent, { result }));
    return page.order(options);
  }

  test("and fits", async () => {
    const call = await asked({ total: 5 }, schema, { checkOutput: true });
    assert.equal(wordsOf(await call.result()), "Here it is.");
  });

  test("and does not fit", async () => {
    const call = await asked({ total: "five" }, schema, { checkOutput: true });
    const error = await call.error();
    assert.deepEqual([error.code, error.field], ["output_invalid", "/total"]);
  });

  test("and has none", async () => {
    const call = await asked({ total: "five" }, undefined, { checkOutput: true });
    assert.equal(wordsOf(await call.result()), "Here it is.");
  });

  test("and does not", async () => {
    const call = await asked({ total: "five" }, schema, {});
    assert.equal(wordsOf(await call.result()), "Here it is.");
  });
});

test("the traffic is told with its secrets masked", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const told = page.watchWire();
  await page.order().result();
  scene.shop.next("tools", LOST);
  await page.order().error();
  await scene.expire();
  await page.order().result();
  await scene.world.settle();
  assert.deepEqual(told.map(({ exchange, phase }) => `${exchange} ${phase}`), [
    "1 request", "1 response", "2 request", "2 failure", "3 request", "3 response", "4 request", "4 response",
  ]);
  const [request, response] = told;
  assert.deepEqual([request.method, request.url], ["POST", "https://account.shop.example/customer/api/mcp"]);
  assert.match(request.headers.authorization, /characters/);
  assert.equal(response.status, 200);
  assert.equal(response.durationMs, 40);
  assert.match(response.body, /Order #1001 of ada/);
  assert.ok(!JSON.stringify(told).includes("SECRET"));
});
