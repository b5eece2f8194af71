import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startDevshop } from "../index.js";
import { callMessage, postMcp } from "./support/mcp.js";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { MAYA, THEO, authorizationRequest, refresh, signIn } from "./support/sign-in.js";

const DEFAULTS = {
  urlShape: "shopify", refreshTokens: true, idToken: true, tokenType: false, accessTokenTtl: 3600,
  issInCallback: false, acceptRaw: true, acceptBearer: true, authFailure: "http401", cors: true, answers: "json",
  insistOnBothTypes: false, toolsPageSize: null, latencyMs: 0, coop: false, rateLimit: null, mcpApi: true,
  idTokenFault: null, faults: [], catalogProducts: 600,
  ucpVersions: ["2026-08-25", "2026-04-08"], ucpLeafFault: null, ucpTransports: ["mcp", "embedded"],
  ucpDecoyService: false, ucpCapabilitiesLeftOut: [], ucpFreshProfiles: true,
  ucpErrorStatus: "registry", ucpResults: "both",
  ucpRefusals: "http403", ucpBuyerIp: false, ucpRateLimit: null,
  ucpRates: {
    anonymous: { catalog: 4, cart: 3, checkout: 1, order: 1 },
    signed: { catalog: 10, cart: 8, checkout: 3, order: 2 },
    token: { catalog: 40, cart: 30, checkout: 10, order: 5 },
  },
  ucpCors: true,
  ucpCorsHeaders: [
    "authorization", "content-type", "accept", "ucp-agent", "signature", "signature-input", "content-digest",
    "idempotency-key",
  ],
  catalogRateLimit: null,
  catalogRates: { anonymous: { catalog: 1 }, signed: { catalog: 3 }, token: { catalog: 5 } },
  agentTokenScopes: ["read_global_api_orders", "read_global_api_catalog_search"],
  agentTokenMayComplete: true, agentTokenTtl: 3600,
  customerTokenScopes: [], customerTokenMayComplete: true,
  ucpCartTtl: 2592000, ucpCheckoutTtl: 21600, ucpCompletionMs: 1000, ucpOrderDelayMs: 0, ucpAuthority: null,
};

