// The parts, each usable alone.

import { OptionsError } from "#errors";

import { start } from "./instance.js";

export async function generatePkce({ wasm } = {}) {
  return (await start(wasm)).generatePkce();
}

export async function beginLogin(options) {
  const { wasm, ...rest } = plain(options);
  return (await start(wasm)).beginLogin(rest);
}

export async function completeLogin(options) {
  const { wasm, ...rest } = plain(options);
  return (await start(wasm)).completeLogin(rest);
}

export async function callMcp(options) {
  const { wasm, ...rest } = plain(options);
  return (await start(wasm)).callMcp(rest);
}

/** @throws {OptionsError} when somebody passes anything but an object of options. */
export function plain(options, subject = "The options") {
  if (typeof options === "object" && options !== null) return options;
  throw new OptionsError(`${subject} are an object.`, { code: "option_invalid" });
}
