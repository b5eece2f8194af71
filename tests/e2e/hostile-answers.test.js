// Documents and answers that are not what they should be: a typed error, nothing sent, nothing stored.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { each } from "./support/each.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };
/** A server that nothing may ever be sent to. */
let trap;
const caught = [];

before(async () => {
  trap = createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*" }).end("{}");
  });
  await new Promise((resolve) => trap.listen(0, "127.0.0.1", resolve));
});
after(() => trap.close());
const trapUrl = () => `http://127.0.0.1:${trap.address().port}/steal`;

const fault = (on, deed, times = null) => world.shop.settings({ faults: [{ on, times, do: deed }] });

async function loginRefused(tab, code, field) {
  const here = tab.page.url();
  await tab.startLogin();
  const { error } = await tab.outcome();
  assert.equal(error?.code, code);
  if (field) assert.equal(error.field, field);
  assert.equal(tab.page.url(), here, "the page is not left");
  assert.equal(world.requests({ kind: "authorize" }).length, 0);
  assert.equal(world.tokenRequests().length, 0);
  assert.doesNotMatch(await tab.stored(), /:login:|:session|discovery:login/);
  return error;
}

/** The shop's login document with some members replaced; a member that is `null` is left out. */
async function documentWith(changes) {
  world.shop.settings({ faults: [] });
  const answer = await fetch(`${world.shop.shop}/.well-known/openid-configuration`);
  const document = { ...(await answer.json()), ...changes };
  world.shop.clearLog();
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));
}

const BAD_DOCUMENTS = {
  "HTML": [
    { status: 200, body: "<!doctype html><title>Password</title>", headers: { "content-type": "text/html" } },
    "discovery_invalid",
  ],
  "an array": [{ status: 200, body: [] }, "discovery_invalid"],
  "empty": [{ status: 200, body: "" }, "discovery_invalid"],
  "not there": [{ status: 404, body: "Not Found" }, "discovery_unavailable"],
  "a server error": [{ status: 500, body: "oops" }, "discovery_unavailable"],
  "10 MB long": [{ bodyBytes: 10_000_000 }, "too_large"],
  "a redirect": [{ redirect: "https://evil.example/.well-known/openid-configuration" }, "discovery_redirected"],
  "cut off before it begins": [{ drop: "before" }, "network"],
  "cut off in its middle": [{ drop: "half" }, "network"],
};

test("a login document that is none: a typed error, and no login", async () => {
  world.console.expect(/status of (404|500)/, /ERR_EMPTY_RESPONSE/, /ERR_CONTENT_LENGTH_MISMATCH/);
  const tab = await world.tab();
  await each(BAD_DOCUMENTS, async ([deed, code]) => {
    fault("discovery", deed);
    const error = await loginRefused(tab, code);
    assert.match(error.class, /^(Discovery|Network)Error$/);
  });
  // A failure is not kept.
  world.shop.settings({ faults: [] });
  await tab.signIn();
  assert.equal((await tab.session()).signedIn, true);
});

test("a login document that does not come in time: timeout", async () => {
  const tab = await world.tab({ options: { timeoutMs: 300 } });
  fault("discovery", { hang: 30_000 });
  const error = await loginRefused(tab, "timeout");
  assert.equal(error.retryable, true);
});

test("no network at all: offline, and the page is not left", async () => {
  const profile = await world.profile();
  const tab = await profile.tab();
  world.console.expect(/ERR_INTERNET_DISCONNECTED/);
  await profile.context.setOffline(true);
  const error = await loginRefused(tab, "offline");
  assert.equal(error.retryable, true);
  await profile.context.setOffline(false);
  await tab.signIn();
});

