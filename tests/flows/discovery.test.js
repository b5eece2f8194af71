// Discovery: two documents, held to the rules, fetched once and never believed blindly.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { HANG, inPieces, json, LOST, REDIRECT, SILENCE, text } from "./support/network.js";
import { Scene } from "./support/scene.js";

describe("a login document that cannot be had stops before the page is left", () => {
  const rows = {
    "a redirect": ["discovery_redirected", REDIRECT],
    "404": ["discovery_unavailable", text(404, "<html>")],
    "403": ["discovery_unavailable", text(403, "<html>")],
    "500": ["discovery_unavailable", text(500, "<html>")],
    "HTML": ["discovery_invalid", text(200, "<!doctype html><title>Opening soon</title>")],
    "nothing": ["discovery_invalid", text(200, "")],
    "a list": ["discovery_invalid", text(200, "[]")],
    "null": ["discovery_invalid", text(200, "null")],
    "an empty object": ["discovery_invalid", text(200, "{}")],
    "10 MB": ["too_large", inPieces(200, Array(160).fill("x".repeat(65_536)))],
    "lost": ["network", LOST],
    "silence": ["timeout", SILENCE],
    "stalled": ["timeout", inPieces(200, ["{", HANG])],
  };
  for (const [what, [code, reply]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.always("loginDocument", reply);
      scene.shop.always("oauthDocument", reply);
      const page = await scene.page();
      assert.equal(await page.login().code(), code);
      assert.ok(!page.tab.leaves);
      assert.equal(page.tab.storage.text(), "");
      assert.ok(scene.shop.log.length <= 2);

      scene.shop.asUsual("loginDocument");
      await page.login().result();
      assert.ok(page.tab.leaves, "a failure is not remembered");
    });
  }

  test("silence is waited for no longer than the page's own limit", async () => {
    const scene = new Scene({ timeoutMs: 1_000 });
    scene.shop.always("loginDocument", SILENCE);
    const page = await scene.page();
    assert.equal(await page.login().code(), "timeout");
    assert.ok(scene.world.elapsed >= 1_000 && scene.world.elapsed < 1_100);
  });
});

describe("a document of the tools that cannot be had stops the call", () => {
  const rows = {
    "a redirect": ["discovery_redirected", REDIRECT],
    "404": ["discovery_unavailable", text(404, "")],
    "HTML": ["discovery_invalid", text(200, "<html>")],
    "no server": ["mcp_api_missing", json(200, {})],
    "an empty address": ["mcp_api_missing", json(200, { mcp_api: "" })],
    "an address of null": ["mcp_api_missing", json(200, { mcp_api: null })],
    "a list of addresses": ["discovery_invalid", json(200, { mcp_api: ["https://shop.example/mcp"] })],
    "an address without TLS": ["endpoint_not_secure", json(200, { mcp_api: "http://shop.example/mcp" })],
    "half an address": ["endpoint_not_secure", json(200, { mcp_api: "/mcp" })],
    "300 kB": ["too_large", text(200, "x".repeat(300_000))],
  };
  for (const [what, [code, reply]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      const { page } = await scene.signIn(await scene.page(), "ada");
      scene.shop.always("customerDocument", reply);
      assert.equal(await page.order().code(), code);
      assert.equal(await page.listTools().code(), code);
      assert.equal(scene.shop.count("tools") + scene.shop.count("elsewhere"), 0);

      scene.shop.asUsual("customerDocument");
      await page.order().result();
    });
  }
});

describe("the OAuth name of the login document", () => {
  test("is asked where the first is not there", async () => {
    const scene = new Scene();
    scene.shop.always("loginDocument", text(404, ""));
    scene.shop.always("oauthDocument", json(200, scene.shop.loginDocument));
    const page = await scene.page();
    await page.login().result();
    assert.ok(page.tab.leaves);
  });

  test("and only then", async () => {
    const scene = new Scene();
    scene.shop.always("loginDocument", text(500, ""));
    assert.equal(await (await scene.page()).login().code(), "discovery_unavailable");
    assert.equal(scene.shop.count("oauthDocument"), 0);
  });
});

