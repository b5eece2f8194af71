// Who may call what: each cell of the table of "Auth and rate limiting", as the shop's log has it, allowed and refused.

import assert from "node:assert/strict";
import { test } from "node:test";

import { requestToken } from "../../devshop/test/support/agent.js";
import { agentTab, connectAgent, makeKeys, notes, publishKeys, serveTokens } from "./support/agent-page.js";
import { lines, MUG, newCheckout, NO_ORDER, PAID, readyCheckout } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();

const REFUSALS = {
  complete_checkout: {
    code: "tier_insufficient",
    sentence: "`complete_checkout` is for agents with a token that may complete purchases: configure `token`, or open "
      + "`continueUrl` for the buyer.",
    path: "checkout.complete",
    args: async (tab) => [(await newCheckout(tab)).id, PAID],
  },
  get_order: {
    code: "tier_insufficient",
    sentence: "`get_order` is for agents with a token that has the scope `read_global_api_orders`: configure `token`.",
    path: "orders.get",
    args: async () => [NO_ORDER],
  },
};
const NOT_GRANTED = "`complete_checkout` needs a token that was granted to complete purchases at this shop: ask the "
  + "shop, or open `continueUrl` for the buyer.";
const SCOPE_MISSING = "`get_order` needs a token with the scope `read_global_api_orders`, and reads the orders of its "
  + "own agent alone.";

/** What a page does with a family of tools: gives the tools' names in the order of their calls. */
const USES = {
  async catalog(tab) {
    const { data } = await tab.done("callTool", "search_catalog", { catalog: { query: "mug" } });
    assert.ok(data.products.length > 0);
    await tab.done("callTool", "lookup_catalog", { catalog: { ids: [MUG] } });
    await tab.done("callTool", "get_product", { catalog: { id: MUG } });
    return ["search_catalog", "lookup_catalog", "get_product"];
  },
  async cart(tab) {
    const { data: { id } } = await tab.done("cart.create", lines([MUG]));
    await tab.done("cart.get", id);
    const { data } = await tab.done("cart.update", id, { line_items: lines([MUG, 3]) });
    assert.equal(data.line_items[0].quantity, 3);
    await tab.done("cart.cancel", id);
    return ["create_cart", "get_cart", "update_cart", "cancel_cart"];
  },
  async checkout(tab) {
    const { id } = await newCheckout(tab);
    await tab.done("checkout.get", id);
    await tab.done("checkout.update", id, readyCheckout());
    const { data } = await tab.done("checkout.cancel", id);
    assert.equal(data.status, "canceled");
    return ["create_checkout", "get_checkout", "update_checkout", "cancel_checkout"];
  },
  async complete_checkout(tab) {
    const { id } = await newCheckout(tab);
    const { data, outcome } = await tab.done("checkout.complete", id, PAID);
    assert.deepEqual([data.status, outcome], ["completed", "success"]);
    return ["create_checkout", "complete_checkout"];
  },
  async get_order(tab) {
    const { id } = await newCheckout(tab);
    const { data: { order } } = await tab.done("checkout.complete", id, PAID);
    const { data } = await tab.done("orders.get", order.id);
    assert.equal(data.checkout_id, id);
    return ["create_checkout", "complete_checkout", "get_order"];
  },
};

/** A page at a tier, with all that the tier can have. */
const PAGES = {
  token: () => tokenTab(),
  async signed() {
    const tab = await world.tab({ connect: false });
    const profiles = await publishKeys(world, tab, await makeKeys(tab));
    return connectAgent(tab, { profiles, signer: "keys" });
  },
  anonymous: () => agentTab(world),
};

async function tokenTab(issue = async () => (await requestToken(world.shop)).json(), agent = {}) {
  const tab = await world.tab({ connect: false });
  await serveTokens(tab, issue);
  return connectAgent(tab, { token: "broker", agentWideToken: true, ...agent });
}

const YES = ["catalog", "cart", "checkout"];
const TABLE = {
  token: { yes: [...YES, "complete_checkout", "get_order"], no: [] },
  signed: { yes: YES, no: ["complete_checkout", "get_order"] },
  anonymous: { yes: YES, no: ["complete_checkout", "get_order"] },
};

/** Whatever reached any of the shop's hosts but for the pages themselves. */
const toShop = () => world.shop.log().filter(({ kind }) => kind !== "static");

