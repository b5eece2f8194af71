// What the package exports for the signed-in customer alone. Importing it touches nothing of a browser.

export { connect } from "./shop.js";
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
