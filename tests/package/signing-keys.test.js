// Keys of a browser, and the profile that publishes them: the lazy module as it is packed.

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { describe, test } from "node:test";

import Ajv2020 from "ajv/dist/2020.js";
import { calculateJwkThumbprint } from "jose";

import { importPackageFile } from "./package-under-test.js";
import { PROFILE_SCHEMA } from "./ucp-profile-schema.js";

const { createKey, profileOf } = await importPackageFile("signing-keys.js");
const { sharedCapabilities } = await importPackageFile("capabilities.js");

const APRIL = "2026-04-08";
const AUGUST = "2026-08-25";
const NAME = "dev.ucp.shopping.";

/** RFC 9421 appendix B.1.3. */
const JWK = {
  kty: "EC",
  crv: "P-256",
  kid: "test-key-ecc-p256",
  x: "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
  y: "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
};
const PUBLISHED = { ...JWK, use: "sig", alg: "ES256" };

class Refused extends Error {
  constructor(sentence, field, code = "option_invalid") {
    super(sentence);
    Object.assign(this, { field, code });
  }
}

const textOf = (options) => profileOf(options, (...told) => new Refused(...told));
const documentOf = async (options) => JSON.parse(await textOf(options));
/** A key as it is published. */
const publishing = async (key) => (await documentOf({ version: AUGUST, keys: [key] })).keys[0];

async function refuses(options, field, code = "option_invalid") {
  await assert.rejects(textOf(options), (error) => {
    assert.ok(error instanceof Refused, error.stack);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
    assert.doesNotMatch(error.message, /SECRET/);
    return true;
  });
}
const refusesKey = (key, field, code) => refuses({ version: AUGUST, keys: [key] }, field, code);

describe("a key of this browser", () => {
  test("signs what its public half verifies, and is named by its thumbprint", async () => {
    const key = await createKey();
    assert.deepEqual(Object.keys(key).sort(), ["kid", "privateKey", "publicJwk"]);
    assert.deepEqual(Object.keys(key.publicJwk), ["kid", "kty", "crv", "x", "y", "use", "alg"]);
    assert.equal(key.kid, await calculateJwkThumbprint(key.publicJwk));
    assert.equal(key.publicJwk.kid, key.kid);
    const data = new TextEncoder().encode("\"@method\": POST");
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, data);
    const publicKey = createPublicKey({ key: key.publicJwk, format: "jwk" });
    assert.ok(verify("sha256", data, { key: publicKey, dsaEncoding: "ieee-p1363" }, new Uint8Array(signature)));
  });

  test("has a private half that nobody can export", async () => {
    const { privateKey } = await createKey();
    assert.deepEqual([privateKey.type, privateKey.extractable, privateKey.usages], ["private", false, ["sign"]]);
    for (const format of ["jwk", "pkcs8", "raw"]) await assert.rejects(crypto.subtle.exportKey(format, privateKey));
  });

  test("is another one each time", async () => {
    const [one, other] = await Promise.all([createKey(), createKey()]);
    assert.notEqual(one.kid, other.kid);
  });
});

describe("a key is published", () => {
  test("with its public members and no others", async () => {
    assert.deepEqual(await publishing(JWK), PUBLISHED);
    const more = { key_ops: ["verify"], ext: true, use: "sig", alg: "ES256", x5c: ["MIIB"], note: "SECRET" };
    assert.deepEqual(await publishing({ ...JWK, ...more }), PUBLISHED);
    const text = await textOf({ version: AUGUST, keys: [{ ...JWK, ...more }] });
    assert.doesNotMatch(text, /SECRET|MIIB|key_ops/);
  });

  test("under its thumbprint where it has no name", async () => {
    for (const kid of [undefined, null]) {
      const { kid: name } = await publishing({ ...JWK, kid });
      assert.equal(name, "ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI");
      assert.equal(name, await calculateJwkThumbprint(JWK));
    }
  });

  test("of a whole signing key, its public half", async () => {
    const key = await createKey();
    assert.deepEqual(await publishing(key), key.publicJwk);
  });

  test("with coordinates as RFC 7518 writes them, or not at all", async () => {
    for (const change of [{ y: `${JWK.y}=` }, { x: JWK.x.replace("_", "/") }, { x: ` ${JWK.x}` }, { y: `${JWK.y}\n` }, { x: [JWK.x] }]) {
      const published = await publishing({ ...JWK, ...change }).catch((error) => error);
      if (!(published instanceof Refused)) assert.deepEqual(published, PUBLISHED, JSON.stringify(change));
    }
  });
});

describe("a private half is refused before anything else", () => {
  for (const member of ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]) {
    test(member, async () => {
      for (const key of [JWK, { kty: "RSA" }, {}]) {
        for (const value of ["SECRETSECRET", null, undefined, []]) {
          await refusesKey({ ...key, [member]: value }, member, "secret_in_page");
          await refusesKey({ publicJwk: { ...key, [member]: value }, privateKey: {} }, member, "secret_in_page");
        }
      }
      await assert.rejects(textOf({ version: AUGUST, keys: [JWK, { ...JWK, [member]: "SECRET" }] }), /private half/);
    });
  }
});

