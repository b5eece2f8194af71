// The ten crates that the project stands on: each does work in shipped code or in its tests, and the design notes say so.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const CRATES = [
  "wasm-bindgen", "wasm-bindgen-futures", "web-sys", "js-sys", "serde-wasm-bindgen", "gloo-net", "gloo-storage", "sha2",
  "getrandom", "wasm-bindgen-test",
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const notes = readFileSync(join(root, "docs/design.md"), "utf8");
const code = [...sources("src"), ...sources("tests/browser")].join("\n");
const dependencies = directDependencies();

describe("crates", () => {
  for (const crate of CRATES) {
    test(`${crate} does work`, () => {
      assert.ok(dependencies.has(crate), `cargo tree shows no ${crate} among the SDK's dependencies on wasm32`);
      const path = new RegExp(`\\b${crate.replaceAll("-", "_")}::`);
      assert.ok(path.test(code), `no line of src/ or tests/browser/ uses ${crate}`);
      assert.ok(notes.includes(`\`${crate}\``), `docs/design.md does not name \`${crate}\``);
    });
  }
});

/** What the SDK or its tests ask for themselves, as cargo resolves it for the browser. */
function directDependencies() {
  const wanted = ["tree", "--locked", "--package", "shopper-mcp", "--target", "wasm32-unknown-unknown"];
  const shape = ["--edges", "normal,dev", "--depth", "1", "--prefix", "none", "--format", "{p}"];
  const tree = execFileSync("cargo", [...wanted, ...shape], { cwd: root, encoding: "utf8" });
  return new Set(tree.split("\n").map((line) => line.split(" ")[0]));
}

/** Each Rust file below a folder, without its comments. */
function sources(folder) {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".rs"));
  return files.map((file) => {
    const text = readFileSync(join(file.parentPath ?? file.path, file.name), "utf8");
    return text.replaceAll(/^\s*\/\/.*$/gm, "");
  });
}
