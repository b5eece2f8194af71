// The error classes of the package. The wasm and the facade make them from the same module.

/** What every rejected promise carries. */
export class ShopperMcpError extends Error {
  constructor(message, { cause, ...facts } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { retryable: false, retryAfterMs: null, field: null, status: null }, facts);
  }
  get name() {
    return this.code === "aborted" ? "AbortError" : this.constructor.className;
  }
  static className = "ShopperMcpError";
}
export class OptionsError extends ShopperMcpError {
  static className = "OptionsError";
}
export class InstanceError extends ShopperMcpError {
  static className = "InstanceError";
}
export class DiscoveryError extends ShopperMcpError {
  static className = "DiscoveryError";
}
export class SignInError extends ShopperMcpError {
  static className = "SignInError";
}
export class NetworkError extends ShopperMcpError {
  static className = "NetworkError";
}
export class ProtocolError extends ShopperMcpError {
  static className = "ProtocolError";
}
export class RateLimitError extends ShopperMcpError {
  static className = "RateLimitError";
}
export class ToolError extends ShopperMcpError {
  static className = "ToolError";
}
export class StorageError extends ShopperMcpError {
  static className = "StorageError";
}

/** In the order of `Class` in src/error.rs. */
const CLASSES = [
  OptionsError,
  InstanceError,
  DiscoveryError,
  SignInError,
  NetworkError,
  ProtocolError,
  RateLimitError,
  ToolError,
  StorageError,
];

/** Called by the wasm. */
export function makeError(number, message, facts, answer, cause) {
  const Class = CLASSES[number];
  const { error, errorDescription, orderNumber, ...common } = facts;
  const own =
    Class === SignInError
      ? { error, errorDescription }
      : Class === ToolError
        ? { result: answer, orderNumber }
        : Class === ProtocolError
          ? { rpc: answer ?? null }
          : {};
  return new Class(message, { ...common, ...own, cause });
}
