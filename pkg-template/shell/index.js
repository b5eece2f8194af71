// What the package exports. Importing it touches nothing of a browser.

import { connecting } from "./shop.js";
import { UcpShop } from "./ucp/shop.js";

export * from "./customer-only.js";
export const connect = connecting(UcpShop);
export { agentProfile, createSigningKey } from "./ucp/signing-key.js";
