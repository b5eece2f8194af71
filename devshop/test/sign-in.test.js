import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { startDevshop } from "../index.js";
import { callTool, toolData } from "./support/mcp.js";
import { PlainBrowser } from "./support/plain-browser.js";
import { MAYA, THEO, authorizationRequest, discover, exchangeForm, postToken, signIn } from "./support/sign-in.js";

describe("sign-in", () => {
  let shop;
  before(async () => {
    shop = await startDevshop({ port: 0, quiet: true });
  });
  after(() => shop.close());
  beforeEach(() => shop.reset());

  for (const [urlShape, host] of [["shopify", "shopify"], ["vanity", "account"], ["seed", "shop"]]) {
    it(`goes through the ${urlShape} URLs, from discovery to an order`, async () => {
      shop.settings({ urlShape });
      const configuration = await discover(shop);
      assert.equal(new URL(configuration.authorization_endpoint).origin, shop[host]);
      assert.equal(configuration.issuer, `${shop.shopify}/authentication/68817298`);
      const { callback, parameters, response, tokens } = await signIn(shop);
      assert.equal(callback.searchParams.get("state"), parameters.state);
      assert.deepEqual([...callback.searchParams.keys()].sort(), ["code", "state"]);
      assert.equal(response.status, 200);
      assert.deepEqual(Object.keys(tokens).sort(), ["access_token", "expires_in", "id_token", "refresh_token"]);
      assert.match(tokens.access_token, /^shcat_/);
      assert.match(tokens.refresh_token, /^shcrt_/);
      assert.equal(tokens.expires_in, 3600);

      const keys = createRemoteJWKSet(new URL(configuration.jwks_uri));
      const { payload, protectedHeader } = await jwtVerify(tokens.id_token, keys, {
        issuer: configuration.issuer,
        audience: parameters.client_id,
      });
      assert.equal(protectedHeader.alg, "RS256");
      assert.equal(payload.nonce, parameters.nonce);
      assert.equal(payload.sub, shop.customers[0].id);
      assert.equal(payload.email, MAYA);
      assert.equal(payload.email_verified, true);
      assert.ok(payload.sid);

      const { order } = toolData(await callTool(shop, tokens.access_token, "get_order_status", { order_number: "1001" }));
      assert.equal(order.order_number, "#1001");
    });
  }
});
