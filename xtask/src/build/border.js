// What JavaScript and the wasm hand each other, and how: the build puts the tables of both sides behind it (glue.rs).

let wasm;
/** All of its memory. One that has grown is another buffer, and this one then has no length. */
let memory;
/**
 * Texts of the program's own, by where they are and how long: the names of members, again and again. An instance that takes
 * the place of another has the same.
 */
const known = new Map();
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Most texts are shorter, and of ASCII: then the platform's coders take longer than a loop. */
const SHORT = 48;

/** What the core is from now on, and whose memory is meant. */
export function enter(exports) {
  // In an object of ours: what is frozen and has numbers for names is slow to look up.
  wasm = { ...exports };
  memory = undefined;
  wasm.__wbindgen_start();
}

const all = () => (memory?.length ? memory : (memory = new Uint8Array(wasm.memory.buffer)));
const bytes = (at, length) => all().subarray(at >>> 0, (at >>> 0) + length);

function text(at, length) {
  if (length >= SHORT || at < DATA_BEGIN || at >= DATA_END) return decoded(at, length);
  const place = at * SHORT + length;
  let made = known.get(place);
  if (made === undefined) known.set(place, (made = decoded(at, length)));
  return made;
}

function decoded(at, length) {
  const place = bytes(at, length);
  let made = "";
  if (length < SHORT) for (const byte of place) byte < 128 && (made += String.fromCharCode(byte));
  return made.length === length ? made : decoder.decode(place);
}

/**
 * Puts a text into memory that the wasm owns then: where, and how long. There is room for the most that UTF-8 takes: all of
 * it is given up with the question.
 */
function put(text) {
  const { length } = text;
  const at = wasm.__wbindgen_malloc(length * 3, 1) >>> 0;
  const place = all();
  let written = 0;
  for (let code; length < SHORT && (code = text.charCodeAt(written)) < 128; written++) place[at + written] = code;
  return [at, written === length ? length : encoder.encodeInto(text, bytes(at, length * 3)).written];
}

const putIfAny = (text) => (text == null ? [0, 0] : put(text));

/** A text as the result of an import: the two go where the wasm wants them, once the memory has grown if it has to. */
function give(at, text) {
  const place = putIfAny(text);
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

/**
 * Facts as they go in: as they are (`v`), as texts (`t`), or as texts that may be absent (`o`). The texts of a question are
 * put there as one where they are of ASCII, as nearly always: the way takes longer than the text.
 */
function passed(ways, facts) {
  let texts = "";
  for (let at = 0; at < ways.length; at++) if (isText(ways[at], facts[at])) texts += facts[at];
  let [begin, written] = texts ? put(texts) : [];
  const given = [];
  for (let at = 0; at < ways.length; at++) {
    const fact = facts[at];
    if (ways[at] === "v") given.push(fact);
    else if (fact == null || written !== texts.length) given.push(...putIfAny(fact));
    else {
      given.push(begin, fact.length);
      begin += fact.length;
    }
  }
  return given;
}

function isText(way, fact) {
  if (way === "v" || (way === "o" && fact == null)) return false;
  if (typeof fact !== "string") throw new TypeError("The core takes a text here.");
  return true;
}

/** An export by its name in the wasm: a way for each argument, and what to make of what comes back. */
const question = (name, ways, made = value) => (...facts) => made(wasm[name](...passed(ways, facts)));

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
