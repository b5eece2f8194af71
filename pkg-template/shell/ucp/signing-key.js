// Keys of this browser, and the document that publishes them: loaded when somebody asks.

import { beside } from "../core.js";
import { invalid, NetworkError } from "../errors.js";
import { plain } from "../parts.js";
import { telling } from "../words.js";

export const createSigningKey = telling(async () => {
  const { createKey } = await beside(import("../../signing-keys.js"));
  return createKey().catch((cause) => {
    throw new NetworkError("This browser makes no key here: WebCrypto needs a page with https.", { code: "signer_failed", cause });
  });
});

export const agentProfile = telling(async (options) => {
  const { profileOf } = await beside(import("../../signing-keys.js"));
  return profileOf(plain(options), (sentence, field, code) => invalid(field, sentence, code));
});
