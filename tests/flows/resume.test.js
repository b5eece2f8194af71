// Calls that meet nobody signed in: they wait, travel along, and are sent once, for the customer they were made for.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { text } from "./support/network.js";
import { Scene, wordsOf } from "./support/scene.js";

const ORDER = "get_order_status";
const NEEDED = { type: "signinneeded", name: ORDER };

/** The event that names the calls which are not sent, and why. */
const dropped = (reason, ...names) => ({ type: "callsdropped", calls: names.map((name) => ({ name })), reason });
/** Events as plain objects of this realm. */
const told = (page) => JSON.parse(JSON.stringify(page.events()));

/** A page with a call that waits for a sign-in; it is leaving for the login. */
async function leaving(scene, begin = (page) => page.order(), address = undefined) {
  const page = await scene.page(address);
  const call = begin(page);
  await scene.world.advance(1_000);
  assert.ok(!call.isDone && page.tab.leaves);
  return { page, call };
}

/** What the sign-in brings back. */
async function broughtBack(scene, page, customer = "ada") {
  const back = await scene.shopperSignsIn(page, customer);
  const { resumed } = await back.handleRedirect().result();
  return { back, resumed };
}

describe("after a way back", () => {
  test("a read is answered", async () => {
    const scene = new Scene();
    const { tools } = scene.shop;
    const { page } = await leaving(scene);
    const { back, resumed } = await broughtBack(scene, page);
    assert.equal(resumed.length, 1);
    const [{ name, arguments: args, result, error }] = resumed;
    assert.equal(name, ORDER);
    assert.equal(JSON.stringify(args), '{"order_number":"#1001"}');
    assert.equal(wordsOf(result), "Order #1001 of ada is on its way.");
    assert.equal(error, undefined);
    assert.equal(tools.executions(ORDER), 1);
    assert.equal(await back.handleRedirect().result(), null);
    assert.equal(await (await scene.load(back.tab)).handleRedirect().result(), null);
    assert.equal(tools.executions(ORDER), 1);
  });

  for (const name of ["request_return", "a_tool_nobody_knows"]) {
    test(`a write is not sent by itself: ${name}`, async () => {
      const scene = new Scene();
      const { page } = await leaving(scene, (page) => page.call(name, { order_id: "1" }));
      const { resumed: [{ arguments: args, result, error }] } = await broughtBack(scene, page);
      assert.equal(error.code, "call_not_resumed");
      assert.equal(error.retryable, true);
      assert.equal(result, undefined);
      assert.equal(JSON.stringify(args), '{"order_id":"1"}', "the page can ask, and call again");
      assert.deepEqual(scene.shop.tools.executed, []);
    });
  }

  test("a write that opted in is sent, once", async () => {
    const scene = new Scene();
    const write = (page) => page.call("request_return", { order_id: "1" }, { resume: true });
    const { page } = await leaving(scene, write);
    const { resumed } = await broughtBack(scene, page);
    assert.equal(wordsOf(resumed[0].result), "request_return for ada");
    assert.equal(scene.shop.tools.executions("request_return"), 1);
  });

  test("the server's own list says what only reads", async () => {
    const scene = new Scene();
    const page = await scene.page();
    await page.listTools().result();
    page.call("wish_list");
    page.call("request_return");
    await scene.world.advance(1_000);
    const { resumed } = await broughtBack(scene, page);
    assert.equal(wordsOf(resumed[0].result), "wish_list for ada");
    assert.equal(resumed[1].error.code, "call_not_resumed");
  });

  test("calls shared one departure, and keep their order", async () => {
    const scene = new Scene();
    const page = await scene.page();
    const names = [ORDER, "get_most_recent_order_status", "get_store_credit_balances"];
    for (const name of names) page.call(name, { order_number: "#1001" });
    await scene.world.advance(1_000);
    assert.equal(page.tab.departures.length, 1);
    page.call("wish_list");
    await scene.world.advance(100);
    const { resumed } = await broughtBack(scene, page);
    assert.deepEqual(Array.from(resumed, ({ name }) => name), [...names, "wish_list"]);
  });

  test("calls travel on to the page that made them, and a reload does not send them again", async () => {
    const scene = new Scene();
    const address = "https://shop.example/chat?thread=7";
    const { page } = await leaving(scene, (page) => page.order(), address);
    const back = await scene.shopperSignsIn(page, "ada");
    back.handleRedirect();
    await scene.world.advance(1_000);
    assert.equal(back.tab.departure(), address);
    assert.deepEqual(scene.shop.tools.executed, [], "nothing is sent from the redirect page");
    const chat = await scene.goTo(address, back);
    const { resumed } = await chat.handleRedirect().result();
    assert.equal(wordsOf(resumed[0].result), "Order #1001 of ada is on its way.");
    assert.equal(await (await scene.load(chat.tab)).handleRedirect().result(), null);
    assert.equal(scene.shop.tools.executions(ORDER), 1);
  });

  test("calls came along with the last departure, not with one before it", async () => {
    const scene = new Scene();
    const { page } = await leaving(scene);
    const first = page.tab.departure();
    await page.login().result();
    const second = page.tab.departure();
    for (const [departure, names] of [[first, []], [second, [ORDER]]]) {
      const back = await scene.goTo(scene.shop.login.authorize(departure, "ada"), page);
      const { resumed } = await back.handleRedirect().result();
      assert.deepEqual(Array.from(resumed, ({ name }) => name), names);
    }
  });

  test("an aborted call did not travel", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.call("get_store_credit_balances");
    const aborted = page.order();
    await scene.world.advance(1_000);
    aborted.abort();
    assert.equal(await aborted.code(), "aborted");
    const { resumed } = await broughtBack(scene, page);
    assert.deepEqual(Array.from(resumed, ({ name }) => name), ["get_store_credit_balances"]);
    assert.equal(scene.shop.tools.executions(ORDER), 0);
  });
});

