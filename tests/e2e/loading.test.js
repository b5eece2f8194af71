// How the package gets into a page: under a strict policy, from another place, all in one file, not at all.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAYA, atSignInPage, signInAsCustomer } from "./support/sign-in-page.js";
import { handOverByHand } from "./support/tab.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const ORDER = { order_number: "#1001" };
const violations = (tab) => tab.run(() => globalThis.page.violations);
const fetched = (path) => world.requests({ kind: "static" }).filter((entry) => entry.path === path).length;

/** Connects by hand, with what JSON cannot carry. */
function connect(tab, work) {
  return tab.run(
    ([source]) => globalThis.page.settle(async () => {
      const options = { bytes, module, response, url, missing, garbage, cut }[source];
      const { signedIn } = (await globalThis.page.connect({ wasm: await options() })).customer.session;
      return signedIn;

      function url() { return new URL("/pkg/shopper_mcp_bg.wasm", location.href); }
      function response() { return fetch(url()); }
      async function bytes() { return (await response()).arrayBuffer(); }
      async function module() { return WebAssembly.compile(await bytes()); }
      async function cut() { return (await bytes()).slice(0, 5000); }
      function missing() { return "/pkg/not-here.wasm"; }
      function garbage() { return "/pkg/package.json"; }
    }),
    [work],
  );
}

test("the strict policy of the shop's pages is kept, from the sign-in to the answer", async () => {
  const tab = await world.tab({ wire: true, handleRedirect: { navigate: false } });
  const document = await tab.page.request.get(`${world.shop.shop}/`);
  const policy = document.headers()["content-security-policy"];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  await tab.signIn();
  await tab.answer("get_order_status", ORDER);
  await tab.call("get_loyalty_points", {}, { checkOutput: true });
  assert.deepEqual(await violations(tab), []);
});

const DOCUMENTS = ["/.well-known/customer-account-api", "/.well-known/openid-configuration"];
const documents = () => world.requests().map(({ path }) => path).filter((path) => DOCUMENTS.includes(path)).sort();

test("what a page has preloaded is taken: the wasm, and the shop's documents", async () => {
  const tab = await world.tab({}, "/preloading/");
  await tab.listTools();
  await tab.startLogin();
  await atSignInPage(tab.page);
  assert.deepEqual(documents(), DOCUMENTS);
  assert.equal(fetched("/pkg/shopper_mcp_bg.wasm"), 1);
});

test("`prefetch` asks for the shop's documents before anything is called, and nothing asks again", async () => {
  const tab = await world.tab({ options: { prefetch: true } });
  await tab.page.waitForFunction(() => Object.keys(sessionStorage).length === 2);
  assert.deepEqual(documents(), DOCUMENTS);
  await tab.signIn();
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(documents(), DOCUMENTS);
});

test("Trusted Types are kept too", async () => {
  const tab = await world.tab({}, "/trusted-types/");
  await tab.signIn({ returnTo: "/trusted-types/" });
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(await violations(tab), []);
});

test("without 'wasm-unsafe-eval' the page is told what to add", async () => {
  world.console.expect(/wasm-unsafe-eval|unsafe-eval/);
  const tab = await world.tab({}, "/no-wasm/");
  const { error } = await tab.back();
  assert.equal(error.code, "wasm_blocked");
  assert.equal(error.class, "InstanceError");
  assert.match(error.message, /wasm-unsafe-eval/);
});

test("a browser without wasm says so, and the page lives", async () => {
  const profile = await world.profile();
  await profile.context.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  const tab = await profile.tab();
  assert.equal((await tab.back()).error.code, "wasm_blocked");
});

test("a wasm that is not there, is none, or is cut off: wasm_unavailable, and the next try works", async () => {
  world.console.expect(/status of 404/, /Incorrect response MIME type/);
  const tab = await world.tab({ connect: false });
  for (const source of ["missing", "garbage", "cut"]) {
    const { error } = await connect(tab, source);
    assert.equal(error?.code, "wasm_unavailable", source);
    assert.equal(error.class, "InstanceError");
    assert.equal(error.retryable, true);
  }
  assert.deepEqual(await connect(tab, "url"), { value: false });
  assert.equal((await tab.listTools()).value.length, 5);
});

