// What the specification demands of an agent's profile (UCP overview, "Profile Structure", "Key Discovery").

const DATE = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };
const URL = { type: "string", pattern: "^https://[^\\s]+$" };
const NAME = { pattern: "^[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+$" };

/** A map of lists by names that belong to a domain. */
const registry = (entry) => ({ type: "object", propertyNames: NAME, additionalProperties: { type: "array", minItems: 1, items: entry } });

/** What an agent names, it says where it is specified. */
const entry = (properties, required = []) => ({
  type: "object",
  required: ["version", "spec", "schema", ...required],
  properties: { version: DATE, spec: URL, schema: URL, ...properties },
});

const CAPABILITY = entry({
  extends: { anyOf: [{ type: "string", ...NAME }, { type: "array", minItems: 1, items: { type: "string", ...NAME } }] },
});
const SERVICE = entry({ transport: { enum: ["rest", "mcp", "a2a", "embedded"] } }, ["transport"]);

const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const COORDINATE = { type: "string", pattern: "^[\\w-]{43}$" };
const KEY = {
  type: "object",
  required: ["kid", "kty", "crv", "x", "y"],
  properties: {
    kid: { type: "string", minLength: 1 }, kty: { const: "EC" }, crv: { const: "P-256" }, x: COORDINATE, y: COORDINATE,
    use: { const: "sig" }, alg: { const: "ES256" },
  },
  not: { anyOf: PRIVATE.map((member) => ({ required: [member] })) },
};
const KEYS = { type: "array", items: KEY };

/** `signing_keys` is where 2026-04-08 looks, `keys` where 2026-08-25 does. */
export const PROFILE_SCHEMA = {
  type: "object",
  required: ["ucp", "signing_keys", "keys"],
  properties: {
    ucp: {
      type: "object",
      required: ["version", "services", "payment_handlers"],
      properties: { version: DATE, services: registry(SERVICE), capabilities: registry(CAPABILITY), payment_handlers: { type: "object" } },
    },
    signing_keys: KEYS,
    keys: KEYS,
  },
};
