// The way back from the login server.

/** The query of a callback, taken out of the address bar; `null` where this page load is none. */
export function takeCallback() {
  const { origin, pathname, searchParams } = new URL(location.href);
  if (!searchParams.has("state")) return null;
  history.replaceState(null, "", origin + pathname);
  return searchParams;
}

export function leaveFor(url) {
  location.assign(url);
  return left();
}

/** The page is being left: nothing more happens on it. */
export const left = () => new Promise(() => {});
