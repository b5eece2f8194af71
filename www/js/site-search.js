import { searchUrl } from "./catalog/address.js";
import { chosenCatalog } from "./catalog/servers.js";

/**
 * The search in the header of every page.
 *
 * @param {(url: string) => void} [go] how to get there without a page load
 */
export function siteSearch(go = (url) => location.assign(url)) {
  const form = document.getElementById("site-search");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = document.getElementById("site-search-words").value.trim();
    go(searchUrl({ catalog: chosenCatalog(), words }));
  });
}
