// The declarations compile in a strict project, and refuse what they should.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { newConsumer } from "./consumer.js";
import { readPackageFile } from "./package-under-test.js";

const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const read = (names) => Object.fromEntries(names.map((name) => [name, readFileSync(new URL(`../types/${name}`, import.meta.url), "utf8")]));
const samples = read(["sample.ts", "agent.ts", "catalog.ts", "customer.ts"]);
const refused = read(["refused.ts", "refused-agent.ts", "refused-catalog.ts"]);

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
      const { code, output } = await project({ ...samples, ...refused }, options).node(tsc);
      assert.equal(code, 0, output);
    });
  }
  for (const [name, text] of Object.entries(refused)) {
    test(`wrong uses are refused, one by one: ${name}`, async () => {
      // Without its comments that expect them, each error shows.
      const marked = text.split("\n").filter((line) => line.includes("@ts-expect-error")).length;
      const bare = text.replaceAll("@ts-expect-error", "");
      const { code, output } = await project({ [name]: bare }, RESOLUTIONS.bundler).node(tsc, "--pretty", "false");
      assert.notEqual(code, 0);
      assert.ok(marked > 10);
      assert.equal(output.match(/^[\w-]+\.ts\(\d+,\d+\): error TS/gm)?.length, marked, output);
    });
  }

  const namesOf = (file) =>
    [...readPackageFile(file).matchAll(/^export (?:function|class|interface|type) (\w+)/gm)].map(([, name]) => name);
  const unused = (names, text) => names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  test("the samples use every name that the package exports", () => {
    const names = ["customer.d.ts", "index.d.ts", "patterns.d.ts"].flatMap(namesOf);
    assert.ok(names.length > 80);
    assert.deepEqual(unused(names, samples["sample.ts"] + samples["agent.ts"] + samples["catalog.ts"]), []);
  });
  test("the agent's samples use every name that the customer's entry does not have", () => {
    const names = namesOf("index.d.ts").filter((name) => !namesOf("customer.d.ts").includes(name));
    assert.ok(names.length > 40);
    assert.deepEqual(unused(names, samples["agent.ts"] + samples["catalog.ts"]), []);
  });
  test("the agent's entry has everything that the customer's has", () => {
    assert.match(readPackageFile("index.d.ts"), /^export \* from "\.\/customer\.js";$/m);
  });
});