describe("the members of a login document", () => {
  /** Signing in with one member that is another; `undefined` leaves it out. */
  async function assertCode(code, name, value, options = {}) {
    const scene = new Scene(options);
    scene.shop.loginDocument[name] = value;
    const page = await scene.page();
    const login = page.login();
    if (code === null) {
      assert.equal(await login.result(), null);
      assert.ok(page.tab.leaves);
      return;
    }
    assert.equal(await login.code(), code);
    assert.ok(!page.tab.leaves && !page.tab.storage.has(":login:"));
    assert.equal(scene.shop.count("elsewhere"), 0);
  }
  const show = (value) => JSON.stringify(value) ?? "nothing";

  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"]) {
    for (const url of [
      "http://shop.example/x", "http://localhost/x", "http://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x",
      "blob:https://shop.example/x", "ftp://shop.example/x", "//shop.example/x", "/x", "x", " https://shop.example/x",
      "https://shop.example/x\n", "ht\ttps://shop.example/x", "https://user@shop.example/x",
      "https://user:pass@shop.example/x", "https://shop.example/x#y", "https:\\\\shop.example\\x", "https://",
    ]) {
      test(`${name} has to be plain https: ${show(url)}`, () => assertCode("endpoint_not_secure", name, url));
    }
    for (const value of [7, ["https://shop.example/x"], {}]) {
      test(`${name} has to be text: ${show(value)}`, () => assertCode("discovery_invalid", name, value));
    }
    const isNeeded = ["authorization_endpoint", "token_endpoint"].includes(name);
    test(`${name} ${isNeeded ? "has to" : "need not"} be there`, () =>
      assertCode(isNeeded ? "discovery_invalid" : null, name, undefined));
  }

  for (const [issuer, code] of [
    ["https://shopify.com/authentication/1", null],
    ["https://shop.example", null],
    ["https://shop.example/authentication/1", null],
    ["https://shopify.com/authentication/", "issuer_not_accepted"],
    ["https://shopify.com/authentication/1/", "issuer_not_accepted"],
    ["https://shopify.com/authentication/1x", "issuer_not_accepted"],
    ["https://shopify.com/authentication/%31", "issuer_not_accepted"],
    ["https://shopify.com/authentication/../1", "issuer_not_accepted"],
    ["https://shopify.com.evil.example/authentication/1", "issuer_not_accepted"],
    ["https://shopify.com@evil.example/authentication/1", "endpoint_not_secure"],
    ["https://evil.example/https://shopify.com/authentication/1", "issuer_not_accepted"],
    ["https://evil.example", "issuer_not_accepted"],
    ["https://account.shop.example", "issuer_not_accepted"],
    ["https://shop.example.evil.example", "issuer_not_accepted"],
    ["https://shop.example:8443", "issuer_not_accepted"],
    ["https://shop.example?x=1", "issuer_not_accepted"],
    ["http://shop.example", "endpoint_not_secure"],
    ["http://127.0.0.1:8787", "endpoint_not_secure"],
    ["javascript:alert(1)", "endpoint_not_secure"],
    [undefined, "discovery_invalid"],
    [["https://shop.example"], "discovery_invalid"],
  ]) {
    test(`issuer is the shop's or Shopify's: ${show(issuer)}`, () => assertCode(code, "issuer", issuer));
  }

  for (const [issuer, code] of [
    ["https://login.example", null],
    ["https://login.example/", "issuer_not_accepted"],
  ]) {
    test(`issuer is one that the page lists, byte for byte: ${issuer}`, () =>
      assertCode(code, "issuer", issuer, { issuers: ["https://login.example"] }));
  }

  for (const [methods, code] of [
    [undefined, "pkce_unsupported"],
    [[], "pkce_unsupported"],
    [["plain"], "pkce_unsupported"],
    [["s256"], "pkce_unsupported"],
    ["S256", "discovery_invalid"],
    [{ 0: "S256" }, "discovery_invalid"],
    [["S256", 1], "discovery_invalid"],
    [["plain", "S256"], null],
  ]) {
    test(`S256 has to be among the methods: ${show(methods)}`, () =>
      assertCode(code, "code_challenge_methods_supported", methods));
  }

  for (const query of ["client_id=evil", "state=x", "%73tate=x", "redirect_uri=https://evil.example", "prompt=none"]) {
    test(`a parameter of ours is not there already: ${query}`, () =>
      assertCode("discovery_invalid", "authorization_endpoint", `https://shop.example/authorize?${query}`));
  }
});

