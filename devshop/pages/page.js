import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { SHOP } from "../store/shop.js";

const STYLE = readFileSync(new URL("./page.css", import.meta.url), "utf8");

/** Policy of every page that the shop itself draws: no script, no foreign content, no frame. */
export const PAGE_HEADERS = Object.freeze({
  "content-security-policy":
    `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
});

/** A whole page, from HTML for its main part and for what lies beside it; `shop` whose page it is. */
export function page({ lang, title, main, beside = "", shop = SHOP.name }) {
  return `<!DOCTYPE html>
<html lang="${escape(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${escape(shop)}</title>
<style>${STYLE}</style>
</head>
<body>
<main><p class="shop">${escape(shop)}</p>${main}</main>${beside}
</body>
</html>
`;
}

export function problemLine(problem) {
  return problem ? `<p id="problem" role="alert">${problem}</p>` : "";
}

export function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
