// What a page may say of its agent: refused by `connect`, before anything is stored or sent, and secrets nowhere.

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { inspect } from "node:util";
import { describe, test } from "node:test";

import { newKeyPair } from "../../devshop/test/support/key-pair.js";
import { AUGUST, PROFILES } from "./support/ucp-profiles.js";
import { ITEMS, remoteSigner, UcpScene } from "./support/ucp-scene.js";
import { Work } from "./support/work.js";

const sign = () => new Uint8Array(64);
const pair = newKeyPair("ec", { namedCurve: "P-256" });
const publicJwk = { ...pair.publicKey.export({ format: "jwk" }), kid: "k1" };
const privateJwk = { ...pair.privateKey.export({ format: "jwk" }), kid: "k1" };
const pem = pair.privateKey.export({ format: "pem", type: "pkcs8" });
const algorithm = { name: "ECDSA", namedCurve: "P-256" };
const keyPair = (isExtractable) => webcrypto.subtle.generateKey(algorithm, isExtractable, ["sign", "verify"]);
const { privateKey } = await keyPair(false);
const publicKey = await webcrypto.subtle.importKey("jwk", publicJwk, algorithm, false, ["verify"]);
const { privateKey: extractable } = await keyPair(true);

/** What `connect` throws with these options. */
async function refusal(options, agent) {
  const scene = new UcpScene(agent, options);
  const error = await scene.page().then(() => assert.fail("this should have been refused"), (error) => error);
  assert.deepEqual(scene.shop.log, []);
  return error;
}

describe("options of an agent that make no sense are refused", () => {
  for (const [what, field, agent, options] of [
    ["no profiles", "profiles", { profiles: undefined }],
    ["profiles as a list", undefined, { profiles: [PROFILES[AUGUST]] }],
    ["a profile as a text", undefined, { profiles: PROFILES[AUGUST] }],
    ["a version that is none", "version", { profiles: { latest: PROFILES[AUGUST] } }],
    ["a profile without TLS", AUGUST, { profiles: { [AUGUST]: "http://agent.example/p.json" } }],
    ["a profile on loopback, of a page that is not", AUGUST, { profiles: { [AUGUST]: "http://127.0.0.1/p.json" } }],
    ["a profile with a password", AUGUST, { profiles: { [AUGUST]: "https://a:b@agent.example/p.json" } }],
    ["a profile with a quote", AUGUST, { profiles: { [AUGUST]: 'https://agent.example/"p.json' } }],
    ["a profile that is a path", AUGUST, { profiles: { [AUGUST]: "/p.json" } }],
    ["a tier that is none", "tier", { tier: "royal" }],
    ["a token as an object", "token", { token: { access_token: "SECRET" } }],
    ["a token that is a promise", "token", { token: Promise.resolve("SECRET") }],
    ["the tier token without one", "token", { tier: "token" }],
    ["the tier signed without a signer", "signer", { tier: "signed" }],
    ["agentWideToken as a text", "agentWideToken", { agentWideToken: "yes" }],
    ["a signer without a name", undefined, { signer: { sign } }],
    ["a signer that does not sign", undefined, { signer: { kid: "k" } }],
    ["a signer that is a function", undefined, { signer: sign }],
    ["no keys at all", "signer", { signer: [] }],
    ["a member that nobody knows", "profile", { profile: PROFILES[AUGUST] }],
    ["a token beside a proxy", "token", { token: () => "t" }, { proxy: "/agent" }],
    ["a proxy elsewhere", "proxy", {}, { proxy: "https://proxy.example/agent" }],
    ["a proxy elsewhere, without a scheme", "proxy", {}, { proxy: "//proxy.example/agent" }],
    ["a proxy with a query", "proxy", {}, { proxy: "/agent?x=1" }],
    ["a proxy as an object", "proxy", {}, { proxy: {} }],
    ["an endpoint without TLS", "ucpEndpoint", {}, { ucpEndpoint: "http://shop-4711.myshopify.example/api/ucp/mcp" }],
    ["an agent that is a text", undefined, undefined, { agent: "me" }],
    ["an agent that is a list", undefined, undefined, { agent: [] }],
  ]) {
    test(what, async () => {
      const error = await refusal(options, agent);
      assert.ok(["option_invalid", "endpoint_not_secure"].includes(error.code), inspect(error));
      if (field !== undefined) assert.equal(error.field, field);
    });
  }
});

describe("what a page may say is taken", () => {
  for (const [what, agent, options] of [
    ["one profile", { profiles: { [AUGUST]: PROFILES[AUGUST] } }],
    ["a tier below the credentials", { tier: "anonymous", token: () => "t", signer: { kid: "k", sign } }],
    ["any tier of a proxy", { tier: "token" }, { proxy: "/agent" }],
    ["a proxy on this origin by its whole address", {}, { proxy: "https://shop.example/agent/" }],
    ["a signer with more to it", { signer: Object.assign(new (class { kid = "k"; sign() { return sign(); } })(), { url: "x" }) }],
    ["a key of this browser", { signer: { kid: "k1", publicJwk, privateKey } }],
    ["several", { signer: [{ kid: "k1", publicJwk, privateKey }, { kid: "k2", publicJwk: { ...publicJwk, kid: "k2" }, privateKey }] }],
    ["an endpoint of this origin", {}, { ucpEndpoint: "/mcp" }],
  ]) {
    test(what, async () => {
      const page = await new UcpScene(agent, options).page();
      assert.equal(typeof page.ucp.cart.get, "function");
    });
  }
});

