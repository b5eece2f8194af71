// What only JavaScript can set up for the tests: hostile objects, another address, keys.
//
// One file, since the test runner's little server may leave a page waiting that asks for many modules at once.

import * as glue from "/wasm-bindgen-test";

// The exports of the wasm under test: this is the module that wasm-bindgen's test runner serves to the page.

export function exported(name) {
  return glue[name];
}

export function origin() {
  return location.origin;
}

/** Shows another address of this origin without going there. */
export function showAddress(address) {
  history.replaceState(history.state, "", address);
}

// Objects that no JSON text makes, but a page can.

/** Puts a member on every object. */
export function pollute(key, value) {
  Object.prototype[key] = value;
}

export function cleanUp(key) {
  delete Object.prototype[key];
}

/** Values that throw when they are looked at. */
export function hostileValues(key) {
  const refuse = () => {
    throw new Error("looked at");
  };
  const getter = Object.defineProperty({}, key, { enumerable: true, get: refuse });
  const item = Object.defineProperty([], 0, { enumerable: true, get: refuse });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const traps = { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse };
  return [getter, item, revoked.proxy, new Proxy({ [key]: "x" }, traps), new Proxy([], traps)];
}

export function loneSurrogate() {
  return "a\ud800b";
}

export function isUntouched(value) {
  return Object.getPrototypeOf(value) === Object.prototype && {}.admin === undefined;
}

// Keys that WebCrypto makes, and what they sign.

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A compact JWS over the claims, and the key that signed it. */
export async function signedToken(claims) {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ES256, true, ["sign", "verify"]);
  const part = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
  const signed = `${part({ alg: "ES256", kid: "k" })}.${part(claims)}`;
  const signature = await crypto.subtle.sign(ES256, privateKey, new TextEncoder().encode(signed));
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { token: `${signed}.${base64url(new Uint8Array(signature))}`, jwk: { kid: "k", kty, crv, x, y } };
}

export async function verify(jwk, signed, signature) {
  const key = await crypto.subtle.importKey("jwk", jwk, ES256, false, ["verify"]);
  return crypto.subtle.verify(ES256, key, signature, new TextEncoder().encode(signed));
}

/** The S256 challenge of a verifier, by WebCrypto. */
export async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