describe("a sign-in that does not come about", () => {
  test("the shopper goes back: the call is given up, in the page and in the login", async () => {
    const scene = new Scene();
    const { page, call } = await leaving(scene);
    const departure = page.tab.departure();
    page.pageShow(true);
    const error = await call.error();
    assert.equal(error.code, "sign_in_abandoned");
    assert.equal(error.retryable, true);
    // The shopper goes forward again and signs in after all.
    const back = await scene.goTo(scene.shop.login.authorize(departure, "ada"), page);
    const { resumed } = await back.handleRedirect().result();
    assert.equal(resumed.length, 0);
    assert.deepEqual(scene.shop.tools.executed, []);
  });

  test("the shopper goes back: the next call leaves again, with itself alone", async () => {
    const scene = new Scene();
    const { page } = await leaving(scene);
    page.tab.departure();
    page.pageShow(true);
    page.call("get_store_credit_balances");
    await scene.world.advance(1_000);
    const { resumed } = await broughtBack(scene, page);
    assert.deepEqual(Array.from(resumed, ({ name }) => name), ["get_store_credit_balances"]);
  });

  test("the page is shown, but was not left before: the call goes on waiting", async () => {
    const scene = new Scene();
    const { page, call } = await leaving(scene);
    page.pageShow(false);
    await scene.world.advance(1_000);
    assert.ok(!call.isDone);
    const { resumed } = await broughtBack(scene, page);
    assert.deepEqual(Array.from(resumed, ({ name }) => name), [ORDER]);
  });

  test("the login refuses: the calls are named", async () => {
    const scene = new Scene();
    const { page } = await leaving(scene);
    const back = await scene.goTo(scene.shop.login.refuse(page.tab.departure(), "access_denied", "no"), page);
    assert.equal(await back.handleRedirect().code(), "access_denied");
    assert.deepEqual(told(back), [dropped("sign_in_failed", ORDER)]);
  });

  test("it takes too long: the calls are named", async () => {
    const scene = new Scene();
    const { page } = await leaving(scene);
    scene.world.jump(700_000);
    const back = await scene.shopperSignsIn(page, "ada");
    assert.equal(await back.handleRedirect().code(), "login_expired");
    assert.deepEqual(told(back), [dropped("expired", ORDER)]);
    assert.deepEqual(scene.shop.tools.executed, []);
  });

  test("the page that asked is reached too late: nothing is sent", async () => {
    const scene = new Scene();
    const { page } = await leaving(scene, (page) => page.order(), "https://shop.example/chat");
    const back = await scene.shopperSignsIn(page, "ada");
    back.handleRedirect();
    await scene.world.advance(1_000);
    scene.world.jump(700_000);
    const chat = await scene.goTo(back.tab.departure(), back);
    assert.equal(await chat.handleRedirect().result(), null);
    assert.deepEqual(scene.shop.tools.executed, []);
  });

  test("the shop has no server for tools: the page is not left", async () => {
    const scene = new Scene();
    scene.shop.customerDocument = { graphql_api: "https://shop.example/graphql" };
    const page = await scene.page();
    assert.equal(await page.order().code(), "mcp_api_missing");
    assert.ok(!page.tab.leaves);
  });
});

