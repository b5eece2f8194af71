// Signatures of requests (RFC 9421, RFC 9530), verified by a base of our own making and Node's crypto.

import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";

const INPUT = /^sig1=(\(([^()]*)\);created=(\d+);keyid="([^"\\]+)")$/;

/** What has to be covered: always, and where the header is there. */
const ALWAYS = ["@method", "@authority", "@path", "content-digest", "content-type"];
const WHERE_SENT = ["ucp-agent", "idempotency-key"];

/**
 * Checks the shape of a signed request, and the signature.
 *
 * @param {{ headers, body: string }} sent
 * @param {string} endpoint that the server has for itself, whatever proxy is in between
 * @param {object[]} keys of the agent's profile
 * @returns {string | null} the protocol's word for what is wrong
 */
export function checkSignature({ method, headers, body }, endpoint, keys) {
  const digest = createHash("sha256").update(body).digest("base64");
  assert.equal(headers["content-digest"], `sha-256=:${digest}:`, "the digest is that of the body");
  const [, parameters, list, created, keyid] = INPUT.exec(headers["signature-input"]) ?? assert.fail("no signature input");
  const covered = list.split(" ").map((name) => name.slice(1, -1));
  const { host, pathname, search } = new URL(endpoint);
  const query = search === "" ? [] : ["@query"];
  const needed = [...ALWAYS, ...query, ...WHERE_SENT.filter((name) => name in headers)];
  assert.deepEqual([...covered].sort(), needed.sort(), "exactly what has to be covered is");
  assert.ok(Number(created) > 0);
  const derived = { "@method": method, "@authority": host, "@path": pathname, "@query": search };
  const lines = covered.map((name) => `"${name}": ${derived[name] ?? headers[name]}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join("\n");

  const jwk = keys.find(({ kid }) => kid === keyid);
  if (!jwk) return "key_not_found";
  const [, value] = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(headers.signature) ?? assert.fail("no signature");
  const signature = Buffer.from(value, "base64");
  assert.equal(signature.length, 64, "r and s, not DER");
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  return verify("sha256", Buffer.from(base), key, signature) ? null : "signature_invalid";
}
