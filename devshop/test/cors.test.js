import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callMessage, postMcp } from "./support/mcp.js";
import { runningShop } from "./support/shop.js";
import { discover } from "./support/sign-in.js";

describe("CORS", () => {
  const running = runningShop();

  async function endpoints() {
    const { shop } = running;
    const openid = await discover(shop);
    const { mcp_api: mcp } = await discover(shop, "customer-account-api");
    return {
      discovery: `${shop.shop}/.well-known/openid-configuration`,
      api: `${shop.shop}/.well-known/customer-account-api`,
      jwks: openid.jwks_uri,
      token: openid.token_endpoint,
      mcp,
    };
  }

  function preflight(url, method, origin = running.shop.shop) {
    return fetch(url, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type",
      },
    });
  }

  function allowed(response) {
    return response.headers.get("access-control-allow-origin");
  }

  it("lets pages read every endpoint", async () => {
    const { shop } = running;
    const urls = await endpoints();
    const headers = { origin: shop.shop };
    for (const name of ["discovery", "api", "jwks"]) assert.equal(allowed(await fetch(urls[name], { headers })), "*");
    assert.equal(allowed(await postMcp(shop, { id: 1, method: "tools/list" }, { headers })), "*");
    assert.equal(allowed(await postMcp(shop, callMessage("get_order_status"), { headers })), "*", "a 401 too");
    const refused = await fetch(urls.token, { method: "POST", headers, body: new URLSearchParams({}) });
    assert.equal(refused.status, 400);
    assert.equal(allowed(refused), shop.shop);
  });

  it("answers preflights with what the SDK needs", async () => {
    const urls = await endpoints();
    for (const name of ["mcp", "token"]) {
      const response = await preflight(urls[name], "POST");
      assert.equal(response.status, 204);
      assert.match(response.headers.get("access-control-allow-methods"), /POST/);
      assert.match(response.headers.get("access-control-allow-headers"), /Authorization/);
      assert.match(response.headers.get("access-control-allow-headers"), /Content-Type/);
    }
  });

  it("keeps the token endpoint to the clients' origins", async () => {
    const urls = await endpoints();
    assert.equal((await preflight(urls.token, "POST", "https://evil.example")).status, 404);
    assert.equal((await preflight(urls.mcp, "POST", "https://elsewhere.example")).status, 204);
  });

  it("is gone when it is off, and the endpoints still answer", async () => {
    const { shop } = running;
    const urls = await endpoints();
    shop.settings({ cors: false });
    for (const [name, url] of Object.entries(urls)) {
      const response = await preflight(url, name === "mcp" || name === "token" ? "POST" : "GET");
      assert.equal(response.status, 404);
      assert.equal(allowed(response), null);
      const answer = await fetch(url, { method: name === "token" ? "POST" : "GET", headers: { origin: shop.shop } });
      assert.equal(allowed(answer), null, `the answer of ${name}`);
    }
    const listed = await postMcp(shop, { id: 1, method: "tools/list" }, { headers: { origin: shop.shop } });
    assert.equal(listed.status, 200);
    assert.equal(allowed(listed), null);
  });

  it("has none for pages and the login", async () => {
    const { shop } = running;
    const { authorization_endpoint: authorize } = await discover(shop);
    assert.equal(allowed(await fetch(authorize, { headers: { origin: shop.shop } })), null);
    assert.equal((await preflight(authorize, "GET")).status, 404);
    assert.equal(allowed(await fetch(`${shop.shop}/shop-config.json`, { headers: { origin: shop.shop } })), null);
  });
});
