// Tool calls: how many requests they make, in every form that a server answers in, and what their errors say.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };

async function signedInTab(setup, path) {
  const tab = await world.tab(setup, path);
  await tab.signIn();
  return tab;
}

const styles = () => world.calls().map(({ authorizationStyle, status }) => [authorizationStyle, status]);
const toShop = () => world.shop.log().filter(({ kind }) => kind !== "static");

test("signed in, fresh page, caches warm: one tools/call is exactly one POST and its preflight", async () => {
  const tab = await signedInTab();
  await tab.answer("get_order_status", ORDER);
  await tab.goto("/wares/");
  world.shop.clearLog();
  await tab.answer("get_order_status", ORDER);
  const requests = toShop();
  const sent = requests.filter(({ kind }) => kind !== "preflight");
  assert.deepEqual(sent.map(({ kind, method }) => [kind, method]), [["mcp", "POST"]]);
  assert.ok(requests.length <= 2, "at most one preflight");
  const [{ headers, authorizationStyle }] = world.calls();
  assert.equal(headers.accept, "application/json");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(authorizationStyle, "raw");
  assert.equal(headers.cookie, undefined);
  assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("mcp-")), [], "no header that nobody needs");
});

test("on the shop's own host there is no preflight either", async () => {
  world.shop.settings({ urlShape: "seed" });
  const tab = await signedInTab();
  await tab.answer("get_order_status", ORDER);
  await tab.goto("/wares/");
  world.shop.clearLog();
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(toShop().map(({ kind, method }) => [kind, method]), [["mcp", "POST"]]);
});

test("`authorization: \"Bearer\"` writes the token so, and a shop that refuses raw tokens answers", async () => {
  world.shop.settings({ acceptRaw: false });
  const tab = await signedInTab({ options: { authorization: "Bearer" } });
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(styles(), [["Bearer", 200]]);
});

test("a shop that refuses Bearer answers a raw token", async () => {
  world.shop.settings({ acceptBearer: false });
  const tab = await signedInTab();
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(styles(), [["raw", 200]]);

  const bearer = await signedInTab({ options: { authorization: "Bearer" } });
  world.console.expect(/status of 401/);
  const { error } = await bearer.call("get_order_status", ORDER);
  assert.equal(error.class, "SignInError");
  assert.equal(error.status, 401);
});

test("a token answer with token_type is as good as one without", async () => {
  world.shop.settings({ tokenType: true });
  const tab = await signedInTab();
  await tab.answer("get_order_status", ORDER);
});

test("a dead token may be told as a JSON-RPC error under HTTP 200", async () => {
  world.shop.settings({ authFailure: "rpc200" });
  const tab = await signedInTab();
  world.shop.expireTokens();
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(world.calls().map(({ status, outcome }) => [status, outcome]), [[200, "unauthorized"], [200, "ok"]]);
  assert.equal(world.tokenRequests("refresh_token").length, 1);
});

test("a missing token told under HTTP 200 leads to the sign-in", async () => {
  world.shop.settings({ authFailure: "rpc200" });
  const tab = await signedInTab({}, "/wares/");
  world.shop.expireTokens();
  world.shop.revokeSessions();
  world.console.expect(/status of 400/);
  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  assert.ok((await tab.back()).value.resumed[0].result);
});

test("an answer is read in whatever form it comes, and whatever it claims to be", async () => {
  const tab = await signedInTab();
  for (const answers of ["json", "event-stream", "json-labelled-event-stream", "event-stream-labelled-json"]) {
    world.shop.settings({ answers });
    const before = world.calls().length;
    assert.equal((await tab.answer("get_order_status", ORDER)).order.order_number, "#1001", answers);
    assert.equal((await tab.listTools({ fresh: true })).value.length, 5, answers);
    const { error } = await tab.call("get_order_status", { order_number: "#9999" });
    assert.equal(error?.code, "tool_not_found", answers);
    assert.equal(world.calls().length, before + 3);
  }
});

test("a server that insists on both types costs one more POST, and only once", async () => {
  world.shop.settings({ insistOnBothTypes: true });
  world.console.expect(/status of 406/);
  const tab = await signedInTab();
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(
    world.calls().map(({ status, headers }) => [status, headers.accept]),
    [[406, "application/json"], [200, "application/json, text/event-stream"]],
  );
  await tab.answer("get_order_status", ORDER);
  assert.equal(world.calls().length, 3);
  await tab.reload();
  await tab.answer("get_order_status", ORDER);
  assert.equal(world.calls().length, 4);
});

