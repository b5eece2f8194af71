import { createHash } from "node:crypto";
import { CUSTOMERS } from "../store/customers.js";
import { SHOP } from "../store/shop.js";
import { wordingFor } from "./wording.js";

const STYLE = `
:root{color-scheme:light dark;--ink:#1f2420;--soft:#5c655d;--paper:#fff;--ground:#f4f1ea;--line:#d9d4c7;--go:#2f5d46;--go-ink:#fff;--bad:#a3301c}
@media (prefers-color-scheme:dark){:root{--ink:#eceae3;--soft:#a7ada6;--paper:#1d211e;--ground:#131614;--line:#3a403b;--go:#7fb797;--go-ink:#10201a;--bad:#f0917f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-content:center;gap:1.25rem;padding:1.5rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main,aside{width:min(26rem,calc(100vw - 3rem));background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:1.75rem}
aside{padding:1.1rem 1.75rem;font-size:.9rem;color:var(--soft)}
aside strong{display:block;color:var(--ink);font-size:1.05rem}
.shop{margin:0 0 1.25rem;font-weight:600;letter-spacing:.02em}
h1{margin:0 0 .25rem;font-size:1.4rem;line-height:1.25}
p{margin:0 0 1rem}.lead{color:var(--soft)}
label{display:block;margin-bottom:.35rem;font-size:.9rem}
input{width:100%;padding:.7rem .8rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:8px}
input[name=code]{letter-spacing:.3em;font-variant-numeric:tabular-nums}
button,a{font:inherit}
button{width:100%;margin-top:1rem;padding:.75rem;border:0;border-radius:8px;background:var(--go);color:var(--go-ink);font-weight:600;cursor:pointer}
button.plain{width:auto;margin:0;padding:0;background:none;color:var(--soft);font-weight:400;text-decoration:underline}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}
[role=alert]{margin:.5rem 0 0;color:var(--bad);font-size:.9rem}
nav{display:flex;justify-content:space-between;gap:1rem;margin-top:1.25rem;font-size:.9rem}
nav a{color:var(--soft)}
ul{margin:.25rem 0 0;padding-left:1.1rem}
`;

/** Policy of every login page: no script, no foreign content, no frame. */
export const PAGE_HEADERS = Object.freeze({
  "content-security-policy":
    `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
});

/** First step: who are you? */
export function emailPage({ words, path, email, problem }) {
  return page(words, words.title, `
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <form method="post" action="${escape(path)}">
      <label for="email">${words.email}</label>
      <input id="email" name="email" type="email" autocomplete="email" required autofocus value="${escape(email)}"${problem ? ' aria-describedby="problem" aria-invalid="true"' : ""}>
      ${problemLine(problem)}
      <button type="submit">${words.continue}</button>
    </form>
    <nav>${cancelForm(words, path)}</nav>`, `
    <aside>${words.customers}<ul>${CUSTOMERS.map(({ email: known }) => `<li>${escape(known)}</li>`).join("")}</ul></aside>`);
}

/** Second step: the code that the mail brought. The mail lies beside the form. */
export function codePage({ words, path, email, code, problem }) {
  return page(words, words.codeTitle, `
    <h1>${words.codeTitle}</h1>
    <p class="lead">${words.codeLead} ${escape(email)}</p>
    <form method="post" action="${escape(path)}/code">
      <label for="code">${words.code}</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required autofocus${problem ? ' aria-describedby="problem" aria-invalid="true"' : ""}>
      ${problemLine(problem)}
      <button type="submit">${words.submit}</button>
    </form>
    <nav><a href="${escape(path)}?change">${words.otherEmail}</a>${cancelForm(words, path)}</nav>`, `
    <aside id="mailbox" aria-label="${words.mailbox}">${words.mailbox} · ${escape(email)}
      <strong>${words.mailSubject(`<span id="one-time-code">${escape(code)}</span>`)}</strong></aside>`);
}

/** The end of the road, where no redirect is safe. */
export function refusedPage(error, description) {
  const words = wordingFor([]);
  return page(words, words.refused, `<h1>${words.refused}</h1><p>${escape(description)}</p><p><code>${escape(error)}</code></p>`);
}

function page(words, title, main, beside = "") {
  return `<!DOCTYPE html>
<html lang="${escape(words.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${escape(SHOP.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main><p class="shop">${escape(SHOP.name)}</p>${main}</main>${beside}
</body>
</html>
`;
}

function problemLine(problem) {
  return problem ? `<p id="problem" role="alert">${problem}</p>` : "";
}

function cancelForm(words, path) {
  return `<form method="post" action="${escape(path)}/cancel"><button class="plain" type="submit">${words.cancel}</button></form>`;
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
