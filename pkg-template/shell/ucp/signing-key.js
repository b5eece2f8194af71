// Keys of this browser, and the document that publishes them.

import * as core from "#glue";

import { ask, start } from "../core.js";
import { NetworkError } from "../errors.js";
import { plain } from "../parts.js";

export async function createSigningKey({ wasm } = {}) {
  await start(wasm);
  try {
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
    const publicJwk = ask(core.readPublicKey, await crypto.subtle.exportKey("jwk", publicKey));
    return { kid: publicJwk.kid, publicJwk, privateKey };
  } catch (cause) {
    throw new NetworkError("This browser makes no key here: WebCrypto needs a page with https.", { code: "signer_failed", cause });
  }
}

export async function agentProfile(options) {
  const { wasm, keys, ...rest } = plain(options);
  await start(wasm);
  // A signing key of this browser stands for its public half.
  const listed = Array.isArray(keys) ? keys.map((key) => key?.publicJwk ?? key) : keys;
  return ask(core.agentDocument, { ...rest, keys: listed });
}