/** The shop refuses a call that was forced on it. Under HTTP 200 it could as well be the token that has ended. */
async function refusedByShop(tab, path, args, { code, tier, tool, sentence, form }) {
  world.shop.settings({ ucpRefusals: form });
  world.shop.clearLog();
  world.console.expect(/status of 403/);
  const error = await tab.refused(path, ...args, { force: true });
  assert.deepEqual([error.code, error.message, error.field], [code, sentence, tool], form);
  assert.deepEqual([error.status, error.rpc.code], [form === "http403" ? 403 : 200, -32000], form);
  const status = form === "http403" ? 403 : 200;
  const tries = tier === "token" && form === "rpc200" ? 2 : 1;
  assert.deepEqual(world.ucpCalls().map(notes), Array(tries).fill({ tool, tier, executed: false, status }), form);
}

for (const [tier, { yes, no }] of Object.entries(TABLE)) {
  for (const family of yes) {
    test(`${tier}: ${family} is executed`, async () => {
      const tools = await USES[family](await PAGES[tier]());
      assert.deepEqual(world.ucpCalls().map(notes), tools.map((tool) => ({ tool, tier, executed: true, status: 200 })));
    });
  }
  for (const tool of no) {
    const { code, sentence, path, args } = REFUSALS[tool];
    test(`${tier}: ${tool} is refused before the network, and by the shop where it is forced`, async () => {
      const tab = await PAGES[tier]();
      const given = await args(tab);
      world.shop.clearLog();
      const error = await tab.refused(path, ...given);
      assert.deepEqual([error.class, error.code, error.field, error.message], ["ToolError", code, tool, sentence]);
      assert.deepEqual([error.status, error.retryable], [null, false]);
      assert.deepEqual(toShop(), [], "nothing is sent");
      await refusedByShop(tab, path, given, { code, tier, tool, sentence, form: "http403" });
      await refusedByShop(tab, path, given, { code, tier, tool, sentence, form: "rpc200" });
      assert.equal(world.shop.state().ucp.orders, 0);
    });
  }
}

test("token without the permission: complete_checkout is refused by the shop alone, which knows it", async () => {
  world.shop.settings({ agentTokenMayComplete: false });
  const tab = await tokenTab();
  const { id } = await newCheckout(tab);
  for (const form of ["http403", "rpc200"]) {
    const expected = { code: "forbidden", tier: "token", tool: "complete_checkout", sentence: NOT_GRANTED, form };
    await refusedByShop(tab, "checkout.complete", [id, PAID], expected);
  }
  assert.equal(world.shop.state().ucp.orders, 0);
});

test("token without the scope: get_order is refused before the network, and by the shop where forced", async () => {
  world.shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"] });
  const tab = await tokenTab();
  const error = await tab.refused("orders.get", NO_ORDER);
  assert.deepEqual([error.code, error.message, error.field], ["scope_missing", SCOPE_MISSING, "get_order"]);
  assert.deepEqual(toShop().filter(({ kind }) => kind !== "agent-token"), [], "only the token is asked for");
  for (const form of ["http403", "rpc200"]) {
    const expected = { code: "scope_missing", tier: "token", tool: "get_order", sentence: SCOPE_MISSING, form };
    await refusedByShop(tab, "orders.get", [NO_ORDER], expected);
  }
});

test("token whose scope nobody said: the call is sent, and its refusal explained", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const record = await tab.run(() => Object.entries(sessionStorage).find(([key]) => key.endsWith(":session"))[1]);
  await serveTokens(tab, async () => JSON.parse(record).accessToken);
  await connectAgent(tab, { token: "broker", agentWideToken: true });
  world.console.expect(/status of 403/);
  const error = await tab.refused("orders.get", NO_ORDER);
  assert.deepEqual([error.code, error.message, error.status], ["scope_missing", SCOPE_MISSING, 403]);
  assert.deepEqual(world.ucpCalls().map(notes), [{ tool: "get_order", tier: "token", executed: false, status: 403 }]);
});

test("token that says its scope itself, as a JWT: known before the network", async () => {
  world.shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"] });
  const tab = await tokenTab(async () => (await (await requestToken(world.shop)).json()).access_token);
  assert.equal((await tab.refused("orders.get", NO_ORDER)).code, "scope_missing");
  assert.equal(world.ucpCalls().length, 0);
});

