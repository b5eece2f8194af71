import { el } from "../dom.js";
import { choosePageOption } from "../page-options.js";
import { searchUrl } from "./address.js";
import { CATALOGS } from "./servers.js";

/**
 * The choice of the catalog that is searched. The SDK is connected with one, so another one is another page load: these
 * are links. What was chosen last is searched from the other pages too.
 */
export class CatalogSwitch {
  #links;

  /** @param {import("./servers.js").Server} current */
  constructor(current) {
    this.#links = Object.entries(CATALOGS).map(([catalog, { name, words }]) => {
      const onclick = () => choosePageOption("catalog", catalog);
      const here = catalog === current ? "true" : null;
      const link = el("a", { class: "segment", title: words, "aria-current": here, onclick }, name);
      return { catalog, link };
    });
    this.node = el(
      "nav",
      { class: "catalog-switch", "aria-label": "Search in" },
      this.#links.map(({ link }) => link),
    );
    this.update("");
  }

  /** @param {string} words that are searched for */
  update(words) {
    for (const { catalog, link } of this.#links) link.href = searchUrl({ catalog, words });
  }
}
