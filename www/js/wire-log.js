import { button, el } from "./dom.js";
import { jsonView } from "./json-view.js";
import { notice } from "./notices.js";
import { SignedRequest } from "./signed/signed-request.js";
import { keyOf, whatOf, whereOf } from "./wire-words.js";

/** Exchanges kept; older ones go. */
const KEPT = 200;
const ORDINALS = { 2: "second", 3: "third" };

/** The list of requests and answers of this page load, newest first. Nothing of it is stored. */
export class WireLog {
  /** Told how many exchanges there have been. @type {(count: number) => void} */
  onCount = () => {};
  #list = el("div", { class: "exchanges" });
  #empty = el(
    "p",
    { class: "soft" },
    "Nothing was sent yet. Ask for an order, and the requests will show up here.",
  );
  #exchanges = new Map();
  /** Bodies of the calls that take effect once, by their keys. @type {Map<string, string[]>} */
  #keyed = new Map();
  #count = 0;

  /** @param {import("/pkg/index.js").Shop} shop */
  constructor(shop) {
    shop.addEventListener("wire", ({ detail }) => this.#take(detail));
    const clear = button("Clear", () => this.#clear(), "quiet small");
    this.node = el(
      "div",
      {},
      el(
        "div",
        { class: "wire-foot" },
        el(
          "p",
          { class: "fine-print" },
          "Requests of this page load, as the SDK reports them. Tokens, codes and verifiers are masked by the SDK.",
        ),
        clear,
      ),
      this.#empty,
      this.#list,
    );
  }

  #take(detail) {
    const known = this.#exchanges.get(detail.exchange);
    if (known) return known.answer(detail);
    const exchange = new Exchange(detail, this.#sending(detail));
    this.#exchanges.set(detail.exchange, exchange);
    this.#list.prepend(exchange.node);
    this.#empty.hidden = true;
    this.#count += 1;
    this.onCount(this.#count);
    if (this.#exchanges.size > KEPT) this.#dropOldest();
  }

  /** Of a call with an idempotency key: how often it was sent by now, and whether with the same bytes. */
  #sending(detail) {
    const key = keyOf(detail);
    if (key === null) return null;
    const bodies = [...(this.#keyed.get(key) ?? []), detail.body];
    this.#keyed.set(key, bodies);
    return { key, times: bodies.length, same: bodies.every((body) => body === bodies[0]) };
  }

  #dropOldest() {
    const [number, exchange] = this.#exchanges.entries().next().value;
    this.#exchanges.delete(number);
    exchange.node.remove();
  }

  #clear() {
    this.#exchanges.clear();
    this.#keyed.clear();
    this.#list.replaceChildren();
    this.#empty.hidden = false;
    this.#count = 0;
    this.onCount(0);
  }
}

/** One request and what came of it. The details are drawn when someone opens them. */
class Exchange {
  #request;
  #sending;
  #answer = null;
  #signed = null;
  #status = el("span", { class: "chip" }, "…");
  #took = el("span", { class: "took" });
  #sides = el("div", { class: "exchange-sides" });

  /** @param {{key: string, times: number, same: boolean} | null} sending */
  constructor(detail, sending) {
    this.#request = detail;
    this.#sending = sending;
    this.node = el(
      "details",
      { class: "exchange", "data-exchange": detail.exchange, ontoggle: () => this.#draw() },
      el(
        "summary",
        {},
        el("span", { class: "method" }, detail.method),
        this.#status,
        el(
          "span",
          { class: "what" },
          el("strong", {}, whatOf(detail)),
          " ",
          detail.signatureBase && el("span", { class: "chip tone-calm" }, "signed"),
          sending &&
            el(
              "span",
              { class: "chip tone-calm" },
              sending.times > 1 ? `once, sent ${sending.times}×` : "once",
            ),
          " ",
          el("span", { class: "soft" }, whereOf(detail)),
        ),
        this.#took,
      ),
      this.#sides,
    );
    if (detail.phase !== "request") this.answer(detail);
  }

  answer(detail) {
    this.#answer = detail;
    const failed = detail.phase === "failure" || detail.status === undefined;
    this.#status.textContent = failed ? "failed" : String(detail.status);
    this.#status.className = `chip tone-${failed || detail.status >= 400 ? "bad" : "good"}`;
    if (typeof detail.durationMs === "number") this.#took.textContent = `${Math.round(detail.durationMs)} ms`;
    this.#draw();
  }

  #draw() {
    if (!this.node.open) return;
    this.#sides.replaceChildren(
      ...this.#remarks(),
      side("Request", `${this.#request.method} ${this.#request.url}`, this.#request),
      this.#answer
        ? side("Answer", answerLine(this.#answer), this.#answer)
        : el("p", { class: "soft" }, "No answer yet."),
    );
  }

  /** What is special about the request: that it takes effect once, what of it is signed. */
  #remarks() {
    if (this.#request.signatureBase && !this.#signed) {
      const { node } = new SignedRequest(this.#request);
      this.#signed = el(
        "details",
        { class: "exchange-remark arguments" },
        el("summary", {}, "What is signed"),
        node,
      );
    }
    return [this.#sending && onceNotice(this.#sending), this.#signed].filter(Boolean);
  }
}

function onceNotice({ key, times, same }) {
  const again = same
    ? "The bytes are the same each time: the shop answers from memory what it answered first."
    : "The bytes differ: the shop refuses the second.";
  const shown = notice(
    { title: "Takes effect once" },
    el("p", { class: "break" }, "Idempotency key ", el("code", {}, key), "."),
    times > 1 && `This is the ${ORDINALS[times] ?? `${times}th`} sending. ${again}`,
  );
  shown.classList.add("exchange-remark");
  return shown;
}

function side(title, line, { headers, body }) {
  const entries = Object.entries(headers ?? {});
  return el(
    "div",
    { class: "exchange-side" },
    el("h3", {}, title),
    el("p", { class: "small break" }, el("code", {}, line)),
    entries.length > 0 &&
      el(
        "dl",
        { class: "header-list" },
        entries.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
      ),
    body ? jsonView(readable(body, headers), `${title} body`) : el("p", { class: "fine-print" }, "No body."),
  );
}

function answerLine({ phase, status, durationMs }) {
  if (phase === "failure") return "No answer arrived.";
  return typeof durationMs === "number" ? `${status}, after ${Math.round(durationMs)} ms` : String(status);
}

/** A form's fields one to a line. */
function readable(body, headers) {
  const type =
    Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const isForm = type.startsWith("application/x-www-form-urlencoded") || /^grant_type=/.test(body);
  return isForm
    ? [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join("\n")
    : body;
}
