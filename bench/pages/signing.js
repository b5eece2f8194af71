// A call that is signed, up to the moment it would be sent, next to one that is not and to the signature alone.

import { connect } from "shopper-mcp";
import wasm from "shopper-mcp/shopper_mcp_bg.wasm";

const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
const CALL = ["lookup_catalog", { catalog: { ids: ["gid://shopify/ProductVariant/44100010001"] } }];

const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
let lastBase;
const sign = ({ base }) => {
  lastBase = base;
  return crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(base));
};

/** @param {{ shop: string, clientId: string, redirectUri: string, profiles: object }} about */
globalThis.measure = async ({ rounds, batch, profiles, ...about }) => {
  const [signed, anonymous] = await Promise.all([{ profiles, signer: { kid: "bench", sign } }, { profiles }]
    .map((agent) => connect({ ...about, agent, wasm })));
  await anonymous.callTool(...CALL);
  const sent = interceptSending();
  const bytes = async () => {
    const began = performance.now();
    await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(lastBase));
    return performance.now() - began;
  };
  const call = (shop) => async () => {
    const began = performance.now();
    await shop.callTool(...CALL);
    return sent.at - began;
  };
  const ways = { signed: call(signed), anonymous: call(anonymous), bare: bytes };
  await signed.callTool(...CALL);
  const times = { signed: [], anonymous: [], bare: [] };
  for (let round = -5; round < rounds; round++) {
    for (const [way, run] of Object.entries(ways)) {
      let ms = 0;
      for (let calls = 0; calls < batch; calls++) ms += await run();
      if (round >= 0) times[way].push(ms / batch);
    }
  }
  return times;
};

/** From now on nothing is sent: it is noted when it would have been, and answered. */
function interceptSending() {
  const sent = { at: 0 };
  globalThis.fetch = async (url, { body }) => {
    sent.at = performance.now();
    const result = { content: [], structuredContent: { ucp: { version: "2026-08-25", status: "success" }, products: [] } };
    return Response.json({ jsonrpc: "2.0", id: JSON.parse(body).id, result });
  };
  return sent;
}
globalThis.isReady = true;
