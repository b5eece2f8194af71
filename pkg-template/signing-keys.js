// Keys of this browser, and the document that publishes them: for kiosks and development, so a module of its own that is
// loaded when it is asked for.

/** The capabilities that can be declared: their page in the specification, their schema, what they extend. */
const CAPABILITIES = {
  "dev.ucp.shopping.catalog.search": ["catalog/search", "catalog_search"],
  "dev.ucp.shopping.catalog.lookup": ["catalog/lookup", "catalog_lookup"],
  "dev.ucp.shopping.cart": ["cart", "cart"],
  "dev.ucp.shopping.checkout": ["checkout", "checkout"],
  "dev.ucp.shopping.order": ["order", "order"],
  "dev.ucp.shopping.fulfillment": ["fulfillment", "fulfillment", "dev.ucp.shopping.checkout"],
  "dev.ucp.shopping.discount": ["discount", "discount", ["dev.ucp.shopping.cart", "dev.ucp.shopping.checkout"]],
  "dev.ucp.shopping.buyer_consent": ["buyer-consent", "buyer_consent", "dev.ucp.shopping.checkout"],
};
/** Members that only whoever signs may know, of every kind of key. */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/** What a public key of this kind says of itself; it need not say the last two. */
const FIXED = { kty: "EC", crv: "P-256", use: "sig", alg: "ES256" };
const OPTIONAL = ["use", "alg"];
const ES256 = { name: "ECDSA", namedCurve: "P-256" };

export async function createKey() {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ES256, false, ["sign", "verify"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const publicJwk = { kid: await thumbprint(x, y), kty: "EC", crv: "P-256", x, y, use: "sig", alg: "ES256" };
  return { kid: publicJwk.kid, publicJwk, privateKey };
}

/**
 * The profile as JSON text.
 *
 * @param {(sentence: string, field: string, code?: string) => Error} refusal
 */
export async function profileOf({ version, capabilities = Object.keys(CAPABILITIES), keys = [], ...others }, refusal) {
  const [stranger] = Object.keys(others);
  if (stranger) throw refusal(`\`agentProfile\` has no option \`${stranger}\`.`, stranger);
  if (!/^\d{4}-\d\d-\d\d$/.test(version)) throw refusal("`version` is a version of UCP like `2026-08-25`.", "version");
  for (const [field, list] of Object.entries({ capabilities, keys })) if (!Array.isArray(list)) throw refusal(`\`${field}\` is not a list.`, field);
  const listed = [...new Set(capabilities)].map((name) => {
    if (!Object.hasOwn(CAPABILITIES, name)) throw refusal("`capabilities` names one that this release cannot declare.", "capabilities");
    return [name, [declaration(version, ...CAPABILITIES[name])]];
  });
  const published = [];
  for (const key of keys) published.push(await publicOf(key?.publicJwk ?? key, refusal));
  const kids = published.map(({ kid }) => kid);
  if (new Set(kids).size < kids.length) throw refusal("Two keys have the same `kid`.", "kid");
  const service = {
    version,
    transport: "mcp",
    spec: `https://ucp.dev/${version}/specification/overview`,
    schema: `https://ucp.dev/${version}/services/shopping/mcp.openrpc.json`,
  };
  const ucp = { version, services: { "dev.ucp.shopping": [service] }, capabilities: Object.fromEntries(listed), payment_handlers: {} };
  // 2026-04-08 looks for the keys in `signing_keys`, 2026-08-25 in `keys`.
  return JSON.stringify({ ucp, signing_keys: published, keys: published });
}

function declaration(version, page, schema, parents) {
  const spec = `https://ucp.dev/${version}/specification/${page}`;
  return { version, spec, schema: `https://ucp.dev/${version}/schemas/shopping/${schema}.json`, extends: parents };
}

/** The public half of a key, and nothing else of it (RFC 7517, RFC 7518 section 6.2). */
async function publicOf(jwk, refusal) {
  const secret = PRIVATE.find((member) => Object.hasOwn(Object(jwk), member));
  if (secret) {
    const sentence = `The key holds its private half (\`${secret}\`), which nobody may publish: give the public half alone, and make a new key.`;
    throw refusal(sentence, secret, "secret_in_page");
  }
  const { x, y, kid, key_ops: operations } = Object(jwk);
  const wrong = Object.keys(FIXED).find((member) => jwk?.[member] !== FIXED[member] && !(OPTIONAL.includes(member) && jwk[member] === undefined));
  if (wrong) throw refusal(`The key's \`${wrong}\` is not that of a P-256 key which verifies ES256.`, wrong);
  if (operations !== undefined && !operations?.includes?.("verify")) throw refusal("The key's `key_ops` do not list `verify`.", "key_ops");
  const point = await pointAt(x, y).catch(() => {
    throw refusal("The key's `x` and `y` are no point of P-256.", "x");
  });
  const name = kid ?? (await thumbprint(point.x, point.y));
  if (typeof name !== "string" || !/^[ !#-[\]-~]+$/.test(name)) {
    throw refusal("The key's `kid` is not visible ASCII without quotation marks and backslashes, so no header can name it.", "kid");
  }
  return { kid: name, kty: "EC", crv: "P-256", ...point, use: "sig", alg: "ES256" };
}

/** The coordinates of a point of the curve, as RFC 7518 writes them, however they were given. */
async function pointAt(x, y) {
  const key = await crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x, y }, ES256, true, ["verify"]);
  const point = await crypto.subtle.exportKey("jwk", key);
  return { x: point.x, y: point.y };
}

/** A name that no other key has (RFC 7638). */
async function thumbprint(x, y) {
  const members = new TextEncoder().encode(JSON.stringify({ crv: "P-256", kty: "EC", x, y }));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", members));
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