describe("the control API", () => {
  const running = runningShop();

  async function control(method, path, { body, headers } = {}) {
    const response = await fetch(running.shop.control + path, {
      method,
      headers: headers ?? {},
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, value: await response.json().catch(() => null) };
  }

  it("reads and patches the settings", async () => {
    assert.deepEqual((await control("GET", "/settings")).value, DEFAULTS);
    const { value } = await control("PATCH", "/settings", { body: { urlShape: "seed", latencyMs: 5 } });
    assert.deepEqual(value, { ...DEFAULTS, urlShape: "seed", latencyMs: 5 });
    assert.deepEqual(running.shop.settings(), value);
    await control("POST", "/reset");
    assert.deepEqual(running.shop.settings(), DEFAULTS);
  });

  for (const [name, values] of Object.entries({
    nothing: [1],
    urlShape: ["myshop", null],
    refreshTokens: ["yes", null],
    accessTokenTtl: [0, 1.5, "60"],
    authFailure: ["http403"],
    answers: ["xml"],
    toolsPageSize: [0],
    latencyMs: [-1],
    rateLimit: [
      true, {}, { shape: "http500", perSecond: 1, retryAfter: null, exposed: true },
      { shape: "rpc", perSecond: 0, retryAfter: null, exposed: true },
      { shape: "rpc", perSecond: 1, retryAfter: "soon", exposed: true },
      { shape: "rpc", perSecond: 1, retryAfter: 1, exposed: true, more: 1 },
    ],
    idTokenFault: ["tired"],
    ucpVersions: [[], ["soon"], ["2026-08-25", "2026-08-25"], "2026-08-25"],
    ucpLeafFault: ["torn"],
    ucpTransports: [["pigeon"]],
    ucpCapabilitiesLeftOut: [["dev.ucp.shopping.teleport"]],
    ucpRefusals: ["http500"],
    ucpRateLimit: [5, {}, { shape: "rpc", retryAfter: 1, exposed: true }],
    ucpRates: [null, { king: {} }, { token: { catalog: 0 } }, { token: { mail: 1 } }],
    ucpCorsHeaders: [["Authorization"]],
    catalogProducts: [599, 10001, 1000.5, "600"],
    catalogRates: [{ token: { cart: 1 } }, { anonymous: { catalog: -1 } }],
    agentTokenTtl: [0],
    ucpAuthority: ["https://shop.example/"],
    faults: [
      {}, [1], [{ on: "moon", times: 1, do: { status: 500 } }], [{ on: "mcp", times: -1, do: { status: 500 } }],
      [{ on: "mcp", times: 1 }], [{ on: "mcp", times: 1, do: {} }], [{ on: "mcp", do: { status: 99 } }],
      [{ on: "mcp", do: { status: 500, drop: "half" } }], [{ on: "mcp", do: { drop: "late" } }],
      [{ on: "token", do: { rpc: "wrong-id" } }], [{ on: "mcp", do: { rpc: "odd" } }],
      [{ on: "mcp", do: { status: 500 }, when: "now" }],
    ],
  })) {
    it(`refuses wrong values of ${name}, by name, and keeps all as it was`, async () => {
      for (const value of values) {
        const answer = await control("PATCH", "/settings", { body: { latencyMs: 9, [name]: value } });
        assert.equal(answer.status, 400, JSON.stringify(value));
        assert.equal(answer.value.setting, name);
        assert.match(answer.value.error, new RegExp(`^${name}: `));
      }
      assert.deepEqual(running.shop.settings(), DEFAULTS);
    });
  }

  it("refuses what is not JSON, and what is not there", async () => {
    assert.equal((await control("PATCH", "/settings", { body: "{" })).status, 400);
    assert.equal((await control("PATCH", "/settings", { body: [] })).status, 400);
    assert.equal((await control("GET", "/elsewhere")).status, 404);
    assert.equal((await control("DELETE", "/settings")).status, 405);
  });

  it("is open to pages of the shop, and to no other page", async () => {
    const { shop } = running;
    const mine = await control("GET", "/settings", { headers: { origin: shop.shop } });
    assert.equal(mine.headers.get("access-control-allow-origin"), shop.shop);
    const preflight = await control("OPTIONS", "/settings", {
      headers: {
        "origin": shop.shop,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "content-type",
      },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get("access-control-allow-methods"), /PATCH/);
    const foreign = await control("POST", "/reset", { headers: { origin: "https://evil.example" } });
    assert.equal(foreign.status, 403);
    assert.equal(foreign.headers.get("access-control-allow-origin"), null);
  });

  it("tells where everything is", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const page = await browser.navigate((await authorizationRequest(shop)).url);
    await browser.navigate(page.url, { form: { email: MAYA } });
    const { value } = await control("GET", "/state");
    const {
      shop: shopOrigin, shopify, account, control: controlOrigin, ucp, api, agents, catalog, discover,
    } = shop;
    assert.deepEqual(value.origins, {
      shop: shopOrigin, shopify, account, control: controlOrigin, ucp, api, agents, catalog, discover,
    });
    assert.deepEqual(value.clients, shop.clients);
    assert.deepEqual(value.customers.map(({ email }) => email), [MAYA, THEO]);
    assert.match(value.oneTimeCodes[0].code, /^\d{6}$/);
  });

  it("expires tokens, revokes sessions, and forgets everything on reset", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    const status = async () =>
      (await postMcp(shop, callMessage("get_loyalty_points"), { token: login.tokens.access_token })).status;
    assert.equal(await status(), 200);
    assert.equal((await control("POST", "/tokens/expire")).status, 200);
    assert.equal(await status(), 401);
    assert.equal((await control("POST", "/sessions/revoke")).status, 200);
    assert.equal((await refresh(shop, login)).status, 400);
    await control("POST", "/reset");
    assert.deepEqual((await control("GET", "/log")).value, []);
  });
});

describe("a reset", () => {
  it("comes back to the settings that the shop was started with", async () => {
    const shop = await startDevshop({ port: 0, quiet: true, settings: { urlShape: "vanity" } });
    shop.settings({ urlShape: "seed", coop: true });
    shop.reset();
    assert.deepEqual(shop.settings(), { ...DEFAULTS, urlShape: "vanity" });
    await shop.close();
    const misspelt = startDevshop({ port: 0, quiet: true, settings: { nothing: 1 } });
    await assert.rejects(misspelt, /nothing: there is no such setting/);
  });
});

