import { createHash, randomUUID } from "node:crypto";
import { createSigner, httpbis } from "http-message-signatures";
import { newKeyPair } from "./key-pair.js";
import { AUGUST, postUcp, profileOf, ucpEndpoint } from "./ucp.js";

/** Asks for a token as the agent's server does. */
export function requestToken(shop, { agent = "demo", headers = {}, ...overrides } = {}) {
  const { clientId, clientSecret } = shop.agentClients.find(({ name }) => name === agent);
  return fetch(`${shop.api}/auth/access_token`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({
      client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials", ...overrides,
    }),
  });
}

export async function agentToken(shop, agent = "demo") {
  return (await (await requestToken(shop, { agent })).json()).access_token;
}

/** A key pair whose public half is in the agent's profile, under one of the two names of the key list. */
export async function publishKey(shop, { agent = "signer", version = AUGUST, list = "keys", curve = "P-256" } = {}) {
  const { privateKey, publicKey } = newKeyPair("ec", { namedCurve: curve });
  const kid = `key-${randomUUID()}`;
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, use: "sig" };
  const document = await (await fetch(profileOf(shop, "demo", version))).json();
  const { url } = shop.publishProfile(`/agents/${agent}/${version}.json`, { ...document, [list]: [jwk] });
  return { privateKey, kid, profile: url, jwk };
}

const FIELDS = ["@method", "@authority", "@path", "content-digest", "content-type"];

/**
 * Signs a message with the library's own signer.
 *
 * @returns {Promise<{body: Buffer, headers: Record<string, string>}>}
 */
export async function sign(shop, message, { privateKey, kid }, how = {}) {
  const { headers = {}, params, fields, url, paramValues } = how;
  const body = Buffer.from(JSON.stringify(message));
  const signer = createSigner(privateKey, "ecdsa-p256-sha256", kid);
  const digest = createHash("sha256").update(body).digest("base64");
  const optional = Object.keys(headers).filter((name) => ["ucp-agent", "idempotency-key"].includes(name));
  const signed = await httpbis.signMessage({
    key: signer, name: "sig1", params: params ?? ["created", "keyid"], fields: fields ?? [...FIELDS, ...optional],
    ...(paramValues ? { paramValues } : {}),
  }, {
    method: "POST",
    url: url ?? ucpEndpoint(shop),
    headers: { "content-type": "application/json", "content-digest": `sha-256=:${digest}:`, ...headers },
  });
  const lowercase = Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { body, headers: Object.fromEntries(lowercase) };
}

export async function postSigned(shop, { body, headers }) {
  const response = await postUcp(shop, body, headers);
  const { error, result } = await response.json();
  return { status: response.status, error, result };
}
