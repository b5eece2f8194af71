// Python with the packages of tests/python/requirements.txt, in a virtual environment below target/ that is made once.

import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const FOLDER = fileURLToPath(new URL("../../python", import.meta.url));
const REQUIREMENTS = join(FOLDER, "requirements.txt");
const ENVIRONMENT = fileURLToPath(new URL("../../../target/python", import.meta.url));
const OF_ENVIRONMENT = join(ENVIRONMENT, process.platform === "win32" ? "Scripts/python.exe" : "bin/python3");

const run = promisify(execFile);

/**
 * Runs a script of tests/python over values, one a line, and gives what it says to each.
 *
 * @param {string} script its name
 * @param {object[]} values
 * @returns {Promise<object[]>}
 */
export async function askPython(script, values) {
  const python = spawn(await environment(), [join(FOLDER, script)], { stdio: ["pipe", "pipe", "inherit"] });
  const said = text(python.stdout);
  const ended = new Promise((resolve, reject) => python.once("error", reject).once("close", resolve));
  python.stdin.end(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
  const status = await ended;
  const lines = (await said).split("\n").filter(Boolean);
  if (status !== 0 || lines.length !== values.length) {
    throw new Error(`${script} ended with status ${status} and ${lines.length} of ${values.length} answers.`);
  }
  return lines.map((line) => JSON.parse(line));
}

/** The interpreter that has the packages. What the environment was made from stands in it, once it is whole. */
async function environment() {
  const stamp = join(ENVIRONMENT, "made-from");
  const wanted = createHash("sha256").update(await readFile(REQUIREMENTS)).digest("hex");
  const found = await readFile(stamp, "utf8").catch(() => null);
  if (found === wanted) return OF_ENVIRONMENT;
  await rm(ENVIRONMENT, { recursive: true, force: true });
  const python = process.env.PYTHON ?? "python3";
  await step(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"],
    "The signatures are verified by a Python library too: install Python 3.10 or newer (`PYTHON` names it)");
  await step(python, ["-m", "venv", ENVIRONMENT],
    "Python makes no virtual environment: install its modules venv and ensurepip (Debian: `apt install python3-venv`)");
  const install = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement", REQUIREMENTS];
  await step(OF_ENVIRONMENT, install,
    `pip could not install ${REQUIREMENTS}: check its access to PyPI (\`pip config list\`)`);
  await writeFile(stamp, wanted);
  return OF_ENVIRONMENT;
}

async function step(file, args, sentence) {
  try {
    await run(file, args);
  } catch (error) {
    throw new Error(`${sentence}. ${error.stderr?.trim() || error.message}`);
  }
}
