// Through the package's proxy on the page's own origin, to a shop that lets no page of another origin in: the token,
// the signature and the buyer's address that a page cannot have.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { connectAgent, makeKeys, notes, publishKeys, signedRequests } from "./support/agent-page.js";
import { buyerIpProxy, pageSignedProxy, PROXY_KEY, proxySignedProxy, tokenProxy } from "./support/proxies.js";
import {
  AUGUST, lines, MUG, newCheckout, PAID, profileOf, purchase, readyCheckout, ucpEndpoint,
} from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld({
  shop: { settings: { cors: false, ucpCors: false } },
  front: {
    "/token/ucp": tokenProxy,
    "/page-signed/ucp": pageSignedProxy,
    "/signed/ucp": proxySignedProxy,
    "/buyer-ip/ucp": buyerIpProxy,
  },
});

const page = () => world.tab({ connect: false });
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const posted = () => world.posts("/ucp").map((request) => request.postData());

const assertExecuted = (tier, tools) =>
  assert.deepEqual(world.ucpCalls().map(notes), tools.map((tool) => ({ tool, tier, executed: true, status: 200 })));

/** Every call that reached the shop did so with the very bytes that a page sent, and none came from a page itself. */
function assertBytesForwarded() {
  assert.deepEqual(world.ucpCalls().map(({ ucp }) => ucp.bodySha256), posted().map(sha256));
  for (const { origin, headers } of world.ucpCalls()) {
    assert.deepEqual([origin, headers.cookie, headers.referer], [null, undefined, undefined]);
    assert.equal(headers.host, new URL(world.shop.ucp).host);
  }
  assert.ok(world.posts("/ucp").every((request) => request.url().startsWith(world.origin)));
}

test("without the proxy such a shop cannot be called from the page at all", async () => {
  const tab = await connectAgent(await page());
  world.console.expect(/CORS policy/, /net::ERR_FAILED/);
  const error = await tab.refused("cart.create", lines([MUG]));
  assert.deepEqual([error.code, error.class], ["network", "NetworkError"]);
  assert.equal(world.ucpCalls().length, 0);
});

test("with the agent's token added: from the cart to the order", async () => {
  const tab = await connectAgent(await page(), { tier: "token" }, { proxy: "/token" });
  const { checkout, order } = await purchase(tab);
  const { data } = await tab.done("orders.get", order.id);
  assert.equal(data.checkout_id, checkout.id);
  const tools = ["create_cart", "create_checkout", "complete_checkout", "get_order"];
  assertExecuted("token", tools);
  assert.equal(world.requests({ kind: "agent-token" }).length, 1);
  assertBytesForwarded();
  assert.doesNotMatch(await tab.stored(), /eyJ/, "no token comes to the page");
});

test("on another origin than the shop's, with the endpoint named: nothing but the proxy is asked", async () => {
  const tab = await page();
  const elsewhere = { shop: world.shop.shop, ucpEndpoint: ucpEndpoint(world.shop) };
  await connectAgent(tab, { tier: "token" }, { ...elsewhere, proxy: "/token" });
  await newCheckout(tab);
  assert.equal(world.ucpCalls()[0].ucp.tier, "token");
  assert.equal(world.requests({ kind: "ucp-discovery" }).length, 0);
});

test("a lost answer behind the proxy: sent again with the same bytes, done once", async () => {
  const tab = await connectAgent(await page(), { tier: "token" }, { proxy: "/token" });
  const { id } = await newCheckout(tab);
  world.console.expect(/status of 502/);
  world.shop.settings({ faults: [{ on: "ucp", times: 1, do: { loseAnswer: true } }] });
  const { data } = await tab.done("checkout.complete", id, PAID);
  assert.equal(data.status, "completed");
  const completions = world.ucpCalls("complete_checkout");
  assert.equal(new Set(completions.map(({ ucp }) => ucp.bodySha256)).size, 1);
  assert.deepEqual(completions.map(({ ucp }) => ucp.replayed), [false, true]);
  assert.equal(world.shop.state().ucp.orders, 1);
});

