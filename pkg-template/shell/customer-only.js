// What the package exports for the signed-in customer alone. Importing it touches nothing of a browser.

import { connecting, Shop } from "./shop.js";

export const connect = /* @__PURE__ */ connecting(Shop);
export { beginLogin, callMcp, completeLogin, generatePkce } from "./parts.js";
export {
  DiscoveryError,
  InstanceError,
  NetworkError,
  OptionsError,
  ProtocolError,
  RateLimitError,
  ShopperMcpError,
  SignInError,
  StorageError,
  ToolError,
} from "./errors.js";
