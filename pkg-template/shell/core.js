// The core: the wasm that decides. It waits for nothing and remembers nothing; this is the only door to it.

import { enter, imports, startOver } from "#glue";

import { InstanceError, errorOf } from "./errors.js";

let defaultSource;
let started;
let revive;

/** @param {() => unknown} source gives a `WasmSource` */
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

let underWay = 0;

/** The core's answer to a question: one of the exports of src/js. What it refuses is thrown as one of our errors. */
export function ask(question, ...facts) {
  underWay++;
  try {
    return question(...facts);
  } catch (refusal) {
    if (!(refusal instanceof WebAssembly.RuntimeError)) throw errorOf(refusal);
    // Out of memory or of stack. It held nothing: a fresh one answers the next question.
    revive();
    throw new InstanceError("The wasm ran out of memory: call again.", { code: "instance_lost", retryable: true, cause: refusal });
  } finally {
    // A page's getter may have asked something while its options were read.
    if (--underWay === 0) startOver();
  }
}

/** A module that is beside the entry, and not in it. */
export async function beside(module) {
  try {
    return await module;
  } catch (cause) {
    const sentence = "A module of this package could not be loaded: serve all its files in one folder (`cause` names the one).";
    throw new InstanceError(sentence, { code: "module_unavailable", retryable: true, cause });
  }
}

async function load(source) {
  if (typeof WebAssembly !== "object") throw blocked();
  try {
    const module = await compile((await source) ?? defaultSource());
    revive = () => enter(new WebAssembly.Instance(module, imports).exports);
    enter((await WebAssembly.instantiate(module, imports)).exports);
  } catch (cause) {
    const refused = /unsafe-eval|Content Security Policy|disallowed by embedder/i.test(cause?.message);
    throw refused ? blocked(cause) : unavailable(cause);
  }
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return WebAssembly.compile(source);
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  // Some servers do not know the type, and the streaming compiler insists on it.
  const isLabelled = response.headers.get("content-type")?.startsWith("application/wasm");
  return isLabelled ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

function blocked(cause) {
  const sentence = "This page may not compile wasm: add 'wasm-unsafe-eval' to the script-src of its Content-Security-Policy.";
  return new InstanceError(sentence, { code: "wasm_blocked", cause });
}

function unavailable(cause) {
  const sentence = "The wasm could not be loaded: check that the .wasm file of this entry is served where the `wasm` option or this module's address says.";
  return new InstanceError(sentence, { code: "wasm_unavailable", retryable: true, cause });
}
