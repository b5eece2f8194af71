// Signing requests (RFC 9421) with a key that is not here, or with one that does not leave this browser.

import * as core from "#glue";

import { ask } from "../core.js";
import { NetworkError, OptionsError, ProtocolError } from "../errors.js";
import { until } from "../wait.js";

const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };

export class RequestSigner {
  #remote;
  #keys;
  #negotiation;

  /** @param signer a `RemoteSigner`, a `SigningKey` or a list of them, its members checked by the core */
  constructor(signer, negotiation) {
    this.#negotiation = negotiation;
    if (signer.sign) this.#remote = signer;
    else this.#keys = [signer].flat();
    for (const { privateKey } of this.#keys ?? []) checkPrivate(privateKey);
  }

  /**
   * The headers of a request with its signature, and what was signed.
   *
   * @param {{ method: string, url: string, headers: Record<string, string>, body: string }} request as the upstream gets it
   * @throws {NetworkError} `signer_failed`; {ProtocolError} `key_not_found` where no key of this browser is published.
   */
  async sign(request, signal) {
    const { kid, sign } = this.#remote ?? (await this.#publishedKey(signal));
    const { base, signatureInput, contentDigest } = ask(core.signatureOf, request, kid);
    const bytes = await until(signing(() => sign.call(this.#remote, { ...request, headers: { ...request.headers }, base })), signal);
    const headers = {
      ...request.headers,
      "content-digest": contentDigest,
      "signature-input": signatureInput,
      signature: ask(core.signatureHeader, bytes),
    };
    return { headers, signatureBase: base };
  }

  /** The first key that the agent's profile lists; the profile is read again before that is believed to be none. */
  async #publishedKey(signal) {
    for (const isFresh of [false, true]) {
      const profile = await this.#negotiation.agentDocument(signal, isFresh);
      const key = this.#keys.find(({ publicJwk }) => ask(core.isPublished, profile, publicJwk));
      if (key) return { kid: key.publicJwk.kid, sign: ({ base }) => signLocally(key, base) };
    }
    const sentence = "No signing key of this browser is in the agent's profile: publish its public half (`agentProfile` writes the document).";
    throw new ProtocolError(sentence, { code: "key_not_found", field: "signer" });
  }
}

const signLocally = ({ privateKey }, base) => crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(base));

/** The bytes that a signer gives, whatever it gives them as. */
async function signing(sign) {
  try {
    const given = await sign();
    if (typeof given === "string") return Uint8Array.from(atob(given.replace(/[-_]/g, (c) => (c === "-" ? "+" : "/"))), (c) => c.charCodeAt(0));
    return ArrayBuffer.isView(given) ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);
  } catch (cause) {
    throw new NetworkError("The signer gave no signature: see `cause`.", { code: "signer_failed", field: "signer", retryable: true, cause });
  }
}

function checkPrivate(key) {
  if (key instanceof CryptoKey && key.type === "private" && !key.extractable) return;
  const sentence = "A signing key of this browser is a CryptoKey whose private half cannot be exported: `createSigningKey` makes one.";
  throw new OptionsError(sentence, { code: "secret_in_page", field: "privateKey" });
}