test("signed by the page, for the shop's own authority and path", async () => {
  const tab = await world.tab({ connect: false, wire: true });
  const [key] = await makeKeys(tab);
  const profiles = await publishKeys(world, tab, [key]);
  await connectAgent(tab, { profiles, signer: "keys" }, { proxy: "/page-signed" });
  const wish = { line_items: lines([MUG]), buyer: { first_name: "Zoë 😀" } };
  const { data: cart } = await tab.done("cart.create", wish);
  await tab.done("cart.get", cart.id);
  await tab.done("cart.cancel", cart.id);
  assertExecuted("signed", ["create_cart", "get_cart", "cancel_cart"]);
  const keyid = `keyid="${key.kid}"`;
  for (const { headers } of world.ucpCalls()) assert.ok(headers["signature-input"].endsWith(keyid));
  assertBytesForwarded();
  const { host, pathname } = new URL(ucpEndpoint(world.shop));
  const requests = await signedRequests(tab, 3);
  assert.equal(requests.length, 3);
  for (const { url, signatureBase } of requests) {
    assert.equal(url, `${world.origin}/page-signed/ucp`);
    assert.ok(signatureBase.includes(`"@authority": ${host}\n"@path": ${pathname}\n`), signatureBase);
  }
});

test("signed by the proxy, with a key that no page sees", async () => {
  const tab = await page();
  const profiles = await publishKeys(world, tab, [PROXY_KEY.publicJwk], { agent: "signer" });
  assert.equal(profiles[AUGUST], profileOf(world.shop, "signer"));
  await connectAgent(tab, { profiles, tier: "signed" }, { proxy: "/signed" });
  const { id } = await newCheckout(tab);
  await tab.done("checkout.cancel", id);
  assertExecuted("signed", ["create_checkout", "cancel_checkout"]);
  assert.match(world.ucpCalls()[1].headers["signature-input"], /"idempotency-key"/);
  assertBytesForwarded();
  for (const request of world.posts("/ucp")) assert.equal(request.headers()["signature-input"], undefined);
  const error = await tab.refused("checkout.complete", id, PAID);
  assert.equal(error.code, "tier_insufficient", "what the proxy adds decides before the network");
});

test("the buyer's address is added by the proxy, and missed without it", async () => {
  world.shop.settings({ ucpBuyerIp: true });
  const tab = await connectAgent(await page(), { tier: "token" }, { proxy: "/buyer-ip" });
  const { id } = await newCheckout(tab);
  const { data } = await tab.done("checkout.complete", id, PAID);
  assert.equal(data.status, "completed");
  for (const { headers } of world.ucpCalls()) assert.equal(headers["shopify-buyer-ip"], "127.0.0.1");

  const without = await connectAgent(await page(), { tier: "token" }, { proxy: "/token" });
  world.console.expect(/status of 422/);
  const error = await without.refused("checkout.create", readyCheckout());
  assert.deepEqual([error.class, error.code, error.status], ["ProtocolError", "buyer_ip_missing", 422]);
  assert.match(error.message, /through a proxy that adds `Shopify-Buyer-IP`/);
});

test("another visitor's cart, checkout and order are not found, and the shop never hears of it", async () => {
  const maya = await connectAgent(await page(), { tier: "token" }, { proxy: "/token" });
  const { cart, order } = await purchase(maya);
  const { id: open } = await newCheckout(maya);
  const theo = await connectAgent(await page(), { tier: "token" }, { proxy: "/token" });
  await theo.done("cart.create", lines([MUG]));
  world.shop.clearLog();
  const before = world.shop.state();
  const tried = [
    ["cart.get", cart.id], ["cart.update", cart.id, { line_items: lines([MUG, 9]) }], ["cart.cancel", cart.id],
    ["checkout.fromCart", cart.id], ["checkout.get", open], ["checkout.update", open, readyCheckout()],
    ["checkout.complete", open, PAID], ["checkout.cancel", open], ["orders.get", order.id],
  ];
  for (const [path, ...args] of tried) {
    const { outcome, messages, data, continueUrl } = await theo.done(path, ...args);
    assert.deepEqual([outcome, messages[0].code, continueUrl], ["unrecoverable", "not_found", null], path);
    assert.deepEqual(Object.keys(data).toSorted(), ["messages", "ucp"], path);
  }
  const edited = await theo.run(([id]) => globalThis.page.settle(() =>
    globalThis.page.shop.cart.edit(id, (draft) => { draft.line_items = []; })), [cart.id]);
  assert.ok(edited.error || edited.value.outcome === "unrecoverable");
  assert.equal(world.ucpCalls().length, 0);
  assert.deepEqual(world.shop.state(), before);
  await maya.done("cart.get", cart.id);
  await maya.done("orders.get", order.id);
});

test("what is no proxy on this origin is refused at once", async () => {
  const tab = await page();
  for (const proxy of ["https://evil.example/agent", `${world.shop.shop}/token`, "//evil.example/token", 7]) {
    const { error } = await tab.run((given) => globalThis.page.settle(() =>
      globalThis.page.connect({ agent: { profiles: globalThis.page.config.agentProfiles }, proxy: given })), proxy);
    assert.deepEqual([error?.code, error?.field], ["option_invalid", "proxy"], String(proxy));
  }
});
