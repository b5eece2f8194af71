/**
 * Chance that is the same on every machine and in every run: a number from 0 up to 1 for a seed. Each question has a
 * salt of its own, so that one more question changes no other answer.
 */
export function chance(seed, salt) {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (let index = 0; index < salt.length; index += 1) {
    hash = Math.imul(hash ^ salt.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  hash = Math.imul(hash, 0x297a2d39);
  hash ^= hash >>> 15;
  return (hash >>> 0) / 2 ** 32;
}

/** One of a list. @template T @param {readonly T[]} list @returns {T} */
export function pick(list, seed, salt) {
  return list[Math.floor(chance(seed, salt) * list.length)];
}

/** A few different ones of a list, in a changed order. @template T @param {readonly T[]} list @returns {T[]} */
export function pickSome(list, count, seed, salt) {
  return list
    .map((entry, index) => ({ entry, key: chance(seed, `${salt}${index}`) }))
    .sort((one, other) => one.key - other.key)
    .slice(0, count)
    .map(({ entry }) => entry);
}
