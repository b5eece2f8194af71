// Base64 in either alphabet (RFC 4648 sections 4 and 5).

/** The bytes as the characters of a text, as `atob` gives them. */
export const decoded = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
