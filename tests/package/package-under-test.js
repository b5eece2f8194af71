// Finds the packed npm package, extracted, that these tests are about.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const installed = fileURLToPath(new URL("../../target/e2e/node_modules/shopper-mcp", import.meta.url));

/** `cargo xtask test package` sets SHOPPER_MCP_PACKAGE; by hand, the package of the last run is taken. */
export const packageFolder = resolve(process.env.SHOPPER_MCP_PACKAGE ?? installed);

if (!existsSync(join(packageFolder, "package.json"))) {
  throw new Error(`There is no npm package in ${packageFolder}: run \`cargo xtask test package\`.`);
}

export const packageFile = (name) => join(packageFolder, name);
export const readPackageFile = (name) => readFileSync(packageFile(name), "utf8");
export const importPackageFile = (name) => import(pathToFileURL(packageFile(name)).href);

export const manifest = JSON.parse(readPackageFile("package.json"));
