// The packed npm package that the tests run, and the browser they run it in.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const installed = fileURLToPath(new URL("../../../target/e2e/node_modules/shopper-mcp", import.meta.url));

/** `cargo xtask test e2e` sets both; by hand, the package of its last run is taken. */
export const packageFolder = resolve(process.env.SHOPPER_MCP_PACKAGE ?? installed);
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

if (!existsSync(join(packageFolder, "package.json"))) {
  throw new Error(`There is no npm package in ${packageFolder}: run \`cargo xtask test e2e\`.`);
}
