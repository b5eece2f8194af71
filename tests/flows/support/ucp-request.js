// A call as it arrives at a UCP server, held to the protocol's MCP binding.

import assert from "node:assert/strict";

import { PROFILES, PROXY_ENDPOINT } from "./ucp-profiles.js";

/** Tools that take a key, so that they take effect once. */
const KEYED = ["complete_checkout", "cancel_checkout", "cancel_cart"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Headers of each tier, and no others. */
const BARE = ["accept", "content-type"];
const HEADERS = {
  anonymous: BARE,
  signed: [...BARE, "content-digest", "signature", "signature-input", "ucp-agent"],
  token: [...BARE, "authorization"],
};

/**
 * Reads a call. Whatever is in it that the protocol does not know fails the test.
 *
 * @returns {{ tool: string, args: object, profile: string, key?: string, id: number, tier: string, bytes: string,
 *   at: number }} args without `meta`
 */
export function readCall(sent) {
  const { url, method, headers, body, credentials, redirect, at } = sent;
  assert.equal(method, "POST");
  assert.equal(headers["content-type"], "application/json");
  // The proxy knows its visitors by a cookie. Nobody else gets any.
  assert.equal(credentials, url === PROXY_ENDPOINT ? "same-origin" : "omit");
  assert.equal(redirect, "manual");
  assert.equal(typeof body, "string");
  const message = JSON.parse(body);
  assert.equal(JSON.stringify(message), body, "nothing is between the tokens of the body, and nothing in it twice");
  assert.deepEqual(Object.keys(message), ["jsonrpc", "id", "method", "params"]);
  const { jsonrpc, id, params } = message;
  assert.equal(jsonrpc, "2.0");
  assert.ok(Number.isSafeInteger(id) && id >= 0 && id < 2 ** 32, "ids are numbers, never null");
  const tier = tierOf(headers);
  if (message.method === "tools/list") return { tool: "tools/list", args: params, id, tier, bytes: body, at, headers };

  assert.equal(message.method, "tools/call");
  assert.deepEqual(Object.keys(params), ["name", "arguments"]);
  const { meta, ...args } = params.arguments;
  const key = meta["idempotency-key"];
  const isKeyed = KEYED.includes(params.name);
  const names = Object.keys(meta).filter((name) => !name.startsWith("com.example."));
  assert.deepEqual(names, isKeyed ? ["ucp-agent", "idempotency-key"] : ["ucp-agent"], "exactly what the tool takes");
  assert.deepEqual(Object.keys(meta["ucp-agent"]), ["profile"]);
  const { profile } = meta["ucp-agent"];
  assert.ok(Object.values(PROFILES).includes(profile), `${profile} is one of the agent's profiles`);
  if (isKeyed) {
    assert.match(key, UUID);
    assert.equal(id, Number.parseInt(key.slice(0, 8), 16), "the same call is the same bytes");
  }
  assertHeaders(headers, tier, { profile, key });
  return { tool: params.name, args, profile, key, id, tier, bytes: body, at, headers };
}

/** How the caller identifies itself. */
function tierOf(headers) {
  if ("authorization" in headers) return "token";
  const isSigned = Object.keys(headers).some((name) => /signature|digest|ucp|idempotency/.test(name));
  return isSigned ? "signed" : "anonymous";
}

function assertHeaders(headers, tier, { profile, key }) {
  const names = tier === "signed" && key ? [...HEADERS.signed, "idempotency-key"] : HEADERS[tier];
  assert.deepEqual(Object.keys(headers).sort(), [...names].sort(), `the headers of a call that is ${tier}`);
  if (tier === "token") assert.match(headers.authorization, /^Bearer \S+$/);
  if (tier !== "signed") return;
  assert.equal(headers["ucp-agent"], `profile="${profile}"`);
  assert.equal(headers["idempotency-key"], key);
}
