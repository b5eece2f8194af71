import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeJwt } from "jose";
import { agentToken, postSigned, publishKey, requestToken, sign } from "./support/agent.js";
import { runningShop } from "./support/shop.js";
import { THEO, signIn } from "./support/sign-in.js";
import {
  AUGUST, callUcp, codes, lines, MUG, newKey, paymentOf, readyCheckout, ucpMessage,
} from "./support/ucp.js";

const FORBIDDEN = ["complete_checkout", "get_order"];

/** Arguments that each tool takes; ids lead nowhere, which is enough to see who may ask. */
const ARGUMENTS = {
  search_catalog: { catalog: {} },
  lookup_catalog: { catalog: { ids: [MUG] } },
  get_product: { catalog: { id: MUG } },
  create_cart: { cart: { line_items: [] } },
  get_cart: { id: "none" },
  update_cart: { id: "none", cart: { line_items: [] } },
  cancel_cart: { id: "none" },
  create_checkout: { checkout: { line_items: [] } },
  get_checkout: { id: "none" },
  update_checkout: { id: "none", checkout: { line_items: [] } },
  complete_checkout: { id: "none", checkout: paymentOf() },
  cancel_checkout: { id: "none" },
  get_order: { id: "none" },
};
const KEYED = new Set(["complete_checkout", "cancel_checkout", "cancel_cart"]);

describe("the three tiers", () => {
  const running = runningShop();
  const keyOf = (name) => (KEYED.has(name) ? { key: newKey() } : {});

  it("anonymous and signed may do all but complete a checkout and read an order", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    for (const [name, args] of Object.entries(ARGUMENTS)) {
      const anonymous = await callUcp(shop, name, args, keyOf(name));
      const message = ucpMessage(shop, name, args, { profile: key.profile, ...keyOf(name) });
      const signed = await postSigned(shop, await sign(shop, message, key));
      for (const { status, error, result } of [anonymous, signed]) {
        if (FORBIDDEN.includes(name)) {
          assert.deepEqual([status, error.code, error.message], [403, -32000, "Forbidden"], name);
          assert.deepEqual(error.data, {
            code: "authentication_required", content: `A valid JWT is required to call ${name}`,
          });
        } else {
          assert.deepEqual([status, error, result.isError], [200, undefined, undefined], name);
        }
      }
    }
  });

  it("token may do all, by what the token was granted", async () => {
    const { shop } = running;
    const refusal = async (name, token) => {
      const { status, error } = await callUcp(shop, name, ARGUMENTS[name], { token, ...keyOf(name) });
      return error ? [status, error.data.code] : null;
    };
    const token = await agentToken(shop);
    for (const name of Object.keys(ARGUMENTS)) assert.equal(await refusal(name, token), null, name);
    assert.equal(shop.log().findLast(({ kind }) => kind === "ucp").ucp.tier, "token");
    shop.settings({ agentTokenScopes: ["read_global_api_catalog_search"], agentTokenMayComplete: false });
    const poor = await agentToken(shop);
    assert.deepEqual(await refusal("get_order", poor), [403, "insufficient_scope"]);
    assert.deepEqual(await refusal("complete_checkout", poor), [403, "insufficient_permissions"]);
    assert.equal(await refusal("get_order", token), null, "what was granted stays granted");
  });

  it("a customer's own token counts as one, without a scope for orders", async () => {
    const { shop } = running;
    const { tokens: { access_token: token } } = await signIn(shop);
    const call = (name) => callUcp(shop, name, ARGUMENTS[name], { token, ...keyOf(name) });
    assert.equal((await call("create_cart")).error, undefined);
    const entry = shop.log().findLast(({ kind }) => kind === "ucp");
    assert.deepEqual([entry.ucp.tier, entry.customer], ["token", "maya.okafor@example.com"]);
    assert.equal((await call("complete_checkout")).error, undefined);
    assert.equal((await call("get_order")).error.data.code, "insufficient_scope");
    shop.settings({ customerTokenScopes: ["read_global_api_orders"], customerTokenMayComplete: false });
    assert.equal((await call("get_order")).error, undefined);
    assert.equal((await call("complete_checkout")).error.data.code, "insufficient_permissions");
  });

  it("a shop can refuse under HTTP 200", async () => {
    const { shop } = running;
    shop.settings({ ucpRefusals: "rpc200" });
    for (const name of FORBIDDEN) {
      const { status, error } = await callUcp(shop, name, ARGUMENTS[name], keyOf(name));
      assert.deepEqual([status, error], [200, {
        code: -32000, message: "AuthenticationRequired", data: `A valid JWT is required to call ${name}`,
      }]);
    }
  });

  it("a token has to be live, a Bearer, and of the agent whose profile it comes with", async () => {
    const { shop } = running;
    const token = await agentToken(shop);
    const tried = async (how) => {
      const { status, error } = await callUcp(shop, "search_catalog", ARGUMENTS.search_catalog, how);
      return [status, error?.code, error?.data.code];
    };
    assert.deepEqual(await tried({ token: "nonsense" }), [401, -32000, "unauthorized"]);
    assert.deepEqual(await tried({ headers: { authorization: token } }), [401, -32000, "unauthorized"]);
    assert.deepEqual(await tried({ token, agent: "other" }), [403, -32001, "profile_not_trusted"]);
    assert.equal((await tried({ token }))[0], 200);
    shop.expireTokens();
    assert.equal((await tried({ token }))[0], 401);
  });

  it("a shop can want to know the buyer's address for checkouts under a token", async () => {
    const { shop } = running;
    shop.settings({ ucpBuyerIp: true });
    const token = await agentToken(shop);
    const call = (how) => callUcp(shop, "create_checkout", ARGUMENTS.create_checkout, how);
    const { status, error } = await call({ token });
    assert.deepEqual([status, error.code, error.message, typeof error.data], [
      422, -32000, "AuthenticationFailed", "string",
    ]);
    assert.equal((await call({ token, headers: { "shopify-buyer-ip": "198.51.100.7" } })).error, undefined);
    assert.equal((await call({})).error, undefined);
  });
});

