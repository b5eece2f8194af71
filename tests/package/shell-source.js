// Modules of the shell as they are in the source: those that ask the core nothing, so that they need no wasm.

import { register } from "node:module";

// What the core can throw is the build's to write. None of it is met here.
register(`data:text/javascript,${encodeURIComponent(`
  const empty = "data:text/javascript,export const problems = [], subjects = [];";
  export const resolve = (name, context, next) =>
    name === "#problems" ? { url: empty, shortCircuit: true } : next(name, context);
`)}`);

/** @param {string} path below `pkg-template/shell` */
export const importShell = (path) => import(new URL(`../../pkg-template/shell/${path}`, import.meta.url).href);
