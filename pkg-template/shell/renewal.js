// The refresh: once for all calls and all tabs (RFC 6749 section 6, RFC 9700 section 2.2.2).

import * as core from "#glue";

import { ask } from "./core.js";
import { SignInError } from "./errors.js";
import { requestTokens } from "./login.js";
import { withLock } from "./tabs.js";
import { sleep } from "./wait.js";

/** How much longer than one request another tab's renewal is waited for, ms. */
const LOCK_MARGIN = 5_000;
/** Requests in one renewal. */
const TRIES = 3;

/**
 * Renews, unless a sibling has. The other tabs are told before the lock is let go.
 *
 * @throws {SignInError} `session_ended`, `sign_in_needed` when this client cannot renew, and what the token endpoint says;
 * only `invalid_grant` ends the session.
 */
export function renewOnce(session, stale) {
  const { connection } = session;
  return withLock(connection.name("renewal"), connection.settings.timeoutMs + LOCK_MARGIN, async () => {
    if (await hasMovedOn(session, stale)) return;
    if (!session.record) throw ended();
    for (let tries = 1; session.holds(stale); tries++) {
      const { record } = session;
      if (!record.refreshToken) throw cannotRenew();
      const form = ask(core.refreshForm, connection.settings.clientId, record.refreshToken);
      const request = requestTokens(record.tokenEndpoint, form, connection.terms());
      const tokens = await request.catch((error) => recover(session, stale, error, tries));
      if (tokens) return session.succeed(ask(core.renewSession, record, tokens));
    }
  });
}

/** Throws, unless the renewal may be tried again or is not needed any more. */
async function recover(session, stale, error, tries) {
  if (error.code === "code_refused") {
    // The loser of a race must not end what the winner renewed: whose word may still be under way, also if its tab is gone.
    if (await hasMovedOn(session, stale, true)) return;
    session.end("ended");
    throw ended();
  }
  if (error.error === "unsupported_grant_type") {
    session.amend({ refreshToken: null });
    throw cannotRenew();
  }
  if (!error.retryable || tries === TRIES || error.code === "offline" || error.code === "timeout") throw error;
  await sleep(500 * 2 ** tries);
}

/** Whether another tab has renewed or ended it already. */
async function hasMovedOn(session, stale, isPatient = false) {
  session.reload();
  if (session.holds(stale)) await session.askSiblings(isPatient);
  return !session.holds(stale);
}

export const ended = () => new SignInError("The session is over: sign in again.", { code: "session_ended" });

const cannotRenew = () => new SignInError("This client cannot renew its tokens: sign in again.", { code: "sign_in_needed" });
