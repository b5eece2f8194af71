// Bundles the npm package's JavaScript with esbuild and terser. Reads its job as JSON from standard input:
// { template, out, modules, minify, words: { problems: [sentence, …], subjects: [words, …] },
//   entries: [{ file: "index.js", isWhole: false, aliases: { "#glue": path, "#problems": path, "#wasm": path } }, …] }
//
// Each entry becomes one self-contained module, with what its own aliases stand for. A dynamic import stays one: its
// module is bundled by itself, once for all entries, and put beside them, so that a page loads it only when it needs it.
// What each source brought to each of them is written to `modules`.
//
// Sentences of errors are no part of an entry, unless that has to be whole: each becomes a number, by which `sentences.js`
// has it, beside those of the core (`words`).

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
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

/** Modules whose sentences stay: of errors that are thrown at once, or where nothing could be loaded; and advice. */
const WITH_SENTENCES = /shell\/(core|exchange|wait|ucp\/(checkouts|money|orders))\.js$/;
/** A literal that begins and ends like a sentence, but for those that are no error of ours. */
const SENTENCE = /(?<!\bTypeError\(|\bError\()"((?:`|[A-Z])(?:[^"\\\n]|\\.)*[.?!])"/g;
const SENTENCES = "sentences.js";

/** The shell's modules by their paths, without the sentences that they throw: those have numbers. */
const shell = new Map();
/** In the order of the modules, so that the same sources make the same package. */
const sentences = [];
const hash = createHash("sha256").update(JSON.stringify(job.words));
for (const path of (await readdir(join(job.template, "shell"), { recursive: true })).filter((name) => name.endsWith(".js")).sort()) {
  const source = await readFile(join(job.template, "shell", path), "utf8");
  hash.update(source);
  shell.set(resolve(job.template, "shell", path), WITH_SENTENCES.test(`shell/${path}`) ? source : source.replace(SENTENCE, numbered));
}
/** By this an entry knows its own sentences. */
const edition = hash.digest("base64url").slice(0, 8);

function numbered(literal, sentence) {
  if (!sentence.includes(" ")) return literal;
  const words = JSON.parse(literal);
  if (!sentences.includes(words)) sentences.push(words);
  return sentences.indexOf(words);
}

const sentencePlugin = {
  name: "sentences",
  setup({ onLoad }) {
    onLoad({ filter: /pkg-template\/shell\/.*\.js$/ }, ({ path }) => ({ contents: shell.get(path) }));
  },
};

/** The module of all sentences; `resolveDir` is of no use to it. */
const wholePlugin = {
  name: "whole",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/sentences\.js$/ }, () => ({ path: SENTENCES, namespace: "words" }));
    onLoad({ filter: /./, namespace: "words" }, () => ({ contents: sentenceModule() }));
  },
};

function sentenceModule() {
  const lists = Object.entries({ ...job.words, own: sentences, edition });
  return lists.map(([name, list]) => `export const ${name}=${JSON.stringify(list)};\n`).join("");
}

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
      if (basename(path) !== SENTENCES) lazyModules.add(resolve(resolveDir, path));
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
    define: { EDITION: JSON.stringify(edition) },
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
  for (const { file, aliases, isWhole } of job.entries) {
    const plugins = [aliasPlugin(aliases), ...(isWhole ? [wholePlugin] : []), dynamicPlugin, sentencePlugin];
    for (const source of await bundle(join(job.template, file), plugins)) held.add(source);
  }
  await writeFile(join(job.out, SENTENCES), sentenceModule());
  // The set grows while lazy modules import others.
  for (const source of lazyModules) await bundle(source, [lazyPlugin, dynamicPlugin]);
  await writeFile(job.modules, JSON.stringify(sizes));
} catch (error) {
  if (!error.errors) throw error; // esbuild has already shown its own.
  process.exitCode = 1;
}