describe("keys that do not verify ES256 are refused", () => {
  const other = { ...JWK, x: JWK.y, y: JWK.x };
  const zero = "A".repeat(43);
  for (const [what, key, field] of [
    ["null", null, "kty"],
    ["a list", [], "kty"],
    ["a text", "-----BEGIN PUBLIC KEY-----", "kty"],
    ["nothing in it", {}, "kty"],
    ["RSA", { ...JWK, kty: "RSA" }, "kty"],
    ["Ed25519", { ...JWK, kty: "OKP", crv: "Ed25519" }, "kty"],
    ["another curve", { ...JWK, crv: "P-384" }, "crv"],
    ["a curve by its number", { ...JWK, crv: 256 }, "crv"],
    ["for encryption", { ...JWK, use: "enc" }, "use"],
    ["another algorithm", { ...JWK, alg: "ES384" }, "alg"],
    ["for signing alone", { ...JWK, key_ops: ["sign"] }, "key_ops"],
    ["for nothing", { ...JWK, key_ops: [] }, "key_ops"],
    ["for null", { ...JWK, key_ops: null }, "key_ops"],
    ["no x", { ...JWK, x: undefined }, "x"],
    ["a short x", { ...JWK, x: "AAAA" }, "x"],
    ["a long y", { ...JWK, y: `${JWK.y}A` }, "x"],
    ["a point off the curve", { ...JWK, x: JWK.y }, "x"],
    ["its coordinates swapped", other, "x"],
    ["the point (0, 0)", { ...JWK, x: zero, y: zero }, "x"],
    ["a name with a line break", { ...JWK, kid: "a\nb" }, "kid"],
    ["a name beyond ASCII", { ...JWK, kid: "é" }, "kid"],
    ["an empty name", { ...JWK, kid: "" }, "kid"],
    ["a name that no signature can quote", { ...JWK, kid: "the \"next\"" }, "kid"],
    ["a name with a backslash", { ...JWK, kid: "a\\b" }, "kid"],
    ["a number for a name", { ...JWK, kid: 7 }, "kid"],
    ["a list for a name", { ...JWK, kid: ["a"] }, "kid"],
  ]) {
    test(what, async () => {
      await refusesKey(key, field);
      await refuses({ version: AUGUST, keys: [JWK, { publicJwk: key }] }, field);
    });
  }
});

describe("the profile", () => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(PROFILE_SCHEMA);

  for (const version of [APRIL, AUGUST]) {
    test(`is one of ${version}, with its keys where either version looks`, async () => {
      const keys = [JWK, await createKey()];
      for (const options of [{ version }, { version, keys }, { version, keys, capabilities: [] }]) {
        const document = await documentOf(options);
        assert.ok(validate(document), JSON.stringify(validate.errors));
        assert.equal(document.ucp.version, version);
        assert.equal(document.keys.length, options.keys?.length ?? 0);
        assert.deepEqual(document.keys, document.signing_keys);
        assert.doesNotMatch(JSON.stringify(document), version === APRIL ? /2026-08-25/ : /2026-04-08/);
      }
    });
  }

  test("says where each thing is specified", async () => {
    const { ucp } = await documentOf({ version: AUGUST });
    assert.deepEqual(Object.keys(ucp), ["version", "services", "capabilities", "payment_handlers"]);
    assert.deepEqual(ucp.payment_handlers, {});
    assert.deepEqual(ucp.services, {
      "dev.ucp.shopping": [{
        version: AUGUST,
        transport: "mcp",
        spec: "https://ucp.dev/2026-08-25/specification/overview",
        schema: "https://ucp.dev/2026-08-25/services/shopping/mcp.openrpc.json",
      }],
    });
    assert.deepEqual(ucp.capabilities[`${NAME}catalog.search`], [{
      version: AUGUST,
      spec: "https://ucp.dev/2026-08-25/specification/catalog/search",
      schema: "https://ucp.dev/2026-08-25/schemas/shopping/catalog_search.json",
    }]);
    assert.equal(ucp.capabilities[`${NAME}buyer_consent`][0].spec, "https://ucp.dev/2026-08-25/specification/buyer-consent");
    assert.equal(ucp.capabilities[`${NAME}fulfillment`][0].extends, `${NAME}checkout`);
    assert.deepEqual(ucp.capabilities[`${NAME}discount`][0].extends, [`${NAME}cart`, `${NAME}checkout`]);
  });

  test("declares everything, which fits itself, or what was asked for", async () => {
    const everything = await documentOf({ version: AUGUST });
    const names = Object.keys(everything.ucp.capabilities);
    assert.equal(names.length, 8);
    assert.deepEqual(Object.keys(sharedCapabilities(everything, everything, assert.fail)), names);
    const twice = { version: APRIL, capabilities: [`${NAME}cart`, `${NAME}cart`, `${NAME}order`] };
    assert.deepEqual(Object.keys((await documentOf(twice)).ucp.capabilities), [`${NAME}cart`, `${NAME}order`]);
    assert.deepEqual((await documentOf({ version: APRIL, capabilities: [] })).ucp.capabilities, {});
  });

  for (const [what, options, field, code] of [
    ["without a version", {}, "version"],
    ["of a version that is none", { version: "1" }, "version"],
    ["of the latest version", { version: "latest" }, "version"],
    ["of a version as a list", { version: ["2026-08-25", "2026-04-08"] }, "version"],
    ["with capabilities as a text", { version: AUGUST, capabilities: "all" }, "capabilities"],
    ["with a capability that is a family", { version: AUGUST, capabilities: [`${NAME}catalog`] }, "capabilities"],
    ["with a capability of Object.prototype", { version: AUGUST, capabilities: ["constructor"] }, "capabilities"],
    ["with a key in the place of the list", { version: AUGUST, keys: JWK }, "keys"],
    ["with one key twice", { version: AUGUST, keys: [JWK, JWK] }, "kid"],
    ["with two keys of one name", { version: AUGUST, keys: [JWK, { ...JWK, alg: "ES256" }] }, "kid"],
    ["with a private key", { version: AUGUST, keys: [JWK, { ...JWK, d: "SECRET" }] }, "d", "secret_in_page"],
    ["with an option that nobody knows", { version: AUGUST, signing_keys: [JWK] }, "signing_keys"],
  ]) {
    test(`${what} is not written`, () => refuses(options, field, code));
  }
});
