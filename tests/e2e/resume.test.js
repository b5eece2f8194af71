// A call that needs a customer is answered after the sign-in, without the page asking again: counted at the shop.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, returnToStore, signInAsCustomer, THEO } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };

/** A return of one piece of the first line of an order that the customer may send back. */
async function returnRequest(tab) {
  const { order } = await tab.answer("get_order_status", { order_number: "1035" });
  const [line] = order.line_items;
  return {
    order_number: "1035",
    line_items: [{ line_item_id: line.id, quantity: 1, return_reason: "UNWANTED" }],
  };
}

async function endSessionAtShop() {
  world.shop.revokeSessions();
  world.shop.expireTokens();
  world.console.expect(/status of 40[01]/);
}

test("by redirect: a read that was called while signed out is answered after the login", async () => {
  const tab = await world.tab({}, "/wares/?from=call");
  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  assert.equal(world.calls().length, 0);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();

  assert.equal(tab.page.url(), `${world.shop.shop}/wares/?from=call`);
  const { value: { resumed, session } } = await tab.back();
  assert.equal(session.claims.email, MAYA);
  assert.equal(resumed.length, 1);
  assert.equal(resumed[0].name, "get_order_status");
  assert.deepEqual(resumed[0].arguments, ORDER);
  assert.equal(JSON.parse(resumed[0].result.content[0].text).order.order_number, "#1001");
  assert.equal(resumed[0].error, undefined);
  assert.equal(world.calls("get_order_status").length, 1);

  await tab.reload();
  assert.deepEqual(await tab.back(), { value: null });
  assert.equal(world.calls("get_order_status").length, 1, "a reload sends nothing again");
});

test("by redirect: a call that met a 401 after the session ended at the shop is answered after the login", async () => {
  const tab = await world.tab({}, "/wares/");
  await tab.signIn();
  await endSessionAtShop();
  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  assert.equal(resumed.length, 1);
  assert.ok(resumed[0].result);
  assert.deepEqual(world.calls("get_order_status").map(({ status }) => status), [401, 200]);
});

test("by redirect: calls share one login, and all are answered in order", async () => {
  const tab = await world.tab();
  await tab.run(() => {
    const { customer } = globalThis.page;
    globalThis.page.start(() => Promise.all([
      customer.callTool("get_order_status", { order_number: "1001" }),
      customer.callTool("get_most_recent_order_status"),
      customer.callTool("get_order_status", { order_number: "1004" }),
    ]));
  });
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  const names = ["get_order_status", "get_most_recent_order_status", "get_order_status"];
  assert.deepEqual(resumed.map(({ name, result }) => [name, Boolean(result)]), names.map((name) => [name, true]));
  assert.equal(world.calls().length, 3);
  const logins = world.requests({ kind: "authorize", outcome: "sign_in" });
  assert.equal(logins.length, 1);
});

test("by popup: the same promise is answered, and the page stays", async () => {
  const tab = await world.tab({ options: { onSignInNeeded: "popup" } });
  await tab.run(() => { globalThis.sameDocument = true; });
  const popup = await tab.opens(() => tab.clickCall("get_order_status", ORDER));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(JSON.parse(value.content[0].text).order.order_number, "#1001");
  assert.equal(world.calls("get_order_status").length, 1);
  assert.equal(await tab.run(() => globalThis.sameDocument), true);
});

test("by popup: a write that met a 401 is sent again in the same page, and executed once", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const request = await returnRequest(tab);
  await endSessionAtShop();
  // The page only learns from the 401 that it needs a window; the click is recent enough to open one.
  const popup = await tab.opens(() => tab.clickCall("request_return", request, { onSignInNeeded: "popup" }));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.ok(JSON.parse(value.content[0].text).return);
  assert.deepEqual(world.calls("request_return").map(({ outcome }) => outcome), ["unauthorized", "ok"]);
});

test("a write is not sent across a navigation by itself", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const request = await returnRequest(tab);
  await tab.startLogout();
  await tab.page.waitForURL(/\/account\/$/);
  await tab.settled();
  await tab.startCall("request_return", request);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  assert.equal(resumed.length, 1);
  assert.deepEqual(resumed[0].arguments, request);
  assert.equal(resumed[0].result, undefined);
  assert.equal(resumed[0].error.code, "call_not_resumed");
  assert.equal(resumed[0].error.class, "SignInError");
  assert.equal(world.calls("request_return").length, 0);
});

test("a write with `resume: true` is sent once after the navigation", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const request = await returnRequest(tab);
  await tab.startLogout();
  await tab.page.waitForURL(/\/account\/$/);
  await tab.settled();
  await tab.startCall("request_return", request, { resume: true });
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  assert.ok(JSON.parse(resumed[0].result.content[0].text).return);
  assert.equal(world.calls("request_return").length, 1);
  await tab.reload();
  assert.equal(world.calls("request_return").length, 1);
});

test("a tool that nobody knows to be read-only is treated as a write", async () => {
  const tab = await world.tab();
  await tab.startCall("get_loyalty_points");
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  assert.equal(resumed[0].error.code, "call_not_resumed");
  assert.equal(world.calls().length, 0);
});