test("the tools are listed signed out, over all pages, and asked for once", async () => {
  world.shop.settings({ toolsPageSize: 2 });
  const tab = await world.tab();
  const { value: tools } = await tab.listTools();
  assert.deepEqual(tools.map(({ name }) => name), [
    "get_most_recent_order_status", "get_order_status", "get_store_credit_balances", "request_return",
    "get_loyalty_points",
  ]);
  assert.deepEqual(tools.find(({ name }) => name === "get_order_status").inputSchema.required, ["order_number"]);
  assert.equal(world.calls().length, 3);
  assert.ok(world.calls().every(({ authorizationStyle }) => authorizationStyle === null));
  await tab.listTools();
  assert.equal(world.calls().length, 3, "kept in memory");
  world.shop.settings({ toolsPageSize: null });
  await tab.listTools({ fresh: true });
  assert.equal(world.calls().length, 4);
});

test("latency makes nothing double", async () => {
  world.shop.settings({ latencyMs: 400 });
  const tab = await signedInTab({}, "/wares/");
  await tab.answer("get_order_status", ORDER);
  const counts = {};
  for (const { kind } of toShop()) counts[kind] = (counts[kind] ?? 0) + 1;
  assert.equal(counts.discovery, 1);
  assert.equal(counts["customer-account-api"], 1);
  assert.equal(counts.jwks, 1);
  assert.equal(counts.token, 1);
  assert.equal(counts.mcp, 1);
});

test("a shop without CORS is a typed network error that says so", async () => {
  const tab = await signedInTab();
  world.shop.settings({ cors: false });
  world.console.expect(/CORS policy/, /ERR_FAILED/);
  const { error } = await tab.call("get_order_status", ORDER);
  assert.equal(error.code, "network");
  assert.equal(error.class, "NetworkError");
  assert.equal(error.retryable, true);
  assert.match(error.message, /CORS/);
  assert.equal((await tab.session()).signedIn, true);
});

test("a login server without CORS fails the sign-in with a typed error, once", async () => {
  world.shop.settings({ cors: false });
  world.console.expect(/CORS policy/, /ERR_FAILED/);
  const tab = await world.tab();
  await tab.signIn();
  const { error } = await tab.back();
  assert.equal(error.code, "network");
  assert.equal(world.tokenRequests().length, 1);
  await tab.holdsNothing();
});

test("a same-origin path can stand in for the server", async () => {
  world.shop.settings({ cors: false, urlShape: "seed" });
  const tab = await signedInTab({ options: { customerEndpoint: "/customer/api/mcp" } });
  world.shop.settings({ urlShape: "shopify" });
  await tab.answer("get_order_status", ORDER);
  assert.equal(world.calls()[0].host, "shop");
  assert.equal(world.requests({ kind: "customer-account-api" }).length, 0);
});

test("a shop that names no MCP server is told as what it is", async () => {
  world.shop.settings({ mcpApi: false });
  const tab = await world.tab();
  for (const { error } of [await tab.call("get_order_status", ORDER), await tab.listTools()]) {
    assert.equal(error.code, "mcp_api_missing");
    assert.equal(error.class, "DiscoveryError");
    assert.equal(error.field, "mcp_api");
  }
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  assert.equal(world.calls().length, 0);
  world.shop.settings({ mcpApi: true });
  assert.equal((await tab.listTools()).value.length, 5, "a failure is not kept");
});

test("tool errors are told apart, in the server's words", async () => {
  const tab = await signedInTab();
  const missing = (await tab.call("get_order_status", { order_number: "#9999" })).error;
  assert.equal(missing.code, "tool_not_found");
  assert.equal(missing.class, "ToolError");
  assert.equal(missing.message, "Order not found with number: #9999");
  assert.equal(missing.orderNumber, "#9999");
  assert.equal(missing.retryable, false);
  assert.equal(missing.result.isError, true);
  assert.equal(missing.result.content[0].text, "Order not found with number: #9999");

  const invalid = (await tab.call("request_return", { order_number: "#1001", line_items: [] })).error;
  assert.equal(invalid.code, "tool_validation");
  assert.equal(invalid.message, invalid.result.content[0].text);
  assert.equal(invalid.retryable, false);

  const unknown = (await tab.call("get_weather", {})).error;
  assert.equal(unknown.code, "rpc_error");
  assert.equal(unknown.class, "ProtocolError");
  assert.deepEqual([unknown.rpc.code, unknown.rpc.message], [-32602, "Unknown tool: get_weather"]);

  const failure = { content: [{ type: "text", text: "Unable to process the request, try again" }], isError: true };
  world.shop.settings({ faults: [{ on: "mcp", times: 2, do: { result: failure } }] });
  const read = (await tab.call("get_order_status", ORDER)).error;
  assert.equal(read.code, "tool_processing");
  assert.equal(read.retryable, true);
  const write = (await tab.call("request_return", { order_number: "#1001", line_items: [] })).error;
  assert.equal(write.code, "tool_processing");
  assert.equal(write.retryable, false, "nobody knows whether it was done");
});

