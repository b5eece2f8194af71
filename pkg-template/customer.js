// The package without UCP, with its wasm as a file beside this module.

import { setDefaultSource } from "./shell/core.js";

setDefaultSource(() => new URL("shopper_mcp_customer_bg.wasm", import.meta.url));

export * from "./shell/customer-only.js";
