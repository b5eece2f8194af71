// What a page holds: two event targets over the wasm's core.

import { InstanceError, OptionsError, ProtocolError } from "#errors";

import { takeCallback, takenQuery } from "./callback.js";
import { start } from "./instance.js";
import { plain } from "./parts.js";

export async function connect(options) {
  const { wasm, ...rest } = plain(options);
  if (typeof document === "undefined") {
    throw new OptionsError("`connect` runs in a browser: call it in an effect or a client-only module.", { code: "not_ready" });
  }
  takeCallback(rest);
  const glue = await start(wasm);
  const shop = new Shop();
  const core = await glue.openShop(rest, (type, detail) => shop.customer?.hear(type, detail));
  return shop.open(core, rest);
}

class Shop extends EventTarget {
  #core;
  #closing = new AbortController();
  #wire;

  open(core, options) {
    this.#core = core;
    this.customer = new Customer(core, options, this.#closing.signal);
    const shown = ({ persisted }) => core.pageShown(persisted);
    globalThis.addEventListener("pageshow", shown, { signal: this.#closing.signal });
    return this;
  }

  addEventListener(type, ...rest) {
    if (type === "wire") this.#wire ??= this.#watchWire();
    super.addEventListener(type, ...rest);
  }

  close() {
    this.#closing.abort(new InstanceError("The shop was closed.", { code: "closed" }));
    this.#core.close();
  }

  /** Masking is a module of its own: nobody pays for it who does not look. */
  #watchWire() {
    const module = import("../wire.js");
    this.#core.setWire((traffic) => {
      const [exchange, phase, method, url, headers, status, body, durationMs] = traffic;
      module.then(({ describe }) => {
        const detail = describe({ exchange, phase, method, url, headers, status, body, durationMs });
        this.dispatchEvent(new CustomEvent("wire", { detail }));
      });
    });
    return module;
  }
}

class Customer extends EventTarget {
  #core;
  #options;
  #closing;

  constructor(core, options, closing) {
    super();
    this.#core = core;
    this.#options = options;
    this.#closing = closing;
  }

  get session() {
    return this.#core.session;
  }

  async handleRedirect({ navigate = true, signal } = {}) {
    const back = await this.#open().handleRedirect(takenQuery(this.#options), navigate, this.#ending(signal));
    return back && this.#withSession(back);
  }

  async login(options = {}) {
    const back = await this.#open().login({ ...options, signal: this.#ending(options.signal) });
    return back && this.#withSession(back);
  }

  async logout({ returnTo } = {}) {
    await this.#open().logout(returnTo);
  }

  async listTools({ fresh = false, signal } = {}) {
    return this.#open().listTools(fresh, this.#ending(signal));
  }

  async callTool(name, args = {}, options = {}) {
    if (typeof name !== "string") throw new OptionsError("A tool's name is a string.", { code: "option_invalid", field: "name" });
    const { checkOutput, ...rest } = plain(options, "The call's options");
    const result = await this.#open().callTool(name, args, { ...rest, signal: this.#ending(rest.signal) });
    if (checkOutput) await this.#checkOutput(name, result);
    return result;
  }

  /** Called by the wasm. */
  hear(type, detail) {
    if (type === "signedin" || type === "refreshed") detail.session = this.session;
    // The wasm is in the middle of something: the page's listeners run after it.
    queueMicrotask(() => this.dispatchEvent(new CustomEvent(type, { detail })));
  }

  #withSession({ returnTo, resumed }) {
    return { session: this.session, returnTo, resumed };
  }

  #open() {
    this.#closing.throwIfAborted();
    return this.#core;
  }

  #ending(signal) {
    return signal ? AbortSignal.any([signal, this.#closing]) : this.#closing;
  }

  async #checkOutput(name, result) {
    const tool = (await this.listTools()).find((listed) => listed.name === name);
    if (!tool?.outputSchema) return;
    const { check } = await import("../schema.js");
    const violation = check(tool.outputSchema, result.structuredContent);
    if (!violation) return;
    const sentence = `The answer of ${name} does not fit its outputSchema: ${violation.rule} at ${violation.path || "its root"}.`;
    throw new ProtocolError(sentence, { code: "output_invalid", field: violation.path, rpc: null });
  }
}
