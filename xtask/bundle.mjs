// Bundles the npm package's JavaScript with esbuild and terser. Reads its job as JSON from standard input:
// { template, out, modules, minify, entries: [{ file: "index.js", aliases: { "#glue": path, "#problems": path, "#wasm": path } }, …] }
//
// Each entry becomes one self-contained module, with what its own aliases stand for. A dynamic import stays one: its
// module is bundled by itself, once for all entries, and put beside them, so that a page loads it only when it needs it.
// What each source brought to each of them is written to `modules`.

import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

import { build } from "esbuild";
import { minify } from "terser";

/** The oldest browsers of README.md. */
const BROWSERS = ["chrome116", "firefox124", "safari17.4"];

const job = JSON.parse(await text(process.stdin));
const lazyModules = new Set();
/** Bytes of each script by the source that they come from. */
const sizes = {};
/** Sources of the entries. */
const held = new Set();

/** What the modules of an entry mean by `#glue` and its kin. */
const aliasPlugin = (aliases) => ({
  name: "alias",
  setup({ onResolve }) {
    onResolve({ filter: /^#/ }, ({ path }) => {
      const target = aliases[path];
      return target ? { path: target } : { errors: [{ text: `this entry has no module ${path}` }] };
    });
  },
});

const dynamicPlugin = {
  name: "dynamic",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      lazyModules.add(resolve(resolveDir, path));
      return { path: `./${basename(path)}`, external: true };
    });
  },
};

/** A second copy of what an entry holds would be a second wasm instance, or classes that `instanceof` misses. */
const lazyPlugin = {
  name: "lazy",
  setup({ onResolve }) {
    onResolve({ filter: /^[#.]/ }, ({ kind, path, resolveDir }) => {
      const isHeld = path.startsWith("#") || held.has(resolve(resolveDir, path));
      if (kind === "dynamic-import" || !isHeld) return undefined;
      return { errors: [{ text: `a lazy module cannot import ${path}: hand it what it needs as arguments` }] };
    });
  },
};

/** @param {string} source @param {import("esbuild").Plugin[]} plugins */
async function bundle(source, plugins) {
  const { metafile, outputFiles } = await build({
    entryPoints: [source],
    outfile: join(job.out, basename(source)),
    write: false,
    bundle: true,
    format: "esm",
    target: BROWSERS,
    platform: "browser",
    charset: "utf8",
    legalComments: "none",
    minify: job.minify,
    plugins,
    metafile: true,
    logLevel: "warning",
  });
  for (const { path, text } of outputFiles) await writeFile(path, job.minify ? await smaller(text) : text);
  const [{ inputs }] = Object.values(metafile.outputs);
  sizes[basename(source)] = Object.fromEntries(Object.entries(inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
  return Object.keys(inputs).map((path) => resolve(path));
}

/** What esbuild has minified is 3 % smaller once terser has been over it as well, and larger with terser alone. */
async function smaller(script) {
  const { code } = await minify(script, { module: true, compress: { passes: 3 }, format: { comments: false } });
  return code;
}

try {
  for (const { file, aliases } of job.entries) {
    for (const source of await bundle(join(job.template, file), [aliasPlugin(aliases), dynamicPlugin])) held.add(source);
  }
  // The set grows while lazy modules import others.
  for (const source of lazyModules) await bundle(source, [lazyPlugin, dynamicPlugin]);
  await writeFile(job.modules, JSON.stringify(sizes));
} catch (error) {
  if (!error.errors) throw error; // esbuild has already shown its own.
  process.exitCode = 1;
}
