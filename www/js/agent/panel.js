import { el } from "../dom.js";
import { Specials } from "./specials.js";
import { TierSwitch } from "./tier-switch.js";
import { TierTable } from "./tier-table.js";
import { Trials } from "./trials.js";

/** The drawer's page about the agent: as whom calls go, what that allows, and things to try. */
export class AgentPanel {
  #agent;
  #table = new TierTable();
  #switch;

  /**
   * @param {import("../shop.js").Opened & {
   *   agent: import("./agent.js").Agent, cart: import("../cart/cart.js").Cart,
   *   control: import("../control-api.js").ControlApi | null
   * }} parts
   * @param {() => void} reload the page, and come back to this panel
   */
  constructor(parts, reload) {
    this.#agent = parts.agent;
    this.#switch = new TierSwitch(parts, reload);
    this.node = el(
      "div",
      { class: "agent-panel" },
      this.#switch.node,
      el("div", { class: "agent-middle" }, this.#table.node, new Trials(parts.shop, parts.agent).node),
      new Specials(parts.cart).node,
    );
    parts.agent.addEventListener("change", () => this.update());
    document.addEventListener("sessionchange", () => this.update());
    this.update();
  }

  update() {
    this.#switch.update();
    this.#table.mark(this.#agent.tier);
  }
}
