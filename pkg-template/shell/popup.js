// Sign-in in a popup. The record stays in the opener's memory; the redirect page, in the popup, hands its query over on a
// channel that only the two can name: a Cross-Origin-Opener-Policy may have cut everything else between them.

import * as core from "#glue";

import { POPUP_MARK } from "./callback.js";
import { ask } from "./core.js";
import { SignInError, StorageError } from "./errors.js";
import { completeLogin } from "./login.js";
import { join } from "./tabs.js";
import { Bell, sleep } from "./wait.js";
import { LOGIN_LIFETIME } from "./waiting-calls.js";

/** How often a popup is looked at, ms. */
const LOOK = 400;
/** How long a message may still be under way when its window is closed, ms. */
const LAST_WORDS = 1_000;
/** How long the popup waits for its opener, ms. */
const OPENER_WAIT = 3_000;

/** A blank window, to be opened in the click's own turn; `null` when the browser refuses. */
export const openWindow = () => open("about:blank", "_blank", "popup,width=480,height=720");

/**
 * Signs in through `window`, which is closed at the end whatever happens.
 *
 * @throws {SignInError} `popup_blocked`, `popup_closed`, `popup_timeout`; of the discovery, the callback and the exchange.
 */
export async function signInThrough(connection, window, wishes, signal) {
  const popup = window ?? openWindow();
  if (!popup) {
    const sentence = 'The browser blocked the popup: call `login` directly in a click, or use `mode: "redirect"`.';
    throw new SignInError(sentence, { code: "popup_blocked" });
  }
  try {
    const { url, ...pending } = ask(core.beginLogin, connection.options, wishes, await connection.loginServer(signal), POPUP_MARK);
    const query = await conversation(pending, popup, url, signal);
    connection.session.begin(pending, await completeLogin(pending, query, connection.terms(signal)));
  } finally {
    popup.close();
  }
}

/** Sends the popup to the login server and waits for the query of its way back. */
async function conversation(pending, popup, url, signal) {
  const news = new Bell();
  let query;
  const channel = join(ask(core.popupChannel, pending.state), (message) => {
    if (typeof message.query === "string") query = message.query;
    news.ring();
  });
  if (!channel) {
    throw new StorageError('This browser has no BroadcastChannel: use `mode: "redirect"`.', { code: "storage_unavailable" });
  }
  try {
    // Blank until now, on this page's own origin: nothing else than the shopper can have closed it.
    if (popup.closed) throw wasClosed();
    popup.location.replace(url);
    let wasAway = false;
    while (query === undefined) {
      const rung = news.next().then(() => true);
      if (Date.now() - pending.createdAt > LOGIN_LIFETIME) {
        throw new SignInError("Nobody signed in within ten minutes: start again.", { code: "popup_timeout" });
      }
      // Closed after it was seen on the login server: by the shopper. Never seen there: most likely cut off by a
      // Cross-Origin-Opener-Policy, so the message is still to come.
      const isClosed = popup.closed && wasAway;
      wasAway ||= isAway(popup);
      if (!(await Promise.race([rung, sleep(isClosed ? LAST_WORDS : LOOK, signal)])) && isClosed) throw wasClosed();
    }
    channel.postMessage({ taken: true });
    return query;
  } finally {
    channel.close();
  }
}

/** Whether it is on another origin and in touch: its `closed` can be believed from now on. */
function isAway(popup) {
  try {
    return !popup.closed && !popup.location.href;
  } catch {
    return true;
  }
}

const wasClosed = () => new SignInError("The sign-in window was closed before the customer was back.", { code: "popup_closed" });

/** In the popup: hands the callback's query to the opener. `false` when this is no popup's login, or nobody took it. */
export async function handOver(state, query, signal) {
  if (!state.startsWith(POPUP_MARK)) return false;
  const taken = new Bell();
  const channel = join(ask(core.popupChannel, state), () => taken.ring());
  const answer = taken.next().then(() => true);
  channel?.postMessage({ query });
  try {
    return channel !== undefined && (await Promise.race([answer, sleep(OPENER_WAIT, signal)])) === true;
  } finally {
    channel?.close();
  }
}
