import { createHash, createPublicKey } from "node:crypto";
import { createVerifier, httpbis } from "http-message-signatures";
import { ProtocolRefusal } from "./registry.js";

const ALGORITHM = "ecdsa-p256-sha256";
/** No signature is too old or too new; what keeps it from being used twice is the idempotency key. */
const AT_ANY_TIME = Number.MAX_SAFE_INTEGER;
const WHENEVER_PRESENT = ["ucp-agent", "idempotency-key", "signature-agent"];

/**
 * Checks the digest of a body (RFC 9530), where there is one.
 *
 * @param {string | undefined} header
 * @param {Buffer} bytes as they came
 */
export function checkDigest(header, bytes) {
  if (header === undefined) return;
  const digest = createHash("sha256").update(bytes).digest("base64");
  const named = header.split(",").map((part) => part.trim()).find((part) => part.startsWith("sha-256="));
  if (named !== `sha-256=:${digest}:`) {
    throw new ProtocolRefusal("digest_mismatch", "Content-Digest is not the sha-256 of the body.");
  }
}

/**
 * Checks a request's signature (RFC 9421) against the keys that the agent has published.
 *
 * @param {object} request
 * @param {import("node:http").IncomingMessage} request.req
 * @param {URL} request.endpoint what was called, as agents know it
 * @param {import("./profiles.js").AgentProfile} request.profile
 * @param {import("./profiles.js").ProfileCache} request.profiles
 * @returns {Promise<boolean>} whether there is one
 */
export async function checkSignature({ req, endpoint, profile, profiles }) {
  const { signature, "signature-input": input } = req.headers;
  if (signature === undefined && input === undefined) return false;
  if (signature === undefined || input === undefined) {
    throw new ProtocolRefusal("signature_missing", "Signature and Signature-Input go together.");
  }
  const verdict = await verify({ req, endpoint, profile, profiles });
  if (verdict !== true) throw new ProtocolRefusal("signature_invalid", "The signature does not verify.");
  return true;
}

async function verify({ req, endpoint, profile, profiles }) {
  try {
    return await httpbis.verifyMessage({
      all: true,
      notAfter: AT_ANY_TIME,
      requiredFields: requiredFields(req, endpoint),
      keyLookup: async ({ keyid, alg }) => {
        if (alg !== undefined) throw new ProtocolRefusal("signature_invalid", "The parameter alg must not appear.");
        if (keyid === undefined) throw new ProtocolRefusal("signature_invalid", "The parameter keyid is missing.");
        return verifierOf(await findKey(keyid, profile, profiles));
      },
    }, { method: req.method, url: endpoint, headers: req.headers });
  } catch (error) {
    if (error instanceof ProtocolRefusal) throw error;
    throw new ProtocolRefusal("signature_invalid", error.message);
  }
}

function requiredFields({ headers }, { search }) {
  return [
    "@method", "@authority", "@path", ...(search ? ["@query"] : []), "content-digest", "content-type",
    ...WHENEVER_PRESENT.filter((name) => headers[name] !== undefined),
  ];
}

async function findKey(kid, profile, profiles) {
  const among = ({ keys }) => keys.find((key) => key.kid === kid && key.use !== "enc" && mayVerify(key));
  const key = among(profile) ?? among(await profiles.getAnew(profile));
  if (!key) throw new ProtocolRefusal("key_not_found", `The profile has no key ${kid}.`);
  return key;
}

function mayVerify({ key_ops: operations }) {
  return operations === undefined || operations.includes("verify");
}

function verifierOf(jwk) {
  if (jwk.kty !== "EC" || jwk.crv !== "P-256" || (jwk.alg ?? "ES256") !== "ES256") {
    throw new ProtocolRefusal("algorithm_unsupported", "The shop verifies ES256 only.");
  }
  let key;
  try {
    key = createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    throw new ProtocolRefusal("profile_malformed", `The key ${jwk.kid} is not a point on its curve.`);
  }
  return { id: jwk.kid, algs: [ALGORITHM], verify: createVerifier(key, ALGORITHM) };
}
