import { formatMoney } from "../catalog/money.js";
import { NAME_TILE } from "../catalog/specials.js";
import { escape, page, problemLine } from "../pages/page.js";

const ADDRESS_FIELDS = [
  ["street_address", "Street", "street-address"],
  ["address_locality", "City", "address-level2"],
  ["address_region", "State or province", "address-level1"],
  ["postal_code", "Postal code", "postal-code"],
  ["address_country", "Country, as two letters", "country"],
];

/** What a buyer may be asked for, by the message that asks. */
const ADDRESS_CODES = Object.freeze(["delivery_address_required", "address_undeliverable"]);
const CONTACT_CODE = "buyer_identity_contact_method_required";

/** A cart, with the way to its checkout. On every page `account` is the e-mail address of who is signed in, or null. */
export function cartPage({ record, assessment, path, account }) {
  return drawn("Cart", `
    <h1>Cart</h1>
    ${signedIn(account)}
    ${table(record, assessment)}
    ${messages(assessment.messages)}
    <form method="post" action="${escape(path)}"><button type="submit">Check out</button></form>
    ${home()}`);
}

/** A checkout that is open, with what it still lacks, and the button that pays for it. */
export function checkoutPage({ view, path, account, problem }) {
  const { record } = view;
  return drawn("Checkout", `
    <h1>Checkout</h1>
    ${signedIn(account)}
    ${table(record, view)}
    ${messages(view.messages)}
    <form method="post" action="${escape(path)}">
      ${fields(view, account)}
      ${problemLine(problem)}
      <button id="pay" type="submit">Pay ${escape(formatMoney(record.currency, totalOf(view)))}</button>
    </form>
    ${home()}`);
}

/** A checkout that is over, or being paid. */
export function closedPage({ view, account }) {
  const { record, status } = view;
  const words = {
    completed: `Thank you. Your order is <strong id="order">${escape(record.order?.label ?? "")}</strong>.`,
    canceled: "This checkout was canceled. Nothing was paid.",
    complete_in_progress: "The payment is under way. Come back in a moment.",
  }[status];
  return drawn("Checkout", `
    <h1>${status === "completed" ? "Order placed" : "Checkout"}</h1>
    ${signedIn(account)}
    <p id="status" data-status="${status}">${words}</p>
    ${table(record, view)}
    ${home()}`);
}

export function missingPage() {
  return drawn("Not found", `<h1>Not found</h1><p>This cart or checkout is no longer there.</p>${home()}`);
}

function drawn(title, main) {
  return page({ lang: "en", title, main });
}

function signedIn(account) {
  return account ? `<p id="account" class="lead">Signed in as ${escape(account)}</p>` : "";
}

function table({ currency }, { lines, totals }) {
  const money = (amount) => escape(formatMoney(currency, amount));
  const goods = lines.map(({ line: { variant, quantity }, subtotal, off }) => `<tr>
      <td>${escape(variant.product.title)} <small>${escape(variant.title)}</small> × ${quantity}</td>
      <td>${money(subtotal - off)}</td></tr>`);
  const sums = totals.map(({ type, display_text: text, amount }) =>
    `<tr class="${type}"><td>${escape(text)}</td><td>${money(amount)}</td></tr>`);
  return `<table>${[...goods, ...sums].join("")}</table>`;
}

/** What the shop says; what the form asks for need not be said twice. */
function messages(list) {
  return list.filter(({ code }) => code !== CONTACT_CODE && !ADDRESS_CODES.includes(code))
    .map(({ type, presentation, content, url }) => `<p class="message ${presentation ?? type}">${escape(content)}${
      url ? ` <a href="${escape(url)}">More</a>` : ""}</p>`).join("");
}

function fields({ record, messages: list, delivery }, account) {
  const lacking = new Set(list.map(({ code }) => code));
  const parts = [];
  if (lacking.has(CONTACT_CODE) || account) {
    const value = record.wish.buyer?.email ?? account ?? "";
    parts.push(field("email", "Email", { type: "email", autocomplete: "email", value }));
  }
  if (ADDRESS_CODES.some((code) => lacking.has(code))) {
    const known = delivery.destination ?? {};
    parts.push(...ADDRESS_FIELDS.map(([name, label, autocomplete]) =>
      field(name, label, { autocomplete, value: known[name] ?? "" })));
  }
  if (!record.engraving && record.lines.some(({ variant }) => variant.product.handle === NAME_TILE)) {
    parts.push(field("engraving", "Name to engrave", { autocomplete: "name" }));
  }
  return parts.length > 0 ? `<fieldset>${parts.join("")}</fieldset>` : "";
}

function field(name, label, { type = "text", autocomplete, value = "" }) {
  return `<label for="${name}">${label}</label>
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required
        value="${escape(value)}">`;
}

function totalOf({ totals }) {
  return totals.find(({ type }) => type === "total").amount;
}

function home() {
  return '<nav><a href="/">Return to store</a></nav>';
}
