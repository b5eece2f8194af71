// The core: the wasm that decides. It waits for nothing and remembers nothing; this is the only door to it.

import init, * as glue from "#glue";

import { InstanceError, errorOf } from "./errors.js";

let defaultSource;
let started;

/** @param {() => unknown} source gives what the glue's `init` takes. */
export function setDefaultSource(source) {
  defaultSource = source;
}

/**
 * Starts the core, once. A failed start can be tried again; a second source is ignored once it runs.
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
  } catch (cause) {
    const refused = /unsafe-eval|Content Security Policy|disallowed by embedder/i.test(cause?.message);
    throw refused ? blocked(cause) : unavailable(cause);
  }
}

/** The core's answer to a question: an export of src/js by its name. What it refuses is thrown as one of our errors. */
export function ask(question, ...facts) {
  try {
    return glue[question](...facts);
  } catch (refusal) {
    throw errorOf(refusal);
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
