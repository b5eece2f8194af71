// Agents as it is outside: real names, TLS, https profiles, the shop's own myshopify host.

import assert from "node:assert/strict";
import { json } from "node:stream/consumers";
import { test } from "node:test";

import { requestOwnHost } from "../../devshop/hosts/own-hosts.js";
import { connectAgent, makeKeys, publishKeys, serveTokens } from "./support/agent-page.js";
import { AUGUST, lines, MUG, purchase } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld({
  shop: { tls: true },
  launch: ({ tls }) => ({
    args: [
      `--host-resolver-rules=${tls.hostResolverRules}`, `--ignore-certificate-errors-spki-list=${tls.spkiSha256}`,
    ],
  }),
});
/** What a page that signs nobody in has to say. */
const ONLY = { shop: "cedarandclay.example" };
const page = () => world.tab({ connect: false, only: ONLY });

/** As the agent's server gets it from the shop's platform. */
async function issueToken() {
  const { api, tls, agentClients: [{ clientId, clientSecret }] } = world.shop;
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const asking = requestOwnHost(new URL(`${api}/auth/access_token`), tls, { method: "POST", headers });
  const answer = await new Promise((resolve, reject) => {
    asking.on("response", resolve).on("error", reject).end(body);
  });
  return json(answer);
}

test("anonymous and signed, with the authority of the endpoint and not of the shop", async () => {
  const tab = await page();
  const profiles = await publishKeys(world, tab, await makeKeys(tab));
  assert.match(profiles[AUGUST], /^https:\/\/agents\.example\//);
  await connectAgent(tab, { profiles, signer: "keys" });
  await tab.done("cart.create", lines([MUG]), { tier: "anonymous" });
  const { continueUrl } = await tab.done("cart.create", lines([MUG]));
  assert.match(continueUrl, /^https:\/\/cedarandclay\.example\/cart\/c\//);
  const calls = world.ucpCalls();
  assert.deepEqual(calls.map(({ headers }) => headers.host), Array(2).fill("cedar-and-clay.myshopify.com"));
  assert.deepEqual(calls.map(({ ucp }) => ucp.tier), ["anonymous", "signed"]);
});

test("with an agent's token: from the cart to the order", async () => {
  const tab = await page();
  await serveTokens(tab, issueToken);
  await connectAgent(tab, { token: "broker", agentWideToken: true });
  const { order } = await purchase(tab);
  const { data } = await tab.done("orders.get", order.id);
  assert.match(data.permalink_url, /^https:\/\/cedarandclay\.example\//);
  for (const call of world.ucpCalls()) assert.deepEqual([call.ucp.tier, call.ucp.executed], ["token", true]);
});
