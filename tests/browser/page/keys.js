// Keys that WebCrypto makes, and what they sign.

const ALGORITHMS = {
  RS256: {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};

export async function makeKey(name) {
  const algorithm = ALGORITHMS[name];
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const sign = async (signed) => new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, signed.slice()));
  return {
    jwk: await crypto.subtle.exportKey("jwk", publicKey),
    sign,
    /** A compact JWS. */
    async signToken(header, claims) {
      const part = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
      const signed = `${part(header)}.${part(claims)}`;
      return `${signed}.${base64url(await sign(new TextEncoder().encode(signed)))}`;
    },
  };
}

export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The S256 challenge of a verifier, by WebCrypto. */
export async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** A raw P-256 signature as ASN.1 DER. */
export function derOf(raw) {
  const integer = (bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const digits = [...bytes.slice(first)];
    if (digits[0] > 127) digits.unshift(0);
    return [2, digits.length, ...digits];
  };
  const body = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
  return new Uint8Array([48, body.length, ...body]);
}

export function withMembers(key, members) {
  return { ...key, ...members };
}
