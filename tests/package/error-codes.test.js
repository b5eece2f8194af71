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

/** What only a call of the UCP server or its helpers can meet. */
const OF_UCP = `
  agent_token_unavailable algorithm_unsupported amount_invalid argument_unsupported buyer_ip_missing capabilities_incompatible digest_mismatch
  forbidden idempotency_conflict invalid_profile_url key_not_found profile_malformed profile_not_trusted profile_unreachable
  scope_missing signature_invalid signature_missing signer_failed tier_insufficient ucp_endpoint_missing version_unsupported
`.trim().split(/\s+/);

/** The first three are the shell once more; the last, for servers, answers codes of its own: see proxy.d.ts. */
const OTHERS = ["customer-inline.js", "customer.js", "inline.js", "proxy.js"];
const scripts = readdirSync(packageFolder).filter((name) => name.endsWith(".js") && !OTHERS.includes(name));
const javascript = scripts.map(readPackageFile).join("\n");

/** As a literal, or in a list of the core's, behind the number of its class. */
const holds = (text, code) => new RegExp(`"${code}"|[" ]\\d${code}[" ]`).test(text);

describe("error codes", () => {
  test("the types list them by class, none twice", () => {
    assert.ok(declared.length > 40);
    assert.equal(new Set(declared).size, declared.length);
    assert.equal([...union.matchAll(/"(\w+)"/g)].length, declared.length);
  });
  for (const code of declared) {
    test(`${code} is in the package`, () => {
      assert.ok(holds(javascript, code), `nothing in the package can throw ${code}`);
    });
  }
  test("the shell throws no other", () => {
    const thrown = [...javascript.matchAll(/\bcode:\s*"(\w+)"/g)].map(([, code]) => code);
    assert.ok(thrown.length > 0);
    assert.deepEqual(thrown.filter((code) => !declared.includes(code)), []);
  });
  for (const entry of ["customer.js", "customer-inline.js"]) {
    test(`${entry} has all but those of UCP`, () => {
      const text = readPackageFile(entry);
      assert.deepEqual(declared.filter((code) => !holds(text, code)).sort(), OF_UCP);
    });
  }
  test("the README explains each, under its class", () => {
    const explained = new Map();
    let name;
    for (const [, cell] of readPackageFile("README.md").matchAll(/^\| ([^|]+) \|[^|]*\|[^|]*\|$/gm)) {
      name = /^\*\*(\w+)\*\*$/.exec(cell)?.[1] ?? name;
      if (name) explained.set(name, [...(explained.get(name) ?? []), ...[...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code)]);
    }
    assert.deepEqual([...explained.keys()], [...codesByClass.keys()]);
    for (const [name, codes] of codesByClass) assert.deepEqual(explained.get(name).toSorted(), codes.toSorted(), name);
  });
  test("the core throws no other, and each in the class that the types say", () => {
    const source = readFileSync(new URL("../../src/error.rs", import.meta.url), "utf8");
    const classes = [...source.matchAll(/^ {4}(\w+) \{\n((?:(?: {8}.*)?\n)*?) {4}\}/gm)]
      .map(([, name, body]) => [`${name}Error`, [...body.matchAll(/^\s*\w+ = "(\w+)",$/gm)].map(([, code]) => code)])
      .filter(([, codes]) => codes.length > 0);
    assert.ok(classes.flatMap(([, codes]) => codes).length > 50, "src/error.rs has another form now");
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
