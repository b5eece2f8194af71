// A call that is signed, up to the moment it would be sent, next to one that is not and to the signature alone.

import { agentProfile, connect, createSigningKey } from "shopper-mcp";
import wasm from "shopper-mcp/shopper_mcp_bg.wasm";

const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
const VERSION = "2026-08-25";
const CALL = ["lookup_catalog", { catalog: { ids: ["gid://shopify/ProductVariant/44100010001"] } }];

const key = await createSigningKey();
const profile = await agentProfile({ version: VERSION, keys: [key] });
let lastBase;
/** What a signer elsewhere is, without the way there. */
const sign = ({ base }) => {
  lastBase = base;
  return crypto.subtle.sign(ALGORITHM, key.privateKey, new TextEncoder().encode(base));
};

/** @param {{ shop: string, clientId: string, redirectUri: string, profiles: Record<string, string> }} about */
globalThis.measure = async ({ rounds, batch, profiles, ...about }) => {
  const agents = [{ profiles, signer: key }, { profiles, signer: { kid: key.kid, sign } }, { profiles }];
  const [local, remote, anonymous] = await Promise.all(agents.map((agent) => connect({ ...about, agent, wasm })));
  await anonymous.callTool(...CALL);
  const sent = interceptSending(Object.values(profiles));
  const bytes = async () => {
    const began = performance.now();
    await crypto.subtle.sign(ALGORITHM, key.privateKey, new TextEncoder().encode(lastBase));
    return performance.now() - began;
  };
  const call = (shop) => async () => {
    const began = performance.now();
    await shop.callTool(...CALL);
    return sent.at - began;
  };
  const ways = { local: call(local), remote: call(remote), anonymous: call(anonymous), bare: bytes };
  await remote.callTool(...CALL);
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  // The first ones are the engine's, which compiles meanwhile.
  for (let round = Math.ceil(-rounds / 3); round < rounds; round++) {
    for (const [way, run] of Object.entries(ways)) {
      let ms = 0;
      for (let calls = 0; calls < batch; calls++) ms += await run();
      if (round >= 0) times[way].push(ms / batch);
    }
  }
  return times;
};

/** From now on nothing is sent: it is noted when it would have been, and answered. The agent's profiles list its key. */
function interceptSending(profiles) {
  const sent = { at: 0 };
  globalThis.fetch = async (url, { body }) => {
    if (profiles.includes(url)) return new Response(profile);
    sent.at = performance.now();
    const result = { content: [], structuredContent: { ucp: { version: VERSION, status: "success" }, products: [] } };
    return Response.json({ jsonrpc: "2.0", id: JSON.parse(body).id, result });
  };
  return sent;
}
globalThis.isReady = true;
