// What a job keeps in its tab.

export function keep(name, value) {
  sessionStorage.setItem(`job:${name}`, JSON.stringify(value));
  return value;
}

export function kept(name) {
  return JSON.parse(sessionStorage.getItem(`job:${name}`));
}

/** Once. */
export function take(name) {
  const value = kept(name);
  sessionStorage.removeItem(`job:${name}`);
  return value;
}
