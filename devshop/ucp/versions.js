/** The UCP versions that the shop's server speaks, newest first. A shop may advertise others, and break its word. */
export const UCP_VERSIONS = Object.freeze(["2026-08-25", "2026-04-08"]);

const LOOKS_LIKE_VERSION = /^\d{4}-\d{2}-\d{2}$/;

export function isVersion(text) {
  return typeof text === "string" && LOOKS_LIKE_VERSION.test(text);
}

/** Whether a version has the shapes that came with 2026-08-25; dates compare as text. */
export function isFromAugust(version) {
  return version >= "2026-08-25";
}
