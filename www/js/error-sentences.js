/** One sentence for a shopper per code of the SDK. What the shop itself said is added by the notice. */
const SENTENCES = Object.freeze({
  // the page's own options
  option_invalid: "This page is not set up correctly.",
  secret_in_page: "This page is set up with a secret that does not belong in a browser.",
  amount_invalid: "This amount of money is not one.",
  argument_unsupported: "This catalog cannot be asked that.",
  arguments_invalid: "The shop would not have understood what was asked.",
  not_ready: "The page is still getting ready. Please try again in a moment.",
  // the wasm instance
  wasm_unavailable: "A part of this page could not be loaded. Please check your connection and try again.",
  wasm_blocked: "Your browser does not allow this page to run a part that it needs.",
  instance_lost: "Something went wrong on this page. Please try again.",
  closed: "This page has been closed. Please reload it.",
  randomness_unavailable: "Your browser could not make the random numbers that a safe sign-in needs.",
  // discovery
  discovery_unavailable: "We could not reach the shop's sign-in service.",
  discovery_invalid: "The shop's sign-in service answered in a way we do not understand.",
  discovery_redirected: "The shop's sign-in service has moved. Please come back later.",
  issuer_not_accepted: "The shop names a sign-in service that this page does not trust.",
  endpoint_not_secure: "The shop names an address that is not secure, so we stopped here.",
  mcp_api_missing: "This shop does not answer questions about orders online.",
  pkce_unsupported: "The shop's sign-in service does not support a safe sign-in from a browser.",
  version_unsupported:
    "The shop and this page do not speak the same language any more. Please reload the page.",
  ucp_endpoint_missing: "This shop takes no orders from pages like this one.",
  // signing in
  state_mismatch: "This sign-in does not belong to this browser. Please start again.",
  state_missing: "The sign-in came back incomplete. Please start again.",
  callback_invalid: "The sign-in came back in a form we do not understand. Please start again.",
  issuer_mismatch: "The sign-in came back from an unexpected place, so we did not accept it.",
  login_expired: "The sign-in took too long. Please start again.",
  login_required: "Please sign in first.",
  access_denied: "You did not sign in, so nothing has changed.",
  authorization_refused: "The shop did not let you sign in.",
  popup_blocked:
    "Your browser blocked the sign-in window. Allow pop-ups for this shop, or sign in on this page.",
  popup_closed: "The sign-in window was closed before you were signed in.",
  popup_timeout: "The sign-in window took too long. Please start again.",
  sign_in_needed: "Please sign in to see this.",
  sign_in_abandoned: "The sign-in was not finished, so your request was not sent.",
  sign_in_repeated: "You were signed in, but the shop asked for a sign-in once more. Please try again later.",
  token_refused: "The shop did not complete the sign-in. Please try again.",
  token_invalid: "The shop's answer to the sign-in was not valid.",
  id_token_invalid: "We could not make sure who signed in, so the sign-in was not accepted.",
  client_refused: "The shop does not know this page. Its client id has to be checked.",
  code_refused: "This sign-in was already used or has run out. Please start again.",
  session_ended: "Your session has ended. Please sign in again.",
  session_changed: "You signed in or out in another tab meanwhile. Please try again.",
  call_not_resumed: "You are signed in. Please confirm again, so that nothing is sent without you.",
  customer_changed: "Someone else is signed in now, so this request was not sent.",
  return_to_invalid: "This page cannot be returned to after signing in.",
  // network
  network: "We could not reach the shop. Please check your connection.",
  offline: "You are offline. Please try again when you are connected.",
  timeout: "The shop took too long to answer.",
  aborted: "Stopped.",
  redirect_refused: "The shop sent us elsewhere, and we did not follow.",
  http_status: "The shop answered with an error.",
  too_large: "The shop's answer was too large.",
  agent_token_unavailable: "This page could not prove who it is. Please try again.",
  signer_failed: "This page could not sign its request. Please try again.",
  // answers
  answer_invalid: "The shop's answer was not understandable.",
  answer_mismatch: "The shop answered another question than ours.",
  rpc_error: "The shop could not answer this request.",
  output_invalid: "The shop's answer does not have the form that it promised.",
  rate_limited: "The shop is very busy right now. Please try again in a little while.",
  // calls as an agent
  invalid_profile_url: "The shop does not accept how this page says who it is.",
  profile_unreachable: "The shop could not look up who this page is.",
  profile_malformed: "The shop could not understand who this page is.",
  profile_not_trusted: "The shop does not trust this page's word about who it is.",
  capabilities_incompatible: "This page and the shop cannot do that together.",
  signature_missing: "The shop wants this page's requests signed.",
  signature_invalid: "The shop does not accept this page's signature.",
  key_not_found: "The key that this page signs with is not published.",
  digest_mismatch: "The request was changed on its way to the shop.",
  algorithm_unsupported: "The shop does not accept the way this page signs.",
  idempotency_conflict: "The shop has had this request before, with other contents.",
  buyer_ip_missing: "The shop takes this from a server only. Please go on at the shop's own checkout.",
  forbidden: "The shop does not allow that here.",
  tier_insufficient: "This page may not do that by itself. The shop's own checkout can.",
  scope_missing: "This page was not given the right to do that.",
  // tools
  tool_validation: "The shop did not accept what was entered.",
  tool_processing: "The shop could not work on this just now.",
  tool_not_found: "The shop could not find that.",
  tool_unknown: "The shop does not offer this.",
  tool_unauthorized: "You are not allowed to see this.",
  tool_failed: "The shop could not do this.",
  // storage
  storage_blocked:
    "Your browser does not let this page remember your sign-in. Allow site data for this shop.",
  storage_full: "Your browser's storage for this shop is full.",
  storage_unavailable: "Your browser has no storage for this page.",
});

