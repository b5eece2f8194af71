// The shop as it is outside: real names, TLS, default options.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld({
  shop: { tls: true },
  launch: ({ tls }) => ({
    args: [
      `--host-resolver-rules=${tls.hostResolverRules}`, `--ignore-certificate-errors-spki-list=${tls.spkiSha256}`,
    ],
  }),
});

/** What a page has to say, and nothing more. */
const options = () => ({
  shop: "cedarandclay.example",
  clientId: world.shop.clients.headless.clientId,
  redirectUri: "https://cedarandclay.example/account/",
});

test("with default options: sign in, call, renew, sign out", async () => {
  const tab = await world.tab({ only: options() }, "/wares/");
  assert.equal(tab.page.url(), "https://cedarandclay.example/wares/");
  await tab.startCall("get_order_status", { order_number: "#1001" });
  await tab.page.waitForURL(/^https:\/\/shopify\.com\/authentication\/\d+\//);
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  const { value: { resumed } } = await tab.back();
  assert.equal(JSON.parse(resumed[0].result.content[0].text).order.order_number, "#1001");
  const { path } = world.requests({ kind: "authorize" })[0];
  const query = new URL(path, "https://shopify.com").searchParams;
  assert.equal(query.get("scope"), "customer-account-mcp-api:full");
  assert.equal(query.has("nonce"), false);
  assert.equal((await tab.session()).claims, null);

  world.shop.expireTokens();
  world.console.expect(/status of 401/);
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.tokenRequests("refresh_token").length, 1);
  await tab.startLogout();
  await tab.outcome();
  await tab.holdsNothing();
});

test("with openid: Shopify's issuer is accepted by its form, the ID token verified, the logout returns", async () => {
  const tab = await world.tab({ only: { ...options(), scope: "openid email customer-account-mcp-api:full" } });
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  await signInAsCustomer(popup);
  const { value } = await tab.outcome();
  assert.equal(value.session.claims.email, MAYA);
  assert.match(value.session.claims.iss, /^https:\/\/shopify\.com\/authentication\/\d+$/);
  assert.equal(value.session.idTokenSignature, "verified");
  await tab.answer("get_order_status", { order_number: "1001" });
  await tab.startLogout();
  await tab.page.waitForURL("https://cedarandclay.example/account/");
  await tab.settled();
  await tab.holdsNothing();
});

test("the shop's own account host", async () => {
  world.shop.settings({ urlShape: "vanity" });
  const tab = await world.tab({ only: options() });
  await tab.signIn();
  await tab.answer("get_order_status", { order_number: "1001" });
  assert.equal(world.calls()[0].host, "account");
});

test("plain http is refused on a page that is not on loopback", async () => {
  const tab = await world.tab({ only: options() });
  const shop = await tab.run(() => globalThis.page.settle(
    () => globalThis.page.connect({ shop: "http://127.0.0.1:8787" }),
  ));
  assert.equal(shop.error.code, "option_invalid");
  const document = await tab.run(async () => (await fetch("/.well-known/openid-configuration")).json());
  for (const member of ["authorization_endpoint", "token_endpoint"]) {
    const body = { ...document, [member]: "http://127.0.0.1:8788/oauth" };
    world.shop.settings({ faults: [{ on: "discovery", times: 1, do: { status: 200, body } }] });
    await tab.startLogin();
    const { error } = await tab.outcome();
    assert.equal(error.code, "endpoint_not_secure");
    assert.equal(error.field, member);
  }
});
