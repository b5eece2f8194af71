// How often JavaScript and the wasm call each other: the same on every machine, unlike the time that it takes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useWorld } from "./support/world.js";

const world = useWorld();

/** In the page, before its scripts: counts calls into the wasm, and out of it. */
function countCrossings() {
  const crossings = { into: 0, out: 0 };
  globalThis.crossings = crossings;
  const counting = (side, functions) => Object.fromEntries(Object.entries(functions).map(([name, value]) =>
    [name, typeof value === "function" ? counted(side, value) : value]));
  const counted = (side, run) => (...args) => {
    crossings[side]++;
    return run(...args);
  };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module, imports) => {
    const wrapped = Object.entries(imports).map(([from, functions]) => [from, counting("out", functions)]);
    const { exports } = await instantiate.call(WebAssembly, module, Object.fromEntries(wrapped));
    return { exports: counting("into", exports) };
  };
}

/** A page of an entry that counts. */
async function countingTab(entry) {
  const profile = await world.profile({ entry: `/pkg/${entry}` });
  await profile.context.addInitScript(countCrossings);
  return profile.tab();
}

/** What it takes so far, or since the last time that this was asked. */
function taken(tab) {
  return tab.run(() => {
    const { into, out } = globalThis.crossings;
    Object.assign(globalThis.crossings, { into: 0, out: 0 });
    return { into, out };
  });
}

/**
 * Calls into the wasm and out of it. More than these is a change for the worse: find out why, or raise them on purpose. The
 * strings of a question are an allocation, which is one more call, and so is its end, when its memory is given up; a member
 * that is read is one out. Page loads have some room, since each option of `connect` is such a member; calls have none, and
 * are the same for both entries.
 */
const CALLS = { "a first call": [27, 44], "a call": [9, 23], "ten calls": [90, 230] };
const MOST = {
  "customer.js": {
    "a page load": [24, 66],
    "the way back from a sign-in": [42, 125],
    "a page load that is signed in": [39, 115],
    ...CALLS,
  },
  "index.js": {
    "a page load": [28, 90],
    "the way back from a sign-in": [46, 150],
    "a page load that is signed in": [43, 140],
    ...CALLS,
  },
};

async function call(tab, times = 1) {
  for (let calls = 0; calls < times; calls++) await tab.answer("get_order_status", { order_number: "#1001" });
}

/** What a page does, one after the other. */
const STEPS = {
  "a page load": () => {},
  "the way back from a sign-in": (tab) => tab.signIn(),
  "a page load that is signed in": (tab) => tab.reload(),
  "a first call": (tab) => call(tab),
  "a call": (tab) => call(tab),
  "ten calls": (tab) => call(tab, 10),
};

for (const [entry, most] of Object.entries(MOST)) {
  test(`${entry} crosses the border no more often than before`, async () => {
    const tab = await countingTab(entry);
    const over = [];
    for (const [what, step] of Object.entries(STEPS)) {
      await step(tab);
      const { into, out } = await taken(tab);
      assert.ok(into > 0 && out > 0, `${what} is counted`);
      const [mostInto, mostOut] = most[what];
      if (into > mostInto || out > mostOut) over.push(`${what}: ${into} in, ${out} out; at most ${mostInto} and ${mostOut}`);
    }
    assert.deepEqual(over, []);
  });
}
