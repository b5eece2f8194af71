/**
 * The signing keys of this browser: IndexedDB keeps them as they are, and nothing can read their private halves. An
 * agent of many shoppers signs on a server; keys in a browser are for kiosks, and for looking at signatures.
 */
const DATABASE = "cedar-clay";
const STORE = "signing-keys";
const NAME = "newest first";
/** One that signs, and its predecessor while shops may still remember a profile without it. */
const KEPT = 2;
/** A profile is shared by all browsers that use this local shop. */
const LISTED = 8;

/** @returns {Promise<import("/pkg/index.js").SigningKey[]>} newest first; none where the browser has no such storage */
export async function signingKeys() {
  try {
    return (await inStore("readonly", (store) => store.get(NAME))) ?? [];
  } catch {
    return [];
  }
}

/** Makes a key and keeps it before the others. @param {typeof import("/pkg/index.js")} sdk */
export async function addSigningKey(sdk) {
  const keys = [await sdk.createSigningKey(), ...(await signingKeys())].slice(0, KEPT);
  await inStore("readwrite", (store) => store.put(keys, NAME));
  return keys;
}

/**
 * Publishes the public halves in the agent's profiles where they are not there yet, beside what is: other browsers'
 * keys, and older ones of this one.
 *
 * @param {object} place
 * @param {typeof import("/pkg/index.js")} place.sdk
 * @param {Record<string, string>} place.profiles URLs by UCP version
 * @param {import("../control-api.js").ControlApi} place.control the local shop's, which hosts the profiles
 * @param {readonly import("/pkg/index.js").SigningKey[]} keys
 */
export async function publishKeys({ sdk, profiles, control }, keys) {
  for (const [version, url] of Object.entries(profiles)) {
    const listed = await publishedKeys(url);
    const isListed = ({ kid }) => listed.some((key) => key.kid === kid);
    if (keys.every(isListed)) continue;
    const own = keys.map(({ publicJwk }) => publicJwk);
    const others = listed.filter(({ kid }) => !own.some((key) => key.kid === kid));
    const profile = await sdk.agentProfile({ version, keys: [...own, ...others].slice(0, LISTED) });
    await control.publish(new URL(url).pathname, JSON.parse(profile));
  }
}

/**
 * The keys that a profile lists now, as the agents' host itself says.
 *
 * @returns {Promise<import("/pkg/index.js").PublicJwk[]>}
 */
export async function publishedKeys(url) {
  const answer = await fetch(url, { cache: "no-store", credentials: "omit" });
  const { keys } = await answer.json();
  return Array.isArray(keys) ? keys.filter(({ kty, crv }) => kty === "EC" && crv === "P-256") : [];
}

function inStore(mode, ask) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const asking = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(asking.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}