describe("the log", () => {
  const running = runningShop();

  it("follows a sign-in and a call, with secrets masked", async () => {
    const { shop } = running;
    const { tokens, callback } = await signIn(shop);
    const authorization = `Bearer ${tokens.access_token}`;
    const message = callMessage("get_order_status", { order_number: "1001" }, 4);
    await postMcp(shop, message, { token: authorization });
    const log = shop.log();
    assert.deepEqual(log.map(({ kind }) => kind), [
      "discovery", "authorize", "signin-page", "signin-page", "signin-page", "signin-page", "signin-page", "token",
      "customer-account-api", "mcp",
    ]);
    assert.deepEqual(log.map(({ n }) => n), log.map((_, index) => log[0].n + index));
    const [authorize, token, mcp] = ["authorize", "token", "mcp"]
      .map((kind) => log.find((entry) => entry.kind === kind));
    assert.deepEqual(
      [authorize.host, authorize.method, authorize.status, authorize.outcome],
      ["shopify", "GET", 303, "sign_in"],
    );
    assert.deepEqual(
      [token.grant, token.outcome, token.customer, token.origin, token.status],
      ["authorization_code", "ok", MAYA, shop.shop, 200],
    );
    assert.deepEqual([mcp.authorizationStyle, mcp.outcome, mcp.customer], ["Bearer", "ok", MAYA]);
    assert.deepEqual(mcp.rpc, {
      method: "tools/call", id: 4, tool: "get_order_status", arguments: { order_number: "1001" },
    });
    assert.equal(mcp.headers.authorization, `(${authorization.length} characters)`);
    const text = JSON.stringify(log);
    for (const secret of [tokens.access_token, tokens.refresh_token, callback.searchParams.get("code")]) {
      assert.equal(text.includes(secret), false);
    }
  });

  it("tells refusals apart, and can be cleared", async () => {
    const { shop } = running;
    await postMcp(shop, callMessage("get_loyalty_points"), { token: "shcat_wrong" });
    const { kind, status, outcome, authorizationStyle } = shop.log().at(-1);
    assert.deepEqual({ kind, status, outcome, authorizationStyle },
      { kind: "mcp", status: 401, outcome: "unauthorized", authorizationStyle: "raw" });
    shop.clearLog();
    assert.deepEqual(shop.log(), []);
  });

  it("keeps preflights apart from calls", async () => {
    const { shop } = running;
    await fetch(`${shop.shopify}/68817298/account/customer/api/mcp`, {
      method: "OPTIONS", headers: { origin: shop.shop, "access-control-request-method": "POST" },
    });
    assert.deepEqual(shop.log().map(({ kind, status }) => [kind, status]), [["preflight", 204]]);
  });
});

describe("every host", () => {
  const running = runningShop();

  it("answers to its own name only", async () => {
    for (const origin of [running.shop.shop, running.shop.shopify, running.shop.control]) {
      const status = await new Promise((resolve, reject) => {
        httpRequest(`${origin}/settings`, { headers: { host: "rebound.example" } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on("error", reject).end();
      });
      assert.equal(status, 421);
    }
  });

  it("shrugs off a client that leaves in the middle of its body", async () => {
    const { shop } = running;
    for (const url of [`${shop.account}/customer/api/mcp`, `${shop.control}/settings`]) {
      const method = url.endsWith("mcp") ? "POST" : "PATCH";
      const leaving = httpRequest(url, { method, headers: { "content-length": 100 } });
      leaving.on("error", () => {});
      leaving.write("{");
      await sleep(50);
      leaving.destroy();
      await sleep(50);
    }
    assert.equal((await fetch(`${shop.control}/settings`)).status, 200);
  });

  it("refuses a body beyond all measure", async () => {
    const { shop } = running;
    const response = await fetch(`${shop.account}/customer/api/mcp`, {
      method: "POST", headers: { "content-type": "application/json" }, body: " ".repeat(1024 * 1024 + 1),
    });
    assert.equal(response.status, 413);
  });
});
