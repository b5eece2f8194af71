import { readBody } from "../http/body.js";
import { redirect, sendHtml, sendText } from "../http/reply.js";
import { PAGE_HEADERS } from "../pages/page.js";
import { assess } from "../sales/assess.js";
import { checkoutUrl, thankYouUrl } from "../sales/links.js";
import { BusinessRefusal } from "../sales/messages.js";
import { customerById } from "../store/customers.js";
import { cartPage, checkoutPage, closedPage, missingPage } from "./pages.js";
import { asksForSignIn, isSignInCallback } from "./silent-sign-in.js";

const CART = /^\/cart\/c\/([0-9a-f]+)$/;
/** A shop's short way to a checkout: variants and how many of each. */
const PERMALINK = /^\/cart\/(\d{1,15}:\d{1,3}(?:,\d{1,15}:\d{1,3})*)$/;
const CHECKOUT = /^\/checkouts\/cn\/([0-9a-f]+)(\/thank-you)?$/;
const ADDRESS_PARTS = ["street_address", "address_locality", "address_region", "postal_code", "address_country"];

/** Whether a path is one where buyers check out. */
export function isCheckoutPage(pathname) {
  return [CART, PERMALINK, CHECKOUT].some((path) => path.test(pathname)) || isSignInCallback(pathname);
}

/**
 * Where an agent's `continue_url` leads: the buyer's own pages of a cart or checkout. Whoever has the link may pay.
 *
 * @param {object} options
 * @param {import("./silent-sign-in.js").SilentSignIn} options.signIn
 */
export function checkoutPagesRoom({ origins, desk, shelves, signIn }) {
  return async (exchange) => {
    const { req, res, url, entry } = exchange;
    for (const [name, value] of Object.entries(PAGE_HEADERS)) res.setHeader(name, value);
    if (!["GET", "HEAD", "POST"].includes(req.method)) return sendText(res, 405, "Method Not Allowed");
    if (isSignInCallback(url.pathname)) return answerCallback(exchange);
    if (PERMALINK.test(url.pathname)) return answerPermalink(exchange);
    const key = url.searchParams.get("key");
    const [, cartToken] = url.pathname.match(CART) ?? [];
    const [, checkoutToken] = url.pathname.match(CHECKOUT) ?? [];
    const record = cartToken ? desk.carts.findByLink(cartToken, key) : desk.checkouts.findByLink(checkoutToken, key);
    if (!record) {
      entry.outcome = "not_found";
      return sendHtml(res, 404, missingPage());
    }
    if (req.method === "GET" && asksForSignIn(url)) {
      entry.outcome = "silent_sign_in";
      return redirect(res, 302, signIn.begin(exchange, { path: pathOf(url), record }));
    }
    return cartToken ? answerCart(exchange, record) : answerCheckout(exchange, record);
  };

  /** The buyer comes back from the login, and goes on to where it began: a guest, or somebody. */
  async function answerCallback(exchange) {
    const { req, res, entry } = exchange;
    const ended = req.method === "GET" ? await signIn.finish(exchange) : null;
    if (!ended) {
      entry.outcome = "unknown_state";
      return sendHtml(res, 400, missingPage());
    }
    const { path, record, accountId, outcome } = ended;
    entry.outcome = outcome;
    if (accountId) {
      const { email } = customerById(accountId);
      entry.customer = email;
      desk.checkouts.signInBuyer(record, { accountId, email });
    }
    return redirect(res, 303, path);
  }

  /** A checkout that no agent made: the buyer came by a link. */
  function answerPermalink({ res, url, entry }) {
    const [, pairs] = url.pathname.match(PERMALINK);
    const wanted = pairs.split(",").map((pair) => pair.split(":")).map(([number, quantity]) =>
      ({ item: { id: `gid://shopify/ProductVariant/${number}` }, quantity: Math.max(1, Number(quantity)) }));
    const record = checkoutOf(wanted);
    entry.outcome = record ? "checkout" : "not_found";
    if (!record) return sendHtml(res, 404, missingPage());
    const asks = [...url.searchParams].filter(([name]) => name === "logged_in" || name === "sso");
    const signedIn = asks.length > 0 ? `&${new URLSearchParams(asks)}` : "";
    return redirect(res, 302, checkoutUrl(origins, record) + signedIn);
  }

  function checkoutOf(wanted) {
    const party = { agent: `${origins.shop}/`, customer: null, isAgent: false };
    const terms = { discounts: true, fulfillment: true, customer: false };
    if (!wanted.some(({ item }) => shelves.variantById(item.id))) return null;
    try {
      return desk.checkouts.create({ line_items: wanted }, party, terms).record;
    } catch (refusal) {
      if (!(refusal instanceof BusinessRefusal)) throw refusal;
      return null;
    }
  }

  function emailOf(req, record) {
    const accountId = signIn.accountAt(req, record);
    return accountId && customerById(accountId).email;
  }

  function answerCart({ req, res, url, entry }, cart) {
    const terms = termsOf(cart);
    if (req.method !== "POST") {
      const assessment = assess(cart, { ...terms, isCheckout: false });
      return sendHtml(res, 200, cartPage({
        record: cart, assessment, path: pathOf(url), account: emailOf(req, cart),
      }));
    }
    const { agent, customer } = cart;
    const wish = { line_items: [], cart_id: cart.id, discounts: cart.wish.discounts };
    const { record } = desk.checkouts.create(wish, { agent, customer, isAgent: false }, terms);
    signIn.carryOver(req, cart, record);
    const accountId = signIn.accountAt(req, record);
    if (accountId) desk.checkouts.signInBuyer(record, { accountId, email: customerById(accountId).email });
    entry.outcome = "checkout";
    return redirect(res, 303, checkoutUrl(origins, record));
  }

  async function answerCheckout({ req, res, url, entry }, record) {
    const terms = termsOf(record);
    const path = pathOf(url);
    const account = emailOf(req, record);
    const before = desk.checkouts.viewForBuyer(record, terms);
    if (req.method !== "POST" || record.state !== "open") {
      entry.outcome = before.status;
      const drawn = record.state === "open" ? checkoutPage : closedPage;
      return sendHtml(res, 200, drawn({ view: before, path, account }));
    }
    const view = desk.checkouts.payAsBuyer(record, said(await readBody(req)), terms);
    entry.outcome = view.status;
    if (view.status === "completed") return redirect(res, 303, thankYouUrl(origins, record));
    const [problem] = view.messages.filter(({ type }) => type === "error");
    return sendHtml(res, 422, checkoutPage({ view, path, account, problem: problem.content }));
  }
}

/** The terms of the agent that made it, so that the buyer sees what the agent saw. */
function termsOf({ terms, customer }) {
  return { ...terms, customer: customer !== null };
}

function said(body) {
  const form = new URLSearchParams(body);
  const text = (name) => (form.get(name) ?? "").trim();
  const address = Object.fromEntries(ADDRESS_PARTS.map((name) => [name, text(name)]).filter(([, value]) => value));
  return {
    email: /^[^@\s]+@[^@\s]+$/.test(text("email")) ? text("email") : undefined,
    engraving: text("engraving") || undefined,
    address: Object.keys(address).length > 0 ? address : undefined,
  };
}

function pathOf({ pathname, searchParams }) {
  return `${pathname}?key=${searchParams.get("key")}`;
}
