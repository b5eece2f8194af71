// Signing requests (RFC 9421) with a key that is not here, or with one that does not leave this browser.

import * as core from "#glue";

import { ask } from "../core.js";
import { NetworkError, OptionsError, ProtocolError } from "../errors.js";
import { inTime } from "../wait.js";
import { decoded, encoded } from "./base64.js";

/** How long a key that was found in the profile is not looked for again, ms: that takes as long as signing does. */
const FOUND_FOR = 60_000;
/** How the base of a request with a body ends: with its digest, its type, and the parameters of the signature. */
const END = /-digest": (.*)\n.*\n.*?: (.*)$/;
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
const decoder = new TextDecoder();

export class RequestSigner {
  #remote;
  #keys;
  #negotiation;
  #published;
  #isPublishedUntil = 0;
  /** Where requests go, as they are signed; it is the same place again and again. */
  #target = {};

  /** @param signer a `RemoteSigner`, a `SigningKey` or a list of them, its members checked by the core */
  constructor(signer, negotiation) {
    this.#negotiation = negotiation;
    if (typeof signer.sign === "function" && typeof signer.kid === "string") this.#remote = signer;
    else this.#keys = [signer].flat();
    if (!this.#remote && !(this.#keys.length && this.#keys.every(isKey))) throw unfit(this.#keys[0]);
  }

  /**
   * Adds its signature to the headers of a request; gives what was signed.
   *
   * @param {{ method: string, url: string, headers: Record<string, string>, body: string }} request as the upstream gets it
   * @throws {NetworkError} `signer_failed`; {ProtocolError} `key_not_found` where no key of this browser is published.
   */
  async sign(request, terms) {
    const key = this.#remote ? undefined : (this.#foundLately ?? (await this.#publishedKey(terms.signal)));
    const { kid } = key?.publicJwk ?? this.#remote;
    const { base, signing } = ask(signBase, request, this.#targetOf(request), kid, key?.privateKey);
    const bytes = await (key ? signed(() => signing) : this.#signRemotely({ ...request, base }, terms));
    const [, digest, parameters] = END.exec(base);
    request.headers["content-digest"] = digest;
    request.headers["signature-input"] = `sig1=${parameters}`;
    request.headers.signature = `sig1=:${encoded(bytes)}:`;
    return base;
  }

  /** A signer elsewhere may take its time, but not for ever; what it is shown is its own. */
  #signRemotely(request, terms) {
    const shown = { ...request, headers: { ...request.headers } };
    return inTime(() => signed(() => this.#remote.sign(shown)), terms, () => failed("The signer gave no signature in time."));
  }

  #targetOf({ url }) {
    if (this.#target.url !== url) this.#target = { url, signed: ask(core.signatureTarget, url) };
    return this.#target.signed;
  }

  get #foundLately() {
    return Date.now() < this.#isPublishedUntil ? this.#published : undefined;
  }

  /** The first key that the agent's profile lists; the profile is read again before that is believed to be none. */
  async #publishedKey(signal) {
    for (const isFresh of [false, true]) {
      const profile = await this.#negotiation.agentDocument(signal, isFresh);
      const key = this.#keys.find(({ publicJwk }) => isPublished(profile, publicJwk));
      if (key) {
        this.#published = key;
        this.#isPublishedUntil = Date.now() + FOUND_FOR;
        return key;
      }
    }
    const sentence = "No signing key of this browser is in the agent's profile: publish its public half (`agentProfile` writes the document).";
    throw new ProtocolError(sentence, { code: "key_not_found", field: "signer" });
  }
}

/** The same key, in the place of either version: `keys` (2026-08-25) or `signing_keys` (2026-04-08). */
const isPublished = (profile, { kid, x, y }) =>
  typeof kid === "string" && [profile?.keys, profile?.signing_keys].flat().some((jwk) => jwk?.kid === kid && jwk.x === x && jwk.y === y);

/** The base as a text, and its signature by a key that is here: WebCrypto takes its copy at once, while the base is lent. */
function signBase({ method, headers, body }, target, kid, privateKey) {
  const { "content-type": type, "ucp-agent": agent, "idempotency-key": key = "", "signature-agent": keys = "" } = headers;
  const base = core.signatureBase(method, target, kid, type, agent, key, keys, body);
  return { base: decoder.decode(base), signing: privateKey && crypto.subtle.sign(ALGORITHM, privateKey, base) };
}

/** The bytes that a signer gives, whatever it gives them as. */
async function signed(sign) {
  try {
    const bytes = bytesOf(await sign());
    if (bytes.length === 64) return bytes;
    throw new TypeError("An ES256 signature is r and s, 64 bytes (RFC 9421 section 3.3.4): DER is not taken.");
  } catch (cause) {
    throw failed("The signer gave no signature: see `cause`.", cause);
  }
}

const failed = (sentence, cause) => new NetworkError(sentence, { code: "signer_failed", field: "signer", retryable: true, cause });

function bytesOf(given) {
  if (typeof given === "string") return Uint8Array.from(decoded(given), (c) => c.charCodeAt(0));
  if (typeof given?.byteLength !== "number") throw new TypeError("A signature is bytes, or base64.");
  return ArrayBuffer.isView(given) ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);
}

/** A key whose private half could be exported would be in the page. */
function isKey(key) {
  const { privateKey, publicJwk } = Object(key);
  return publicJwk && privateKey instanceof CryptoKey && privateKey.type === "private" && !privateKey.extractable;
}

function unfit(key) {
  const facts = key?.privateKey ? { code: "secret_in_page", field: "privateKey" } : { code: "option_invalid", field: "signer" };
  const sentence =
    "`agent.signer` is neither a remote signer with its `kid`, nor a key whose private half cannot be exported: `createSigningKey` makes one.";
  return new OptionsError(sentence, facts);
}
