// Two libraries that verify signed requests, in two languages; neither knows how the requests were signed.

import { createHash, createPublicKey } from "node:crypto";

import { createVerifier, httpbis } from "http-message-signatures";
import { askPython } from "./python.js";

/**
 * @typedef {object} Received a request as a server received it
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers by names in lower case
 * @property {string | null} body as base64
 */

const ALGORITHM = "ecdsa-p256-sha256";
const WHENEVER_PRESENT = ["ucp-agent", "idempotency-key", "signature-agent"];

/** The verifiers by their names: each gives for each request `{ accepted: true }` or `{ accepted: false, why }`. */
export const VERIFIERS = {
  "npm http-message-signatures": verifyInNode,
  "PyPI http-message-signatures": verifyInPython,
};

/** @param {Received[]} requests @param {object[]} keys the agent's, as JWKs */
function verifyInPython(requests, keys) {
  return askPython("verify.py", requests.map((request) => ({ ...request, keys })));
}

/** @param {Received[]} requests @param {object[]} keys the agent's, as JWKs */
function verifyInNode(requests, keys) {
  const verifiers = new Map(keys.map((jwk) => {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return [jwk.kid, { id: jwk.kid, algs: [ALGORITHM], verify: createVerifier(key, ALGORITHM) }];
  }));
  return Promise.all(requests.map(async (request) => {
    try {
      checkDigest(request);
      const accepted = await httpbis.verifyMessage({
        all: true,
        requiredParams: ["keyid"],
        requiredFields: requiredFields(request),
        keyLookup: async ({ keyid, alg }) => (alg === undefined ? verifiers.get(keyid) : undefined),
      }, request);
      return accepted === true ? { accepted } : { accepted: false, why: "The signature does not verify." };
    } catch (error) {
      return { accepted: false, why: error.message };
    }
  }));
}

/** The library leaves the body to whoever calls it. */
function checkDigest({ headers, body }) {
  const digest = createHash("sha256").update(Buffer.from(body ?? "", "base64")).digest("base64");
  const header = headers["content-digest"];
  if (header === undefined ? Boolean(body) : header !== `sha-256=:${digest}:`) {
    throw new Error("The digest is not the body's.");
  }
}

function requiredFields({ url, headers, body }) {
  return [
    "@method", "@authority", "@path", ...(url.includes("?") ? ["@query"] : []),
    ...(body || headers["content-digest"] !== undefined ? ["content-digest", "content-type"] : []),
    ...WHENEVER_PRESENT.filter((name) => headers[name] !== undefined),
  ];
}
