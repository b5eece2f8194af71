import { recall, remember } from "./tab-memory.js";

/**
 * The order number that was asked for when the page left for the sign-in, so that the page that comes back can show
 * what it is waiting for from its first paint. The call itself waits in the SDK.
 */
const KEY = "cedar-clay:question";
const LIFETIME = 10 * 60 * 1000;

export function rememberQuestion(number) {
  remember(KEY, { number, at: Date.now() });
}

/** @returns {string | null} */
export function rememberedQuestion() {
  const { number, at } = recall(KEY) ?? {};
  return typeof number === "string" && Date.now() - at < LIFETIME ? number : null;
}

export function forgetQuestion() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was remembered either.
  }
}
