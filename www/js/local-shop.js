import { ControlApi } from "./control-api.js";
import { button, el, freshId } from "./dom.js";
import { PAGE_CHOICES, SETTING_GROUPS, SHOP_ACTIONS } from "./local-shop-settings.js";
import { announce } from "./notices.js";
import { choosePageOption, pageOption } from "./page-options.js";
import { settingControl } from "./setting-controls.js";

/** The local shop's switches, through its control API. */
export class LocalShopPanel {
  #api;
  #config;
  #status = el("p", { class: "small", role: "status" });
  #groups = el("div", { class: "shop-settings" });
  #customers = [];

  /** @param {{control: string, appClientId?: string}} config */
  constructor(config) {
    this.#config = config;
    this.#api = new ControlApi(config.control);
    this.node = el("div", {}, el("div", { class: "wire-foot" }, this.#status), this.#groups);
    this.#say("A change counts from the next request on.");
  }

  /** Reads the settings afresh. @returns {Promise<boolean>} whether the control API answered */
  async load() {
    try {
      const [settings, state] = await Promise.all([this.#api.settings(), this.#api.state()]);
      this.#customers = Array.isArray(state?.customers) ? state.customers : [];
      this.#draw(settings);
      return true;
    } catch {
      this.#say("The local shop does not answer.", { bad: true });
      return false;
    }
  }

  /** Tells visitors of the demo as whom they may sign in, where the page has a place for it. */
  showHint() {
    const place = document.getElementById("demo-hint");
    const [customer] = this.#customers;
    if (!place || !customer?.email) return;
    place.textContent = `This is a local shop: sign in as ${customer.email}, and order #1001 is yours.`;
  }

  #draw(settings) {
    const change = (patch) => this.#change(patch);
    this.#groups.replaceChildren(
      ...SETTING_GROUPS.map(({ title, settings: listed }) =>
        group(
          title,
          listed
            .filter(({ name }) => Object.hasOwn(settings, name))
            .map((setting) => settingControl(setting, settings[setting.name], change)),
        ),
      ),
      group("Right now", [
        el(
          "div",
          { class: "setting-actions" },
          SHOP_ACTIONS.map((action) => button(action.text, () => this.#run(action), "quiet small")),
        ),
      ]),
      this.#pageGroup(),
      ...(this.#customers.length > 0
        ? [
            group("Customers", [
              el(
                "ul",
                {},
                this.#customers.map(({ email }) => el("li", { class: "break" }, email)),
              ),
            ]),
          ]
        : []),
    );
  }

  #pageGroup() {
    const choices = PAGE_CHOICES.filter(({ name }) => name !== "client" || this.#config.appClientId).map(
      ({ name, label, choices: listed }) => {
        const select = el(
          "select",
          { class: "input", id: freshId("page-option") },
          listed.map(([value, text]) => el("option", { value, selected: pageOption(name) === value }, text)),
        );
        select.addEventListener("change", () => choosePageOption(name, select.value));
        return el("div", { class: "field" }, el("label", { for: select.id }, label), select);
      },
    );
    return group("This page", [
      ...choices,
      button("Reload with these", () => location.reload(), "quiet small"),
    ]);
  }

  async #change(patch) {
    try {
      await this.#api.change(patch);
      this.#say(
        `Set: ${Object.entries(patch)
          .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
          .join(", ")}`,
      );
    } catch (error) {
      this.#say(error.message, { bad: true });
      await this.load();
    }
  }

  async #run({ path, done }) {
    try {
      await this.#api.run(path);
      await this.load();
      this.#say(done);
      announce(done);
    } catch (error) {
      this.#say(error.message, { bad: true });
    }
  }

  #say(text, { bad = false } = {}) {
    this.#status.textContent = text;
    this.#status.className = bad ? "small problem" : "small soft";
  }
}

function group(title, nodes) {
  return el("fieldset", { class: "setting-group" }, el("legend", {}, title), nodes);
}
