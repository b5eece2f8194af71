import { el } from "../dom.js";
import { choosePageOption } from "../page-options.js";
import { searchUrl } from "./address.js";
import { CATALOGS } from "./servers.js";

/**
 * The choice of the catalog that is searched. The SDK is connected with it, so another one is another page load.
 *
 * @param {import("./servers.js").Server} current
 * @param {() => string} wordsNow what is searched for
 */
export function catalogSwitch(current, wordsNow) {
  const choose = (catalog) => {
    choosePageOption("catalog", catalog);
    location.assign(searchUrl({ catalog, words: wordsNow() }));
  };
  return el(
    "fieldset",
    { class: "catalog-switch" },
    el("legend", { class: "visually-hidden" }, "Search in"),
    Object.entries(CATALOGS).map(([catalog, { name, words }]) =>
      el(
        "label",
        { class: "segment", title: words },
        el("input", {
          type: "radio",
          name: "catalog",
          value: catalog,
          checked: catalog === current,
          onchange: () => choose(catalog),
        }),
        el("span", {}, name),
      ),
    ),
  );
}
