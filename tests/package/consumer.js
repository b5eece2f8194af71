// A project of somebody who installed the packed package.

import { execFile } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { packageFolder } from "./package-under-test.js";

/** @param {Record<string, string>} files Their text by their names. */
export function newConsumer(files) {
  const folder = mkdtempSync(join(tmpdir(), "shopper-mcp-consumer-"));
  after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageFolder, join(folder, "node_modules/shopper-mcp"), "dir");
  for (const [name, text] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    writeFileSync(join(folder, name), text);
  }
  return {
    /** Runs node there; resolves with its exit code and all that it printed. */
    node: (...args) => new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: folder, timeout: 120_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? "killed") : 0, output: stdout + stderr });
      });
    }),
  };
}
