// The parts, each usable alone: nothing here stores anything.

import * as core from "#glue";

import { REDIRECT_MARK } from "./callback.js";
import { ask, start } from "./core.js";
import { invalid } from "./errors.js";
import { jsonText } from "./json.js";
import { completeLogin as complete, discoverLogin } from "./login.js";
import { callWithoutSession, Server } from "./server.js";
import { telling } from "./words.js";

/** Time limit of one request where the page names none, ms: as the core has it. */
export const TIMEOUT_MS = 30_000;
const RATE_LIMIT_WAIT_MS = 60_000;

export const generatePkce = /* @__PURE__ */ telling(async ({ wasm } = {}) => {
  await start(wasm);
  return ask(core.generatePkce);
});

export const beginLogin = /* @__PURE__ */ telling(async (options) => {
  const { wasm, signal, ...rest } = plain(options);
  await start(wasm);
  const settings = ask(core.readOptions, rest, false);
  ask(core.checkLoginOptions, rest);
  const server = await discoverLogin(rest, settings, { timeoutMs: settings.timeoutMs, signal });
  return ask(core.beginLogin, rest, rest, server, REDIRECT_MARK);
});

export const completeLogin = /* @__PURE__ */ telling(async (options) => {
  const { wasm, pending, callbackUrl, signal, ...rest } = plain(options);
  if (typeof callbackUrl !== "string") throw missing("callbackUrl", "the address of the callback");
  if (!pending) throw missing("pending", "what `beginLogin` gave");
  await start(wasm);
  const timeoutMs = ask(core.readCallOptions, rest).timeoutMs ?? TIMEOUT_MS;
  const { tokens, claims, verified } = await complete(pending, queryOf(callbackUrl), { timeoutMs, signal });
  const { expiresIn, ...others } = tokens;
  const idTokenSignature = claims && (verified ? "verified" : "unverified");
  return { ...others, expiresInSeconds: expiresIn, claims, idTokenSignature };
});

export const callMcp = /* @__PURE__ */ telling(async (options) => {
  const { wasm, signal, params, ...rest } = plain(options);
  await start(wasm);
  const call = ask(core.readMcpCall, rest);
  const message = { method: call.method, params: jsonText(params ?? {}, "params", "The options: `params` has no JSON form.") };
  const terms = { timeoutMs: call.timeoutMs, patienceMs: RATE_LIMIT_WAIT_MS, signal };
  return callWithoutSession(new Server(call.endpoint, call), message, call.accessToken, terms);
});

/** @throws {OptionsError} when somebody passes anything but an object of options, or a `signal` that is none. */
export function plain(options, subject = "The options") {
  if (typeof options !== "object" || options === null) throw invalid(null, `${subject} are an object.`);
  if ((options.signal ?? undefined) === undefined || options.signal instanceof AbortSignal) return options;
  throw invalid("signal", `${subject}: \`signal\` is not an AbortSignal.`);
}

/** The query of an address, or the query itself. */
function queryOf(url) {
  const address = url.split("#", 1)[0];
  return address.slice(address.indexOf("?") + 1);
}

const missing = (field, what) => invalid(field, `The options: \`${field}\` is missing: it is ${what}.`);
