// Signs requests with the shipped core and keys of this browser, and sends them. The test's server has the core's glue
// under /core/ and the package under /pkg/.

import * as core from "/core/shopper_mcp_bg.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
/** Requests under way at the same time. */
const AT_ONCE = 10;

const wasm = await (await fetch("/pkg/shopper_mcp_bg.wasm")).arrayBuffer();
const { instance } = await WebAssembly.instantiate(wasm, core.imports);
core.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

let keys;

globalThis.signing = {
  /** Makes a key for each name, and gives their public halves. `null`: named by its thumbprint. */
  async makeKeys(kids) {
    keys = await Promise.all(kids.map(async (kid) => {
      const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
      const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
      return { ...pair, jwk: ask(core.readPublicKey, kid === null ? jwk : { ...jwk, kid }) };
    }));
    return keys.map(({ jwk }) => ({ ...jwk }));
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

/** The core throws numbers, which are of no use to a test. */
function ask(question, ...facts) {
  try {
    return question(...facts);
  } catch (refusal) {
    throw new Error(`${question.name}(${JSON.stringify(facts)}): ${JSON.stringify(refusal)}`);
  }
}

async function send({ method, target, headers, profile, body, number, key }) {
  const { privateKey, jwk } = keys[key];
  const url = location.origin + target;
  const covered = profile === null ? headers : { ...headers, "UCP-Agent": ask(core.agentHeader, profile) };
  const { base, signatureInput, contentDigest } = ask(core.signatureOf, { method, url, headers: covered, body }, jwk.kid);
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(base));
  const all = {
    ...covered,
    "x-number": String(number),
    "signature-input": signatureInput,
    "signature": ask(core.signatureHeader, new Uint8Array(signature)),
    ...(contentDigest === null ? {} : { "content-digest": contentDigest }),
  };
  const response = await fetch(url, { method, headers: all, body, cache: "no-store", redirect: "error" });
  if (!response.ok) throw new Error(`${method} ${url}: status ${response.status}`);
}