test("a token that is good for more than the catalog has no place in a page, unless the page says so", async () => {
  const tab = await world.tab({ connect: false });
  await serveTokens(tab, async () => (await requestToken(world.shop)).json());
  await connectAgent(tab, { token: "broker" });
  const calls = [["cart.create", lines([MUG])], ["checkout.complete", "any", PAID], ["orders.get", NO_ORDER]];
  for (const [path, ...args] of calls) {
    const error = await tab.refused(path, ...args);
    assert.deepEqual([error.code, error.field], ["secret_in_page", "agentWideToken"], path);
  }
  assert.equal(world.ucpCalls().length, 0);
  world.shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"] });
  const searching = await world.tab({ connect: false });
  await serveTokens(searching, async () => (await requestToken(world.shop)).json());
  await connectAgent(searching, { token: "broker" });
  await searching.done("callTool", "search_catalog", { catalog: { query: "mug" } });
  assert.equal(world.ucpCalls()[0].ucp.tier, "token");
});

test("a token is asked for once however many calls wait, and once more after a 401", async () => {
  const tab = await world.tab({ connect: false });
  const asked = await serveTokens(tab, async () => (await requestToken(world.shop)).json());
  await connectAgent(tab, { token: "broker", agentWideToken: true });
  const search = () => tab.done("callTool", "search_catalog", { catalog: { query: "mug" } });
  await Promise.all([1, 2, 3, 4].map(search));
  assert.equal(asked.length, 1);
  world.shop.expireTokens();
  world.console.expect(/status of 401/);
  await Promise.all([search(), search()]);
  assert.equal(asked.length, 2);
});

test("the customer's own token is one of the token tier", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await connectAgent(tab, { token: "customer" });
  world.shop.clearLog();
  await USES.cart(tab);
  const tools = await USES.complete_checkout(tab);
  const calls = world.ucpCalls();
  const executed = tools.map((tool) => ({ tool, tier: "token", executed: true, status: 200 }));
  assert.deepEqual(calls.slice(-2).map(notes), executed);
  for (const { customer, authorizationStyle } of calls) {
    assert.deepEqual([customer, authorizationStyle], ["maya.okafor@example.com", "Bearer"]);
  }
  world.console.expect(/status of 403/);
  const error = await tab.refused("orders.get", NO_ORDER);
  assert.deepEqual([error.code, error.message], ["scope_missing", SCOPE_MISSING]);
  world.shop.settings({ customerTokenScopes: ["read_global_api_orders"] });
  await tab.ask("orders.get", NO_ORDER);
  assert.deepEqual(notes(world.ucpCalls().at(-1)), { tool: "get_order", tier: "token", executed: true, status: 200 });
});

test("with nobody signed in a customer's token gives way to the next lower tier, or is insisted on", async () => {
  const tab = await world.tab();
  await connectAgent(tab, { token: "customer" });
  await tab.done("cart.create", lines([MUG]));
  assert.equal(world.ucpCalls()[0].ucp.tier, "anonymous");
  const error = await tab.refused("cart.create", lines([MUG]), { tier: "token" });
  assert.deepEqual([error.class, error.code], ["SignInError", "sign_in_needed"]);
  const refused = await tab.refused("checkout.complete", "any", PAID);
  assert.equal(refused.code, "tier_insufficient");
  assert.equal(world.ucpCalls().length, 1);
});

test("anonymous calls are bare, also while a customer is signed in and keys are at hand", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const profiles = await publishKeys(world, tab, await makeKeys(tab));
  await connectAgent(tab, { profiles, token: "customer", signer: "keys" });
  world.shop.clearLog();
  const { data: { id } } = await tab.done("cart.create", lines([MUG]), { tier: "anonymous" });
  await tab.done("cart.cancel", id, { tier: "anonymous" });
  await tab.done("cart.create", lines([MUG]), { tier: "signed" });
  await tab.done("cart.create", lines([MUG]));
  const calls = world.ucpCalls();
  assert.deepEqual(calls.map(({ ucp }) => ucp.tier), ["anonymous", "anonymous", "signed", "token"]);
  const telling = /^(authorization|cookie|signature.*|content-digest|ucp-agent|idempotency-key|shopify-.*|x-.*)$/;
  for (const { headers, authorizationStyle, customer } of calls.slice(0, 2)) {
    assert.deepEqual(Object.keys(headers).filter((name) => telling.test(name)), []);
    assert.deepEqual([headers["content-type"], headers.accept], ["application/json", "application/json"]);
    assert.deepEqual([authorizationStyle, customer], [null, undefined]);
  }
  const preflights = world.requests({ kind: "preflight" }).filter(({ n }) => n < calls[1].n);
  for (const { headers } of preflights) assert.equal(headers["access-control-request-headers"], "content-type");
  assert.equal(calls[2].authorizationStyle, null);
});
