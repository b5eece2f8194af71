import { el, focusOn, skeleton } from "./dom.js";
import { jsonView } from "./json-view.js";
import { announce, errorNotice } from "./notices.js";
import { ToolPanel } from "./tool-panel.js";

/** The shop's tools, each with a form drawn from its schema. Tools that this page has never heard of work too. */
export class ToolExplorer {
  #list = document.getElementById("tool-list");
  #place = document.getElementById("tool-panel");
  #customer;
  #tools = [];
  #panels = new Map();

  /** @param {import("/pkg/index.js").Customer} customer */
  constructor(customer) {
    this.#customer = customer;
    document.addEventListener("sessionchange", () => {
      for (const panel of this.#panels.values()) panel.forgetAnswer();
    });
  }

  /** Asks the shop for its tools. @returns {Promise<import("/pkg/index.js").Tool[]>} */
  async load({ fresh = false } = {}) {
    this.#list.setAttribute("aria-busy", "true");
    this.#list.replaceChildren(skeleton("block", "block"));
    try {
      this.#tools = await this.#customer.listTools({ fresh });
      this.#showList();
      return this.#tools;
    } catch (error) {
      this.#list.replaceChildren();
      this.#place.replaceChildren(
        errorNotice(error, {
          title: "The tools could not be listed",
          retry: () => this.load({ fresh: true }),
        }),
      );
      return [];
    } finally {
      this.#list.setAttribute("aria-busy", "false");
    }
  }

  /** A call from here that waited for the sign-in across pages. */
  showResumed(call) {
    const panel = this.#open(call.name);
    if (!panel) {
      this.#place.replaceChildren(
        el("h3", {}, call.name),
        call.error ? errorNotice(call.error) : jsonView(call.result),
      );
      return;
    }
    panel.showResumed(call);
    focusOn(this.#place.querySelector("h3"));
  }

  #showList() {
    this.#list.replaceChildren(
      ...this.#tools.map(({ name }) =>
        el(
          "button",
          {
            type: "button",
            class: "tool-choice",
            "aria-pressed": "false",
            "data-tool": name,
            onclick: () => this.#choose(name),
          },
          name,
        ),
      ),
    );
    if (this.#tools.length === 0)
      this.#place.replaceChildren(el("p", { class: "soft" }, "The shop lists no tools."));
    else this.#open(this.#tools[0].name);
  }

  #choose(name) {
    this.#open(name);
    announce(`Tool ${name}`);
    focusOn(this.#place.querySelector("h3"));
  }

  #open(name) {
    const tool = this.#tools.find((candidate) => candidate.name === name);
    if (!tool) return null;
    if (!this.#panels.has(name)) this.#panels.set(name, new ToolPanel(this.#customer, tool));
    for (const choice of this.#list.children)
      choice.setAttribute("aria-pressed", String(choice.dataset.tool === name));
    const panel = this.#panels.get(name);
    this.#place.replaceChildren(panel.node);
    return panel;
  }
}
