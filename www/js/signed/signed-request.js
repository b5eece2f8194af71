import { button, el } from "../dom.js";
import { notice } from "../notices.js";
import { baseLines, flipOneByte } from "./base-lines.js";
import { digestOf, verify } from "./verify.js";

/** One signed request: what was signed and where it comes from, the digest of its body, and whether it verifies. */
export class SignedRequest {
  #detail;
  #flip = null;
  #lines = el("ol", { class: "base-lines", "aria-label": "Signature base" });
  #digest = el("dl", { class: "digests" });
  #verdict = el("div", { role: "status" });
  #back = button("Put it back", () => this.#restore(), "plain");

  /** @param {import("/pkg/index.js").WireDetail} detail of the phase `request`, with its `signatureBase` */
  constructor(detail) {
    this.#detail = detail;
    const { headers } = detail;
    this.node = el(
      "div",
      { class: "signed-request" },
      part(
        "What is signed",
        "The signature base, line by line, and where each line comes from.",
        this.#lines,
      ),
      part("The digest of the body", "The base names the body by its digest alone.", this.#digest),
      part(
        "What the request carries",
        "The shop builds the same base from the request that it has received.",
        el(
          "dl",
          { class: "header-list" },
          ["signature-input", "signature"].map((name) => [
            el("dt", {}, name),
            el("dd", {}, headers[name] ?? "–"),
          ]),
        ),
      ),
      el(
        "div",
        { class: "button-row" },
        button("Verify in this page", () => this.#verify(), "small"),
        button("Flip one byte", () => this.#flipOne(), "quiet small"),
        this.#back,
      ),
      this.#verdict,
    );
    this.#showLines();
    this.#showDigests();
  }

  #showLines() {
    this.#back.hidden = this.#flip === null;
    this.#lines.replaceChildren(
      ...baseLines(this.#detail.signatureBase).map(({ text, from, name, source }) =>
        el(
          "li",
          { "data-component": name },
          el("code", { class: "base-line" }, this.#marked(text, from)),
          el("p", { class: "small soft" }, source),
        ),
      ),
    );
  }

  /** The changed byte stands out. */
  #marked(text, from) {
    const at = this.#flip ? this.#flip.at - from : -1;
    if (at < 0 || at >= text.length) return text;
    return [text.slice(0, at), el("mark", {}, this.#flip.after), text.slice(at + 1)];
  }

  async #showDigests() {
    const given = this.#detail.headers["content-digest"] ?? "–";
    const made = await digestOf(this.#detail.body ?? "");
    const same = given === made;
    this.#digest.replaceChildren(
      ...row("Content-Digest of the request", given),
      ...row("SHA-256 of the body, by this page", made),
      el("dt", {}, "Compared"),
      el(
        "dd",
        {},
        el("span", { class: `chip tone-${same ? "good" : "warn"}` }, same ? "The same" : "Not the same"),
        !same &&
          el(
            "span",
            { class: "small soft" },
            " The body of a wire event is cut at 64 KiB, and secrets in it are masked.",
          ),
      ),
    );
  }

  async #verify() {
    try {
      const { verifies, kid } = await verify(
        this.#flip?.base ?? this.#detail.signatureBase,
        this.#detail.headers,
      );
      this.#verdict.replaceChildren(verifies ? verified(kid) : notVerified(this.#flip));
    } catch (error) {
      this.#verdict.replaceChildren(
        notice({ tone: "warn", title: "This page cannot verify it" }, error.message),
      );
    }
  }

  async #flipOne() {
    this.#flip = flipOneByte(this.#detail.signatureBase);
    this.#showLines();
    await this.#verify();
  }

  async #restore() {
    this.#flip = null;
    this.#showLines();
    await this.#verify();
  }
}

function part(title, words, content) {
  return el(
    "div",
    { class: "signed-part" },
    el("h3", {}, title),
    el("p", { class: "small soft" }, words),
    content,
  );
}

function row(name, value) {
  return [el("dt", {}, name), el("dd", {}, el("code", {}, value))];
}

function verified(kid) {
  return notice(
    { tone: "good", title: "It verifies" },
    el(
      "p",
      { class: "break" },
      "By WebCrypto, with the key ",
      el("code", {}, kid),
      " of the agent’s published profile.",
    ),
  );
}

function notVerified(flip) {
  const what = flip
    ? `One byte was changed: “${flip.before}” became “${flip.after}”.`
    : "The key or the base is another.";
  return notice({ tone: "bad", title: "It does not verify" }, what);
}
