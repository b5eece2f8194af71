const WORDS = /[^\p{L}\p{N}]+/u;
/** What people say around what they want. */
const FILLERS = new Set((
  "a am an and any are buy buyer can could d find for get give have i in is it like ll looking m me my need of on one "
  + "or pair please prefer prefers s set show size some something t that the to ve want with would you"
).split(" "));
/** How much a word counts that is only the beginning of another. */
const PREFIX = 0.6;
const SHORTEST_PREFIX = 3;
/** How much of what was asked for has to be there, by weight. */
const LEAST_COVERAGE = 0.4;

/**
 * Finds documents by words: each word counts by the field that it stands in and by how rare it is. The order is the
 * same whenever the question is; ties go to whoever comes first.
 *
 * @template T
 */
export class SearchIndex {
  #documents;
  #postings = new Map();
  #terms;

  /**
   * @param {readonly T[]} documents
   * @param {(document: T) => [string, number][]} fieldsOf texts with what a word in them is worth
   */
  constructor(documents, fieldsOf) {
    this.#documents = documents;
    for (const [position, document] of documents.entries()) this.#add(position, fieldsOf(document));
    this.#terms = [...this.#postings.keys()];
  }

  /**
   * @param {string} query
   * @param {string} [aside] words that lift what is found, and find nothing
   * @returns {{document: T, score: number}[]} the best first; without words all, as they come
   */
  find(query, aside = "") {
    const words = wordsOf(query).filter((word) => !FILLERS.has(word));
    if (words.length === 0) return this.#documents.map((document) => ({ document, score: 1 }));
    const scored = words.map((word) => this.#match(word));
    const whole = scored.reduce((sum, { rarity }) => sum + rarity, 0);
    const totals = new Map();
    for (const { points, rarity } of scored) {
      for (const [position, value] of points) {
        const { score, coverage } = totals.get(position) ?? { score: 0, coverage: 0 };
        totals.set(position, { score: score + value * rarity, coverage: coverage + rarity / whole });
      }
    }
    const lift = this.#lift(aside);
    return [...totals]
      .filter(([, { coverage }]) => coverage >= LEAST_COVERAGE)
      .map(([position, { score, coverage }]) => ({
        position, document: this.#documents[position], score: score * coverage ** 2 + (lift.get(position) ?? 0),
      }))
      .sort((one, other) => other.score - one.score || one.position - other.position);
  }

  #add(position, fields) {
    const worth = new Map();
    for (const [text, weight] of fields) {
      for (const term of new Set(wordsOf(text))) {
        worth.set(term, (worth.get(term) ?? 0) + weight);
      }
    }
    for (const [term, weight] of worth) {
      if (!this.#postings.has(term)) this.#postings.set(term, []);
      this.#postings.get(term).push([position, weight]);
    }
  }

  /** Where a word is, and how rare that makes it. */
  #match(word) {
    const points = new Map();
    const take = (term, factor) => {
      for (const [position, weight] of this.#postings.get(term)) {
        points.set(position, Math.max(points.get(position) ?? 0, weight * factor));
      }
    };
    for (const term of this.#terms) {
      if (term === word) take(term, 1);
      else if (word.length >= SHORTEST_PREFIX && term.startsWith(word)) take(term, PREFIX);
    }
    return { points, rarity: Math.log(1 + this.#documents.length / (points.size + 0.5)) };
  }

  #lift(aside) {
    const lift = new Map();
    for (const word of wordsOf(aside).filter((one) => !FILLERS.has(one))) {
      for (const [position, weight] of this.#postings.get(word) ?? []) {
        lift.set(position, (lift.get(position) ?? 0) + weight * 0.1);
      }
    }
    return lift;
  }
}

/** The words of a text, without accents and plurals. */
function wordsOf(text) {
  const words = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(WORDS).filter(Boolean);
  return [...new Set(words.map(singular))];
}

function singular(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
