/** Counts requests against the fault rules and says which rule strikes. */
export class Faults {
  #settings;
  #counts = [];

  constructor(settings) {
    this.#settings = settings;
    this.#restart();
    settings.onChange((names) => {
      if (names.includes("faults")) this.#restart();
    });
  }

  /**
   * What to do to the next request of a kind; the first rule that strikes wins, and only it is used up.
   *
   * @returns {object | null} the rule's `do`
   */
  take(kind) {
    for (const count of this.#counts) {
      if (count.rule.on !== kind) continue;
      if (count.toPass > 0) {
        count.toPass -= 1;
        continue;
      }
      if (count.left === 0) continue;
      count.left -= 1;
      return count.rule.do;
    }
    return null;
  }

  #restart() {
    this.#counts = this.#settings.current.faults.map((rule) => ({
      rule,
      toPass: rule.after ?? 0,
      left: rule.times ?? Infinity,
    }));
  }
}
