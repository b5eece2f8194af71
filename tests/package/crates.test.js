// The crates that the project was asked to stand on are direct dependencies of the SDK, and each is used by name.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Crate name to how code names it. */
const CRATES = {
  "wasm-bindgen": /\bwasm_bindgen::/,
  "wasm-bindgen-futures": /\bwasm_bindgen_futures::/,
  "web-sys": /\bweb_sys::/,
  "js-sys": /\bjs_sys::/,
  "serde-wasm-bindgen": /\bserde_wasm_bindgen::/,
  "gloo-net": /\bgloo_net::/,
  "gloo-storage": /\bgloo_storage::/,
  sha2: /\bsha2::/,
  getrandom: /\bgetrandom::/,
  "wasm-bindgen-test": /\bwasm_bindgen_test\b/,
};

test("all ten crates are direct dependencies in cargo's own tree", () => {
  const wanted = ["tree", "--package", "shopper-mcp", "--target", "wasm32-unknown-unknown"];
  const shape = ["--edges", "normal,dev", "--depth", "1", "--prefix", "none", "--format", "{p}"];
  const tree = execFileSync("cargo", [...wanted, ...shape, "--locked"], { cwd: root, encoding: "utf8" });
  const names = tree.split("\n").map((line) => line.split(" ")[0]);
  for (const crate of Object.keys(CRATES)) assert.ok(names.includes(crate), `${crate} is not in cargo tree`);
});

test("the SDK or its tests call each of them", () => {
  const shipped = sources(join(root, "src"));
  const tests = sources(join(root, "tests"));
  for (const [crate, use] of Object.entries(CRATES)) {
    const found = crate === "wasm-bindgen-test" ? use.test(tests) : use.test(shipped);
    assert.ok(found, `nothing calls ${crate}`);
  }
});

/** The text of all Rust files below a folder. */
function sources(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".rs"));
  return files.map((file) => readFileSync(join(file.parentPath ?? file.path, file.name), "utf8")).join("\n");
}
