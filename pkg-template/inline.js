// The package as one single file: the wasm is in it, compressed.

import deflated from "#wasm";

import { setDefaultSource } from "./shell/core.js";

setDefaultSource(() => {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const wasm = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(wasm, { headers: { "content-type": "application/wasm" } });
});

export * from "./shell/index.js";
