// Bundles the jobs, each the same way: esbuild, minified, modules with hashed names, chunks where a job imports dynamically.

import { build } from "esbuild";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { JOBS } from "./jobs/index.js";

export const HERE = dirname(fileURLToPath(import.meta.url));
const ASSETS = "/assets/";

const COMMON = {
  bundle: true, minify: true, write: false, format: "esm", platform: "browser", target: "es2022", legalComments: "none",
  loader: { ".wasm": "file" }, publicPath: ASSETS, assetNames: "[name]-[hash]", logLevel: "error",
};

/**
 * @typedef {object} Bundle
 * @property {string} entry path of the page's script
 * @property {string[]} preloads what it imports at once
 * @property {string[]} fetches what it fetches at once: its wasm
 * @property {Map<string, Uint8Array>} files by path
 */

/**
 * @param {string} packageFolder the packed npm package, in a folder node_modules
 * @returns {Promise<Record<string, Bundle>>} by job
 */
export async function bundleJobs(packageFolder) {
  const bundles = await Promise.all(JOBS.map(({ name }) => bundleJob(name, packageFolder)));
  return Object.fromEntries(bundles.map((bundle, at) => [JOBS[at].name, bundle]));
}

async function bundleJob(name, packageFolder) {
  const contents = 'import * as job from "./job.js"; import { run } from "../shared/page.js"; run(job);';
  const { outputFiles, metafile } = await build({
    ...COMMON, ...from(packageFolder), stdin: { contents, resolveDir: join(HERE, "jobs", name) },
    splitting: true, metafile: true, outdir: join(HERE, "out"), entryNames: `${name}-[hash]`, chunkNames: "[name]-[hash]",
  });
  const pathOf = (file) => ASSETS + file.split("/").pop();
  const [entry, { imports }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === "<stdin>");
  const files = new Map(outputFiles.map(({ path, contents: bytes }) => [pathOf(path), bytes]));
  return {
    entry: pathOf(entry),
    preloads: imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => pathOf(path)),
    fetches: [...files.keys()].filter((path) => path.endsWith(".wasm")),
    files,
  };
}

/** A job's code in one module that does nothing when it is imported, all of it that the job needs; and its wasm. */
export async function bundleLibrary({ name, chunk }, packageFolder) {
  const contents = `export * as job from "./job.js"; ${chunk ? `export * as chunk from "${chunk}";` : ""}`;
  const { outputFiles } = await build({
    ...COMMON, ...from(packageFolder), stdin: { contents, resolveDir: join(HERE, "jobs", name) }, outdir: join(HERE, "out"),
  });
  const [wasm] = outputFiles.filter(({ path }) => path.endsWith(".wasm"));
  return { script: outputFiles.find(({ path }) => path.endsWith(".js")).text, wasm: wasm?.contents };
}

/** A module of the bench's own pages. */
export async function bundlePage(file, packageFolder) {
  const { outputFiles } = await build({
    ...COMMON, ...from(packageFolder), entryPoints: [join(HERE, "pages", file)], outdir: join(HERE, "out"),
  });
  return new Map(outputFiles.map(({ path, contents }) => [ASSETS + relative(join(HERE, "out"), path), contents]));
}

/** Our package is found as npm would have installed it. */
const from = (packageFolder) => ({ nodePaths: [dirname(packageFolder)] });
