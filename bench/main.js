// `cargo xtask bench`: measures, and writes what was found to target/bench/.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { aboutThis } from "./about.js";
import { HERE } from "./build.js";
import { claimsOf } from "./claims.js";
import { FULL, QUICK } from "./plan.js";
import { markdown } from "./report/markdown.js";
import { plots } from "./report/plots.js";
import { table } from "./report/table.js";
import { measureAll } from "./run.js";

const { values: { quick, lanes, write, report: from } } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    lanes: { type: "string", default: "2" },
    write: { type: "boolean", default: false },
    report: { type: "string" },
  },
});
const ROOT = join(HERE, "..");
const TARGET = join(ROOT, "target", "bench");
const packageFolder = resolve(process.env.SHOPPER_MCP_PACKAGE ?? join(TARGET, "node_modules", "shopper-mcp"));
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const found = from ? JSON.parse(await readFile(from, "utf8")) : await measure();
const claims = claimsOf(found);
await mkdir(TARGET, { recursive: true });
await writeFile(join(TARGET, "bench.json"), `${JSON.stringify({ ...found, claims }, null, 2)}\n`);
for (const [name, svg] of Object.entries(plots(found))) await writeFile(join(TARGET, name), svg);
await writeFile(join(TARGET, "performance.md"), markdown(found, claims));
// A quick run says little, so it does not replace what a full one has found.
if (write || !found.about.quick) await writeFile(join(ROOT, "docs", "performance.md"), markdown(found, claims));
process.stdout.write(table(found, claims));

async function measure() {
  const plan = quick ? QUICK : FULL;
  const about = await aboutThis({ packageFolder, quick, lanes: Number(lanes), plan });
  const size = JSON.parse(await readFile(join(ROOT, "target", "size.json"), "utf8"));
  const began = Date.now();
  const report = (what) => process.stderr.write(`${((Date.now() - began) / 60_000).toFixed(1).padStart(5)} min  ${what}\n`);
  const measured = await measureAll({ packageFolder, chromiumPath, lanes: about.lanes }, plan, report);
  return { about: { ...about, minutes: (Date.now() - began) / 60_000 }, size, ...measured };
}
