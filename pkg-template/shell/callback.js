// The way back from sign-in, taken out of the address bar before anything else happens on the page.

/** Our mark on the `state` of a login that leaves the page. */
export const REDIRECT_MARK = "sm1r.";
/** Our mark on the `state` of a login in a popup. */
export const POPUP_MARK = "sm1p.";
const OURS = /^sm1[rp]\./;
/** The core's mark on the `state` that a logout brings back: nothing waits for it. */
const LOGGED_OUT = /^sm1o\./;
const PARAMETERS = ["code", "state", "iss", "error", "error_description", "error_uri", "session_state"];

/** Queries that were taken and not yet handled, by the namespace they belong to. */
const taken = new Map();

/** The page's address, as it is compared and returned to. */
export const pageAddress = () => withoutFragment(location.href);

export const withoutFragment = (url) => url.split("#", 1)[0];

/** The origin of a shop as a page names it; `undefined` where that is none: the core says what is wrong with it. */
export function shopOrigin(shop) {
  try {
    return new URL(String(shop).includes("://") ? shop : `https://${shop}`).origin;
  } catch {
    return undefined;
  }
}

/** What the names of records, locks and channels of one shop and client begin with: two of them never meet. */
export function namespace({ shop, clientId }) {
  const origin = shopOrigin(shop);
  return origin && `shopper-mcp:${origin}:${clientId}:`;
}

/** Takes a callback of ours out of the address bar, and remembers its query. A foreign one is left alone. */
export function takeCallback(options) {
  const prefix = namespace(options);
  const here = new URL(location.href);
  if (LOGGED_OUT.test(here.searchParams.get("state"))) return clean(here, ["state"]);
  if (!prefix || !isRedirectPage(here, options.redirectUri) || !isOurs(here.searchParams, prefix)) return;
  taken.set(prefix, here.search);
  clean(here, PARAMETERS);
}

function clean(here, names) {
  for (const name of names) here.searchParams.delete(name);
  history.replaceState(history.state, "", here);
}

/** The query that was taken, once. */
export function takenQuery(options) {
  const prefix = namespace(options);
  const query = taken.get(prefix);
  taken.delete(prefix);
  return query;
}

function isRedirectPage(here, redirectUri) {
  try {
    const { origin, pathname } = new URL(redirectUri);
    return here.origin === origin && here.pathname === pathname;
  } catch {
    return false;
  }
}

function isOurs(parameters, prefix) {
  const state = parameters.get("state");
  const logins = loginKeys();
  if (state === null) {
    const answers = parameters.has("code") || parameters.has("error");
    return answers && logins.some((key) => key.startsWith(`${prefix}login:`));
  }
  const owner = logins.find((key) => key.endsWith(`:login:${state}`));
  return OURS.test(state) && (owner === undefined || owner.startsWith(prefix));
}

function loginKeys() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.includes(":login:"));
  } catch {
    return []; // Storage is blocked: then no login of this tab is under way.
  }
}
