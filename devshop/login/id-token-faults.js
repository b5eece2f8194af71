import { SignJWT, decodeJwt, decodeProtectedHeader } from "jose";

/** Ways an ID token can be wrong, each leaving everything else as it was. */
const FAULTS = {
  "alg-none": async (token) => {
    const [, payload] = token.split(".");
    return `${base64url({ alg: "none" })}.${payload}.`;
  },
  "bad-signature": async (token) => {
    const [header, payload, signature] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    bytes[0] ^= 0xff;
    return `${header}.${payload}.${bytes.toString("base64url")}`;
  },
  "expired": (token, keys) => {
    const { iat, exp, ...claims } = decodeJwt(token);
    return sign(token, { ...claims, iat: iat - 7200, exp: exp - 7200 }, keys.published);
  },
  "wrong-nonce": (token, keys) => sign(token, { ...decodeJwt(token), nonce: "n-0S6_WzA2Mj" }, keys.published),
  "wrong-issuer": (token, keys) => {
    const claims = decodeJwt(token);
    return sign(token, { ...claims, iss: `${claims.iss}0` }, keys.published);
  },
  "wrong-audience": (token, keys) => {
    return sign(token, { ...decodeJwt(token), aud: "shp_00000000-0000-4000-8000-000000000000" }, keys.published);
  },
  "unknown-kid": (token, keys) => sign(token, decodeJwt(token), keys.unpublished),
};

export const ID_TOKEN_FAULTS = Object.freeze(Object.keys(FAULTS));

/**
 * @param {string} token an ID token as the provider signed it
 * @param {{published: object, unpublished: object}} keys
 */
export async function spoilIdToken(token, fault, keys) {
  return FAULTS[fault](token, keys);
}

function sign(original, claims, key) {
  const { typ } = decodeProtectedHeader(original);
  const header = { alg: "RS256", kid: key.kid, ...(typ ? { typ } : {}) };
  return new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);
}

function base64url(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