/** Where asking again, with a new sign-in, is the way on. */
const SIGN_IN_AGAIN = new Set([
  "popup_closed",
  "popup_timeout",
  "sign_in_needed",
  "sign_in_abandoned",
  "session_ended",
  "session_changed",
  "login_expired",
]);

/**
 * An error for a shopper to read.
 *
 * @param {unknown} error
 * @returns {Explanation}
 *
 * @typedef {"try-again" | "sign-in-here" | null} WayOn what the same request needs to succeed
 * @typedef {object} Explanation
 * @property {string} sentence
 * @property {string | null} serverWords what the shop said, untrusted
 * @property {string | null} code
 * @property {WayOn} wayOn
 * @property {number | null} retryAfterMs
 */
export function explain(error) {
  const code = typeof error?.code === "string" ? error.code : null;
  return {
    sentence: sentenceOf(error, code),
    serverWords: serverWordsOf(error),
    code,
    wayOn: wayOnOf(error, code),
    retryAfterMs: typeof error?.retryAfterMs === "number" ? error.retryAfterMs : null,
  };
}

function sentenceOf(error, code) {
  if (code === "tool_not_found" && error.orderNumber) {
    return `There is no order ${withHash(error.orderNumber)} on your account.`;
  }
  if (code === "http_status" && error.status) return `The shop answered with an error (${error.status}).`;
  return SENTENCES[code] ?? "Something went wrong on this page. Please reload it.";
}

/** @returns {WayOn} */
function wayOnOf(error, code) {
  if (code === "popup_blocked") return "sign-in-here";
  // Confirming is more than trying again: whoever shows it asks for it.
  if (code === "call_not_resumed") return null;
  return error?.retryable === true || SIGN_IN_AGAIN.has(code) ? "try-again" : null;
}

function withHash(number) {
  return String(number).startsWith("#") ? number : `#${number}`;
}

/** Untrusted text: shown as text only. */
function serverWordsOf(error) {
  const tool = error?.result?.content?.find?.(
    (part) => part.type === "text" && typeof part.text === "string",
  )?.text;
  return tool ?? error?.errorDescription ?? error?.rpc?.message ?? null;
}
