// A window as the page that opened it sees it.

/** How long a window shows its old page after it was sent elsewhere, ms. */
const NAVIGATION = 100;

export class Popup {
  #tab;
  #origin;
  location;

  /** @param {string} origin of the page that opened it */
  constructor(tab, origin) {
    this.#tab = tab;
    this.#origin = origin;
    const go = (url) => this.#go(url);
    this.location = Object.defineProperty({ assign: go, replace: go }, "href", { get: () => this.#address(), set: go });
  }

  /** Also true for whoever was cut off from a window that is still there. */
  get closed() {
    return this.#tab.closed || this.#tab.cutOff;
  }

  /** Whoever is cut off from a window cannot close it either. */
  close() {
    if (this.#tab.cutOff) return;
    this.#tab.closed = true;
    this.#tab.unload();
  }

  focus() {}

  #go(url) {
    const { browser } = this.#tab;
    browser.world.later(NAVIGATION, () => {
      if (this.closed) return;
      this.#tab.go(String(url));
      this.#tab.cutOff = browser.cutsOffOpeners;
    });
  }

  #address() {
    const { address } = this.#tab;
    if (address === "about:blank" || new URL(address).origin === this.#origin) return address;
    throw new DOMException("Blocked a frame from accessing a cross-origin frame.", "SecurityError");
  }
}
