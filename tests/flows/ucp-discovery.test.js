// What a shop and an agent speak, and where: the shop's profile, fetched once and held to the rules.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { json, LOST, REDIRECT, SILENCE, text } from "./support/network.js";
import { ITEMS, UcpScene } from "./support/ucp-scene.js";
import { APRIL, AUGUST, PROFILES, UCP_ENDPOINT } from "./support/ucp-profiles.js";

const ONLY_APRIL = { [APRIL]: PROFILES[APRIL] };
const ONLY_AUGUST = { [AUGUST]: PROFILES[AUGUST] };
const create = (page) => page.ucp.cart.create(ITEMS);
const documentsOf = ({ shop }) => [shop.count("shopProfile"), shop.count("shopLeaf"), shop.count("agentProfile")];

describe("the newest version that both have is spoken", () => {
  const currentIsApril = ({ ucp }) => {
    [ucp.documents.current] = Object.values(ucp.documents.leaves);
  };
  const usual = () => {};
  for (const [what, profiles, change, version, documents] of [
    ["both have both", PROFILES, usual, AUGUST, [1, 0, 0]],
    ["the older one is named first", { ...ONLY_APRIL, ...ONLY_AUGUST }, usual, AUGUST, [1, 0, 0]],
    ["the agent has the older one: by the shop's leaf profile", ONLY_APRIL, usual, APRIL, [1, 1, 0]],
    ["the shop has the older one", PROFILES, currentIsApril, APRIL, [1, 0, 0]],
    ["the agent has one that nobody knows besides", { ...PROFILES, "2031-01-01": PROFILES[AUGUST] }, usual, AUGUST, [1, 0, 0]],
  ]) {
    test(what, async () => {
      const scene = new UcpScene({ profiles });
      change(scene);
      await create(await scene.page()).result();
      assert.deepEqual(scene.ucp.calls.map(({ profile }) => profile), [PROFILES[version]]);
      assert.deepEqual(documentsOf(scene), documents);
      assert.equal(scene.shop.count("elsewhere"), 0, "an entry of another version or transport is not asked");
    });
  }

  for (const [what, profiles, supported] of [
    ["the agent has another one", { "2025-12-31": PROFILES[APRIL] }, undefined],
    ["the shop has none besides", ONLY_APRIL, null],
    ["the shop's others are others", ONLY_APRIL, { "2026-01-23": "https://shop.example/.well-known/ucp/2026-01-23" }],
  ]) {
    test(`there is none: ${what}`, async () => {
      const scene = new UcpScene({ profiles });
      if (supported !== undefined) scene.ucp.documents.current.ucp.supported_versions = supported ?? undefined;
      const error = await create(await scene.page()).error();
      assert.deepEqual([error.name, error.code], ["DiscoveryError", "version_unsupported"]);
      assert.deepEqual([scene.ucp.calls.length, ...documentsOf(scene)], [0, 1, 0, 0]);
    });
  }

  test("and no older one is tried instead", async () => {
    const scene = new UcpScene();
    scene.ucp.documents.current.ucp.services["dev.ucp.shopping"].pop();
    assert.equal(await create(await scene.page()).code(), "ucp_endpoint_missing");
    assert.deepEqual(documentsOf(scene), [1, 0, 0]);
    assert.equal(scene.shop.count("elsewhere"), 0);
  });
});