const BAD_MEMBERS = {
  "an http authorization endpoint": [
    { authorization_endpoint: "http://evil.example/authorize" }, "endpoint_not_secure", "authorization_endpoint",
  ],
  "a javascript: authorization endpoint": [
    { authorization_endpoint: "javascript:alert(document.domain)" }, "endpoint_not_secure", "authorization_endpoint",
  ],
  "a data: authorization endpoint": [
    { authorization_endpoint: "data:text/html,x" }, "endpoint_not_secure", "authorization_endpoint",
  ],
  "an authorization endpoint with a line break": [
    { authorization_endpoint: "https://shopify.com/\njavascript:x" }, "endpoint_not_secure", "authorization_endpoint",
  ],
  "an authorization endpoint with a user": [
    { authorization_endpoint: "https://shopify.com@evil.example/" }, "endpoint_not_secure", "authorization_endpoint",
  ],
  "an http token endpoint": [{ token_endpoint: "http://evil.example/token" }, "endpoint_not_secure", "token_endpoint"],
  "a javascript: token endpoint": [{ token_endpoint: "javascript:void(0)" }, "endpoint_not_secure", "token_endpoint"],
  "an http key set": [{ jwks_uri: "http://evil.example/jwks" }, "endpoint_not_secure", "jwks_uri"],
  "a javascript: logout": [
    { end_session_endpoint: "javascript:alert(1)" }, "endpoint_not_secure", "end_session_endpoint",
  ],
  "a foreign issuer": [{ issuer: "https://evil.example" }, "issuer_not_accepted", "issuer"],
  "an issuer that begins like Shopify's": [
    { issuer: "https://shopify.com/authentication/1/../../evil" }, "issuer_not_accepted", "issuer",
  ],
  "no issuer": [{ issuer: null }, "discovery_invalid", "issuer"],
  "no token endpoint": [{ token_endpoint: null }, "discovery_invalid", "token_endpoint"],
  "a token endpoint that is a number": [{ token_endpoint: 7 }, "discovery_invalid", "token_endpoint"],
  "no PKCE": [{ code_challenge_methods_supported: null }, "pkce_unsupported", "code_challenge_methods_supported"],
  "only plain PKCE": [
    { code_challenge_methods_supported: ["plain"] }, "pkce_unsupported", "code_challenge_methods_supported",
  ],
};

test("a login document with a bad member: refused by name, and no login", async () => {
  const tab = await world.tab();
  await each(BAD_MEMBERS, async ([changes, code, field]) => {
    fault("discovery", { status: 200, body: await documentWith(changes) });
    await loginRefused(tab, code, field);
  });
  assert.deepEqual(caught, []);
});

test("an issuer that the page lists is accepted, and then held to", async () => {
  const tab = await world.tab({ options: { issuers: ["https://login.partner.example"] } });
  fault("discovery", { status: 200, body: await documentWith({ issuer: "https://login.partner.example" }) });
  await tab.signIn();
  // The ID token names the shop's own issuer.
  assert.equal((await tab.back()).error.code, "id_token_invalid");
  await tab.holdsNothing();
});

test("a document under its other name is found", async () => {
  world.console.expect(/status of 404/);
  world.shop.settings({ faults: [{ on: "discovery", times: 1, do: { status: 404 } }] });
  const tab = await world.tab();
  await tab.signIn();
  assert.deepEqual(
    world.requests({ kind: "discovery" }).map(({ path, status }) => [path, status]),
    [["/.well-known/openid-configuration", 404], ["/.well-known/oauth-authorization-server", 200]],
  );
});

test("an MCP endpoint that is not secure is never called", async () => {
  const tab = await world.tab();
  await tab.signIn();
  const urls = [
    "http://evil.example/mcp", "javascript:alert(1)", "//evil.example/mcp", "https://u:p@evil.example/",
    "blob:https://x",
  ];
  for (const mcp_api of urls) {
    fault("customer-account-api", { status: 200, body: { mcp_api } });
    const { error } = await tab.call("get_order_status", ORDER);
    assert.equal(error?.code, "endpoint_not_secure", mcp_api);
    assert.equal(error.field, "mcp_api");
  }
  assert.equal(world.calls().length, 0);
});

const BAD_ENVELOPES = {
  "wrong-id": "answer_mismatch",
  "null-id": "answer_mismatch",
  "string-id": "answer_mismatch",
  "no-result-no-error": "answer_invalid",
  "both": "answer_invalid",
  "batch": "answer_invalid",
  "no-jsonrpc": "answer_invalid",
};

