// What JavaScript and the wasm hand each other, and how: the build puts the tables of both sides behind it (glue.rs).

let wasm;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What the core is from now on, and whose memory is meant. */
export function enter(exports) {
  wasm = exports;
  wasm.__wbindgen_start();
}

/** Looked up each time: memory that has grown is another buffer. */
const bytes = (at, length) => new Uint8Array(wasm.memory.buffer, at >>> 0, length);
const text = (at, length) => decoder.decode(bytes(at, length));

/** A text in memory that the wasm owns then: where, and how long. What is no text has no `substring`, and throws. */
function passed(text) {
  const copy = encoder.encode(text.substring(0));
  const at = wasm.__wbindgen_malloc(copy.length, 1);
  bytes(at, copy.length).set(copy);
  return [at, copy.length];
}
const passedOrNone = (text) => (text == null ? [0, 0] : passed(text));

/** A text as the result of an import: the two go where the wasm wants them, once the memory has grown if it has to. */
function give(at, text) {
  const place = passedOrNone(text);
  new Int32Array(wasm.memory.buffer, at >>> 0, 2).set(place);
}

/** What the wasm put into its table for us. */
function taken(index) {
  const value = wasm.__wbindgen_externrefs.get(index);
  wasm.__externref_table_dealloc(index);
  return value;
}

/** The same function for the wasm, which learns what it throws from its table. */
const catching = (work) => (...facts) => {
  try {
    return work(...facts);
  } catch (error) {
    const index = wasm.__externref_table_alloc();
    wasm.__wbindgen_externrefs.set(index, error);
    wasm.__wbindgen_exn_store(index);
  }
};

/** How an argument goes in: as it is, as a text, as a text or none. */
const WAYS = { v: Array.of, t: passed, o: passedOrNone };

/** An export by its name in the wasm: a way for each argument, and what to make of what comes back. */
const question = (name, ways, made = value) => (...facts) =>
  made(wasm[name](...[...ways].flatMap((way, index) => WAYS[way](facts[index]))));

function value([index, refusal, isRefused]) {
  if (isRefused) throw taken(refusal);
  return taken(index);
}
function truth([number, refusal, isRefused]) {
  if (isRefused) throw taken(refusal);
  return number !== 0;
}
function nothing([refusal, isRefused]) {
  if (isRefused) throw taken(refusal);
}
const same = (value) => value;
const plainTruth = (number) => number !== 0;
function textOrNone([at, length]) {
  if (!at) return undefined;
  const copy = text(at, length);
  wasm.__wbindgen_free(at, length, 1);
  return copy;
}
