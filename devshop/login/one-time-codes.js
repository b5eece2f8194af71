import { randomInt } from "node:crypto";

const LIFETIME_MS = 10 * 60 * 1000;
const MAX_ATTEMPTS = 5;

/** The six-digit codes that a real shop would have mailed, one per sign-in that is under way. */
export class OneTimeCodes {
  #byLogin = new Map();

  /** Sends a new code for this sign-in; the one before is void. */
  issue(loginUid, email) {
    this.#forgetExpired();
    const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
    this.#byLogin.set(loginUid, { email, code, attempts: 0, expiresAt: Date.now() + LIFETIME_MS });
    return code;
  }

  /** The code that waits to be entered, if any. */
  pending(loginUid) {
    const entry = this.#byLogin.get(loginUid);
    return entry && entry.expiresAt > Date.now() ? entry : undefined;
  }

  /** @returns {"right" | "wrong" | "void"} `void` after too many attempts or too much time */
  redeem(loginUid, code) {
    const entry = this.pending(loginUid);
    if (!entry) return "void";
    entry.attempts += 1;
    if (entry.code === code) {
      this.#byLogin.delete(loginUid);
      return "right";
    }
    if (entry.attempts < MAX_ATTEMPTS) return "wrong";
    this.#byLogin.delete(loginUid);
    return "void";
  }

  withdraw(loginUid) {
    this.#byLogin.delete(loginUid);
  }

  /** Codes by e-mail address, for whoever plays the mailbox. */
  list() {
    this.#forgetExpired();
    return [...this.#byLogin].map(([login, { email, code }]) => ({ login, email, code }));
  }

  clear() {
    this.#byLogin.clear();
  }

  #forgetExpired() {
    const now = Date.now();
    for (const [uid, { expiresAt }] of this.#byLogin) {
      if (expiresAt <= now) this.#byLogin.delete(uid);
    }
  }
}
