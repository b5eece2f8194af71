import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callMessage, postMcp } from "./support/mcp.js";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { THEO, authorizationRequest, refresh, signIn } from "./support/sign-in.js";

describe("logout", () => {
  const running = runningShop();

  function logoutUrl({ configuration }, parameters) {
    return `${configuration.end_session_endpoint}?${new URLSearchParams(parameters)}`;
  }

  async function isSignedIn(browser) {
    const { url } = await authorizationRequest(running.shop, { prompt: "none" });
    return (await browser.navigate(url)).url.searchParams.has("code");
  }

  for (const urlShape of ["shopify", "vanity", "seed"]) {
    it(`ends the session and its tokens at once, and goes to the registered page (${urlShape})`, async () => {
      const { shop } = running;
      shop.settings({ urlShape });
      const browser = new PlainBrowser(shop);
      const login = await signIn(shop, { browser });
      const { url } = await browser.navigate(logoutUrl(login, {
        id_token_hint: login.tokens.id_token, post_logout_redirect_uri: `${shop.shop}/`, state: "s1",
      }));
      assert.equal(url.href, `${shop.shop}/?state=s1`);
      assert.equal(await isSignedIn(browser), false);
      assert.equal((await refresh(shop, login)).status, 400);
      const call = await postMcp(shop, callMessage("get_store_credit_balances"), { token: login.tokens.access_token });
      assert.equal(call.status, 401);
    });
  }

  it("goes to a registered page even when another was named", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const login = await signIn(shop, { browser });
    const { url } = await browser.navigate(logoutUrl(login, {
      id_token_hint: login.tokens.id_token, post_logout_redirect_uri: "https://evil.example/",
    }));
    assert.equal(url.href, `${shop.shop}/account/`);
  });

  it("does nothing without a valid hint", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const login = await signIn(shop, { browser });
    for (const hint of [{}, { id_token_hint: "x" }, { id_token_hint: `${login.tokens.id_token.slice(0, -4)}AAAA` }]) {
      const { response } = await browser.navigate(logoutUrl(login, hint));
      assert.equal(response.status, 400);
    }
    assert.equal(await isSignedIn(browser), true);
  });

  it("leaves another customer's session alone", async () => {
    const { shop } = running;
    const stranger = await signIn(shop, { email: THEO });
    const browser = new PlainBrowser(shop);
    await signIn(shop, { browser });
    await browser.navigate(logoutUrl(stranger, { id_token_hint: stranger.tokens.id_token }));
    assert.equal(await isSignedIn(browser), true);
  });
});
