// Requests of all sorts, and the same with one byte spoilt.

/** Characters of one to four bytes, those that JSON and headers escape, and half of a pair, which no UTF-8 has. */
const ALPHABET = [
  ..."aZ09 \"\\/{}[]:,.\n\r\t\0\u007f\u00a0é€ßИ漢\u2028\ufeff", "𝄞", "😀", "👩‍🚀", "\ud83d", "e\u0301",
];
/** As pages write them: browsers percent-encode what is not ASCII, and take dots away. */
const SEGMENTS = [
  "", "api", "ucp", "mcp", "carts", "a%20b", "%E2%82%AC", "%2F", "%00", "é", "日本", "😀", "..", ".", "a;b=c",
  "x@y:z", "~", "'", "(1)", "+", "*", "$&", "gid:", "\"",
];
const PAIRS = [
  "q=mug", "q", "=", "q=", "a=1&a=2", "q=%26%3D", "q=é", "q=日本酒", "q=😀", "q=a+b", "q='x'", "q=\"", "q=?", "q=/../",
  "&&",
];
const WITH_BODY = ["POST", "PUT", "PATCH", "DELETE", "REPORT"];
const WITHOUT_BODY = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"];
const TYPES = [
  "application/json", "application/json; charset=utf-8", "  application/json ", "text/plain;charset=UTF-8",
  "multipart/form-data; boundary=\"a, b\"",
];
const PROFILES = [
  "https://agent.example/profile.json", "https://agent.example:8443/~a/2026-08-25.json?b=c&d='e'",
  "https://xn--bcher-kva.example/%E2%82%AC", "https://agent.example",
];
const KEYS = ["0b5f8c1e-6a0d-4f57-9c59-2f3c8d0f6a11", "\"a, b\"; c=\"d\"", "two  spaces", "~!$%^&*()_+|"];

/**
 * A request for the page to sign and send. What RFC 3986 wants encoded and browsers send as it is (`[`, `|`, `%zz`) is
 * left out of its URL: one of the verifiers takes no such URL.
 *
 * @param {ReturnType<import("../../package/random.js").seeded>} random
 */
export function randomRequest(random) {
  const hasBody = random.chance(0.6);
  const path = random.several(SEGMENTS, random.below(5)).map((segment) => `/${segment}`).join("");
  const query = random.chance(0.5) ? `?${random.several(PAIRS, random.below(4)).join("&")}` : "";
  const headers = { "accept": "application/json", "x-trace": random.text("0123456789abcdef", 16) };
  if (hasBody) headers["content-type"] = random.pick(TYPES);
  if (random.chance(0.4)) headers["idempotency-key"] = random.pick(KEYS);
  if (random.chance(0.8)) headers["ucp-agent"] = `profile="${random.pick(PROFILES)}"`;
  if (random.chance(0.1)) headers["signature-agent"] = "\"https://agent.example/keys\"";
  return {
    method: random.pick(hasBody ? WITH_BODY : WITHOUT_BODY),
    target: path + query,
    headers,
    ...(hasBody ? { body: random.text(ALPHABET, random.pick([0, 1, 20, 300])) } : {}),
  };
}

/**
 * The same request with one byte spoilt, once for each thing that its signature covers.
 *
 * @param {import("./signature-verifiers.js").Received} received
 * @returns {[string, import("./signature-verifiers.js").Received][]} by what was spoilt
 */
export function spoilt(random, received) {
  const { method, url, headers, body } = received;
  const { origin, host, pathname, search } = new URL(url);
  const start = origin.length - host.length;
  const withHeader = (name, value) => ({ ...received, headers: { ...headers, [name]: value } });
  const inUrl = (from, to) => ({ ...received, url: spoilText(random, url, from, to) });
  const afterPath = origin.length + pathname.length;
  const [covered] = /\([^)]*\)/.exec(headers["signature-input"]);
  const names = covered.match(/[a-z][a-z-]*(?=")/g).filter((name) => headers[name] !== undefined);
  const bytes = Buffer.from(body ?? "", "base64");
  const signature = Buffer.from(headers.signature.slice("sig1=:".length, -1), "base64");
  return [
    ["@method", { ...received, method: spoilText(random, method) }],
    ["@authority", inUrl(start, origin.length)],
    ["@path", /\w/.test(pathname) ? inUrl(origin.length, afterPath) : { ...received, url: `${origin}/x${search}` }],
    ...(/\w/.test(search) ? [["@query", inUrl(afterPath, url.length)]] : []),
    ...names.map((name) => [name, withHeader(name, spoilText(random, headers[name]))]),
    ["signature-input", withHeader("signature-input", spoilText(random, headers["signature-input"]))],
    ["signature", withHeader("signature", `sig1=:${spoilBytes(random, signature).toString("base64")}:`)],
    ...(bytes.length ? [["body", { ...received, body: spoilBytes(random, bytes).toString("base64") }]] : []),
    ["body, one more byte", { ...received, body: Buffer.concat([bytes, Buffer.from(" ")]).toString("base64") }],
  ];
}

const KINDS = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "!$%^&*()_+|~"];

/** Puts a character in place of another of its kind: so that no rule about case or escapes makes it the same. */
function spoilText(random, text, from = 0, to = text.length) {
  const places = Array.from({ length: to - from }, (_, index) => from + index);
  const kindOf = (character) => KINDS.find((kind) => kind.includes(character));
  const place = random.pick(places.filter((one) => kindOf(text[one])));
  const others = kindOf(text[place]).replace(text[place], "");
  return text.slice(0, place) + random.pick(others) + text.slice(place + 1);
}

function spoilBytes(random, bytes) {
  const copy = Buffer.from(bytes);
  copy[random.below(copy.length)] ^= 1 << random.below(8);
  return copy;
}
