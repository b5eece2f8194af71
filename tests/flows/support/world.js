// One clock for everybody. Nothing waits for real: what is due runs, its consequences settle, then time goes on to the
// next timer.

/** 2026-11-02 10:00:00 UTC. */
const BEGINNING = Date.UTC(2026, 10, 2, 10);
/** Time that one wait may take, ms: whoever waits longer is stuck. */
const LONGEST_WAIT = 3_600_000;
/** Timers that one wait may take: whoever needs more is spinning. */
const MOST_TIMERS = 100_000;

export class World {
  #elapsed = 0;
  #skew = 0;
  #numbers = 0;
  #timers = [];
  #soon = [];
  #underWay = 0;
  #dead = new Set();
  #frozen = new Map();

  /** ms since the beginning; never jumps. */
  get elapsed() {
    return this.#elapsed;
  }

  /** The true time, which servers know. */
  get trueTime() {
    return BEGINNING + this.#elapsed;
  }

  /** What the device believes. */
  get now() {
    return this.trueTime + this.#skew;
  }

  /** Moves the device's clock without time passing. */
  jump(ms) {
    this.#skew += ms;
  }

  /** A number that nobody else has. */
  number() {
    this.#numbers += 1;
    return this.#numbers;
  }

  /** Runs something later, unless its owner is gone by then. */
  later(ms, run, owner) {
    const timer = { at: this.#elapsed + ms, run, owner };
    const before = this.#timers.findLastIndex(({ at }) => at <= timer.at);
    this.#timers.splice(before + 1, 0, timer);
    return timer;
  }

  /** Runs something as soon as whoever runs now is done. */
  soon(run, owner) {
    this.#soon.push({ run, owner });
  }

  cancel(timer) {
    const index = this.#timers.indexOf(timer);
    if (index >= 0) this.#timers.splice(index, 1);
  }

  /** Work that is done outside of this world, by a thread of Node's: time stands still meanwhile. */
  track(promise) {
    this.#underWay += 1;
    const done = () => { this.#underWay -= 1; };
    promise.then(done, done);
    return promise;
  }

  /** Nothing reaches this owner any more, as when its page is unloaded or crashes. */
  kill(owner) {
    this.#dead.add(owner);
    this.#frozen.delete(owner);
  }

  /** What is due for this owner waits, as in a suspended tab. */
  freeze(owner) {
    this.#frozen.set(owner, []);
  }

  /** It gets what it missed. */
  thaw(owner) {
    this.#soon.push(...this.#frozen.get(owner));
    this.#frozen.delete(owner);
  }

  /** Everything happens that needs no time. */
  async settle() {
    do {
      for (const work of this.#soon.splice(0)) this.#run(work);
      await new Promise(setImmediate);
    } while (this.#soon.length > 0 || this.#underWay > 0);
  }

  /** Lets time pass, with everything that happens in it. */
  async advance(ms) {
    const end = this.#elapsed + ms;
    await this.settle();
    while (this.#nextTimer(end)) await this.settle();
    this.#elapsed = end;
  }

  /** Lets time go on for as long as it takes. */
  async until(isDone) {
    const end = this.#elapsed + LONGEST_WAIT;
    await this.settle();
    for (let timers = 0; !isDone(); timers += 1) {
      if (!this.#nextTimer(end)) throw new Error("This waits for something that never happens.");
      if (timers === MOST_TIMERS) throw new Error("This spins.");
      await this.settle();
    }
  }

  #nextTimer(end) {
    if (!(this.#timers[0]?.at <= end)) return false;
    const timer = this.#timers.shift();
    this.#elapsed = Math.max(this.#elapsed, timer.at);
    this.#run(timer);
    return true;
  }

  #run(work) {
    if (this.#dead.has(work.owner)) return;
    const missed = this.#frozen.get(work.owner);
    if (missed) missed.push(work);
    else work.run();
  }
}
