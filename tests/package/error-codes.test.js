// The codes that the types promise are the codes that the package can throw.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

import { importPackageFile, packageFolder, readPackageFile } from "./package-under-test.js";

const types = readPackageFile("customer.d.ts");
const union = /export type ErrorCode =([\s\S]*?);/.exec(types)[1];
/** By the class that a comment of the union names. */
const codesByClass = new Map(
  union.split("//").slice(1).map((part) => {
    const [name] = part.trim().split("\n");
    return [name.trim(), [...part.matchAll(/"(\w+)"/g)].map(([, code]) => code)];
  }),
);
const declared = [...codesByClass.values()].flat();

/** The first three are the shell once more; the last, for servers, answers codes of its own: see proxy.d.ts. */
const OTHERS = ["customer-inline.js", "customer.js", "inline.js", "proxy.js"];
const scripts = readdirSync(packageFolder).filter((name) => name.endsWith(".js") && !OTHERS.includes(name));
const javascript = scripts.map(readPackageFile).join("\n");

describe("error codes", () => {
  test("the types list them by class, none twice", () => {
    assert.ok(declared.length > 40);
    assert.equal(new Set(declared).size, declared.length);
    assert.equal([...union.matchAll(/"(\w+)"/g)].length, declared.length);
  });
  for (const code of declared) {
    test(`${code} is in the package`, () => {
      assert.ok(javascript.includes(`"${code}"`), `nothing in the package can throw ${code}`);
    });
  }
  test("the shell throws no other", () => {
    const thrown = [...javascript.matchAll(/\bcode:\s*"(\w+)"/g)].map(([, code]) => code);
    assert.ok(thrown.length > 0);
    assert.deepEqual(thrown.filter((code) => !declared.includes(code)), []);
  });
  test("the customer's entry has its own, and none of UCP's", () => {
    const own = declared.filter((code) => readPackageFile("customer.js").includes(`"${code}"`));
    assert.ok(own.includes("sign_in_needed") && own.includes("discovery_invalid"));
    assert.ok(!own.includes("profile_malformed") && !own.includes("capabilities_incompatible"));
  });
  test("the core throws no other, and each in the class that the types say", () => {
    const source = readFileSync(new URL("../../src/error.rs", import.meta.url), "utf8");
    const classes = [...source.matchAll(/^ {4}(\w+) \{\n((?:(?: {8}.*)?\n)*?) {4}\}/gm)]
      .map(([, name, body]) => [`${name}Error`, [...body.matchAll(/^\s*\w+ = "(\w+)",$/gm)].map(([, code]) => code)])
      // What no entry can throw yet is not declared yet.
      .map(([name, codes]) => [name, codes.filter((code) => javascript.includes(`"${code}"`))])
      .filter(([, codes]) => codes.length > 0);
    assert.ok(classes.flatMap(([, codes]) => codes).length > 30, "src/error.rs has another form now");
    for (const [name, codes] of classes) {
      assert.deepEqual(codes.filter((code) => !codesByClass.get(name)?.includes(code)), [], name);
    }
  });
});

describe("error classes", () => {
  const classes = [...types.matchAll(/export class (\w+) extends (\w+)/g)].map(([, name, base]) => [name, base]);
  test("every class but the first has codes", () => {
    assert.deepEqual(classes.slice(1).map(([name]) => name).sort(), [...codesByClass.keys()].sort());
  });
  for (const entry of ["index.js", "customer.js"]) {
    test(`${entry} exports every class of the types, with its base`, async () => {
      const exports = await importPackageFile(entry);
      for (const [name, base] of classes) {
        assert.equal(typeof exports[name], "function", `${name} is not exported`);
        assert.ok(exports[name].prototype instanceof (exports[base] ?? globalThis[base]), `${name} is no ${base}`);
      }
    });
  }
});
