// What `connect` gives: one shop, seen from one page.

import * as core from "#glue";

import { takeCallback } from "./callback.js";
import { Connection } from "./connection.js";
import { ask, start } from "./core.js";
import { Customer } from "./customer.js";
import { OptionsError } from "./errors.js";
import { plain } from "./parts.js";
import { prefetched } from "./prefetch.js";
import { telling } from "./words.js";

/** `connect` of an entry: `Kind` is the shop that it gives. */
export const connecting = (Kind) => telling(async (options) => {
  const { wasm, ...rest } = plain(options);
  if (typeof document === "undefined") {
    throw new OptionsError("`connect` runs in a browser: call it in an effect or a client-only module.", { code: "not_ready" });
  }
  takeCallback(rest);
  const fetchDocument = prefetched(rest);
  await start(wasm);
  const connection = new Connection(rest, ask(core.readOptions, rest, true), fetchDocument);
  const shop = new Kind(connection);
  await connection.session.load();
  return shop;
});

/** The customer alone. */
export class Shop extends EventTarget {
  #connection;
  #masking;

  constructor(connection) {
    super();
    this.#connection = connection;
    this.customer = new Customer(connection);
  }

  addEventListener(type, ...rest) {
    if (type === "wire") this.#masking ??= this.#watchWire();
    super.addEventListener(type, ...rest);
  }

  close() {
    this.#connection.close();
  }

  /** Masking is a module of its own: nobody pays for it who does not look. */
  #watchWire() {
    // Where it cannot be loaded, nothing is told: a page that only looks on is not disturbed.
    const masking = import("../wire.js").catch(() => undefined);
    this.#connection.wire.report = async (traffic) => {
      const { describe } = (await masking) ?? {};
      if (describe) this.dispatchEvent(new CustomEvent("wire", { detail: describe(traffic) }));
    };
    return masking;
  }
}
