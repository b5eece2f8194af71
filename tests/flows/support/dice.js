// Numbers that look random and are the same in every run.

import { seeded } from "../../package/random.js";

const NUMBERS = [0, -1, 1, 2.5, 1e308, -1e308, 2 ** 53, 1e-320, -0];
/** Texts that readers may trip over. */
const TEXTS = [
  "", "2.0", "Bearer", "S256", "RS256", "https://shop.example/", "http://127.0.0.1/", "javascript:alert(1)",
  "//evil.example", "__proto__", "constructor", "\0", "\r\nset-cookie: a=b", "é\u{1f600}\u202e", "a.b.c",
  "eyJ9.eyJ9.AAAA", "%00%zz", "\ufeff", "9999999999999999999", "-1", "1e999", "data: x\n\n", "null", "shopper-mcp",
  "complete", "openid",
];

export class Dice {
  #random;

  constructor(seed) {
    this.#random = seeded(seed);
  }

  /** Uniform in [0, 1). */
  number() {
    return this.#random.below(2 ** 32) / 2 ** 32;
  }

  below(limit) {
    return this.#random.below(limit);
  }

  pick(items) {
    return this.#random.pick(items);
  }

  fill(bytes) {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = this.below(256);
    return bytes;
  }

  /** A text of any kind. */
  text() {
    const kind = this.below(4);
    if (kind === 0) return String.fromCodePoint(...Array.from({ length: this.below(40) }, () => this.below(0x20000)));
    return this.pick(TEXTS).repeat(kind === 1 ? this.below(3) : 1);
  }

  /** A value of any shape, with members named by `keys` so that readers look inside. */
  json(keys, depth) {
    switch (this.below(depth === 0 ? 5 : 8)) {
      case 0: return null;
      case 1: return this.below(2) === 0;
      case 2: return this.pick(NUMBERS);
      case 3:
      case 4: return this.text();
      case 5: return Array.from({ length: this.below(4) }, () => this.json(keys, depth - 1));
      default: return this.object(keys, depth - 1);
    }
  }

  /** An object of any shape. */
  object(keys, depth) {
    const name = () => (this.below(6) === 0 ? this.text() : this.pick(keys));
    const count = this.below(Math.min(keys.length, 10) + 3);
    return Object.fromEntries(Array.from({ length: count }, () => [name(), this.json(keys, depth)]));
  }
}