test("a second customer who comes back gets nothing of the first's, by redirect", async () => {
  const tab = await world.tab();
  await tab.signIn({ email: MAYA });
  const request = await returnRequest(tab);
  await endSessionAtShop();
  world.shop.clearLog();
  await tab.run((given) => {
    const { customer } = globalThis.page;
    globalThis.page.start(() => Promise.all([
      customer.callTool("get_order_status", { order_number: "1001" }),
      customer.callTool("request_return", given, { resume: true }),
    ]));
  }, request);
  await atSignInPage(tab.page);
  await signInAsCustomer(tab.page, THEO);
  await tab.backAtShop();
  const { value: { resumed, session } } = await tab.back();
  assert.equal(session.claims.email, THEO);
  assert.deepEqual(resumed, []);
  const dropped = await tab.events("callsdropped");
  assert.deepEqual(dropped.map(({ reason }) => reason), ["customer_changed", "customer_changed"]);
  // Both met their 401 at the same time, so either may have waited first.
  const names = dropped.flatMap(({ calls }) => calls.map(({ name }) => name));
  assert.deepEqual(names.sort(), ["get_order_status", "request_return"]);
  assert.deepEqual(world.requests({ kind: "mcp", customer: THEO }), []);
  assert.ok(world.calls().every(({ status }) => status === 401));
});

test("a second customer who comes back gets nothing of the first's, by popup", async () => {
  const tab = await world.tab();
  await tab.signIn({ email: MAYA });
  await endSessionAtShop();
  const popup = await tab.opens(() => tab.clickCall("get_order_status", ORDER, { onSignInNeeded: "popup" }));
  await signInAsCustomer(popup, THEO);
  const { error } = await tab.outcome();
  assert.equal(error.code, "customer_changed");
  assert.deepEqual(world.requests({ kind: "mcp", customer: THEO }), []);
});

test("with the policy `event` the page is told, and the call waits for the page's own login", async () => {
  const tab = await world.tab({ options: { onSignInNeeded: "event" } });
  await tab.startCall("get_order_status", ORDER);
  await tab.heard("signinneeded");
  assert.deepEqual(await tab.events("signinneeded"), [{ name: "get_order_status" }]);
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  const popup = await tab.opens(() => tab.run(() => {
    void globalThis.page.customer.login({ mode: "popup" });
  }));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.ok(value.content);
  assert.equal(world.calls("get_order_status").length, 1);
});

test("with the policy `event` a login by redirect takes the call along", async () => {
  const tab = await world.tab({ options: { onSignInNeeded: "event" } });
  await tab.run((order) => {
    void globalThis.page.customer.callTool("get_order_status", order);
  }, ORDER);
  await tab.heard("signinneeded");
  await tab.signIn();
  const { value: { resumed } } = await tab.back();
  assert.deepEqual(resumed.map(({ name, result }) => [name, Boolean(result)]), [["get_order_status", true]]);
  assert.equal(world.calls("get_order_status").length, 1);
});

test("a call that waits is answered when another tab signs in", async () => {
  const profile = await world.profile({ options: { onSignInNeeded: "event" } });
  const [waiting, other] = [await profile.tab(), await profile.tab("/wares/")];
  await waiting.startCall("get_order_status", ORDER);
  await waiting.heard("signinneeded");
  await other.signIn();
  assert.ok((await waiting.outcome()).value);
  assert.equal(world.calls("get_order_status").length, 1);
});

test("a call that its page gave up is not sent after the login", async () => {
  const tab = await world.tab({ options: { onSignInNeeded: "event" } });
  await tab.run((order) => {
    const giveUp = new AbortController();
    globalThis.giveUp = giveUp;
    const { signal } = giveUp;
    globalThis.page.start(() => globalThis.page.customer.callTool("get_order_status", order, { signal }));
  }, ORDER);
  await tab.heard("signinneeded");
  await tab.run(() => globalThis.giveUp.abort());
  const { error } = await tab.outcome();
  assert.equal(error.code, "aborted");
  assert.equal(error.name, "AbortError");
  await tab.signIn();
  assert.deepEqual((await tab.back()).value.resumed, []);
  assert.equal(world.calls().length, 0);
});

test("calls above 64 KiB do not wait across a navigation", async () => {
  const tab = await world.tab();
  const { error } = await tab.call("get_order_status", { order_number: "1".repeat(70_000) });
  assert.equal(error.code, "too_large");
  assert.deepEqual(await tab.events("callsdropped"), [{ calls: [{ name: "get_order_status" }], reason: "too_large" }]);
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
});

test("a sign-in that is refused drops the calls that waited for it, and says so", async () => {
  const tab = await world.tab({}, "/account/");
  await tab.startCall("get_order_status", ORDER);
  await atSignInPage(tab.page);
  await returnToStore(tab.page);
  await tab.backAtShop();
  assert.equal((await tab.back()).error.code, "access_denied");
  const dropped = await tab.events("callsdropped");
  assert.deepEqual(dropped, [{ calls: [{ name: "get_order_status" }], reason: "sign_in_failed" }]);
  await tab.signIn();
  assert.deepEqual((await tab.back()).value.resumed, []);
  assert.equal(world.calls().length, 0);
});
