import { AgentPanel } from "./agent/panel.js";
import { el, icon, ICONS } from "./dom.js";
import { LocalShopPanel } from "./local-shop.js";
import { WireLog } from "./wire-log.js";

/** Where a page that reloads itself notes which tab to come back to. */
const REOPENED = "cedar-clay:wire-tab";

/**
 * The drawer at the foot of the page: what the SDK sent and received, as whom it calls the UCP server, and, where there
 * is a local shop, its switches. Not modal: the page above stays in use.
 */
export class WireDrawer {
  #toggle;
  #drawer;
  #tabs = [];

  /**
   * @param {import("./shop.js").Opened & {
   *   agent: import("./agent/agent.js").Agent, cart: import("./cart/cart.js").Cart,
   *   control: import("./control-api.js").ControlApi | null
   * }} parts
   */
  constructor(parts) {
    const { shop, config } = parts;
    const log = new WireLog(shop);
    this.#addTab("traffic", "Traffic", log.node);
    if (config.agentProfiles) {
      const panel = new AgentPanel(parts, () => this.#reload("agent"));
      this.#addTab("agent", "Agent", panel.node, () => panel.update());
    }
    this.#draw();
    this.#reopen();
    log.onCount = (count) => {
      this.#toggle.querySelector(".wire-count").textContent = String(count);
    };
    if (config.control) this.#offerLocalShop(config);
  }

  #draw() {
    this.#toggle = el(
      "button",
      {
        type: "button",
        class: "button wire-toggle",
        id: "wire-toggle",
        "aria-expanded": "false",
        "aria-controls": "wire",
        onclick: () => this.#open(),
      },
      icon(ICONS.wire, 18),
      el("span", { class: "wire-word" }, "Wire"),
      el("span", { class: "wire-count", "aria-hidden": "true" }, "0"),
    );
    this.#drawer = el(
      "section",
      { class: "wire", id: "wire", "aria-labelledby": "wire-title", hidden: true },
      el(
        "div",
        { class: "wire-bar" },
        el("h2", { id: "wire-title" }, "Wire"),
        el(
          "div",
          {
            class: "wire-tabs",
            role: "tablist",
            "aria-label": "Wire",
            onkeydown: (event) => this.#moveTab(event),
          },
          this.#tabs.map(({ tab }) => tab),
        ),
        el(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close wire", onclick: () => this.#close() },
          icon(ICONS.close),
        ),
      ),
      this.#tabs.map(({ panel }) => panel),
    );
    this.#drawer.addEventListener("keydown", ({ key }) => key === "Escape" && this.#close());
    document.body.append(this.#toggle, this.#drawer);
    this.#select(this.#tabs[0], { focus: false });
  }

  #addTab(id, title, content, onShow = () => {}) {
    const panel = el(
      "div",
      {
        class: "wire-panel",
        role: "tabpanel",
        id: `wire-${id}`,
        "aria-labelledby": `wire-tab-${id}`,
        tabindex: "0",
        hidden: true,
      },
      content,
    );
    const tab = el(
      "button",
      {
        type: "button",
        class: "wire-tab",
        role: "tab",
        id: `wire-tab-${id}`,
        "aria-controls": panel.id,
        "aria-selected": "false",
        tabindex: "-1",
      },
      title,
    );
    const entry = { id, tab, panel, onShow };
    tab.addEventListener("click", () => this.#select(entry, { focus: true }));
    this.#tabs.push(entry);
    return entry;
  }

  /** The tab is there only while the control API answers. */
  async #offerLocalShop(config) {
    const panel = new LocalShopPanel(config);
    if (!(await panel.load())) return;
    const { tab, panel: node } = this.#addTab("local-shop", "Local shop", panel.node, () => panel.load());
    this.#drawer.querySelector(".wire-tabs").append(tab);
    this.#drawer.append(node);
    panel.showHint();
  }

  #select(entry, { focus }) {
    for (const other of this.#tabs) {
      const chosen = other === entry;
      other.tab.setAttribute("aria-selected", String(chosen));
      other.tab.tabIndex = chosen ? 0 : -1;
      other.panel.hidden = !chosen;
    }
    if (focus) entry.tab.focus();
    if (!this.#drawer.hidden) entry.onShow();
  }

  #moveTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.#tabs.findIndex(({ tab }) => tab.getAttribute("aria-selected") === "true");
    this.#select(this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length], { focus: true });
  }

  #open() {
    this.#drawer.hidden = false;
    document.body.classList.add("wire-open");
    this.#toggle.setAttribute("aria-expanded", "true");
    const chosen = this.#tabs.find(({ tab }) => tab.getAttribute("aria-selected") === "true");
    chosen.onShow();
    chosen.tab.focus();
  }

  /** Some choices take effect with the next page load only. */
  #reload(id) {
    try {
      sessionStorage.setItem(REOPENED, id);
    } catch {
      // Without storage the drawer is closed after the reload.
    }
    location.reload();
  }

  #reopen() {
    try {
      const entry = this.#tabs.find(({ id }) => id === sessionStorage.getItem(REOPENED));
      sessionStorage.removeItem(REOPENED);
      if (!entry) return;
      this.#select(entry, { focus: false });
      this.#open();
    } catch {
      // Without storage nothing was noted.
    }
  }

  #close() {
    this.#drawer.hidden = true;
    document.body.classList.remove("wire-open");
    this.#toggle.setAttribute("aria-expanded", "false");
    this.#toggle.focus();
  }
}
