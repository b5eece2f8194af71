import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { authorizationRequest, signIn } from "./support/sign-in.js";

const REGISTERED = "https://tunnel.example/callback";

describe("the authorization endpoint", () => {
  const running = runningShop({ redirectUris: [REGISTERED] });

  async function answer(overrides) {
    const { shop } = running;
    const { url } = await authorizationRequest(shop, overrides);
    return new PlainBrowser(shop).navigate(url);
  }

  /** Refusals that may be told to the client: by redirect, with the state. */
  for (const [why, overrides, error] of [
    ["no code challenge", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["method plain", { code_challenge_method: "plain" }, "invalid_request"],
    ["a padded challenge", { code_challenge: `${"a".repeat(43)}=` }, "invalid_request"],
    ["another response type", { response_type: "none" }, "unsupported_response_type"],
    ["prompt=none with login", { prompt: "none login" }, "invalid_request"],
  ]) {
    it(`refuses ${why}`, async () => {
      const { url } = await answer(overrides);
      assert.equal(url.origin, running.shop.shop);
      assert.equal(url.searchParams.get("error"), error);
      assert.match(url.searchParams.get("state"), /^[0-9a-f]{32}$/);
    });
  }

  /** Refusals that must stay on the page: the client or the redirect URI cannot be trusted. */
  for (const [why, overrides] of [
    ["an unknown client", { client_id: "shp_unknown" }],
    ["an unregistered redirect URI", { redirect_uri: "http://127.0.0.1:9/callback" }],
    ["a registered redirect URI with a query", { redirect_uri: `${REGISTERED}?a=b` }],
    ["no redirect URI", { redirect_uri: undefined }],
  ]) {
    it(`stays on its own page for ${why}`, async () => {
      const { url, response } = await answer(overrides);
      assert.equal(url.pathname, "/authentication/68817298/oauth/authorize");
      assert.equal(response.status, 400);
    });
  }

  it("takes a registered redirect URI of another host", async () => {
    const { callback } = await signIn(running.shop, { redirect_uri: REGISTERED });
    assert.equal(callback.origin + callback.pathname, REGISTERED);
  });

  it("takes any loopback redirect URI from the app client, and no other", async () => {
    const { shop } = running;
    const clientId = shop.clients.app.clientId;
    const loopback = "http://localhost:4321/any/path";
    const { callback, response } = await signIn(shop, { client_id: clientId, redirect_uri: loopback });
    assert.equal(callback.origin + callback.pathname, loopback);
    assert.equal(response.status, 200);
    const foreign = await answer({ client_id: clientId, redirect_uri: "https://evil.example/" });
    assert.equal(foreign.response.status, 400);
  });

  it("sends a wrong shop id to the right one", async () => {
    const { shop } = running;
    const { url } = await authorizationRequest(shop);
    const response = await fetch(url.replace("68817298", "1"), { redirect: "manual" });
    assert.equal(response.status, 301);
    assert.equal(new URL(response.headers.get("location"), url).href, url);
  });

  it("answers nothing else of the provider's", async () => {
    const { shop } = running;
    for (const path of ["/.well-known/openid-configuration", "/userinfo", "/me", "/oauth/authorize/a/b"]) {
      const response = await fetch(`${shop.shopify}/authentication/68817298${path}`);
      assert.equal(response.status, 404, path);
    }
  });
});
