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
/** A subclass with a name that survives minification. */
const named = (className) =>
  class extends ShopperMcpError {
    static className = className;
  };

export const OptionsError = named("OptionsError");
export const InstanceError = named("InstanceError");
export const DiscoveryError = named("DiscoveryError");
export const SignInError = named("SignInError");
export const NetworkError = named("NetworkError");
export const ProtocolError = named("ProtocolError");
export const RateLimitError = named("RateLimitError");
export const ToolError = named("ToolError");
export const StorageError = named("StorageError");

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
