// Bundles the facade of the npm package with esbuild. Reads its job as JSON from standard input:
// { template, out, entries: ["index.js", …], minify, aliases: { "#glue": path, "#errors": path, "#wasm": path } }
//
// Each entry becomes one self-contained module. A dynamic import stays one: its module is bundled by itself and put
// beside the entries, so that a page loads it only when it needs it.

import { basename, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

import { build } from "esbuild";

const job = JSON.parse(await text(process.stdin));
const lazyModules = new Set();

/** What only an entry may hold: a second copy would be a second wasm instance, or classes that `instanceof` misses. */
const ONE_COPY_ONLY = /^#(glue|errors|wasm)$/;

const entryPlugin = {
  name: "entry",
  setup({ onResolve }) {
    onResolve({ filter: ONE_COPY_ONLY }, ({ path }) => {
      const target = job.aliases[path];
      return target ? { path: target } : { errors: [{ text: `wasm-bindgen wrote no module for ${path}` }] };
    });
    onResolve({ filter: /^\./ }, leaveDynamicImport);
  },
};

const lazyPlugin = {
  name: "lazy",
  setup({ onResolve }) {
    onResolve({ filter: ONE_COPY_ONLY }, ({ path }) => ({
      errors: [{ text: `a lazy module cannot import ${path}: hand it what it needs as arguments` }],
    }));
    onResolve({ filter: /^\./ }, leaveDynamicImport);
  },
};

/** @param {import("esbuild").OnResolveArgs} found */
function leaveDynamicImport({ kind, path, resolveDir }) {
  if (kind !== "dynamic-import") return undefined;
  lazyModules.add(resolve(resolveDir, path));
  return { path: `./${basename(path)}`, external: true };
}

/** @param {string} source @param {import("esbuild").Plugin} plugin */
async function bundle(source, plugin) {
  await build({
    entryPoints: [source],
    outfile: join(job.out, basename(source)),
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    charset: "utf8",
    legalComments: "none",
    minify: job.minify,
    loader: { ".deflate": "base64" },
    plugins: [plugin],
    logLevel: "warning",
    // wasm-bindgen lists a module once per function that is imported from it.
    logOverride: { "duplicate-object-key": "silent" },
  });
}

try {
  for (const entry of job.entries) await bundle(join(job.template, entry), entryPlugin);
  // The set grows while lazy modules import others.
  for (const source of lazyModules) await bundle(source, lazyPlugin);
} catch (error) {
  if (!error.errors) throw error; // esbuild has already shown its own.
  process.exitCode = 1;
}
