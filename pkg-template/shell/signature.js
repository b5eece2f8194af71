// Signatures of ID tokens, by WebCrypto.

/** Whether `key` (a JWK) signed the token; `false` also when it cannot be used. */
export async function isSignedBy({ kty, n, e, crv, x, y }, { algorithm, signed, signature }) {
  const hash = "SHA-256";
  const method = algorithm === "ES256" ? { name: "ECDSA", namedCurve: "P-256", hash } : { name: "RSASSA-PKCS1-v1_5", hash };
  try {
    const key = await crypto.subtle.importKey("jwk", { kty, n, e, crv, x, y }, method, false, ["verify"]);
    return await crypto.subtle.verify(method, key, signature, new TextEncoder().encode(signed));
  } catch {
    return false;
  }
}
