// The package without UCP as one single file: the wasm is in it.

import wasm from "#wasm";

import { setDefaultSource } from "./shell/core.js";

setDefaultSource(wasm);

export * from "./shell/customer-only.js";
