import { button, el } from "../dom.js";
import { announce, errorNotice } from "../notices.js";
import { addSigningKey, publishKeys } from "./signing-keys.js";
import { TIERS, tierName } from "./tiers.js";

/** Chooses as whom this page calls the UCP server, and makes what that takes: for `signed` a key that is published. */
export class TierSwitch {
  #parts;
  #radios;
  #status = el("p", { class: "small", role: "status" });
  #key = el("div", { class: "agent-key" });
  #busy = false;

  /**
   * @param {import("../shop.js").Opened & {
   *   agent: import("./agent.js").Agent, control: import("../control-api.js").ControlApi | null
   * }} parts
   * @param {() => void} reload the page, and come back to here
   */
  constructor(parts, reload) {
    this.#parts = parts;
    this.reload = reload;
    this.#radios = TIERS.map(({ tier }) =>
      el("input", { type: "radio", name: "tier", value: tier, onchange: () => this.#choose(tier) }),
    );
    this.node = el(
      "fieldset",
      { class: "setting-group tier-switch" },
      el("legend", {}, "Calls go as"),
      TIERS.map(({ name, shows }, index) =>
        el(
          "label",
          { class: "choice" },
          this.#radios[index],
          el("span", {}, name, el("br"), el("span", { class: "small soft" }, shows)),
        ),
      ),
      this.#status,
      this.#key,
    );
    this.update();
  }

  update() {
    const { agent, control } = this.#parts;
    for (const radio of this.#radios) {
      radio.checked = radio.value === agent.chosen;
      radio.disabled = radio.value === "signed" && agent.keys.length === 0 && !control;
    }
    if (!this.#busy) this.#say(presently(agent));
    this.#showKey();
  }

  async #choose(tier) {
    const { agent } = this.#parts;
    if (tier === "signed" && !(await this.#makeReady())) return this.update();
    agent.choose(tier);
    this.update();
    announce(`Calls go as ${tierName(tier)}.`);
    if (tier === "signed" && agent.keys.length === 0) this.reload();
  }

  /** Whether a key of this browser is published. */
  #makeReady() {
    return this.#work("Making a key, and publishing its public half…", async () => {
      const { sdk, config, control, agent } = this.#parts;
      const keys = agent.keys.length > 0 ? agent.keys : await addSigningKey(sdk);
      if (control) await publishKeys({ sdk, control, profiles: config.agentProfiles }, keys);
    });
  }

  /** The new key signs once it is published; the old one stays listed for those who still look for it. */
  async #replaceKey() {
    const done = await this.#work("Making another key, and publishing both…", async () => {
      const { sdk, config, control } = this.#parts;
      await publishKeys({ sdk, control, profiles: config.agentProfiles }, await addSigningKey(sdk));
    });
    if (done) this.reload();
  }

  async #work(words, work) {
    this.#busy = true;
    this.#say(words);
    try {
      await work();
      return true;
    } catch (error) {
      this.#status.replaceChildren(
        errorNotice(error, {
          title: "There is no published key",
          actions: [button("Try again", () => this.#choose("signed"), "small")],
        }),
      );
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #showKey() {
    const { agent, config, control } = this.#parts;
    const [key] = agent.keys;
    if (!key) return this.#key.replaceChildren();
    const [newest] = Object.keys(config.agentProfiles).sort().reverse();
    return this.#key.replaceChildren(
      el("p", { class: "small break" }, "Key of this browser: ", el("code", {}, key.kid)),
      el(
        "p",
        { class: "button-row small" },
        el("a", { href: "/signed/" }, "See what is signed"),
        el(
          "a",
          { href: config.agentProfiles[newest], target: "_blank", rel: "noopener" },
          "The agent’s profile",
          el("span", { class: "visually-hidden" }, " (opens a new tab)"),
        ),
        control && button("Publish it again", () => this.#choose("signed"), "plain small"),
        control && button("Replace the key", () => this.#replaceKey(), "plain small"),
      ),
    );
  }

  #say(text) {
    this.#status.replaceChildren(text);
  }
}

/** What stands between the choice and the calls. */
function presently({ chosen, tier, customerId, owner }) {
  if (chosen === "token" && customerId === null)
    return "Nobody is signed in: until then, calls go anonymously.";
  if (owner !== null) return "What your token has changed is yours: calls without it do not find that cart.";
  if (tier === "anonymous" && customerId !== null)
    return "You are signed in, and these calls do not show it.";
  return "";
}
