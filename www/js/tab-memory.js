/**
 * What this tab remembers over its pages. Where the storage is refused nothing is, and every page begins anew.
 *
 * @returns {unknown} null for what was never kept
 */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // See above.
  }
}
