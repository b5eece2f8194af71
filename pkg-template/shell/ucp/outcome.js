// What came of a call that a server understood (UCP checkout, "Messages"). Nothing that is new or odd is refused: it is the
// page's to see.

import * as core from "#glue";

import { ask } from "../core.js";

/** Severities of errors, in the order of handling; each is an outcome too. */
const SEVERITIES = ["unrecoverable", "recoverable", "requires_buyer_input", "requires_buyer_review"];
/** Types of messages, in the order of handling. Errors of a severity come before all of them. */
const TYPES = ["error", "warning", "info"];

/** The word that a page switches on, the messages in the order in which they are dealt with, where the buyer goes on. */
export function resultOf(data) {
  const messages = Array.isArray(data.messages) ? [...data.messages] : [];
  messages.sort((one, other) => rank(one) - rank(other));
  return { data, messages, outcome: wordFor(data, messages[0]), continueUrl: openable(data.continue_url) };
}

/** A URL that a page may open, or `null`. */
export const openable = (url) => ask(core.openable, url) ?? null;

/**
 * By the gravest message; without one by the status of the answer, which counts as success when it is left out, and by that
 * of a checkout. An error of a severity that is not known is for the buyer to see.
 */
function wordFor({ ucp, status }, first) {
  const known = SEVERITIES[severity(first)];
  if (known) return known;
  if (ucp?.status === "error") return SEVERITIES[0];
  return first?.type === "error" || status === "requires_escalation" ? SEVERITIES[3] : "success";
}

function rank(message) {
  const known = severity(message);
  if (known >= 0) return known;
  const place = TYPES.indexOf(message?.type);
  return SEVERITIES.length + (place < 0 ? TYPES.length : place);
}

const severity = (message) => (message?.type === "error" ? SEVERITIES.indexOf(message.severity) : -1);
