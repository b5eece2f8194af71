import assert from "node:assert/strict";
import { request as httpsRequest } from "node:https";
import { after, before, describe, it } from "node:test";
import { startDevshop } from "../index.js";

describe("the TLS profile", () => {
  let shop;
  before(async () => {
    shop = await startDevshop({ tls: true, quiet: true });
  });
  after(() => shop.close());

  /** A request by name, with the certificate checked against that name. */
  function get(url, { method = "GET", headers = {}, body } = {}) {
    const { hostname, pathname } = new URL(url);
    return new Promise((resolve, reject) => {
      httpsRequest({
        host: "127.0.0.1", port: shop.tls.port, servername: hostname, path: pathname, ca: shop.tls.certificate, method,
        headers: { host: hostname, ...headers },
      }, async (answer) => {
        const chunks = await answer.toArray();
        resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() });
      }).on("error", reject).end(body);
    });
  }

  function post(url, message) {
    const body = JSON.stringify(message);
    return get(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  }

  it("has real-looking names and no port in any URL", async () => {
    assert.equal(shop.shop, "https://cedarandclay.example");
    assert.equal(shop.account, "https://account.cedarandclay.example");
    assert.equal(shop.shopify, "https://shopify.com");
    assert.equal(shop.issuer, "https://shopify.com/authentication/68817298");
    const openid = JSON.parse((await get(`${shop.shop}/.well-known/openid-configuration`)).body);
    assert.equal(openid.token_endpoint, "https://shopify.com/authentication/68817298/oauth/token");
    assert.equal((await get(openid.jwks_uri)).status, 200);
    shop.settings({ urlShape: "vanity" });
    const vanity = JSON.parse((await get(`${shop.shop}/.well-known/openid-configuration`)).body);
    assert.equal((await get(vanity.jwks_uri)).status, 200);
  });

  it("tells hosts apart by name, and says how to get there", async () => {
    assert.equal((await get(`${shop.account}/.well-known/openid-configuration`)).status, 404);
    for (const origin of Object.values(shop.state().origins).filter((url) => url !== shop.control)) {
      assert.ok(shop.tls.hostResolverRules.includes(`MAP ${new URL(origin).host} 127.0.0.1:${shop.tls.port}`));
    }
    assert.match(shop.tls.spkiSha256, /^[\w+/]{43}=$/);
    assert.equal((await fetch(`${shop.control}/state`)).status, 200);
  });

  it("fetches the agents' profiles by their real-looking name", async () => {
    assert.equal(shop.agents, "https://agents.example");
    assert.equal(shop.ucp, "https://cedar-and-clay.myshopify.com");
    const meta = { "ucp-agent": { profile: `${shop.agents}/agents/demo/2026-08-25.json` } };
    const answer = await post(`${shop.ucp}/api/ucp/mcp`, {
      jsonrpc: "2.0", id: 1, method: "tools/call",
      params: { name: "search_catalog", arguments: { meta, catalog: { query: "mug" } } },
    });
    assert.equal(JSON.parse(answer.body).result.structuredContent.ucp.status, "success");
  });

  it("has the catalogs, and the other shops, by their names", async () => {
    assert.equal(shop.catalog, "https://catalog.shopify.com");
    assert.equal(shop.discover, "https://discover.shopifyapps.com");
    const meta = { "ucp-agent": { profile: `${shop.agents}/agents/demo/2026-08-25.json` } };
    const answer = await post(`${shop.catalog}/api/ucp/mcp`, {
      jsonrpc: "2.0", id: 1, method: "tools/call",
      params: { name: "get_product", arguments: { meta, catalog: { id: "gid://shopify/p/AbC123XyZ" } } },
    });
    const { product: { url, media } } = JSON.parse(answer.body).result.structuredContent;
    assert.equal(new URL(url).origin, "https://fennmark-knitworks.example");
    assert.match((await get(url)).body, /Harlow Organic Cotton Crewneck Sweater/);
    assert.equal((await get(media[0].url)).status, 200);
    assert.ok(shop.tls.hostResolverRules.includes("MAP fennmark-knitworks.example 127.0.0.1"));
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    assert.equal((await post(`${shop.discover}/global/mcp`, list)).status, 401);
  });

  it("sets its cookies for TLS only", async () => {
    const parameters = new URLSearchParams({
      client_id: shop.clients.headless.clientId, redirect_uri: `${shop.shop}/account/`, response_type: "code",
      scope: "openid", code_challenge: "a".repeat(43), code_challenge_method: "S256",
    });
    const cookies = await new Promise((resolve, reject) => {
      httpsRequest({
        host: "127.0.0.1", port: shop.tls.port, servername: "shopify.com", ca: shop.tls.certificate,
        path: `/authentication/68817298/oauth/authorize?${parameters}`, headers: { host: "shopify.com" },
      }, (answer) => {
        answer.resume();
        resolve(answer.headers["set-cookie"]);
      }).on("error", reject).end();
    });
    assert.ok(cookies.length > 0);
    for (const cookie of cookies) assert.match(cookie, /; secure/i);
  });
});
