// What a page holds after many calls.

/** @returns {Promise<{ job: string, calls: number, heapBefore: number, heapAfter: number, buffersBefore: number,
 *   buffersAfter: number, wasmBefore: number | null, wasmAfter: number | null }>} bytes, after the garbage is collected */
export async function measureMemory(world, name, calls) {
  const context = await world.profile();
  await context.addInitScript(watchWasm);
  const page = await world.tab(context, name, 1);
  const cdp = await context.newCDPSession(page);
  await cdp.send("HeapProfiler.enable");
  await page.evaluate(callMany, 500);
  const before = await held(page, cdp);
  await page.evaluate(callMany, calls);
  const after = await held(page, cdp);
  await context.close();
  return {
    job: name, calls, heapBefore: before.heap, heapAfter: after.heap, buffersBefore: before.buffers,
    buffersAfter: after.buffers, wasmBefore: before.wasm, wasmAfter: after.wasm,
  };
}

async function held(page, cdp) {
  for (let times = 0; times < 3; times++) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await cdp.send("Runtime.getHeapUsage");
  return { heap: usedSize, buffers: backingStorageSize, wasm: await page.evaluate(() => globalThis.wasmMemory?.buffer.byteLength ?? null) };
}

/** In the page, before its scripts. */
function watchWasm() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate.apply(WebAssembly, args);
    globalThis.wasmMemory = (made.instance ?? made).exports.memory;
    return made;
  };
}

/** In the page: ten at a time. */
async function callMany(calls) {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await globalThis.job.call("tool_0", { bytes: 1000 });
  };
  await Promise.all(Array.from({ length: 10 }, worker));
}
