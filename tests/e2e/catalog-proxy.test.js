// The catalogs of all shops through the package's proxy on the page's own origin, which adds the agent's token.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { test } from "node:test";

import { connectAgent } from "./support/agent-page.js";
import { endpointsOf, search } from "./support/catalog-page.js";
import { packageFolder } from "./support/package-under-test.js";
import { useWorld } from "./support/world.js";

const { createProxy } = await import(pathToFileURL(join(packageFolder, "proxy.js")).href);

/** A proxy to both, whose credentials are the agent's. */
function catalogProxy(shop) {
  const { global, discover } = endpointsOf(shop);
  const [{ clientId, clientSecret }] = shop.agentClients;
  const upstreams = { catalog: { url: global }, discover: { url: discover, tools: ["search_global_products", "get_global_product_details"] } };
  return createProxy({ upstreams, visitors: { secret: "a secret of thirty-two characters or more" }, agent: { clientId, clientSecret, tokenUrl: `${shop.api}/auth/access_token` } });
}

const world = useWorld({ shop: { settings: { cors: false, ucpCors: false } }, front: { "/agent/catalog": catalogProxy, "/agent/discover": catalogProxy } });
const REQUEST = { query: "mug", context: "a gift for somebody who likes tea", ships_to: "US", limit: 5 };

async function proxied(server, agent, options = {}) {
  const tab = await world.tab({ connect: false });
  return connectAgent(tab, agent, { catalog: { server }, proxy: "/agent", ...options });
}

for (const [server, kind, agent] of [["global", "catalog", { tier: "token" }], ["discover", "discover", {}]]) {
  test(`${server}: with the agent's token, which no page sees`, async () => {
    const tab = await proxied(server, agent);
    const { value, error } = await search(tab, REQUEST);
    assert.ok(value, `${error?.code}: ${error?.message}`);
    assert.ok(value.products.length > 0);
    const [call, ...more] = world.requests({ kind, method: "POST" });
    assert.deepEqual([more.length, call.status, call.authorizationStyle, call.origin], [0, 200, "Bearer", null]);
    assert.equal(world.requests({ kind: "agent-token" }).length, 1);
    assert.doesNotMatch(await tab.stored(), /eyJ/);
    assert.ok(world.posts(`/${kind}`).every((request) => request.url().startsWith(world.origin) && !("authorization" in request.headers())));
  });
}

test("arguments are checked through the proxy, too", async () => {
  const tab = await proxied("discover", {}, { checkArguments: true });
  const { value, error } = await search(tab, REQUEST);
  assert.ok(value, `${error?.code}: ${error?.message}`);
  const { error: refusal } = await search(tab, { ...REQUEST, not_known: 1 });
  assert.equal(refusal.code, "arguments_invalid");
});
