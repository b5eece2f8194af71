import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runningShop } from "./support/shop.js";
import { discover } from "./support/sign-in.js";

describe("discovery", () => {
  const running = runningShop();

  it("names the endpoints of each URL shape, and one issuer", async () => {
    const { shop } = running;
    const places = {
      shopify: {
        login: `${shop.shopify}/authentication/68817298`,
        mcp: `${shop.shopify}/68817298/account/customer/api/mcp`,
      },
      vanity: { login: `${shop.account}/authentication`, mcp: `${shop.account}/customer/api/mcp` },
      seed: { login: `${shop.shop}/authentication/68817298`, mcp: `${shop.shop}/customer/api/mcp` },
    };
    for (const [urlShape, { login, mcp }] of Object.entries(places)) {
      shop.settings({ urlShape });
      const openid = await discover(shop);
      assert.equal(openid.issuer, shop.issuer);
      assert.equal(openid.authorization_endpoint, `${login}/oauth/authorize`);
      assert.equal(openid.token_endpoint, `${login}/oauth/token`);
      assert.equal(openid.end_session_endpoint, `${login}/logout`);
      assert.equal(openid.jwks_uri, `${login}/.well-known/jwks.json`);
      const api = await discover(shop, "customer-account-api");
      assert.deepEqual(Object.keys(api), ["graphql_api", "mcp_api"]);
      assert.equal(api.mcp_api, mcp);
    }
  });

  it("has exactly the members that shops have", async () => {
    const openid = await discover(running.shop);
    assert.deepEqual(Object.keys(openid).sort(), [
      "authorization_endpoint", "claims_supported", "code_challenge_methods_supported", "end_session_endpoint",
      "grant_types_supported", "id_token_signing_alg_values_supported", "issuer", "jwks_uri", "op_policy_uri",
      "op_tos_uri", "response_types_supported", "scopes_supported", "subject_types_supported", "token_endpoint",
      "token_endpoint_auth_methods_supported", "ui_locales_supported",
    ]);
    assert.deepEqual(openid.code_challenge_methods_supported, ["S256"]);
    assert.ok(openid.scopes_supported.includes("customer-account-mcp-api:full"));
    assert.deepEqual(await discover(running.shop, "oauth-authorization-server"), openid);
  });

  it("can lack mcp_api", async () => {
    running.shop.settings({ mcpApi: false });
    assert.deepEqual(Object.keys(await discover(running.shop, "customer-account-api")), ["graphql_api"]);
  });

  it("is on the shop's host only, by GET", async () => {
    const { shop } = running;
    const path = "/.well-known/customer-account-api";
    assert.equal((await fetch(`${shop.account}${path}`)).status, 404);
    assert.equal((await fetch(`${shop.shopify}${path}`)).status, 404);
    assert.equal((await fetch(`${shop.shop}${path}`, { method: "POST" })).status, 405);
  });

  it("publishes a public key and nothing private", async () => {
    const { jwks_uri: jwksUri } = await discover(running.shop);
    const { keys } = await (await fetch(jwksUri)).json();
    assert.equal(keys.length, 1);
    assert.deepEqual(Object.keys(keys[0]).sort(), ["alg", "e", "kid", "kty", "n", "use"]);
  });
});
