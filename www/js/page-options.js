/**
 * What a visitor of the demo may choose about the page itself. Kept in localStorage, so that all tabs of the shop use
 * the same client; anything that is not one of the known values counts as not chosen.
 */
const CHOICES = Object.freeze({
  signIn: ["redirect", "popup"],
  client: ["headless", "app"],
  authorization: ["raw", "Bearer"],
  storage: ["session", "memory", "local"],
  tier: ["anonymous", "signed", "token"],
  country: ["US", "JP", "KW"],
  catalog: ["shop", "global", "discover"],
});
const PREFIX = "cedar-clay:";

/** @param {keyof typeof CHOICES} name */
export function pageOption(name) {
  const [standard] = CHOICES[name];
  try {
    const saved = localStorage.getItem(PREFIX + name);
    return CHOICES[name].includes(saved) ? saved : standard;
  } catch {
    return standard;
  }
}

/** @param {keyof typeof CHOICES} name */
export function choosePageOption(name, value) {
  if (!CHOICES[name].includes(value)) return;
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Without storage the standard value stands.
  }
}