describe("http on loopback, for a page on loopback", () => {
  const PAGE = "http://127.0.0.1:8080/";
  const DOCUMENT = {
    issuer: "http://localhost:8788",
    authorization_endpoint: "http://localhost:8788/authorize",
    token_endpoint: "http://[::1]:8788/token",
    jwks_uri: "http://login.localhost:8788/keys",
    code_challenge_methods_supported: ["S256"],
  };
  const login = async (document) => {
    const scene = new Scene({ shop: "http://127.0.0.1:8787", redirectUri: PAGE });
    scene.shop.always("elsewhere", json(200, document));
    const page = await scene.page(PAGE);
    return { page, work: page.login() };
  };

  test("is taken", async () => {
    const { page, work } = await login(DOCUMENT);
    await work.result();
    assert.ok(page.tab.departure().startsWith("http://localhost:8788/authorize?"));
  });

  for (const url of [
    "http://shop.example/t", "http://127.0.0.1.evil.example/t", "http://10.0.0.1/t", "http://localhost.evil.example/t",
  ]) {
    test(`not even from there anywhere else: ${url}`, async () => {
      const { work } = await login({ ...DOCUMENT, token_endpoint: url });
      assert.equal(await work.code(), "endpoint_not_secure");
    });
  }
});

describe("the documents", () => {
  const askedFor = ({ shop }) => shop.count("loginDocument") + shop.count("customerDocument");

  test("are fetched once an hour, and checked again when they are read", async () => {
    const scene = new Scene();
    let page = await scene.signedInPage();
    page = await scene.load(page.tab);
    await page.order().result();
    await page.login().result();
    assert.equal(askedFor(scene), 0);

    await scene.world.advance(3_700_000);
    page = await scene.load(page.tab);
    await page.order().result();
    assert.equal(scene.shop.count("customerDocument"), 1);

    // Someone wrote into the storage.
    const swap = (record) => record.replace("https://account.shop.example", "http://evil.example");
    page.tab.storage.change("discovery:customer", swap);
    page = await scene.load(page.tab);
    await page.order().result();
    assert.equal(scene.shop.count("customerDocument"), 2);
    assert.equal(scene.shop.count("elsewhere"), 0);
  });

  test("are fetched once for parallel first calls", async () => {
    const scene = new Scene();
    const { page } = await scene.signIn(await scene.page(), "ada");
    const calls = Array.from({ length: 20 }, () => page.order());
    for (const call of calls) await call.result();
    assert.equal(scene.shop.count("customerDocument"), 1);
  });

  for (const [customerEndpoint, url] of [
    ["/proxy/mcp", "https://shop.example/proxy/mcp"],
    ["https://proxy.example/mcp?shop=1", "https://proxy.example/mcp?shop=1"],
  ]) {
    test(`are not needed for an endpoint of the page's own: ${customerEndpoint}`, async () => {
      const scene = new Scene({ customerEndpoint });
      scene.shop.always("elsewhere", (sent) => scene.shop.tools.post(sent));
      const { page } = await scene.signIn(await scene.page(), "ada");
      await page.order().result();
      assert.equal(scene.shop.sent("elsewhere")[0].url, url);
      assert.equal(scene.shop.count("customerDocument"), 0);
    });
  }

  test("are not replaced by what a 401 names", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    const resource = "https://evil.example/.well-known/oauth-protected-resource";
    scene.shop.next("tools", text(401, "", { "www-authenticate": `Bearer resource_metadata="${resource}"` }));
    await page.order().result();
    assert.equal(scene.shop.count("elsewhere"), 0);
    assert.equal(scene.shop.count("token"), 1);
  });
});
