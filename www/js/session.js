import { button, el, icon, ICONS } from "./dom.js";
import { announce, errorNotice, notice, toast } from "./notices.js";
import { pageOption } from "./page-options.js";
import { signInModeChoice } from "./sign-in-mode.js";

/** Ends a sign-in that this visitor broke off: nothing to complain about. */
const BROKEN_OFF = new Set(["aborted"]);

/** The signed-in customer as the pages see them: the header's box, the ways in and out, and who is told. */
export class SessionView {
  #customer;
  #place;
  #onSignIn;
  #shown = null;
  #asking = null;
  #signingIn = null;

  /**
   * @param {import("/pkg/index.js").Customer} customer
   * @param {HTMLElement} place the header's box
   * @param {(result: import("/pkg/index.js").SignInResult) => void} onSignIn told what a popup brought back
   */
  constructor(customer, place, onSignIn) {
    this.#customer = customer;
    this.#place = place;
    this.#onSignIn = onSignIn;
    for (const type of ["signedin", "refreshed"]) customer.addEventListener(type, () => this.render());
    customer.addEventListener("signedout", ({ detail }) => {
      this.render();
      if (detail.reason === "ended") this.#askToSignIn("Your session has ended");
      else announce("You are signed out.");
    });
    customer.addEventListener("signinneeded", () => this.#askToSignIn("Please sign in to go on"));
    customer.addEventListener("signedin", () => this.#asking?.remove());
    customer.addEventListener("callsdropped", ({ detail }) => tellDropped(detail));
    addEventListener("pageshow", ({ persisted }) => persisted && this.render());
  }

  get signedIn() {
    return this.#customer.session.signedIn;
  }

  /** Draws the header's box, when what it shows has changed. */
  render() {
    const { signedIn, claims } = this.#customer.session;
    const name = signedIn ? nameOf(claims) : null;
    const state = signedIn ? `in:${name}` : "out";
    if (state === this.#shown) return;
    this.#shown = state;
    this.#place.replaceChildren(...(signedIn ? this.#signedInBox(name) : [this.#signInButton()]));
    document.documentElement.dataset.session = signedIn ? "in" : "out";
    rememberSession(signedIn);
    document.dispatchEvent(new CustomEvent("sessionchange", { detail: { signedIn } }));
  }

  /** Starts a sign-in. Called straight from a click, so that a popup is allowed to open. */
  async signIn(mode = pageOption("signIn")) {
    this.#signingIn?.abort();
    this.#signingIn = new AbortController();
    try {
      const result = await this.#customer.login({
        mode,
        returnTo: location.href,
        signal: this.#signingIn.signal,
      });
      if (result) this.#onSignIn(result);
    } catch (error) {
      this.tellSignInProblem(error);
    }
  }

  async signOut() {
    try {
      await this.#customer.logout({ returnTo: location.origin + location.pathname });
    } catch (error) {
      toast(errorNotice(error, { title: "Signing out did not finish", retry: () => this.signOut() }));
    }
    this.render();
  }

  tellSignInProblem(error) {
    if (BROKEN_OFF.has(error?.code)) return;
    const again = (text, mode) =>
      button(
        text,
        () => {
          shown.remove();
          this.signIn(mode);
        },
        "small",
      );
    const actions =
      error?.code === "popup_blocked"
        ? [again("Sign in on this page", "redirect")]
        : [again("Continue to sign-in")];
    const shown = errorNotice(error, { title: "You are not signed in", actions });
    toast(shown);
  }

  #signInButton() {
    const menu = this.#signInMenu();
    const toggle = el(
      "button",
      {
        type: "button",
        class: "button sign-in-options",
        "aria-label": "Sign-in options",
        "aria-expanded": "false",
        "aria-controls": menu.id,
      },
      icon(ICONS.down, 16),
    );
    const open = (shown) => {
      menu.hidden = !shown;
      toggle.setAttribute("aria-expanded", String(shown));
      if (shown) menu.querySelector("input:checked").focus();
    };
    toggle.addEventListener("click", () => open(menu.hidden));
    const box = el(
      "div",
      { class: "split-button" },
      el(
        "button",
        { type: "button", class: "button sign-in", id: "sign-in", onclick: () => this.signIn() },
        "Sign in",
      ),
      toggle,
      menu,
    );
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || menu.hidden) return;
      open(false);
      toggle.focus();
    });
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) open(false);
    });
    return box;
  }

  #signInMenu() {
    const menu = el("div", { class: "session-menu", id: "sign-in-options", hidden: true });
    menu.append(signInModeChoice("header-sign-in-mode"));
    return menu;
  }

  #signedInBox(name) {
    return [
      el(
        "a",
        { class: "who", href: "/account/", id: "signed-in-as", title: name },
        el("span", { class: "avatar", "aria-hidden": "true" }, name.charAt(0).toUpperCase()),
        el("span", { class: "who-name" }, el("span", { class: "visually-hidden" }, "Signed in as "), name),
      ),
      el(
        "button",
        { type: "button", class: "button button-quiet", id: "sign-out", onclick: () => this.signOut() },
        icon(ICONS.leave, 18),
        el("span", { class: "sign-out-words" }, "Sign out"),
      ),
    ];
  }

  /** One notice with the button, however many calls wait for it. */
  #askToSignIn(title) {
    if (this.#asking?.isConnected) return;
    const shown = notice(
      { tone: "warn", title, role: "status" },
      el(
        "div",
        { class: "button-row" },
        button(
          "Continue to sign-in",
          () => {
            shown.remove();
            this.signIn();
          },
          "small",
        ),
      ),
    );
    this.#asking = shown;
    toast(shown);
  }
}

/** A hint for the next page's first paint (see boot.js). It says nothing about who, and nothing depends on it. */
function rememberSession(signedIn) {
  try {
    if (signedIn) localStorage.setItem("cedar-clay:signed-in", "yes");
    else localStorage.removeItem("cedar-clay:signed-in");
  } catch {
    // Without storage the next page starts with its signed-out look.
  }
}

/** Who is signed in, in the customer's own words: the name if there is one, else the e-mail address. */
export function nameOf(claims) {
  const spoken = claims?.name ?? claims?.given_name ?? claims?.email;
  return typeof spoken === "string" && spoken !== "" ? spoken : "Customer";
}

const DROPPED = {
  customer_changed: "someone else is signed in now",
  expired: "it waited too long",
  too_large: "it was too large to keep",
};

function tellDropped({ calls, reason }) {
  // The failed sign-in has its own notice, with the reason and a way on.
  if (reason === "sign_in_failed") return;
  const count = calls.length === 1 ? "A request" : `${calls.length} requests`;
  toast(
    notice(
      { tone: "warn", title: `${count} from before was not sent`, role: "status" },
      `The reason: ${DROPPED[reason] ?? reason}.`,
    ),
  );
}
