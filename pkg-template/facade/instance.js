// The one wasm instance of this module: where it comes from, and that it is started once.

import init, * as glue from "#glue";

import { InstanceError } from "#errors";

let defaultSource;
let started;

/** @param {() => unknown} source gives what the glue's `init` takes. */
export function setDefaultSource(source) {
  defaultSource = source;
}

/**
 * The glue over a started instance. A failed start can be tried again; a second source is ignored once it runs.
 *
 * @throws {InstanceError} `wasm_blocked`, `wasm_unavailable`.
 */
export function start(source) {
  started ??= load(source).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function load(source) {
  if (typeof WebAssembly !== "object") throw blocked();
  try {
    await init({ module_or_path: (await source) ?? defaultSource() });
    return glue;
  } catch (cause) {
    const refused = /unsafe-eval|Content Security Policy|disallowed by embedder/i.test(cause?.message);
    throw refused ? blocked(cause) : unavailable(cause);
  }
}

function blocked(cause) {
  const sentence = "This page may not compile wasm: add 'wasm-unsafe-eval' to the script-src of its Content-Security-Policy.";
  return new InstanceError(sentence, { code: "wasm_blocked", cause });
}

function unavailable(cause) {
  const sentence = "The wasm could not be loaded: check that shopper_mcp_bg.wasm is served where the `wasm` option or this module's address says.";
  return new InstanceError(sentence, { code: "wasm_unavailable", retryable: true, cause });
}
