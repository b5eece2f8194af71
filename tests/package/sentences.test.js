// The sentences of errors: in a module of their own, whole, and nowhere else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { importPackageFile, readPackageFile } from "./package-under-test.js";

const { edition, own, problems, subjects } = await importPackageFile("sentences.js");
const [none, ...named] = subjects;
const source = readFileSync(new URL("../../src/error/problem.rs", import.meta.url), "utf8");

describe("the sentences of errors", () => {
  test("are those of the core, each in its place", () => {
    const [, table] = source.split("\nproblems! {");
    const rows = [...table.matchAll(/^ {4}\w+ =>\s*(?:\w+,)?\s*"((?:[^"\\]|\\.)*)";/gm)].map(([, text]) => text.replaceAll("\\\"", "\""));
    assert.ok(rows.length > 100, "src/error/problem.rs has another form now");
    assert.deepEqual(problems, rows);
    assert.equal(none, null);
    assert.ok(named.length > 10);
    for (const subject of named) assert.match(subject, /^The .*[a-z`]$/);
  });

  test("are sentences, without a gap that nobody fills", () => {
    assert.ok(own.length > 30);
    for (const sentence of [...own, ...problems]) {
      assert.match(sentence, /^(?:[A-Z`]|\{subject\})[^]*[.:?]$/);
      assert.doesNotMatch(sentence.replace("{subject}", "").replace("{field}", ""), /[{}]|undefined|\[object/, sentence);
    }
    for (const sentence of own) assert.doesNotMatch(sentence, /[{}]/);
  });

  for (const entry of ["index.js", "customer.js"]) {
    test(`are not in ${entry}, which asks for them`, () => {
      const text = readPackageFile(entry);
      assert.match(text, /import\("\.\/sentences\.js"\)/);
      assert.deepEqual([...own, ...problems].filter((sentence) => text.includes(sentence)), []);
      assert.ok(text.includes(`"${edition}"`), "it knows its own from those of another release");
    });
  }
  for (const entry of ["inline.js", "customer-inline.js"]) {
    test(`are in ${entry}, which is one file`, () => {
      const text = readPackageFile(entry);
      assert.doesNotMatch(text, /sentences\.js/);
      assert.ok(text.includes("is not a list of strings."));
    });
  }
});