test("the wasm can come as an address, an answer, bytes or a module", async () => {
  for (const source of ["url", "response", "bytes", "module"]) {
    const tab = await world.tab({ connect: false });
    assert.deepEqual(await connect(tab, source), { value: false }, source);
    assert.equal((await tab.listTools()).value.length, 5);
  }
});

test("importing touches nothing and loads no wasm; connecting asks the shop nothing", async () => {
  const tab = await world.tab({ connect: false });
  assert.equal(fetched("/pkg/shopper_mcp_bg.wasm"), 0);
  assert.equal(await tab.stored(), "");
  await tab.run(() => globalThis.page.connect());
  assert.equal(fetched("/pkg/shopper_mcp_bg.wasm"), 1);
  assert.equal(await tab.stored(), "");
  assert.deepEqual(world.shop.log().filter(({ kind }) => kind !== "static"), []);
  for (const lazy of ["/pkg/wire.js", "/pkg/schema.js"]) assert.equal(fetched(lazy), 0);
});

test("the inline entry signs in and calls, in one file", async () => {
  const tab = await world.tab({ entry: "/pkg/inline.js" }, "/wares/");
  await tab.signIn({ returnTo: "/wares/" });
  assert.equal((await tab.session()).claims.email, MAYA);
  await tab.answer("get_order_status", ORDER);
  assert.deepEqual(await violations(tab), []);
  assert.equal(fetched("/pkg/shopper_mcp_bg.wasm"), 0);
  assert.equal(fetched("/pkg/index.js"), 0);
});

test("two copies of the package on one page share one session", async () => {
  const tab = await world.tab({ connect: false });
  const seen = await tab.run(async () => {
    const { page } = globalThis;
    const { shop, clientId, redirectUri, scope } = page.config;
    const other = await (await import("/pkg/inline.js")).connect({ shop, clientId, redirectUri, scope });
    await page.connect();
    globalThis.other = other;
    return [page.customer.session.signedIn, other.customer.session.signedIn];
  });
  assert.deepEqual(seen, [false, false]);
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  // The redirect page of the popup is connected by hand as well: it hands over whatever entry it uses.
  await signInAsCustomer(popup);
  await handOverByHand(popup);
  assert.equal((await tab.outcome()).value.session.signedIn, true);
  await tab.page.waitForFunction(() => globalThis.other.customer.session.signedIn);
  world.shop.expireTokens();
  world.console.expect(/status of 401/);
  await tab.run(async (order) => {
    await Promise.all([
      globalThis.page.customer.callTool("get_order_status", order),
      globalThis.other.customer.callTool("get_order_status", order),
    ]);
  }, ORDER);
  assert.equal(world.tokenRequests("refresh_token").length, 1);
});

test("options that are misspelt, missing, unsafe or secret are refused before anything is done", async () => {
  const tab = await world.tab({ connect: false });
  const wrong = {
    clientID: [{ clientID: "x" }, "option_invalid", "clientID"],
    noShop: [{ shop: undefined }, "option_invalid", "shop"],
    shopPath: [{ shop: "example.com/path" }, "option_invalid", "shop"],
    shopHttp: [{ shop: "http://example.com" }, "option_invalid", "shop"],
    redirect: [{ redirectUri: "https://evil.example/" }, "option_invalid", "redirectUri"],
    secret: [{ clientSecret: "shpss_0123" }, "secret_in_page", "clientSecret"],
    secretId: [{ clientId: "shpss_0123" }, "secret_in_page", "clientId"],
    storage: [{ storage: "cookie" }, "option_invalid", "storage"],
    endpoint: [{ customerEndpoint: "http://evil.example/mcp" }, "endpoint_not_secure", "customerEndpoint"],
    time: [{ timeoutMs: -1 }, "option_invalid", "timeoutMs"],
  };
  for (const [what, [options, code, field]] of Object.entries(wrong)) {
    const { error } = await tab.run((given) => globalThis.page.settle(() => globalThis.page.connect(given)), options);
    assert.equal(error?.code, code, what);
    assert.equal(error.field, field, what);
  }
  assert.deepEqual(world.shop.log().filter(({ kind }) => kind !== "static"), []);
});
