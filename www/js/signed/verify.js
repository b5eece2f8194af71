import { publishedKeys } from "../agent/signing-keys.js";

const bytesOf = (text) => new TextEncoder().encode(text);

/** `sha-256=:…:` of a body, as Content-Digest writes it (RFC 9530). @param {string} body */
export async function digestOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", bytesOf(body));
  return `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`;
}

/**
 * Verifies what the SDK signed, with nothing of the SDK: the key is the one that the agent has published.
 *
 * @param {string} base what was signed, or is said to have been
 * @param {Record<string, string>} headers of the request
 * @returns {Promise<{verifies: boolean, kid: string, profile: string}>}
 * @throws {Error} when there is nothing to verify with
 */
export async function verify(base, headers) {
  const [, kid] = headers["signature-input"]?.match(/;keyid="([^"]+)"/) ?? [];
  const [, profile] = headers["ucp-agent"]?.match(/^profile="([^"]+)"$/) ?? [];
  const [, signature] = headers.signature?.match(/^\w+=:([A-Za-z0-9+/=]+):$/) ?? [];
  if (!kid || !profile || !signature) throw new Error("The request lacks a header that its signature needs.");
  const jwk = (await publishedKeys(profile)).find((key) => key.kid === kid);
  if (!jwk) throw new Error(`The profile lists no key ${kid}.`);
  const { kty, crv, x, y } = jwk;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, ["verify"]);
  const raw = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  const verifies = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, raw, bytesOf(base));
  return { verifies, kid, profile };
}
