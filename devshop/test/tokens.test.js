import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { callMessage, callTool, postMcp } from "./support/mcp.js";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { MAYA, authorizationRequest, exchangeForm, postToken, refresh, signIn } from "./support/sign-in.js";

describe("the token endpoint", () => {
  const running = runningShop();

  async function statusOf(token) {
    return (await postMcp(running.shop, callMessage("get_store_credit_balances"), { token })).status;
  }

  it("answers as Shopify documents it", async () => {
    const { tokens } = await signIn(running.shop);
    assert.deepEqual(Object.keys(tokens).sort(), ["access_token", "expires_in", "id_token", "refresh_token"]);
    assert.match(tokens.access_token, /^shcat_[\w-]{43}$/);
    assert.match(tokens.refresh_token, /^shcrt_[\w-]{43}$/);
    assert.equal(tokens.expires_in, 3600);
  });

  it("adds or leaves out what the settings say", async () => {
    const { shop } = running;
    shop.settings({ tokenType: true, idToken: false, refreshTokens: false, accessTokenTtl: 60 });
    const { tokens } = await signIn(shop);
    assert.deepEqual(Object.keys(tokens).sort(), ["access_token", "expires_in", "token_type"]);
    assert.equal(tokens.token_type, "Bearer");
    assert.equal(tokens.expires_in, 60);
  });

  it("rotates refresh tokens, without an ID token", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    const response = await refresh(shop, login);
    const tokens = await response.json();
    assert.equal(response.status, 200);
    assert.deepEqual(Object.keys(tokens).sort(), ["access_token", "expires_in", "refresh_token"]);
    assert.notEqual(tokens.refresh_token, login.tokens.refresh_token);
    assert.equal(await statusOf(tokens.access_token), 200);
  });

  it("ends the family when an old refresh token comes back, and no other family", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const sibling = await signIn(shop, { browser });
    const login = await signIn(shop, { browser });
    const renewed = await (await refresh(shop, login)).json();
    const reused = await refresh(shop, login);
    assert.equal(reused.status, 400);
    assert.equal((await reused.json()).error, "invalid_grant");
    assert.equal((await refresh(shop, { ...login, tokens: renewed })).status, 400);
    assert.equal(await statusOf(renewed.access_token), 401);
    assert.equal((await refresh(shop, sibling)).status, 200);
  });

  it("lets one of two simultaneous refreshes win, and ends the family by the other", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    const answers = await Promise.all([refresh(shop, login), refresh(shop, login)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    const tokens = await answers.find(({ status }) => status === 200).json();
    assert.equal((await refresh(shop, { ...login, tokens })).status, 400);
  });

  it("gives the app client no refresh token, and refuses the grant", async () => {
    const { shop } = running;
    const login = await signIn(shop, { client_id: shop.clients.app.clientId });
    assert.equal(login.tokens.refresh_token, undefined);
    const response = await refresh(shop, { ...login, tokens: { refresh_token: "shcrt_any" } });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).error, "unsupported_grant_type");
  });

  it("refuses the grant to everybody while refresh tokens are off, and spends nothing", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    shop.settings({ refreshTokens: false });
    const response = await refresh(shop, login);
    assert.equal((await response.json()).error, "unsupported_grant_type");
    shop.settings({ refreshTokens: true });
    assert.equal((await refresh(shop, login)).status, 200);
  });

  it("takes a code once, with its own verifier and redirect URI", async () => {
    const { shop } = running;
    for (const [name, value] of [["code_verifier", "x".repeat(43)], ["redirect_uri", `${shop.shop}/`]]) {
      const request = await authorizationRequest(shop);
      const callback = await new PlainBrowser(shop).signIn(request.url, MAYA);
      const form = { ...exchangeForm(request, callback), [name]: value };
      const response = await postToken(shop, form, { endpoint: request.configuration.token_endpoint });
      assert.equal((await response.json()).error, "invalid_grant", name);
    }
    const login = await signIn(shop);
    const replay = await postToken(shop, exchangeForm(login, login.callback), login);
    assert.equal((await replay.json()).error, "invalid_grant");
    assert.equal(await statusOf(login.tokens.access_token), 401);
  });

  it("knows its clients", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    const response = await refresh(shop, { ...login, parameters: { client_id: "shp_unknown" } });
    assert.equal(response.status, 401);
    assert.equal((await response.json()).error, "invalid_client");
  });

  it("insists on a registered origin and a user agent", async () => {
    const { shop } = running;
    const { endpoint } = await signIn(shop);
    for (const origin of ["https://evil.example", "null", ""]) {
      const response = await postToken(shop, {}, { endpoint, headers: { origin } });
      assert.equal(response.status, 401);
      assert.match(response.headers.get("www-authenticate"), /invalid_token/);
    }
    const status = await new Promise((resolve, reject) => {
      httpRequest(endpoint, { method: "POST", headers: { origin: shop.shop } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on("error", reject).end();
    });
    assert.equal(status, 403);
  });

  it("lets an access token end in time", async () => {
    const { shop } = running;
    shop.settings({ accessTokenTtl: 1 });
    const { tokens } = await signIn(shop);
    assert.equal(tokens.expires_in, 1);
    await sleep(1100);
    assert.equal(await statusOf(tokens.access_token), 401);
  });

  it("expires all access tokens on order, and leaves the refresh tokens", async () => {
    const { shop } = running;
    const login = await signIn(shop);
    assert.equal(await statusOf(login.tokens.access_token), 200);
    shop.expireTokens();
    assert.equal(await statusOf(login.tokens.access_token), 401);
    assert.equal((await refresh(shop, login)).status, 200);
  });

  it("revokes refresh tokens and account sessions on order", async () => {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const login = await signIn(shop, { browser });
    shop.revokeSessions();
    assert.equal((await (await refresh(shop, login)).json()).error, "invalid_grant");
    const silent = await authorizationRequest(shop, { prompt: "none" });
    assert.equal((await browser.navigate(silent.url)).url.searchParams.get("error"), "login_required");
    assert.ok((await callTool(shop, login.tokens.access_token, "get_store_credit_balances")).result);
  });
});
