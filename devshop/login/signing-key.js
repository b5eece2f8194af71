import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";

/** A fresh RS256 key pair; a run of the shop has two: the published one, and one that nobody knows. */
export async function generateSigningKey() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, kid, privateJwk: { ...jwk, kid, use: "sig", alg: "RS256" } };
}
