import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { callTool, toolData } from "./support/mcp.js";
import { PlainBrowser, codeIn } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { MAYA, THEO, authorizationRequest, discover, signIn } from "./support/sign-in.js";

describe("a whole sign-in", () => {
  const running = runningShop();

  for (const [urlShape, host] of [["shopify", "shopify"], ["vanity", "account"], ["seed", "shop"]]) {
    it(`goes through the ${urlShape} URLs, from discovery to an order`, async () => {
      const { shop } = running;
      shop.settings({ urlShape });
      const configuration = await discover(shop);
      assert.equal(new URL(configuration.authorization_endpoint).origin, shop[host]);
      const { callback, parameters, response, tokens } = await signIn(shop);
      assert.equal(callback.searchParams.get("state"), parameters.state);
      assert.deepEqual([...callback.searchParams.keys()].sort(), ["code", "state"]);
      assert.equal(response.status, 200);
      await assertIdToken(shop, configuration, parameters, tokens.id_token);
      const answer = await callTool(shop, tokens.access_token, "get_order_status", { order_number: "1001" });
      assert.equal(toolData(answer).order.order_number, "#1001");
    });
  }

  async function assertIdToken(shop, { issuer, jwks_uri: jwksUri }, { client_id: audience, nonce }, idToken) {
    assert.equal(issuer, `${shop.shopify}/authentication/68817298`);
    const { payload, protectedHeader } =
      await jwtVerify(idToken, createRemoteJWKSet(new URL(jwksUri)), { issuer, audience });
    assert.equal(protectedHeader.alg, "RS256");
    assert.equal(payload.nonce, nonce);
    assert.equal(payload.sub, shop.customers[0].id);
    assert.equal(payload.email, MAYA);
    assert.equal(payload.email_verified, true);
    assert.ok(payload.sid);
  }

  it("finishes a login that was begun under another URL shape", async () => {
    const { shop } = running;
    const request = await authorizationRequest(shop);
    shop.settings({ urlShape: "vanity" });
    const callback = await new PlainBrowser(shop).signIn(request.url, MAYA);
    assert.ok(callback.searchParams.get("code"));
  });

  it("gives each customer a constant sub", async () => {
    const { shop } = running;
    const maya = await signIn(shop);
    const theo = await signIn(shop, { email: THEO });
    assert.equal(decodeJwt(maya.tokens.id_token).sub, shop.customers[0].id);
    assert.equal(decodeJwt(theo.tokens.id_token).sub, shop.customers[1].id);
  });

  it("needs no openid: then there is no ID token, and acr_values is still welcome", async () => {
    const { shop } = running;
    const scope = "customer-account-mcp-api:full";
    const { tokens, response } = await signIn(shop, { scope, nonce: undefined, acr_values: "provider:google" });
    assert.equal(response.status, 200);
    assert.equal(tokens.id_token, undefined);
    assert.ok(tokens.access_token);
  });

  it("answers prompt=none from the account session, or with login_required", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const silent = await authorizationRequest(shop, { prompt: "none" });
    const refused = (await browser.navigate(silent.url)).url.searchParams;
    assert.equal(refused.get("error"), "login_required");
    assert.equal(refused.get("error_description"), "End-User authentication required.");
    assert.equal(refused.get("state"), silent.parameters.state);
    assert.equal(refused.has("iss"), false);
    await signIn(shop, { browser });
    const again = await authorizationRequest(shop, { prompt: "none" });
    assert.ok((await browser.navigate(again.url)).url.searchParams.get("code"));
  });

  it("asks again with prompt=login, and lets another customer in", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    await signIn(shop, { browser });
    const request = await authorizationRequest(shop, { prompt: "login" });
    const page = await browser.navigate(request.url);
    assert.equal(page.response.status, 200);
    const { tokens } = await signIn(shop, { browser, prompt: "login", email: THEO });
    assert.equal(decodeJwt(tokens.id_token).email, THEO);
    const silent = await signIn(shop, { browser, prompt: "none" });
    assert.equal(decodeJwt(silent.tokens.id_token).email, THEO);
  });

  it("keeps two logins of one browser apart, even for two customers", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const first = await authorizationRequest(shop);
    const second = await authorizationRequest(shop);
    const firstPage = await browser.navigate(first.url);
    const secondBack = await browser.signIn(second.url, THEO);
    const asked = await browser.navigate(firstPage.url, { form: { email: MAYA } });
    const code = codeIn(await asked.response.text());
    const firstBack = (await browser.navigate(`${asked.url}/code`, { form: { code } })).url;
    assert.equal(secondBack.searchParams.get("state"), second.parameters.state);
    assert.equal(firstBack.searchParams.get("state"), first.parameters.state);
    assert.ok(firstBack.searchParams.get("code"));
  });

  it("sends iss in callbacks and says so, only when set", async () => {
    const { shop } = running;
    shop.settings({ issInCallback: true });
    const configuration = await discover(shop);
    assert.equal(configuration.authorization_response_iss_parameter_supported, true);
    const { callback } = await signIn(shop);
    assert.equal(callback.searchParams.get("iss"), configuration.issuer);
    const silent = await authorizationRequest(shop, { prompt: "none" });
    const refused = (await new PlainBrowser(shop).navigate(silent.url)).url.searchParams;
    assert.equal(refused.get("iss"), configuration.issuer);
  });
});
