// The built package as one script, ready to be evaluated in any number of pages.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = new URL("../../../", import.meta.url);
const folder = resolve(process.env.SHOPPER_MCP_PACKAGE ?? fileURLToPath(new URL("pkg", root)));
if (!existsSync(join(folder, "package.json"))) {
  throw new Error(`There is no package in ${folder}: run \`cargo xtask build\`.`);
}

const { buildSync } = createRequire(new URL("xtask/package.json", root))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [join(folder, "index.js")],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "shopperMcp",
  target: "es2022",
  charset: "utf8",
  define: { "import.meta.url": '"https://shop.example/sdk/index.js"' },
  logLevel: "warning",
  // wasm-bindgen lists a module once per function that is imported from it.
  logOverride: { "duplicate-object-key": "silent" },
});

/** Puts what `index.js` exports under `shopperMcp` of the page that it is run in. */
export const script = new Script(outputFiles[0].text, { filename: "shopper-mcp.js" });
/** What the pages pass as `wasm`. */
export const wasm = new WebAssembly.Module(readFileSync(join(folder, "shopper_mcp_bg.wasm")));
