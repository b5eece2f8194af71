import { createHash } from "node:crypto";
import { ProtocolRefusal } from "./registry.js";

/** What was answered under which key, for as long as the shop runs: the same again is the same answer again. */
export class Idempotency {
  #answers = new Map();

  /**
   * Does something once per caller and key, however often and however fast it is asked for.
   *
   * @param {{party: import("../sales/records.js").Party, key: string, bytes: Buffer}} request `bytes` of the whole body
   * @param {() => Promise<{answer: object, effective: boolean}>} act what came to no effect is not kept
   * @returns {Promise<{answer: object, replayed: boolean}>}
   */
  async once({ party, key, bytes }, act) {
    const name = JSON.stringify([party.agent, party.customer, key.toLowerCase()]);
    const digest = createHash("sha256").update(bytes).digest("hex");
    const kept = this.#answers.get(name);
    if (kept) {
      if (kept.digest === digest) return { answer: (await kept.acting).answer, replayed: true };
      throw new ProtocolRefusal("idempotency_conflict", "The idempotency key was used for another request.");
    }
    const acting = act();
    this.#answers.set(name, { digest, acting });
    const forget = () => this.#answers.delete(name);
    const { answer, effective } = await acting.catch((error) => {
      forget();
      throw error;
    });
    if (!effective) forget();
    return { answer, replayed: false };
  }

  clear() {
    this.#answers.clear();
  }
}