describe("the shop's profile", () => {
  test("is fetched once for calls that begin together", async () => {
    const scene = new UcpScene({ profiles: ONLY_APRIL });
    const page = await scene.page();
    const calls = Array.from({ length: 20 }, () => create(page));
    for (const call of calls) await call.result();
    assert.deepEqual(documentsOf(scene), [1, 1, 0]);
    assert.equal(scene.ucp.executions("create_cart"), 20);
  });

  test("is remembered over a reload, and fetched again after an hour", async () => {
    const scene = new UcpScene({ profiles: ONLY_APRIL });
    let page = await scene.page();
    await create(page).result();
    page = await scene.load(page.tab);
    await create(page).result();
    assert.deepEqual(documentsOf(scene), [1, 1, 0]);
    await scene.world.advance(3_700_000);
    page = await scene.load(page.tab);
    await create(page).result();
    assert.deepEqual(documentsOf(scene), [2, 2, 0]);
  });

  for (const versions of [[PROFILES, ONLY_APRIL], [ONLY_APRIL, PROFILES], [ONLY_APRIL, ONLY_AUGUST]]) {
    const [first, second] = versions.map((profiles) => Object.keys(profiles).join(" and "));
    test(`is not remembered for another agent's versions: ${first}, then ${second}`, async () => {
      const scene = new UcpScene({ profiles: versions[0] });
      const page = await scene.page();
      await create(page).result();
      scene.options.agent = { profiles: versions[1] };
      await create(await scene.load(page.tab)).result();
      const newest = versions.map((profiles) => Object.values(profiles).sort().at(-1));
      assert.deepEqual(scene.ucp.calls.map(({ profile }) => profile), newest);
      assert.equal(scene.shop.count("elsewhere"), 0);
    });
  }

  test("is judged anew when it is read from the tab's storage", async () => {
    const scene = new UcpScene();
    const page = await scene.page();
    await create(page).result();
    const { storage } = page.tab;
    const keys = storage.keys().filter((key) => storage.read(key).includes(UCP_ENDPOINT));
    assert.ok(keys.length > 0);
    for (const key of keys) storage.write(key, storage.read(key).replaceAll("https://shop-4711", "http://evil"));
    await create(await scene.load(page.tab)).result();
    assert.deepEqual(documentsOf(scene), [2, 0, 0]);
    assert.equal(scene.shop.count("elsewhere"), 0);
  });

  test("is waited for by others when one gives up", async () => {
    const scene = new UcpScene();
    const page = await scene.page();
    const [first, second] = [create(page), create(page)];
    await scene.world.advance(10);
    first.abort();
    assert.equal(await first.code(), "aborted");
    assert.equal(scene.world.elapsed, 10, "at once");
    await second.result();
    assert.deepEqual(documentsOf(scene), [1, 0, 0]);
    assert.equal(scene.ucp.executions("create_cart"), 1);
  });
});

const UNREADABLE = {
  "a redirect": ["discovery_redirected", REDIRECT],
  "404": ["discovery_unavailable", text(404, "<html>")],
  "500": ["discovery_unavailable", text(500, "<html>")],
  "HTML": ["discovery_invalid", text(200, "<!doctype html>")],
  "nothing": ["discovery_invalid", text(200, "")],
  "a list": ["discovery_invalid", text(200, "[]")],
  "no `ucp`": ["discovery_invalid", json(200, {})],
  "300 kB": ["too_large", text(200, "x".repeat(300_000))],
  "lost": ["network", LOST],
  "silence": ["timeout", SILENCE],
};

/** A call while an endpoint answers like this; afterwards everything is as usual, and remembered is nothing. */
async function assertRefused(code, endpoint, reply, { profiles = PROFILES } = {}) {
  const scene = new UcpScene({ profiles });
  scene.shop.always(endpoint, reply);
  const page = await scene.page();
  const error = await create(page).error();
  assert.equal(error.code, code);
  assert.equal(scene.ucp.calls.length + scene.shop.count("elsewhere"), 0);
  scene.shop.asUsual(endpoint);
  await create(page).result();
  return error;
}

describe("a profile that cannot be had stops the call, and is not remembered", () => {
  for (const [what, [code, reply]] of Object.entries(UNREADABLE)) {
    test(`${what}`, () => assertRefused(code, "shopProfile", reply));
    test(`${what}, of the older version`, () => assertRefused(code, "shopLeaf", reply, { profiles: ONLY_APRIL }));
  }
});

