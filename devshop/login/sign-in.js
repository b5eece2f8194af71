import { readBody } from "../http/body.js";
import { redirect, sendHtml } from "../http/reply.js";
import { customerByEmail } from "../store/customers.js";
import { codePage, emailPage, refusedPage } from "./pages.js";
import { wordingFor } from "./wording.js";

/** The sign-in page: an e-mail address, then the code that was mailed there. Plain forms, no script. */
export class SignIn {
  #provider;
  #records;
  #codes;

  constructor({ provider, records, codes }) {
    this.#provider = provider;
    this.#records = records;
    this.#codes = codes;
  }

  /** @param {import("../http/exchange.js").Exchange} exchange */
  async answer({ req, res, url, route, entry }) {
    const [, , uid, step] = route.rest.split("/");
    const interaction = await this.#interaction(req, res);
    if (!interaction || interaction.uid !== uid) {
      entry.outcome = "expired";
      const advice = "This sign-in has ended. Go back to the store and start again.";
      return sendHtml(res, 400, refusedPage("login_expired", advice));
    }
    const visit = {
      req, res, url, entry, interaction, uid,
      path: `${route.mount}/login/${uid}`,
      words: wordingOf(req, interaction.params),
    };
    if (req.method === "POST" && step === "code") return this.#takeCode(visit);
    if (req.method === "POST" && step === "cancel") return this.#cancel(visit);
    if (req.method === "POST") return this.#takeEmail(visit);
    return this.#show(visit);
  }

  async #interaction(req, res) {
    try {
      return await this.#provider.interactionDetails(req, res);
    } catch {
      return null;
    }
  }

  #show(visit) {
    const { url, res, uid, path, words, interaction } = visit;
    const hint = interaction.params.login_hint ?? "";
    if (url.searchParams.has("change")) {
      this.#codes.withdraw(uid);
      return sendHtml(res, 200, emailPage({ words, path, email: "" }));
    }
    const hinted = interaction.params.login_hint_mode === "submit" ? customerByEmail(hint) : undefined;
    if (hinted && !this.#codes.pending(uid)) this.#codes.issue(uid, hinted.email);
    const pending = this.#codes.pending(uid);
    if (pending) return sendHtml(res, 200, codePage({ words, path, email: pending.email, code: pending.code }));
    return sendHtml(res, 200, emailPage({ words, path, email: hint }));
  }

  async #takeEmail({ req, res, uid, path, words, entry }) {
    const email = (new URLSearchParams(await readBody(req)).get("email") ?? "").trim();
    const customer = customerByEmail(email);
    if (!customer) {
      entry.outcome = "unknown_email";
      const problem = /^[^@\s]+@[^@\s]+$/.test(email) ? words.unknownEmail : words.invalidEmail;
      return sendHtml(res, 422, emailPage({ words, path, email, problem }));
    }
    this.#codes.issue(uid, customer.email);
    return redirect(res, 303, path);
  }

  async #takeCode({ req, res, uid, path, words, entry, interaction }) {
    const pending = this.#codes.pending(uid);
    const typed = (new URLSearchParams(await readBody(req)).get("code") ?? "").replace(/\s/g, "");
    const verdict = this.#codes.redeem(uid, typed);
    if (verdict === "void") {
      entry.outcome = "void_code";
      return sendHtml(res, 422, emailPage({ words, path, email: pending?.email ?? "", problem: words.voidCode }));
    }
    if (verdict === "wrong") {
      entry.outcome = "wrong_code";
      const { email, code } = pending;
      return sendHtml(res, 422, codePage({ words, path, email, code, problem: words.wrongCode }));
    }
    entry.outcome = "ok";
    entry.customer = pending.email;
    const accountId = customerByEmail(pending.email).id;
    await this.#leaveOtherAccount(req, res, interaction, accountId);
    return this.#provider.interactionFinished(req, res, { login: { accountId, amr: ["otp"] } });
  }

  async #cancel({ req, res, uid, entry }) {
    this.#codes.withdraw(uid);
    entry.outcome = "access_denied";
    const error = { error: "access_denied", error_description: "The customer returned to the store." };
    return this.#provider.interactionFinished(req, res, error, { mergeWithLastSubmission: false });
  }

  /** A browser that was signed in as somebody else starts a new account session; the provider would ask first. */
  async #leaveOtherAccount(req, res, interaction, accountId) {
    const session = await this.#provider.Session.get(this.#provider.createContext(req, res));
    if (!session.accountId || session.accountId === accountId) return;
    this.#records.endSession(session.uid, { tokens: false });
    interaction.session = undefined;
    await interaction.persist();
  }
}

function wordingOf(req, params) {
  return wordingFor([params.locale, params.ui_locales, req.headers["accept-language"]]);
}