test("a JSON-RPC answer that is none is given to nobody, and the call is not sent again", async () => {
  const tab = await world.tab();
  await tab.signIn();
  await each(BAD_ENVELOPES, async (code, shape) => {
    fault("mcp", { rpc: shape });
    const before = world.calls().length;
    const { error, value } = await tab.call("get_order_status", ORDER);
    assert.equal(value, undefined);
    assert.equal(error.code, code);
    assert.equal(error.class, "ProtocolError");
    assert.equal(world.calls().length, before + 1);
    assert.equal((await tab.session()).signedIn, true);
  });
  world.shop.settings({ faults: [] });
  await tab.answer("get_order_status", ORDER);
});

test("an HTTP answer that is none of MCP's: a typed error, sent once", async () => {
  const tab = await world.tab();
  await tab.signIn();
  world.console.expect(/status of (403|404|500|502)/, /ERR_EMPTY_RESPONSE/, /ERR_CONTENT_LENGTH_MISMATCH/);
  const answers = {
    "HTML": [{ status: 200, body: "<html>", headers: { "content-type": "text/html" } }, "answer_invalid"],
    "nothing": [{ status: 202, body: "" }, "answer_invalid"],
    "404": [{ status: 404, body: "Not Found" }, "http_status"],
    "403": [{ status: 403, body: { error: "insufficient_scope" } }, "http_status"],
    "500": [{ status: 500, body: "<html>" }, "http_status"],
    "a redirect": [{ redirect: trapUrl() }, "redirect_refused"],
    "20 MB": [{ bodyBytes: 20_000_000 }, "too_large"],
    "no answer": [{ drop: "before" }, "network"],
    "half an answer": [{ drop: "half" }, "network"],
    "a lost answer": [{ loseAnswer: true }, "network"],
  };
  await each(answers, async ([deed, code]) => {
    fault("mcp", deed);
    const before = world.posts("/mcp").length;
    const { error } = await tab.call("request_return", { order_number: "1001", line_items: [] });
    assert.equal(error?.code, code);
    assert.equal(world.posts("/mcp").length, before + 1, "a write is never sent again");
  });
  assert.deepEqual(caught, [], "no token went elsewhere");
});

test("a token answer that is none: a typed error, the code posted once, nothing stored", async () => {
  const answers = {
    "HTML": [{ status: 200, body: "<html>", headers: { "content-type": "text/html" } }, "token_invalid"],
    "empty": [{ status: 200, body: "" }, "token_invalid"],
    "without a token": [{ status: 200, body: { expires_in: 5 } }, "token_invalid", "access_token"],
    "of another type": [{ status: 200, body: { access_token: "x", token_type: "mac" } }, "token_invalid", "token_type"],
    "with a line break in the token": [
      { status: 200, body: { access_token: "a\r\nb" } }, "token_invalid", "access_token",
    ],
    "a refused client": [{ status: 401, body: { error: "invalid_client" } }, "client_refused"],
    "a refused request": [{ status: 400, body: { error: "invalid_scope" } }, "token_refused"],
    "a server error": [{ status: 500, body: "oops" }, "token_refused"],
    "a redirect": [{ redirect: trapUrl() }, "redirect_refused"],
    "1 MB": [{ bodyBytes: 1_000_000 }, "too_large"],
    "lost": [{ loseAnswer: true }, "network"],
    "cut in half": [{ drop: "half" }, "network"],
  };
  const tab = await world.tab();
  await tab.signIn();
  await tab.run(() => globalThis.page.customer.logout({ returnTo: "https://evil.example" }).catch(() => {}));
  world.console.expect(/status of (400|401|500)/, /ERR_EMPTY_RESPONSE/, /ERR_CONTENT_LENGTH_MISMATCH/);
  await each(answers, async ([deed, code, field]) => {
    fault("token", deed);
    const before = world.posts("/token").length;
    await tab.startLogin();
    await tab.page.waitForURL(/\/account\/$/);
    await tab.page.waitForFunction(() => globalThis.page?.back?.error);
    const { error } = await tab.back();
    assert.equal(error.code, code);
    if (field) assert.equal(error.field, field);
    assert.equal(world.posts("/token").length, before + 1);
    await tab.holdsNothing();
    await tab.goto("/");
  });
  assert.deepEqual(caught, []);
});
