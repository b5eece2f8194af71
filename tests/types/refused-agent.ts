// Uses of an agent that the declarations must refuse: each of these lines is an error.

import { agentProfile, connect } from "shopper-mcp";
import type { Advice, AgentOptions, Cart, Checkout, Outcome, PublicJwk, Shop, SigningKey, UcpResult } from "shopper-mcp";
// @ts-expect-error The customer's entry makes no keys.
import { createSigningKey } from "shopper-mcp/customer";
import type { ConnectOptions as CustomerOptions, Shop as CustomerShop } from "shopper-mcp/customer";

declare const shop: Shop;
declare const customerShop: CustomerShop;
declare const result: UcpResult<Cart>;
declare const checkout: Checkout;
declare const key: SigningKey;
declare const jwk: PublicJwk;
const profiles = { "2026-08-25": "https://agent.example/2026-08-25.json" };
const payment = { instruments: [] };

export const uses = [
  createSigningKey,
  // @ts-expect-error An agent has a profile.
  (): AgentOptions => ({ tier: "anonymous" }),
  // @ts-expect-error It is hosted by version.
  (): AgentOptions => ({ profiles: "https://agent.example/2026-08-25.json" }),
  // @ts-expect-error No secret has a place in a page.
  (): AgentOptions => ({ profiles, clientSecret: "secret" }),
  // @ts-expect-error Tiers are three.
  (): AgentOptions => ({ profiles, tier: "root" }),
  // @ts-expect-error A token in the options is every visitor's.
  (): AgentOptions => ({ profiles, token: "abc" }),
  // @ts-expect-error A function gives a token, not the whole answer.
  (): AgentOptions => ({ profiles, token: () => fetch("/agent/token") }),
  // @ts-expect-error Seconds are a number.
  (): AgentOptions => ({ profiles, token: () => ({ access_token: "a", expires_in: "3600" }) }),
  // @ts-expect-error A private key is no signer.
  (): AgentOptions => ({ profiles, signer: "-----BEGIN PRIVATE KEY-----" }),
  // @ts-expect-error A signer has a name.
  (): AgentOptions => ({ profiles, signer: { sign: () => new Uint8Array(64) } }),
  // @ts-expect-error It gives bytes or base64.
  (): AgentOptions => ({ profiles, signer: { kid: "k", sign: () => 64 } }),
  // @ts-expect-error A private half is a CryptoKey, which is not exported.
  (): AgentOptions => ({ profiles, signer: { ...key, privateKey: { kty: "EC", d: "secret" } } }),
  // @ts-expect-error Nor is it a part of what is published.
  (): PublicJwk => ({ ...jwk, d: "secret" }),
  // @ts-expect-error One document for each version.
  () => agentProfile({ keys: [key] }),
  // @ts-expect-error What is published is public.
  () => agentProfile({ version: "2026-08-25", keys: [key.privateKey] }),
  // @ts-expect-error A misspelt option.
  () => connect({ shop: "shop.example", agents: { profiles } }),
  // @ts-expect-error The shop is named, also for an agent.
  () => connect({ agent: { profiles } }),
  // @ts-expect-error The customer's entry calls as no agent.
  (): CustomerOptions => ({ shop: "shop.example", clientId: "id", redirectUri: "https://shop.example/", agent: { profiles } }),
  // @ts-expect-error It always has a client.
  (): CustomerOptions => ({ shop: "shop.example" }),
  // @ts-expect-error And no cart.
  () => customerShop.cart,
  // @ts-expect-error Nor is it the whole shop.
  (): Shop => customerShop,
  // @ts-expect-error The shop's parts are its own.
  () => (shop.cart = shop.cart),
  // @ts-expect-error Quantities are numbers.
  () => shop.cart.create([{ item: "gid://shopify/ProductVariant/1", quantity: "2" }]),
  // @ts-expect-error An item is a variant's id.
  () => shop.cart.add("id", [{ item: 44100180001, quantity: 1 }]),
  // @ts-expect-error A line is set to a number.
  () => shop.cart.setQuantity("id", "line", "1"),
  // @ts-expect-error An update replaces all: a cart has lines.
  () => shop.cart.update("id", { buyer: {} }),
  // @ts-expect-error An edit changes something.
  () => shop.cart.edit("id"),
  // @ts-expect-error A draft is given back, not a part of one.
  () => shop.cart.edit("id", (draft) => draft.line_items),
  // @ts-expect-error Lines are the cart's: nothing is added on the way.
  () => shop.checkout.fromCart("id", { line_items: [{ item: "id", quantity: 1 }] }),
  // @ts-expect-error Codes are in a list.
  () => shop.checkout.fromCart("id", { discounts: "SPRING" }),
  // @ts-expect-error Buying takes a payment.
  () => shop.checkout.complete("id"),
  // @ts-expect-error Keys are texts.
  () => shop.checkout.complete("id", { payment }, { idempotencyKey: 7 }),
  // @ts-expect-error Tiers of a call are the same three.
  () => shop.checkout.get("id", { tier: "Signed" }),
  // @ts-expect-error There may be nowhere to go on.
  () => shop.checkout.open(result.continueUrl),
  // @ts-expect-error A checkout page is at the top level.
  () => shop.checkout.open(result, { target: "_self" }),
  // @ts-expect-error There may be no order yet.
  () => shop.orders.get(checkout.order.id),
  // @ts-expect-error There may be no such line.
  () => result.data.line_items[0].quantity,
  // @ts-expect-error What is new is looked at first.
  () => result.data["gift_wrap"].price,
  // @ts-expect-error A cart has no status.
  (status: "completed"): boolean => result.data.status.includes(status),
  // @ts-expect-error Not one of the outcomes.
  (): Outcome => "failure",
  // @ts-expect-error Amounts are minor units.
  () => shop.money.format("12.30", "USD"),
  // @ts-expect-error An amount has a currency.
  () => shop.money.toDecimal(1230),
  // @ts-expect-error Decimals are texts.
  () => shop.money.toMinor(12.3, "USD"),
  // @ts-expect-error What is shared comes in a promise.
  () => shop.capabilities().version,
  // @ts-expect-error Arguments are an object.
  () => shop.callTool("get_cart", ["id"]),
  // @ts-expect-error The events' details are typed.
  () => shop.addEventListener("advice", ({ detail }) => detail.text),
  // @ts-expect-error Advice is about a few things.
  (): Advice => ({ about: "weather", sentence: "" }),
];
