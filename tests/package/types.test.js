// The declarations compile in a strict project, and refuse what they should.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { newConsumer } from "./consumer.js";
import { readPackageFile } from "./package-under-test.js";

const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const sample = readFileSync(new URL("../types/sample.ts", import.meta.url), "utf8");
const refused = readFileSync(new URL("../types/refused.ts", import.meta.url), "utf8");

const RESOLUTIONS = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
};

function project(files, options) {
  const compilerOptions = {
    target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [], strict: true, exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true, noUnusedLocals: true, skipLibCheck: false, noEmit: true, ...options,
  };
  return newConsumer({ ...files, "tsconfig.json": JSON.stringify({ compilerOptions, files: Object.keys(files) }) });
}

describe("TypeScript", () => {
  for (const [name, options] of Object.entries(RESOLUTIONS)) {
    test(`tsc --strict compiles the whole API's use (${name})`, async () => {
      const { code, output } = await project({ "sample.ts": sample, "refused.ts": refused }, options).node(tsc);
      assert.equal(code, 0, output);
    });
  }
  test("wrong uses are refused, one by one", async () => {
    // Without its comments that expect them, each error shows.
    const marked = refused.split("\n").filter((line) => line.includes("@ts-expect-error")).length;
    const bare = refused.replaceAll("@ts-expect-error", "");
    const { code, output } = await project({ "refused.ts": bare }, RESOLUTIONS.bundler).node(tsc, "--pretty", "false");
    assert.notEqual(code, 0);
    assert.ok(marked > 10);
    assert.equal(output.match(/^refused\.ts\(\d+,\d+\): error TS/gm)?.length, marked, output);
  });
  test("the sample uses every name that the package exports", () => {
    const declarations = ["index.d.ts", "patterns.d.ts"].map(readPackageFile).join("\n");
    const exported = declarations.matchAll(/^export (?:function|class|interface|type) (\w+)/gm);
    const names = [...exported].map(([, name]) => name);
    assert.ok(names.length > 40);
    assert.deepEqual(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sample)), []);
  });
});
