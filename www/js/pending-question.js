/**
 * The order number that was asked for when the page left for the sign-in, so that the page that comes back can show
 * what it is waiting for from its first paint. The call itself waits in the SDK.
 */
const KEY = "cedar-clay:question";
const LIFETIME = 10 * 60 * 1000;

export function rememberQuestion(number) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ number, at: Date.now() }));
  } catch {
    // Without storage the page comes back with its empty state first.
  }
}

/** @returns {string | null} */
export function rememberedQuestion() {
  try {
    const { number, at } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    return typeof number === "string" && Date.now() - at < LIFETIME ? number : null;
  } catch {
    return null;
  }
}

export function forgetQuestion() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was remembered either.
  }
}
