// From bytes that are there to code that can be called: parse, compile, evaluate; for ours the wasm too. No cache helps:
// the bytes are others each time.

import { bundleLibrary } from "../build.js";
import { JOBS } from "../jobs/index.js";
import { summary } from "../stats.js";
import { CONDITIONS } from "./visit.js";

/** @returns {Promise<{ job: string, speed: string, scriptMs: object, compileMs: object | null, instantiateMs: object | null }[]>} */
export async function measureReady(world, speed, rounds) {
  const libraries = await Promise.all(JOBS.map(async (job) => {
    const { script, wasm } = await bundleLibrary(job, world.packageFolder);
    return { name: job.name, script, wasm: wasm && Buffer.from(wasm).toString("base64") };
  }));
  const context = await world.profile();
  const page = await context.newPage();
  await page.goto(`${world.origin}/isolated`);
  const cdp = await context.newCDPSession(page);
  if (CONDITIONS[speed]) await cdp.send("Emulation.setCPUThrottlingRate", { rate: CONDITIONS[speed].cpu });
  await page.evaluate(takeIn, libraries);
  const found = new Map(JOBS.map(({ name }) => [name, { script: [], compile: [], instantiate: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const { name } of JOBS) {
      const times = await page.evaluate(getReady, name);
      for (const [what, ms] of Object.entries(times)) found.get(name)[what].push(ms);
    }
  }
  await context.close();
  return [...found].map(([job, { script, compile, instantiate }]) => ({
    job, speed, scriptMs: summary(script), compileMs: summary(compile), instantiateMs: summary(instantiate),
  }));
}

function takeIn(libraries) {
  globalThis.libraries = new Map(libraries.map(({ name, script, wasm }) =>
    [name, { script, wasm: wasm && Uint8Array.from(atob(wasm), (one) => one.charCodeAt(0)) }]));
}

/** In the page. */
async function getReady(name) {
  const { script, wasm } = globalThis.libraries.get(name);
  const nonce = crypto.randomUUID();
  const url = URL.createObjectURL(new Blob([script, `\n// ${nonce}`], { type: "text/javascript" }));
  const times = {};
  let began = performance.now();
  await import(url);
  times.script = performance.now() - began;
  URL.revokeObjectURL(url);
  if (!wasm) return times;
  // A section of our own at the end: its number, its length, the length of its name, its name.
  const text = new TextEncoder().encode(nonce);
  const bytes = new Uint8Array([...wasm, 0, text.length + 1, text.length, ...text]);
  began = performance.now();
  const module = await WebAssembly.compile(bytes);
  times.compile = performance.now() - began;
  const imports = {};
  for (const { module: from, name: what, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "function") (imports[from] ??= {})[what] = () => {};
  }
  began = performance.now();
  await WebAssembly.instantiate(module, imports);
  times.instantiate = performance.now() - began;
  return times;
}
