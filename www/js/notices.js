import { button, el, icon, ICONS } from "./dom.js";
import { explain } from "./error-sentences.js";

/** Says something to screen readers without moving anything on the page. Beside a modal dialog the page is silent. */
export function announce(text) {
  const place =
    document.querySelector("dialog[open] [data-announcer]") ?? document.getElementById("announcer");
  place.textContent = "";
  // A live region speaks when its text changes, so the same text twice needs the gap.
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

/**
 * A notice with a title, a sentence and buttons.
 *
 * @param {{tone?: "good"|"warn"|"bad"|"calm", title?: string, role?: string}} look
 * @param {...(Node | string | null)} parts
 */
export function notice({ tone = "calm", title, role }, ...parts) {
  return el(
    "div",
    { class: `notice tone-${tone}`, role },
    title && el("p", { class: "notice-title" }, title),
    parts.map((part) => (typeof part === "string" ? el("p", {}, part) : part)),
  );
}

/**
 * An error in the words of a shopper, the shop's own words, the code in small print and a way on.
 *
 * @param {unknown} error
 * @param {{title?: string, sentence?: string, retry?: (signIn?: "redirect") => void, actions?: Node[]}} [ways]
 *   `sentence` takes the place of the usual one for the code; `retry` is offered where it can help, and told how to
 *   sign in where that has to change
 */
export function errorNotice(error, { title, sentence, retry, actions = [] } = {}) {
  const told = explain(error);
  const buttons = [...actions];
  if (told.wayOn && retry) buttons.unshift(retryButton(told.wayOn, retry));
  return notice(
    { tone: told.wayOn || told.code === "call_not_resumed" ? "warn" : "bad", title, role: "alert" },
    sentence ?? told.sentence,
    told.serverWords && el("p", { class: "small server-words" }, `The shop says: “${told.serverWords}”`),
    waitOf(told.retryAfterMs),
    buttons.length > 0 && el("div", { class: "button-row" }, buttons),
    told.code && el("p", { class: "fine-print" }, "Code: ", el("code", {}, told.code)),
  );
}

function retryButton(wayOn, retry) {
  const [text, signIn] =
    wayOn === "sign-in-here" ? ["Sign in on this page", "redirect"] : ["Try again", undefined];
  return button(text, () => retry(signIn), "small");
}

function waitOf(retryAfterMs) {
  if (!retryAfterMs) return null;
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  const span = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  return el("p", { class: "small" }, `The shop asks to wait ${span} first.`);
}

/** Shows a notice above everything until it is dismissed, or for a while. */
export function toast(node, { forMs = 0 } = {}) {
  node.classList.add("notice-dismissable");
  node.append(
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Dismiss",
        onclick: () => node.remove(),
      },
      icon(ICONS.close, 16),
    ),
  );
  document.getElementById("notices").append(node);
  if (forMs > 0) setTimeout(() => node.remove(), forMs);
}
