// The error classes of the package, and how the core's refusals become them.

import { problems, subjects } from "#problems";

/** What stands for the sentence of an error until `told` has put it in: see words.js. */
export const wordless = new WeakMap();

/** What every rejected promise carries. */
export class ShopperMcpError extends Error {
  constructor(sentence, { cause, ...facts } = {}) {
    super("", cause === undefined ? undefined : { cause });
    Object.assign(this, { retryable: false, retryAfterMs: null, field: null, status: null }, facts);
    reword(this, sentence);
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

/** What a page gave is not what is taken: `field` says where. */
export const invalid = (field, sentence, code = "option_invalid") => new OptionsError(sentence, { code, field });

/** Says something else of an error. */
export function reword(error, sentence) {
  const isWords = typeof sentence === "string";
  error.message = isWords ? sentence : [error.code, error.field].filter(Boolean).join(": ");
  if (isWords) wordless.delete(error);
  else wordless.set(error, sentence);
}

/** An error of its own, for one of those who share one. */
export function twinOf(error) {
  const twin = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
  if (wordless.has(error)) wordless.set(twin, wordless.get(error));
  return twin;
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

/** The error that the core's refusal stands for; anything else is given back as it is. */
export function errorOf(refusal) {
  const kind = problems[refusal?.problem];
  if (kind === undefined) return refusal;
  const { problem, subject, words, error, errorDescription, orderNumber, ...facts } = refusal;
  // A problem of shape has no code of its own: it is that of the object it is found in.
  const code = kind || subjects[subject];
  const Class = CLASSES[code[0]];
  const own = Class === SignInError ? { error, errorDescription } : Class === ToolError ? { orderNumber } : {};
  return new Class(words ?? { problem, subject }, { code: code.slice(1), ...facts, ...own });
}
