import { button, el } from "./dom.js";
import { jsonView } from "./json-view.js";

/** Exchanges kept; older ones go. */
const KEPT = 200;

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
    const exchange = new Exchange(detail);
    this.#exchanges.set(detail.exchange, exchange);
    this.#list.prepend(exchange.node);
    this.#empty.hidden = true;
    this.#count += 1;
    this.onCount(this.#count);
    if (this.#exchanges.size > KEPT) this.#dropOldest();
  }

  #dropOldest() {
    const [number, exchange] = this.#exchanges.entries().next().value;
    this.#exchanges.delete(number);
    exchange.node.remove();
  }

  #clear() {
    this.#exchanges.clear();
    this.#list.replaceChildren();
    this.#empty.hidden = false;
    this.#count = 0;
    this.onCount(0);
  }
}

/** One request and what came of it. The details are drawn when someone opens them. */
class Exchange {
  #request;
  #answer = null;
  #status = el("span", { class: "chip" }, "…");
  #took = el("span", { class: "took" });
  #sides = el("div", { class: "exchange-sides" });

  constructor(detail) {
    this.#request = detail;
    const { what, where } = describe(detail);
    this.node = el(
      "details",
      { class: "exchange", "data-exchange": detail.exchange, ontoggle: () => this.#draw() },
      el(
        "summary",
        {},
        el("span", { class: "method" }, detail.method),
        this.#status,
        el("span", { class: "what" }, el("strong", {}, what), " ", el("span", { class: "soft" }, where)),
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
      side("Request", `${this.#request.method} ${this.#request.url}`, this.#request),
      this.#answer
        ? side("Answer", answerLine(this.#answer), this.#answer)
        : el("p", { class: "soft" }, "No answer yet."),
    );
  }
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

/** What a request is about, in the words of its protocol. */
function describe({ url, body }) {
  const address = URL.canParse(url, location.href) ? new URL(url, location.href) : null;
  const where = address ? address.host + address.pathname : url;
  return { what: rpcOf(body) ?? grantOf(body) ?? documentOf(address), where };
}

function rpcOf(body) {
  try {
    const { method, params } = JSON.parse(body);
    return typeof method === "string" ? [method, params?.name].filter(Boolean).join(" ") : null;
  } catch {
    return null;
  }
}

function grantOf(body) {
  const grant = typeof body === "string" ? new URLSearchParams(body).get("grant_type") : null;
  return grant ? `token ${grant}` : null;
}

function documentOf(address) {
  const last = address?.pathname.split("/").filter(Boolean).at(-1);
  return last ?? "request";
}