describe("a secret is refused, wherever it is put", () => {
  const SECRETS = ["SECRET", privateJwk.d, pem.split("\n")[1]];
  const key = { kid: "k1", publicJwk, privateKey };
  const places = {
    "clientSecret": [{}, { clientSecret: "SECRET" }],
    "client_secret": [{}, { client_secret: "SECRET" }],
    "a client id that is a secret": [{}, { clientId: "shpss_SECRET" }],
    "agent.clientSecret": [{ clientSecret: "SECRET" }],
    "agent.privateKey": [{ privateKey: "SECRET" }],
    "agent.password": [{ password: "SECRET" }],
    "agent.token, a token": [{ token: "SECRET" }],
    "agent.token, a secret": [{ token: "shpss_SECRET" }],
    "agent.signer, a private key": [{ signer: privateJwk }],
    "agent.signer, a private key with a function": [{ signer: { ...privateJwk, sign } }],
    "agent.signer, a list of private keys": [{ signer: [privateJwk] }],
    "agent.signer, a PEM": [{ signer: pem }],
    "agent.signer.secret": [{ signer: { kid: "k", sign, secret: "SECRET" } }],
    "agent.signer.privateKey, with a function": [{ signer: { kid: "k", sign, privateKey: pem } }],
    "agent.signer.publicJwk": [{ signer: { ...key, publicJwk: privateJwk } }],
    "agent.signer.privateKey, a PEM": [{ signer: { ...key, privateKey: pem } }],
    "agent.signer.privateKey, a JWK": [{ signer: { ...key, privateKey: privateJwk } }],
    "agent.signer.privateKey, one that can be exported": [{ signer: { ...key, privateKey: extractable } }],
    "agent.signer.privateKey, a public one": [{ signer: { ...key, privateKey: publicKey } }],
    "agent.signer[1].publicJwk": [{ signer: [key, { ...key, publicJwk: privateJwk }] }],
    "agent.signer[1].clientSecret": [{ signer: [key, { ...key, clientSecret: "SECRET" }] }],
  };
  /** These are no keys at all, whatever is in them. */
  const SHAPELESS = ["agent.signer, a PEM", "agent.signer, a list of private keys", "agent.signer, a private key"];

  for (const [place, [agent, options]] of Object.entries(places)) {
    test(place, async () => {
      const scene = new UcpScene(agent, options);
      const tab = scene.browser.tab("https://shop.example/pages/account");
      const error = await scene.load(tab).then(() => assert.fail("this should have been refused"), (error) => error);
      assert.equal(error.name, "OptionsError", inspect(error));
      if (!SHAPELESS.includes(place)) assert.equal(error.code, "secret_in_page");
      await scene.world.advance(60_000);
      const seen = inspect(error, { depth: null, showHidden: true }) + tab.storage.text() + scene.browser.local.text()
        + JSON.stringify(scene.browser.bus.posted) + tab.document.warnings.join();
      for (const secret of SECRETS) assert.ok(!seen.includes(secret), "it is shown nowhere");
      assert.deepEqual(scene.shop.log, [], "nothing is sent");
    });
  }

  for (const [what, options] of Object.entries({
    "a private key": { keys: [privateJwk] },
    "one among others": { keys: [publicJwk, { ...remoteSigner().jwk, d: "SECRET" }] },
    "a key with a private half beside it": { keys: [{ publicJwk: privateJwk }] },
  })) {
    test(`agentProfile: ${what}`, async () => {
      const page = await new UcpScene().page();
      const { document } = page.tab;
      const error = await new Work(document, () => document.api.agentProfile({ version: AUGUST, ...options })).error();
      assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "secret_in_page", "d"]);
      assert.ok(!inspect(error, { depth: null, showHidden: true }).includes(privateJwk.d));
    });
  }
});

describe("what makes no profile is refused", () => {
  for (const [what, options] of Object.entries({
    "nothing": undefined,
    "no version": {},
    "a version that is none": { version: "latest" },
    "a capability that nobody knows": { version: AUGUST, capabilities: ["com.example.gift"] },
    "capabilities as a text": { version: AUGUST, capabilities: "dev.ucp.shopping.cart" },
    "capabilities as a number": { version: AUGUST, capabilities: 7 },
    "keys as an object": { version: AUGUST, keys: publicJwk },
    "keys as a number": { version: AUGUST, keys: 7 },
    "keys of null": { version: AUGUST, keys: [null] },
    "a key that is off its curve": { version: AUGUST, keys: [{ ...publicJwk, x: publicJwk.y }] },
    "a key for something else": { version: AUGUST, keys: [{ ...publicJwk, use: "enc" }] },
    "a key twice": { version: AUGUST, keys: [publicJwk, publicJwk] },
    "an option that is none": { version: AUGUST, name: "me" },
  })) {
    test(what, async () => {
      const page = await new UcpScene().page();
      const { document } = page.tab;
      assert.equal(await new Work(document, () => document.api.agentProfile(options)).code(), "option_invalid");
    });
  }
});

test("no option is read again later: a page that changes its object changes nothing", async () => {
  const scene = new UcpScene();
  const page = await scene.page();
  scene.options.agent.profiles = { [AUGUST]: "https://evil.example/p.json" };
  scene.options.agent.token = "customer";
  await page.ucp.cart.create(ITEMS).result();
  assert.deepEqual([scene.ucp.calls[0].profile, scene.ucp.calls[0].tier], [PROFILES[AUGUST], "anonymous"]);
});
