import { escape, page as wholePage, problemLine } from "../pages/page.js";
import { CUSTOMERS } from "../store/customers.js";
import { wordingFor } from "./wording.js";

/** First step: who are you? */
export function emailPage({ words, path, email, problem }) {
  const customers = CUSTOMERS.map((customer) => `<li>${escape(customer.email)}</li>`).join("");
  return page(words, words.title, `
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <form method="post" action="${escape(path)}">
      <label for="email">${words.email}</label>
      <input id="email" name="email" type="email" autocomplete="email" required autofocus
        value="${escape(email)}"${markOf(problem)}>
      ${problemLine(problem)}
      <button type="submit">${words.continue}</button>
    </form>
    <nav>${cancelForm(words, path)}</nav>`, `
    <aside>${words.customers}<ul>${customers}</ul></aside>`);
}

/** Second step: the code that the mail brought. The mail lies beside the form. */
export function codePage({ words, path, email, code, problem }) {
  const sent = words.mailSubject(`<span id="one-time-code">${escape(code)}</span>`);
  return page(words, words.codeTitle, `
    <h1>${words.codeTitle}</h1>
    <p class="lead">${words.codeLead} ${escape(email)}</p>
    <form method="post" action="${escape(path)}/code">
      <label for="code">${words.code}</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus
        pattern="[0-9]{6}" maxlength="6"${markOf(problem)}>
      ${problemLine(problem)}
      <button type="submit">${words.submit}</button>
    </form>
    <nav><a href="${escape(path)}?change">${words.otherEmail}</a>${cancelForm(words, path)}</nav>`, `
    <aside id="mailbox" aria-label="${words.mailbox}">${words.mailbox} · ${escape(email)}
      <strong>${sent}</strong></aside>`);
}

/** The end of the road, where no redirect is safe. */
export function refusedPage(error, description) {
  const words = wordingFor([]);
  return page(words, words.refused, `
    <h1>${words.refused}</h1>
    <p>${escape(description)}</p>
    <p><code>${escape(error)}</code></p>`);
}

function page(words, title, main, beside) {
  return wholePage({ lang: words.lang, title, main, beside });
}

function markOf(problem) {
  return problem ? ' aria-describedby="problem" aria-invalid="true"' : "";
}

function cancelForm(words, path) {
  return `<form method="post" action="${escape(path)}/cancel">
      <button class="plain" type="submit">${words.cancel}</button></form>`;
}
