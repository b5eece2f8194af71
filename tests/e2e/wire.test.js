// The `wire` event: all of the traffic, none of the secrets.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const SETUP = { wire: true, handleRedirect: { navigate: false } };

/** Traffic up to now, once the module that masks it has told all. */
async function wire(tab, exchanges) {
  await tab.page.waitForFunction(
    (count) => globalThis.page.wire.filter(({ phase }) => phase !== "request").length >= count, exchanges,
  );
  return tab.run(() => globalThis.page.wire);
}

/** Everything secret that this sign-in has: from where the page left, from its callback, from what it keeps. */
async function secretsOf(tab, { pending, callback }) {
  const query = new URL(callback).searchParams;
  const record = await tab.run(() => Object.entries(sessionStorage).find(([key]) => key.endsWith(":session"))[1]);
  const { accessToken, refreshToken, idToken } = JSON.parse(record);
  const [code, state] = [query.get("code"), query.get("state")];
  const secrets = { accessToken, refreshToken, idToken, code, state, ...pending };
  for (const [name, secret] of Object.entries(secrets)) assert.ok(secret?.length >= 32, `there is a ${name}`);
  return secrets;
}

/** Signs in, noting what is only there for a moment. */
async function signInWatched(tab) {
  await tab.startLogin();
  await atSignInPage(tab.page);
  let callback;
  tab.page.on("request", (request) => {
    if (request.isNavigationRequest() && request.url().includes("code=")) callback = request.url();
  });
  let form;
  tab.page.on("request", (request) => {
    if (request.url().endsWith("/oauth/token")) form ??= request.postData();
  });
  await signInAsCustomer(tab.page);
  await tab.backAtShop();
  return { callback, pending: { codeVerifier: new URLSearchParams(form).get("code_verifier") } };
}

test("sign-in, call, renewal and failure are shown, with every secret masked", async () => {
  const tab = await world.tab(SETUP);
  const before = await secretsOf(tab, await signInWatched(tab));
  await tab.answer("get_order_status", { order_number: "#1001" });
  world.shop.expireTokens();
  world.console.expect(/status of 401/, /ERR_EMPTY_RESPONSE/);
  await tab.answer("get_order_status", { order_number: "#1001" });
  world.shop.settings({ faults: [{ on: "mcp", times: null, do: { drop: "before" } }] });
  await tab.call("get_order_status", { order_number: "#1004" });

  const told = await wire(tab, 8);
  const after = JSON.parse(
    await tab.run(() => Object.entries(sessionStorage).find(([key]) => key.endsWith(":session"))[1]),
  );
  assert.notEqual(after.accessToken, before.accessToken);
  const text = JSON.stringify(told);
  const secrets = { ...before, newAccess: after.accessToken, newRefresh: after.refreshToken };
  for (const [name, secret] of Object.entries(secrets)) {
    assert.equal(text.includes(secret), false, `${name} is masked`);
    assert.equal(text.includes(encodeURIComponent(secret)), false, `${name} is masked`);
  }

  const last = (url) => new URL(url).pathname.split("/").at(-1);
  const kinds = told.map(({ phase, method, url, status }) => [phase, method, last(url), status]);
  for (const expected of [
    ["request", "POST", "token", undefined], ["response", "POST", "token", 200], ["response", "GET", "jwks.json", 200],
    ["response", "POST", "mcp", 200], ["response", "POST", "mcp", 401], ["failure", "POST", "mcp", undefined],
  ]) {
    assert.ok(kinds.some((kind) => JSON.stringify(kind) === JSON.stringify(expected)), `${expected} is shown`);
  }
  for (const detail of told.filter(({ phase }) => phase !== "request")) {
    const request = told.find(({ exchange, phase }) => exchange === detail.exchange && phase === "request");
    assert.equal(request?.url, detail.url, "an answer is joined with its request");
    assert.ok(detail.durationMs >= 0 && detail.durationMs < 30_000);
  }
  const call = told.find(({ phase, url }) => phase === "request" && url.endsWith("/mcp"));
  assert.match(call.headers.authorization, /^shcat_…\(\d+ characters\)$/);
  assert.match(call.body, /#1001/);
  const answer = told.find(({ phase, url, status }) => phase === "response" && url.endsWith("/mcp") && status === 200);
  assert.match(answer.body, /FULFILLED/, "what is no secret is shown");
  const exchange = told.find(({ phase, url }) => phase === "request" && url.endsWith("/token"));
  assert.match(exchange.body, /grant_type=authorization_code/);
  assert.match(exchange.body, /code_verifier=…\(43 characters\)/);
});

test("discovery is shown too, and nobody who does not look pays for the masking", async () => {
  const tab = await world.tab({ wire: true });
  await tab.listTools();
  const told = await wire(tab, 2);
  assert.ok(told.some(({ url }) => url.endsWith("/.well-known/customer-account-api")));
  assert.equal(world.requests({ kind: "static" }).filter(({ path }) => path === "/pkg/wire.js").length, 1);

  world.shop.clearLog();
  const blind = await world.tab();
  await blind.listTools();
  assert.equal(world.requests({ kind: "static" }).filter(({ path }) => path === "/pkg/wire.js").length, 0);
});

test("a listener that throws or calls back in harms nothing", async () => {
  const tab = await world.tab();
  const tools = await tab.run(async () => {
    globalThis.addEventListener("error", (event) => event.preventDefault());
    globalThis.page.shop.addEventListener("wire", () => {
      void globalThis.page.customer.session;
      throw new Error("the page's own");
    });
    return (await globalThis.page.customer.listTools()).length;
  });
  assert.equal(tools, 5);
  world.console.expect(/the page's own/);
});
