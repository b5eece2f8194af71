// Which version is spoken and where, what both sides can do, and what a shop says of agents that it does not get along
// with.

import assert from "node:assert/strict";
import { test } from "node:test";

import { agentTab, connectAgent } from "./support/agent-page.js";
import { each } from "./support/each.js";
import { APRIL, AUGUST, lines, MUG, newCheckout, profileOf } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const discoveries = () => world.requests({ kind: "ucp-discovery", method: "GET" }).map(({ path }) => path);
const profilesOf = (agent, version) => ({ [version]: profileOf(world.shop, agent, version) });
const ALL = [
  "dev.ucp.shopping.buyer_consent", "dev.ucp.shopping.cart", "dev.ucp.shopping.catalog.lookup",
  "dev.ucp.shopping.catalog.search", "dev.ucp.shopping.checkout", "dev.ucp.shopping.discount",
  "dev.ucp.shopping.fulfillment", "dev.ucp.shopping.order",
];

test("the newest version that both have is spoken, and discovery is asked for once", async () => {
  const tab = await agentTab(world);
  const answers = await Promise.all([1, 2, 3].map(() => tab.done("cart.create", lines([MUG]))));
  assert.deepEqual(answers.map(({ data }) => data.ucp.version), [AUGUST, AUGUST, AUGUST]);
  await tab.reload();
  await connectAgent(tab);
  await tab.done("cart.create", lines([MUG]));
  assert.deepEqual(discoveries(), ["/.well-known/ucp"]);
  assert.equal(world.ucpCalls().at(-1).ucp.profile, profileOf(world.shop, "demo", AUGUST));
});

test("a shop that speaks 2026-04-08 alone is spoken to so, from the cart to the checkout", async () => {
  world.shop.settings({ ucpVersions: [APRIL] });
  const tab = await agentTab(world);
  const checkout = await newCheckout(tab);
  assert.deepEqual([checkout.ucp.version, checkout.status], [APRIL, "ready_for_complete"]);
  const { version, capabilities } = await tab.done("capabilities");
  assert.deepEqual([version, new Set(Object.values(capabilities))], [APRIL, new Set([APRIL])]);
  assert.equal(world.ucpCalls()[0].ucp.profile, profileOf(world.shop, "demo", APRIL));
});

test("an agent of 2026-04-08 alone goes by the shop's profile of that version", async () => {
  const tab = await agentTab(world, { profiles: profilesOf("demo", APRIL) });
  const { data } = await tab.done("cart.create", lines([MUG]));
  assert.equal(data.ucp.version, APRIL);
  assert.deepEqual(discoveries(), ["/.well-known/ucp", `/.well-known/ucp/${APRIL}`]);
});

test("capabilities: what both have, without extensions whose parents are missing", async () => {
  const tab = await agentTab(world);
  const { version, capabilities } = await tab.done("capabilities");
  assert.equal(version, AUGUST);
  assert.deepEqual(Object.keys(capabilities).filter((name) => name.startsWith("dev.ucp.")).toSorted(), ALL);
  const orphans = await agentTab(world, { profiles: profilesOf("orphans", AUGUST) });
  const left = Object.keys((await orphans.done("capabilities")).capabilities);
  assert.deepEqual(left.filter((name) => /fulfillment|discount|consent|cart|checkout/.test(name)), []);
  world.shop.settings({ ucpCapabilitiesLeftOut: ["dev.ucp.shopping.order"] });
  const without = await agentTab(world);
  assert.equal("dev.ucp.shopping.order" in (await without.done("capabilities")).capabilities, false);
});

test("a catalog-only agent: other tools are unknown to it, with the sentence that says why", async () => {
  const tab = await agentTab(world, { profiles: profilesOf("catalog-only", AUGUST) });
  const { data } = await tab.done("callTool", "search_catalog", { catalog: { query: "mug" } });
  assert.ok(data.products.length > 0);
  const error = await tab.refused("cart.create", lines([MUG]));
  assert.deepEqual([error.class, error.code], ["ToolError", "tool_unknown"]);
  const sentence = "The server has no such tool for this agent: does the agent's profile declare the capability?";
  assert.equal(error.message, sentence);
});

test("tools are listed, and any of them can be called by its name", async () => {
  world.shop.settings({ toolsPageSize: 5 });
  const tab = await agentTab(world);
  const tools = await tab.done("listTools");
  assert.equal(tools.length, 13);
  const { data } = await tab.done("callTool", "create_cart", { cart: { line_items: lines([MUG]) } });
  assert.match(data.id, /^gid:\/\/shopify\/Cart\//);
});

test("a service of another version or transport is passed over", async () => {
  world.shop.settings({ ucpDecoyService: true, ucpTransports: ["embedded", "mcp"] });
  await (await agentTab(world)).done("cart.create", lines([MUG]));
  assert.equal(world.ucpCalls()[0].path, "/api/ucp/mcp");
});

test("no way to the shop's server: a typed error, and no call", async () => {
  world.console.expect(/status of 404/);
  const struck = (deed) => ({ faults: [{ on: "ucp-discovery", times: null, do: deed }] });
  await each({
    "no version in common": [{ ucpVersions: ["2025-01-01"] }, "version_unsupported"],
    "no MCP endpoint": [{ ucpTransports: ["embedded"] }, "ucp_endpoint_missing"],
    "a leaf that is missing": [{ ucpLeafFault: "missing" }, "discovery_unavailable"],
    "a leaf that is no JSON": [{ ucpLeafFault: "not-json" }, "discovery_invalid"],
    "a leaf of another version": [{ ucpLeafFault: "wrong-version" }, "discovery_invalid"],
    "a profile that is HTML": [struck({ status: 200, body: "<html>" }), "discovery_invalid"],
    "a profile elsewhere": [struck({ redirect: "https://evil.example/" }), "discovery_redirected"],
  }, async ([settings, code]) => {
    world.shop.reset();
    world.shop.settings(settings);
    const profiles = "ucpLeafFault" in settings ? { profiles: profilesOf("demo", APRIL) } : {};
    const error = await (await agentTab(world, profiles)).refused("cart.create", lines([MUG]));
    assert.deepEqual([error.code, error.class], [code, "DiscoveryError"]);
    assert.equal(world.ucpCalls().length, 0);
  });
});

test("what a shop says of an agent's profile is told by its code, whatever the status", async () => {
  world.console.expect(/status of (400|403|422|424)/);
  const agents = {
    "missing": "profile_unreachable",
    "redirecting": "profile_unreachable",
    "text": "profile_malformed",
    "uncacheable": "profile_malformed",
    "not-json": "profile_malformed",
    "incompatible": "capabilities_incompatible",
  };
  for (const ucpErrorStatus of ["registry", "ok200"]) {
    world.shop.settings({ ucpErrorStatus });
    await each(agents, async (code, agent) => {
      const tab = await agentTab(world, { profiles: profilesOf(agent, AUGUST) });
      const error = await tab.refused("cart.create", lines([MUG]));
      assert.deepEqual([error.code, error.class], [code, "ProtocolError"], ucpErrorStatus);
    });
  }
});
