// The error classes of the package, and how the core's refusals become them.

import { problems, subjects } from "#problems";

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
export const SignInError = class extends named("SignInError") {
  error = this.error ?? null;
  errorDescription = this.errorDescription ?? null;
};
export const NetworkError = named("NetworkError");
export const ProtocolError = class extends named("ProtocolError") {
  rpc = this.rpc ?? null;
};
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

/** The error that the core's refusal stands for; anything else is given back as it is. */
export function errorOf(refusal) {
  const problem = problems[refusal?.problem];
  if (!problem) return refusal;
  const { subject, words, error, errorDescription, orderNumber, ...facts } = refusal;
  delete facts.problem;
  // The sentence of a shape has no code of its own: it is that of the object it is found in.
  const [kind, code, name] = subjects[subject] ?? [];
  const [number, ownCode] = problem.length > 1 ? problem : [kind, code];
  const sentence = words ?? problem.at(-1).replace("{subject}", name).replace("{field}", facts.field);
  const Class = CLASSES[number];
  const own = Class === SignInError ? { error, errorDescription } : Class === ToolError ? { orderNumber } : {};
  return new Class(sentence, { code: ownCode, ...facts, ...own });
}
