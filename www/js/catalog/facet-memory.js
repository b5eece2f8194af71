import { recall, remember } from "../tab-memory.js";

const KEY = "cedar-clay:facets";

/**
 * What a search can be narrowed by beside what it is narrowed by already: the catalogs count nothing, so this is what
 * was seen in the results for the same words, whatever they were narrowed by then.
 */
export class FacetMemory {
  #about = "";
  #categories = new Map();
  #shops = new Map();

  /** @param {import("./address.js").Search} search */
  turnTo({ catalog, words }) {
    const about = `${catalog} ${words.toLowerCase()}`;
    if (about === this.#about) return;
    const kept = recall(KEY);
    this.#about = about;
    this.#categories = new Map(kept?.about === about ? kept.categories : []);
    this.#shops = new Map(kept?.about === about ? kept.shops : []);
  }

  /** @param {Iterable<{value: string, name: string} | null>} categories @param {Iterable<[id: string, name: string]>} shops */
  add(categories, shops = []) {
    for (const category of categories) if (category) this.#categories.set(category.value, category.name);
    for (const [id, name] of shops) this.#shops.set(id, name);
    remember(KEY, { about: this.#about, categories: [...this.#categories], shops: [...this.#shops] });
  }

  /** Values and names, those that are chosen included. @param {string[]} chosen */
  categories(chosen) {
    return sorted(this.#categories, chosen, (value) => value.split(" > ").at(-1));
  }

  /** @param {string[]} chosen */
  shops(chosen) {
    return sorted(this.#shops, chosen, (id) => `Shop ${id.split("/").at(-1)}`);
  }
}

function sorted(known, chosen, nameOf) {
  const missing = chosen.filter((value) => !known.has(value)).map((value) => [value, nameOf(value)]);
  return [...known, ...missing].sort(([, one], [, other]) => one.localeCompare(other, "en"));
}
