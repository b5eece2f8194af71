// The package with its wasm as a file beside this module.

import { setDefaultSource } from "./facade/instance.js";

setDefaultSource(() => new URL("shopper_mcp_bg.wasm", import.meta.url));

export * from "./facade/index.js";
