// The package's own files: what package.json promises is there, and what a publisher owes.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { manifest, packageFile, readPackageFile } from "./package-under-test.js";

const cargo = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");

/** Every file that `exports` and its kin name. */
function targets(value) {
  if (typeof value === "string") return [value];
  return Object.values(value ?? {}).flatMap(targets);
}

describe("package.json", () => {
  for (const target of new Set(targets([manifest.exports, manifest.types, manifest.main].filter(Boolean)))) {
    test(`${target} exists`, () => assert.ok(existsSync(packageFile(target))));
  }
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (!targets(target).some((file) => file.endsWith(".js"))) continue;
    test(`${path} has types, and names them first`, () => {
      assert.equal(Object.keys(target)[0], "types");
      assert.match(target.types, /\.d\.ts$/);
    });
  }
  test("name, version, licence and module type are those of the project", () => {
    assert.equal(manifest.name, "shopper-mcp");
    assert.equal(manifest.version, /^version = "(.+)"$/m.exec(cargo)[1]);
    assert.equal(manifest.license, "MIT OR Apache-2.0");
    assert.equal(manifest.type, "module");
  });
  test("installing it installs and runs nothing else", () => {
    for (const member of ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "bin"]) {
      assert.equal(Object.keys(manifest[member] ?? {}).length, 0, `${member} is not empty`);
    }
  });
});

describe("texts", () => {
  test("both licences are there in full", () => {
    assert.match(readPackageFile("LICENSE-MIT"), /Permission is hereby granted, free of charge/);
    assert.match(readPackageFile("LICENSE-APACHE"), /Apache License\s+Version 2\.0, January 2004/);
  });
  test("the README shows how to connect", () => {
    const readme = readPackageFile("README.md");
    assert.match(readme, /^# shopper-mcp/m);
    assert.match(readme, /from "shopper-mcp"/);
    assert.match(readme, /\bconnect\(/);
  });
});

const WASM = { "index.js": "shopper_mcp_bg.wasm", "customer.js": "shopper_mcp_customer_bg.wasm" };
const readWasm = (file) => readFileSync(packageFile(file));

/** What a module imports, at once or when it is asked for. */
const importsOf = (script) =>
  [...readPackageFile(script).matchAll(/(?:\bfrom|\bimport\s*\(?)\s*["'`]([^"'`]+)["'`]/g)].map(([, name]) => name);

describe("modules", () => {
  const entries = targets(manifest.exports).map((file) => file.replace("./", "")).filter((file) => file.endsWith(".js"));
  const lazy = [...new Set(["index.js", "customer.js", "catalog.js"].flatMap(importsOf))].sort();
  for (const script of new Set([...entries, ...lazy.map((file) => file.replace("./", ""))])) {
    test(`${script} imports nothing but files of the package`, () => {
      for (const name of importsOf(script)) {
        assert.match(name, /^\.\//, `${name} is imported`);
        assert.ok(existsSync(packageFile(name)), `${name} is missing`);
      }
    });
  }
  for (const entry of ["index.js", "inline.js", "customer.js", "customer-inline.js"]) {
    test(`${entry} loads nothing before somebody asks`, () => {
      assert.doesNotMatch(readPackageFile(entry), /(?:^|[;}])\s*import\s*[\w{*"']|\bfrom\s*["']/m);
    });
  }
  test("the customer's entry asks for less", () => {
    for (const name of ["./schema.js", "./wire.js"]) assert.ok(importsOf("customer.js").includes(name), name);
    const ofAgent = lazy.filter((name) => !importsOf("customer.js").includes(name));
    assert.deepEqual(ofAgent, ["./capabilities.js", "./catalog.js", "./discover.js", "./signing-keys.js"]);
  });
  for (const script of lazy) {
    test(`${script} holds no second copy of what an entry holds: it imports no other, or asks for it`, () => {
      const name = script.replace("./", "");
      assert.doesNotMatch(readPackageFile(name), /(?:^|[;}])\s*import\s*[\w{*"']|\bfrom\s*["']/m);
      assert.deepEqual(importsOf(name), name === "catalog.js" ? ["./discover.js"] : []);
    });
  }
  for (const [script, wasm] of Object.entries(WASM)) {
    test(`${script} loads ${wasm}, in the form that bundlers follow`, () => {
      const urls = readPackageFile(script).matchAll(/new URL\("([^"]+)",\s*import\.meta\.url\)/g);
      assert.deepEqual([...urls].map(([, file]) => file), [wasm]);
      assert.equal(manifest.exports[`./${wasm}`], `./${wasm}`);
      assert.deepEqual([...readWasm(wasm).subarray(0, 8)], [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    });
  }
  test("the customer's wasm is the smaller one", () => {
    const [full, customer] = Object.values(WASM).map((wasm) => readWasm(wasm).length);
    assert.ok(customer < full * 0.8, `${customer} of ${full} bytes`);
  });
});
