// Pairs of verifier and challenge, made in three ways.

import * as oauth from "oauth4webapi";
import { generatePkce } from "shopper-mcp/customer";
import wasm from "shopper-mcp/shopper_mcp_customer_bg.wasm";

const WAYS = {
  bare: async () => {
    const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    return { verifier, challenge: base64url(new Uint8Array(digest)) };
  },
  oauth4webapi: async () => {
    const verifier = oauth.generateRandomCodeVerifier();
    return { verifier, challenge: await oauth.calculatePKCECodeChallenge(verifier) };
  },
  ours: () => generatePkce({ wasm }),
};

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Pairs per second, round by round. */
globalThis.measure = async ({ rounds, batch }) => {
  const rates = { bare: [], oauth4webapi: [], ours: [] };
  for (let round = -3; round < rounds; round++) {
    for (const [way, make] of Object.entries(WAYS)) {
      const began = performance.now();
      for (let pairs = 0; pairs < batch; pairs++) await make();
      if (round >= 0) rates[way].push(batch / (performance.now() - began) * 1000);
    }
  }
  return rates;
};
globalThis.isReady = true;