describe("another customer", () => {
  /** Ada's call, whose session turned out to be over. */
  async function adasCall(options) {
    const scene = new Scene(options);
    const page = await scene.signedInPage();
    scene.shop.login.revokeAll();
    const call = page.order();
    await scene.world.advance(2_000);
    scene.shop.tools.executed = [];
    return { scene, page, call };
  }

  test("gets nothing of the first, not even what was asked for", async () => {
    const { scene, page } = await adasCall();
    const { back, resumed } = await broughtBack(scene, page, "bob");
    assert.equal(resumed.length, 0);
    assert.deepEqual(told(back).filter(({ type }) => type === "callsdropped"), [dropped("customer_changed", ORDER)]);
    assert.deepEqual(scene.shop.tools.executed, []);
  });

  test("does not come: the first one gets her answer", async () => {
    const { scene, page } = await adasCall();
    const { resumed } = await broughtBack(scene, page, "ada");
    assert.equal(wordsOf(resumed[0].result), "Order #1001 of ada is on its way.");
  });

  test("in another tab gets nothing either", async () => {
    const { scene, page, call } = await adasCall({ onSignInNeeded: "event" });
    assert.ok(told(page).some(({ type }) => type === "signinneeded"));
    await scene.signIn(await scene.page(), "bob");
    assert.equal(await call.code(), "customer_changed");
    assert.deepEqual(scene.shop.tools.executed, []);
  });
});

describe("one sign-in per call", () => {
  for (const [what, givesRefreshTokens, codes, tokenRequests] of [
    ["and one renewal", true, ["sign_in_needed", "sign_in_repeated"], 2],
    ["where nothing can be renewed", false, ["sign_in_repeated"], 1],
  ]) {
    test(`counted across redirects, ${what}`, async () => {
      const scene = new Scene();
      scene.shop.login.settings.givesRefreshTokens = givesRefreshTokens;
      const { page } = await leaving(scene);
      // A server that refuses every token.
      scene.shop.always("tools", text(401, ""));
      const { back, resumed: [{ error }] } = await broughtBack(scene, page);
      assert.ok(codes.includes(error.code), error.code);
      assert.ok(!back.tab.leaves, "no second login");
      assert.equal(scene.shop.count("token"), tokenRequests);
    });
  }

  test("in the same page too", async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    scene.shop.login.settings.givesRefreshTokens = false;
    const page = await scene.page();
    const call = page.order();
    await scene.world.advance(1_000);
    scene.shop.always("tools", text(401, ""));
    await scene.signIn(await scene.page(), "ada");
    assert.equal(await call.code(), "sign_in_repeated");
    assert.deepEqual(page.eventTypes(), ["signinneeded", "signedin"], "the page is not asked again");
  });

  test("and none where one is signed in: a server that refuses for ever is asked twice", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.always("tools", text(401, ""));
    assert.equal(await page.order().code(), "sign_in_needed");
    assert.deepEqual([scene.shop.count("tools"), scene.shop.count("token")], [2, 1]);
    assert.ok(!page.tab.leaves);
    assert.ok(page.isSignedIn, "a setting is wrong, not the session");
  });

  test("an unauthorized under HTTP 200 is one too", async () => {
    const scene = new Scene();
    scene.shop.tools.settings.unauthorizedByRpc = true;
    const { page } = await leaving(scene);
    const { back, resumed } = await broughtBack(scene, page);
    assert.equal(wordsOf(resumed[0].result), "Order #1001 of ada is on its way.");
    scene.shop.login.expireAccess();
    await back.order().result();
    assert.equal(scene.shop.count("token"), 2);
  });
});

