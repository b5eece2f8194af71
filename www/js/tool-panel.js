import { button, el, freshId, skeleton } from "./dom.js";
import { jsonView } from "./json-view.js";
import { announce, errorNotice, notice } from "./notices.js";
import { jsonOf } from "./order-reading.js";
import { pageOption } from "./page-options.js";
import { schemaForm } from "./tool-form.js";

/** Nothing in a tool's listing says that it only reads, as a rule; its name is the hint that a person would take. */
const READS = /^(get|list|search|lookup|find)_/;

/** One tool: what it is, its form, its answer. */
export class ToolPanel {
  #customer;
  #tool;
  #form;
  #answer = el("section", { class: "tool-answer", "aria-label": "Answer", "aria-busy": "false" });
  #preview = el("div");
  #buttons;
  #options;
  #running = null;

  constructor(customer, tool) {
    this.#customer = customer;
    this.#tool = tool;
    this.#form = schemaForm(tool.inputSchema ?? { type: "object" });
    this.#options = callOptions(tool);
    this.node = this.#draw();
  }

  showResumed({ arguments: args, result, error }) {
    this.#form.fill(args);
    this.#showPreview();
    if (error) this.#showError(error);
    else this.#showResult(result, null);
  }

  /** Answers belong to the customer who asked. */
  forgetAnswer() {
    if (!this.#running) this.#answer.replaceChildren();
  }

  #draw() {
    const reads = this.#tool.annotations?.readOnlyHint ?? READS.test(this.#tool.name);
    const stop = button("Stop", () => this.#running?.abort(), "quiet");
    stop.hidden = true;
    const call = el("button", { type: "submit", class: "button" }, "Call tool");
    this.#buttons = { stop, call };
    const form = el(
      "form",
      { class: "tool-form", novalidate: true, "aria-label": `Arguments of ${this.#tool.name}` },
      hasFields(this.#tool) ? this.#form.node : el("p", { class: "soft" }, "This tool takes no arguments."),
      this.#options.node,
      el(
        "details",
        { class: "arguments", ontoggle: () => this.#showPreview() },
        el("summary", {}, "Arguments as JSON"),
        this.#preview,
      ),
      el("div", { class: "button-row" }, call, stop),
    );
    form.addEventListener("input", () => this.#showPreview());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#form.check()) this.#call(this.#form.read());
      else form.querySelector("[aria-invalid=true]")?.focus();
    });
    return el(
      "div",
      { class: "tool-panel", "data-tool": this.#tool.name },
      el("h3", { tabindex: "-1" }, this.#tool.name),
      el(
        "p",
        { class: "button-row" },
        el(
          "span",
          { class: `chip ${reads ? "tone-good" : "tone-warn"}` },
          reads ? "Reads" : "May change something",
        ),
        this.#tool.outputSchema && el("span", { class: "chip tone-calm" }, "Typed answer"),
      ),
      this.#tool.description && el("p", { class: "soft" }, this.#tool.description),
      form,
      this.#answer,
    );
  }

  async #call(args, onSignInNeeded) {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const began = performance.now();
    const call = this.#customer.callTool(this.#tool.name, args, {
      ...this.#options.read(),
      ...(onSignInNeeded ? { onSignInNeeded } : {}),
      signal: running.signal,
    });
    this.#wait(true);
    try {
      const result = await call;
      if (running === this.#running) this.#showResult(result, performance.now() - began);
    } catch (error) {
      if (running === this.#running) this.#showError(error, args);
    } finally {
      if (running === this.#running) this.#wait(false);
    }
  }

  #wait(busy) {
    if (!busy) this.#running = null;
    this.#answer.setAttribute("aria-busy", String(busy));
    this.#buttons.stop.hidden = !busy;
    if (busy)
      this.#answer.replaceChildren(
        el("p", { class: "soft" }, "Waiting for the shop…"),
        skeleton("long", "short"),
      );
  }

  #showResult(result, took) {
    const json = jsonOf(result);
    this.#answer.replaceChildren(
      el("h4", {}, "Answer", took !== null && el("span", { class: "soft" }, ` in ${Math.round(took)} ms`)),
      ...(json === undefined ? textParts(result) : [jsonView(json, "Answer as JSON")]),
      el(
        "details",
        { class: "arguments" },
        el("summary", {}, "The whole result"),
        jsonView(result, "Result as JSON"),
      ),
    );
    announce(`${this.#tool.name} has answered.`);
  }

  #showError(error, args = this.#form.read()) {
    if (error?.code === "aborted") {
      this.#answer.replaceChildren(notice({ role: "status" }, "Stopped."));
      return;
    }
    const again =
      error?.code === "call_not_resumed" ? [button("Confirm and send", () => this.#call(args), "small")] : [];
    this.#answer.replaceChildren(
      errorNotice(error, {
        title: error?.code === "call_not_resumed" ? "Please confirm again" : undefined,
        retry: (signIn) => this.#call(args, signIn),
        actions: again,
      }),
    );
  }

  #showPreview() {
    if (this.#preview.closest("details")?.open)
      this.#preview.replaceChildren(jsonView(this.#form.read(), "Arguments as JSON"));
  }
}

function hasFields(tool) {
  return Object.keys(tool.inputSchema?.properties ?? {}).length > 0;
}

function textParts(result) {
  const texts = (result?.content ?? [])
    .filter(({ type }) => type === "text")
    .map(({ text }) => jsonView(text, "Answer"));
  return texts.length > 0 ? texts : [el("p", { class: "soft" }, "The answer has no text.")];
}

/** What the SDK may do with this call. */
function callOptions(tool) {
  const policy = el(
    "select",
    { class: "input", id: freshId("policy") },
    [
      ["", "as chosen for this page"],
      ["redirect", "leave for the sign-in page"],
      ["popup", "open a window"],
      ["event", "wait for the Sign in button"],
    ].map(([value, text]) => el("option", { value }, text)),
  );
  const resume = el("input", { type: "checkbox" });
  const checkOutput = el("input", { type: "checkbox" });
  const node = el(
    "details",
    { class: "arguments" },
    el("summary", {}, "How to call it"),
    el(
      "div",
      { class: "tool-form" },
      el("div", { class: "field" }, el("label", { for: policy.id }, "When a sign-in is needed"), policy),
      el(
        "label",
        { class: "choice" },
        resume,
        el("span", {}, "Send by itself after the sign-in, even if it may change something"),
      ),
      tool.outputSchema &&
        el(
          "label",
          { class: "choice" },
          checkOutput,
          el("span", {}, "Check the answer against the tool's output schema"),
        ),
    ),
  );
  return {
    node,
    read: () => ({
      onSignInNeeded: policy.value || pageOption("signIn"),
      ...(resume.checked ? { resume: true } : {}),
      ...(checkOutput.checked ? { checkOutput: true } : {}),
    }),
  };
}
