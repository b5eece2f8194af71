// Objects that no JSON text makes, but a page can.

/** Puts a member on every object. */
export function pollute(key, value) {
  Object.prototype[key] = value;
}

export function cleanUp(key) {
  delete Object.prototype[key];
}

export function withThrowingGetter(key) {
  return Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw new Error("looked at");
    },
  });
}

export function loneSurrogate() {
  return "a\ud800b";
}

/** Values that JSON.stringify refuses, or has no text for. */
export function withoutJson() {
  const cycle = {};
  cycle.itself = cycle;
  const refusing = {
    toJSON() {
      throw new Error("no");
    },
  };
  return [cycle, { big: 1n }, undefined, () => {}, Symbol("s"), refusing];
}

export function isUntouched(value) {
  return Object.getPrototypeOf(value) === Object.prototype && {}.admin === undefined;
}
