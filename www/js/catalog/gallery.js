import { el } from "../dom.js";
import { framed } from "./pictures.js";

const LARGE = 720;
const SMALL = 96;

/** The pictures of a product: one large, the others beneath it to choose from. */
export class Gallery {
  node = el("div", { class: "gallery" });
  #large = el("div", { class: "gallery-large" });
  #shown = "";

  /** @param {ReturnType<typeof import("./pictures.js").picturesOf>} pictures @param {string} seed */
  update(pictures, seed) {
    const shape = JSON.stringify(pictures);
    if (shape === this.#shown) return;
    this.#shown = shape;
    this.#show(pictures[0], seed);
    this.node.replaceChildren(this.#large, ...(pictures.length > 1 ? [this.#row(pictures, seed)] : []));
  }

  #show(picture, seed) {
    this.#large.replaceChildren(framed(picture, { size: LARGE, eager: true, seed }));
  }

  #row(pictures, seed) {
    const buttons = pictures.map((picture, index) => {
      const choose = () => {
        this.#show(picture, seed);
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === buttons[index]));
      };
      return el(
        "button",
        {
          type: "button",
          class: "gallery-choice",
          "aria-pressed": String(index === 0),
          onclick: choose,
          "aria-label": `Picture ${index + 1} of ${pictures.length}${picture.alt ? `: ${picture.alt}` : ""}`,
        },
        framed(picture, { size: SMALL, alt: "", seed }),
      );
    });
    return el("div", { class: "gallery-row", role: "group", "aria-label": "Pictures" }, buttons);
  }
}