test("order numbers of another customer are not found", async () => {
  const tab = await signedInTab();
  assert.equal((await tab.call("get_order_status", { order_number: "#1002" })).error.code, "tool_not_found");
});

test("an answer is checked against its outputSchema where the page asks", async () => {
  const tab = await signedInTab();
  const { value } = await tab.call("get_loyalty_points", {}, { checkOutput: true });
  assert.equal(value.structuredContent.points, 1840);
  const wrong = { content: [], structuredContent: { ...value.structuredContent, points: "many" } };
  world.shop.settings({ faults: [{ on: "mcp", times: 2, do: { result: wrong } }] });
  assert.deepEqual((await tab.call("get_loyalty_points")).value.structuredContent, wrong.structuredContent);
  const { error } = await tab.call("get_loyalty_points", {}, { checkOutput: true });
  assert.equal(error.code, "output_invalid");
  assert.equal(error.class, "ProtocolError");
  assert.match(error.field, /points/);
});

test("an answer reaches the page as JSON.parse made it", async () => {
  const structured = '{"__proto__":{"admin":true},"constructor":1,"big":9007199254740993}';
  const result = { content: [], structuredContent: JSON.parse(structured) };
  const tab = await signedInTab();
  world.shop.settings({ faults: [{ on: "mcp", times: 1, do: { result } }] });
  const seen = await tab.run(async () => {
    const result = await globalThis.page.customer.callTool("get_loyalty_points");
    return {
      admin: result.admin ?? null,
      polluted: {}.admin ?? null,
      own: Object.hasOwn(result.structuredContent, "__proto__"),
      keys: Object.keys(result.structuredContent),
      prototype: Object.getPrototypeOf(result) === Object.prototype,
    };
  });
  assert.deepEqual(seen, {
    admin: null, polluted: null, own: true, keys: ["__proto__", "constructor", "big"], prototype: true,
  });
});

test("a call's time limit and its signal end it", async () => {
  const tab = await signedInTab();
  world.shop.settings({ faults: [{ on: "mcp", times: null, do: { hang: 30_000 } }] });
  const { error } = await tab.call("get_order_status", ORDER, { timeoutMs: 400 });
  assert.equal(error.code, "timeout");
  assert.equal(error.class, "NetworkError");

  await tab.run((order) => {
    globalThis.giveUp = new AbortController();
    const { signal } = globalThis.giveUp;
    globalThis.page.start(() => globalThis.page.customer.callTool("get_order_status", order, { signal }));
  }, ORDER);
  while (world.calls().length < 2) await tab.page.waitForTimeout(20);
  await tab.run(() => globalThis.giveUp.abort(new Error("enough")));
  assert.equal((await tab.outcome()).error.code, "aborted");
  world.shop.settings({ faults: [] });
  await tab.answer("get_order_status", ORDER);
  assert.equal(world.calls().length, 3, "nothing was sent again");
});

test("a closed shop takes no more calls, and ends those under way", async () => {
  const tab = await signedInTab();
  world.shop.settings({ faults: [{ on: "mcp", times: null, do: { hang: 30_000 } }] });
  await tab.startCall("get_order_status", ORDER);
  while (world.calls().length < 1) await tab.page.waitForTimeout(20);
  await tab.run(() => globalThis.page.shop.close());
  assert.equal((await tab.outcome()).error.code, "aborted");
  assert.equal((await tab.call("get_order_status", ORDER)).error.code, "closed");
  assert.equal(world.calls().length, 1);
});

test("two shops on one page do not meet", async () => {
  const tab = await signedInTab();
  const seen = await tab.run(async () => {
    const { page } = globalThis;
    const other = await page.sdk.connect({
      shop: page.config.shop, clientId: page.config.appClientId, redirectUri: page.config.redirectUri,
    });
    const { signedIn } = other.customer.session;
    await other.customer.logout();
    return [signedIn, page.customer.session.claims.email];
  });
  assert.deepEqual(seen, [false, MAYA]);
});