describe("what agents own", () => {
  const running = runningShop();

  const make = async (how) => (await callUcp(running.shop, "create_checkout", { checkout: readyCheckout() }, how)).data;
  const read = async (tool, id, how) => codes((await callUcp(running.shop, tool, { id }, how)).data)[0] ?? "mine";

  it("is theirs alone, in whatever version they speak", async () => {
    const { shop } = running;
    const checkout = await make({});
    assert.equal(await read("get_checkout", checkout.id, { agent: "other" }), "not_found");
    assert.equal(await read("get_checkout", checkout.id, { version: "2026-04-08" }), "mine");
    const { data: cart } = await callUcp(shop, "create_cart", { cart: { line_items: lines([MUG]) } });
    assert.equal(await read("get_cart", cart.id, { agent: "other" }), "not_found");
    assert.equal(await read("get_cart", cart.id, {}), "mine");
  });

  it("becomes a customer's with the customer's token", async () => {
    const { shop } = running;
    const { tokens: { access_token: maya } } = await signIn(shop);
    const { tokens: { access_token: theo } } = await signIn(shop, { email: THEO });
    const { id } = await make({});
    await callUcp(shop, "update_checkout", { id, checkout: readyCheckout() }, { token: maya });
    assert.equal(await read("get_checkout", id, { token: maya }), "mine");
    assert.equal(await read("get_checkout", id, { token: theo }), "not_found");
    assert.equal(await read("get_checkout", id, {}), "not_found");
    assert.equal(await read("get_checkout", id, { token: await agentToken(shop) }), "mine");
  });

  it("goes for orders too, which can take their time to appear", async () => {
    const { shop } = running;
    const [token, other] = [await agentToken(shop), await agentToken(shop, "other")];
    shop.settings({ ucpOrderDelayMs: 300 });
    const { id } = await make({ token });
    const { data } = await callUcp(shop, "complete_checkout", { id, checkout: paymentOf() }, { token, key: newKey() });
    assert.equal(await read("get_order", data.order.id, { token }), "not_found");
    await new Promise((resolve) => setTimeout(resolve, 350));
    assert.equal(await read("get_order", data.order.id, { token: other, agent: "other" }), "not_found");
    const { data: order } = await callUcp(shop, "get_order", { id: data.order.id }, { token });
    assert.equal(order.checkout_id, id);
    assert.deepEqual(order.line_items[0].quantity, { original: 2, total: 2, fulfilled: 0 });
    assert.equal(order.currency, "USD");
  });
});

describe("where agents get their tokens", () => {
  const running = runningShop();

  it("exchanges a secret for a JWT, as documented", async () => {
    const { shop } = running;
    shop.settings({
      agentTokenTtl: 86399, agentTokenScopes: ["read_global_api_catalog_search", "read_global_api_orders"],
    });
    const answer = await (await requestToken(shop)).json();
    assert.deepEqual(Object.keys(answer), ["access_token", "scope", "expires_in"]);
    assert.equal(answer.scope, "read_global_api_catalog_search read_global_api_orders");
    assert.equal(answer.expires_in, 86399);
    const { exp, iat } = decodeJwt(answer.access_token);
    assert.equal(exp - iat, 86399);
  });

  it("refuses everybody else", async () => {
    const { shop } = running;
    const refusals = [
      [{ client_secret: "wrong" }, 401, "invalid_client"], [{ client_id: "wrong" }, 401, "invalid_client"],
      [{ client_secret: undefined }, 401, "invalid_client"],
      [{ grant_type: "password" }, 400, "unsupported_grant_type"],
      [{ headers: { "content-type": "text/plain" } }, 400, "invalid_request"],
    ];
    for (const [how, status, error] of refusals) {
      const response = await requestToken(shop, how);
      assert.deepEqual([response.status, (await response.json()).error], [status, error]);
    }
    assert.equal((await fetch(`${shop.api}/auth/access_token`)).status, 405);
  });

  it("is not for pages", async () => {
    const { shop } = running;
    const url = `${shop.api}/auth/access_token`;
    const headers = { "origin": shop.shop, "access-control-request-method": "POST" };
    assert.equal((await fetch(url, { method: "OPTIONS", headers })).status, 404);
    const response = await requestToken(shop, { headers: { origin: shop.shop } });
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  });

  it("leaves no secret in the log, and can be struck by faults", async () => {
    const { shop } = running;
    const token = await agentToken(shop);
    await callUcp(shop, "create_cart", ARGUMENTS.create_cart, { token, version: AUGUST });
    const text = JSON.stringify(shop.log());
    assert.equal(text.includes(token), false);
    assert.equal(text.includes(shop.agentClients[0].clientSecret), false);
    shop.settings({ faults: [{ on: "agent-token", times: 1, do: { status: 503 } }] });
    assert.equal((await requestToken(shop)).status, 503);
  });
});