describe("by event, the page decides and the call waits", () => {
  const waiting = async () => {
    const scene = new Scene({ onSignInNeeded: "event" });
    const page = await scene.page();
    const call = page.order();
    await scene.world.advance(5_000);
    assert.deepEqual(page.events(), [NEEDED]);
    assert.ok(!call.isDone && !page.tab.leaves);
    return { scene, page, call };
  };

  test("for a sign-in in another tab, which is as good as this one", async () => {
    const { scene, call } = await waiting();
    await scene.signIn(await scene.page(), "ada");
    assert.equal(wordsOf(await call.result()), "Order #1001 of ada is on its way.");
    assert.equal(scene.shop.tools.executions(ORDER), 1);
  });

  test("for a redirect, which takes it along", async () => {
    const { scene, page, call } = await waiting();
    await page.login().result();
    const { resumed } = await broughtBack(scene, page);
    assert.equal(wordsOf(resumed[0].result), "Order #1001 of ada is on its way.");
    assert.ok(!call.isDone);
    assert.equal(scene.shop.tools.executions(ORDER), 1);
  });

  test("for a redirect that the shopper comes back from: the call is given up", async () => {
    const { page, call } = await waiting();
    await page.login().result();
    page.pageShow(true);
    assert.equal(await call.code(), "sign_in_abandoned");
  });

  test("for ten minutes", async () => {
    const { scene, call } = await waiting();
    await scene.world.advance(585_000);
    assert.ok(!call.isDone);
    await scene.world.advance(20_000);
    assert.ok(call.isDone);
    assert.equal(await call.code(), "sign_in_needed");
    assert.equal(scene.shop.count("tools"), 0);
  });

  test("also where only the call says so", async () => {
    const scene = new Scene();
    const page = await scene.page();
    page.order({ onSignInNeeded: "event" });
    await scene.world.advance(1_000);
    assert.ok(!page.tab.leaves);
    assert.deepEqual(page.events(), [NEEDED]);
  });
});

describe("more than 64 KiB do not wait", () => {
  const large = (length) => ({ note: "x".repeat(length) });

  test("in one call: the page is not left for what would be lost", async () => {
    const page = await new Scene().page();
    assert.equal(await page.call(ORDER, large(70_000)).code(), "too_large");
    assert.deepEqual(told(page), [dropped("too_large", ORDER)]);
    assert.ok(!page.tab.leaves);
  });

  test("in all calls together", async () => {
    const scene = new Scene();
    const { page, call } = await leaving(scene, (page) => page.call(ORDER, large(40_000)));
    assert.equal(await page.call("get_store_credit_balances", large(40_000)).code(), "too_large");
    assert.ok(!call.isDone);
    const { resumed } = await broughtBack(scene, page);
    assert.deepEqual(Array.from(resumed, ({ name }) => name), [ORDER]);
  });
});
