// The login server's keys.

import { sign as signBytes } from "node:crypto";

import { newKeyPair } from "../../../devshop/test/support/key-pair.js";

const KEYS = {
  "key-1": newKeyPair("rsa", { modulusLength: 2048 }),
  "key-2": newKeyPair("ec", { namedCurve: "P-256" }),
};

/** As the key set shows them. */
export const keySet = { keys: Object.entries(KEYS).map(([kid, { publicKey }]) => shown(kid, publicKey)) };

function shown(kid, publicKey) {
  return { kid, use: "sig", ...publicKey.export({ format: "jwk" }) };
}

/** By the elliptic key for ES256, by the other one for everything else. */
export function sign(algorithm, text) {
  const { privateKey } = algorithm === "ES256" ? KEYS["key-2"] : KEYS["key-1"];
  return signBytes("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
}
