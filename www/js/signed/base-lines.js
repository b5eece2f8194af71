/** Where each component of a signature base comes from (RFC 9421; which ones there are is UCP's choice). */
const SOURCES = Object.freeze({
  "@method": "The method of the request.",
  "@authority": "Host and port of the shop’s UCP endpoint, as /.well-known/ucp names it.",
  "@path": "The path of that endpoint.",
  "@query": "The query of that endpoint.",
  "content-digest": "The header of that name: the SHA-256 of the body, byte for byte.",
  "content-type": "The header of that name.",
  "ucp-agent": "The header of that name: the agent’s profile, where the public key is.",
  "idempotency-key":
    "The header of that name, as in the body’s meta: however often it is sent, it takes effect once.",
  "signature-agent": "The header of that name.",
  "@signature-params": "What is covered, in this order, and which key signs: the text of Signature-Input.",
});

/**
 * A signature base line by line: its text, where in the base it begins, and where its value comes from.
 *
 * @param {string} base
 * @returns {{text: string, from: number, name: string, source: string}[]}
 */
export function baseLines(base) {
  let from = 0;
  return base.split("\n").map((text) => {
    const [, name = ""] = text.match(/^"([^"]+)"/) ?? [];
    const line = { text, from, name, source: SOURCES[name] ?? "A header of the request." };
    from += text.length + 1;
    return line;
  });
}

/**
 * The base with one bit of one byte changed; line breaks stay.
 *
 * @param {string} base ASCII
 * @returns {{base: string, at: number, before: string, after: string}}
 */
export function flipOneByte(base) {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  let at = random % base.length;
  if (base[at] === "\n") at -= 1;
  const before = base[at];
  const after = String.fromCharCode(before.charCodeAt(0) ^ 1);
  return { base: base.slice(0, at) + after + base.slice(at + 1), at, before, after };
}
