import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";

/**
 * A key pair. Its objects are read from what was made, not those that were made: Node 20 stops for ever when it collects
 * what is left of the making while a key of it is exported as a JWK.
 *
 * @param {"ec" | "rsa"} type
 * @param {object} options as of `generateKeyPairSync`
 */
export function newKeyPair(type, options) {
  const { publicKey, privateKey } = generateKeyPairSync(type, {
    ...options,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { publicKey: createPublicKey(publicKey), privateKey: createPrivateKey(privateKey) };
}
