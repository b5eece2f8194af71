// The translation between the two forms of a catalog's arguments, as the lazy module of the package has it.

import assert from "node:assert/strict";

import { importPackageFile } from "./package-under-test.js";
import { importShell } from "./shell-source.js";

const { argumentsOf } = await importPackageFile("discover.js");
const { decimalsOf, minorUnits } = await importShell("currency.js");

class Refusal extends Error {
  constructor(field, sentence, code = "option_invalid") {
    super(sentence);
    Object.assign(this, { field, code });
  }
}

/** What goes over the wire of what the room is given. */
const sent = (value) => JSON.parse(JSON.stringify(value));

function translation(what, request, isOld, isForOld) {
  const before = structuredClone(request);
  try {
    const given = { decimalsOf, minorUnits, refusal: (...facts) => new Refusal(...facts) };
    const { tool, args } = argumentsOf(what, request, { isOld, isForOld, ...given });
    return { tool, args: sent(args) };
  } finally {
    assert.deepEqual(request, before, "what the page gave stays as it is");
  }
}

/** The former catalog's form, at the former catalog. */
export const formerly = (what, request) => translation(what, request, true, true).args;
/** The former catalog's form, at a server that speaks UCP. */
export const toToday = (what, request) => translation(what, request, true, false).args.catalog;
/** Today's form, at the former catalog. */
export const toFormer = (what, request) => translation(what, request, false, true).args;
export const toolOf = (what, isForOld) => translation(what, what === "search" ? { query: "q", context: "c" } : { upid: "A1" }, true, isForOld).tool;

/** Refused by name; the sentence quotes nothing of what was given. */
export function assertRefused(work, field, code = "option_invalid", secret) {
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal, `${error.stack}`);
    assert.deepEqual([error.code, error.field], [code, field]);
    assert.match(error.message, /\.$/);
    if (secret !== undefined) assert.ok(!error.message.includes(secret), "names of members only");
    return true;
  });
}
