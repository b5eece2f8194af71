// Signs requests as the shell does, with the core that ships and keys of this browser, and sends them: any request,
// where `connect` makes none but calls of tools.

import * as core from "/core/shopper_mcp_bg.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
/** Requests under way at the same time. */
const AT_ONCE = 10;

const wasm = await (await fetch("/pkg/shopper_mcp_bg.wasm")).arrayBuffer();
const { instance } = await WebAssembly.instantiate(wasm, core.imports);
core.enter(instance.exports);

let keys;

globalThis.signing = {
  /** Makes a key for each name, and gives their public halves. */
  async makeKeys(kids) {
    keys = await Promise.all(kids.map(async (kid) =>
      ({ kid, ...(await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"])) })));
    return Promise.all(keys.map(async ({ kid, publicKey }) =>
      ({ ...(await crypto.subtle.exportKey("jwk", publicKey)), kid })));
  },

  /** Sends the requests of a JSON text, so that half of a pair of surrogates survives the way here. */
  async send(text) {
    const requests = JSON.parse(text);
    const worker = async () => {
      for (let request = requests.pop(); request; request = requests.pop()) await send(request);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  },
};

async function send({ method, target, headers, body, number, key }) {
  const { kid, privateKey } = keys[key];
  const url = location.origin + target;
  const base = baseOf({ method, url, headers, body }, kid);
  const valueOf = (component) => new RegExp(`^"${component}": (.*)`, "m").exec(base)?.[1];
  const contentDigest = valueOf("content-digest");
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(base));
  const all = {
    ...headers,
    "x-number": String(number),
    "signature-input": `sig1=${valueOf("@signature-params")}`,
    "signature": `sig1=:${btoa(String.fromCharCode(...new Uint8Array(signature)))}:`,
    ...(contentDigest === undefined ? {} : { "content-digest": contentDigest }),
  };
  const response = await fetch(url, { method, headers: all, body, cache: "no-store", redirect: "error" });
  if (!response.ok) throw new Error(`${method} ${url}: status ${response.status}`);
}

/** The core throws numbers, which are of no use to a test. */
function baseOf(request, kid) {
  const { method, url, headers, body } = request;
  const covered = ["content-type", "ucp-agent", "idempotency-key", "signature-agent"].map((name) => headers[name] ?? "");
  try {
    return new TextDecoder().decode(core.signatureBase(method, core.signatureTarget(url), kid, ...covered, body));
  } catch (refusal) {
    throw new Error(`${JSON.stringify(request)}: ${JSON.stringify(refusal)}`);
  }
}