describe("a profile is held to the rules", () => {
  /** The shop's profile with its `ucp` changed. */
  function changed(change) {
    const { ucp } = new UcpScene().ucp.documents.current;
    return json(200, { ucp: { ...ucp, ...change(ucp) } });
  }
  const entries = (list) => () => ({ services: { "dev.ucp.shopping": list } });
  const entry = (more) => entries([{ version: AUGUST, transport: "mcp", ...more }]);
  for (const [what, code, change] of [
    ["no version", "discovery_invalid", () => ({ version: undefined })],
    ["a version that is no date", "discovery_invalid", () => ({ version: "1" })],
    ["older versions as a list", "discovery_invalid", () => ({ supported_versions: [APRIL] })],
    ["no services", "ucp_endpoint_missing", () => ({ services: undefined })],
    ["services as a list", "discovery_invalid", () => ({ services: [] })],
    ["no shopping", "ucp_endpoint_missing", () => ({ services: {} })],
    ["shopping as an object", "discovery_invalid", entries({})],
    ["no entry", "ucp_endpoint_missing", entries([])],
    ["no entry of the version", "ucp_endpoint_missing", entry({ version: APRIL, endpoint: UCP_ENDPOINT })],
    ["no entry of the transport", "ucp_endpoint_missing", entry({ transport: "rest", endpoint: UCP_ENDPOINT })],
    ["no endpoint", "discovery_invalid", entry({})],
    ["an endpoint without TLS", "endpoint_not_secure", entry({ endpoint: "http://shop-4711.myshopify.example/api/ucp/mcp" })],
    ["an endpoint of a script", "endpoint_not_secure", entry({ endpoint: "javascript:alert(1)" })],
    ["an endpoint with a password", "endpoint_not_secure", entry({ endpoint: "https://a:b@shop-4711.myshopify.example/" })],
    ["half an endpoint", "endpoint_not_secure", entry({ endpoint: "/api/ucp/mcp" })],
  ]) {
    test(what, () => assertRefused(code, "shopProfile", changed(change)));
  }

  for (const [what, code, leaf] of [
    ["an address without TLS", "endpoint_not_secure", "http://shop.example/.well-known/ucp/2026-04-08"],
    ["half an address", "endpoint_not_secure", "/.well-known/ucp/2026-04-08"],
    ["no address", "endpoint_not_secure", null],
  ]) {
    test(`of the older version: ${what}`, () =>
      assertRefused(code, "shopProfile", changed(() => ({ supported_versions: { [APRIL]: leaf } })), { profiles: ONLY_APRIL }));
  }

  test("of the older version: it has to be of the version that it was fetched for", async () => {
    const { current } = new UcpScene().ucp.documents;
    const error = await assertRefused("discovery_invalid", "shopLeaf", json(200, current), { profiles: ONLY_APRIL });
    assert.equal(error.field, "version");
  });
});

describe("an endpoint of the page's own", () => {
  test("replaces the shop's profile; the agent's newest version is spoken", async () => {
    const ucpEndpoint = "https://ucp.shop.example/mcp?x=1";
    const scene = new UcpScene({ profiles: { ...ONLY_APRIL, ...ONLY_AUGUST } }, { ucpEndpoint });
    scene.shop.always("elsewhere", (sent) => scene.ucp.post(sent));
    await create(await scene.page()).result();
    assert.deepEqual(scene.shop.log.map(({ url }) => url), [ucpEndpoint]);
    assert.deepEqual(scene.ucp.executed.map(({ profile }) => profile), [PROFILES[AUGUST]]);
  });

  test("that is a proxy is called instead of the shop's, whose profile is read all the same", async () => {
    const scene = new UcpScene({}, { proxy: "/agent" });
    const page = await scene.page();
    await create(page).result();
    assert.deepEqual([scene.shop.count("proxy"), scene.shop.count("ucp")], [1, 0]);
    assert.deepEqual(documentsOf(scene), [1, 0, 0]);
  });

  test("and a proxy before it need no profile at all", async () => {
    const scene = new UcpScene({}, { proxy: "/agent/", ucpEndpoint: UCP_ENDPOINT });
    await create(await scene.page()).result();
    assert.deepEqual(scene.shop.log.map(({ url }) => url), ["https://shop.example/agent/ucp"]);
  });
});
