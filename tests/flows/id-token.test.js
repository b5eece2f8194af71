// The ID token: every claim that does not fit is refused, and its signature is held to the shop's key set.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { bodyOf, json, LOST, REDIRECT, SILENCE, text } from "./support/network.js";
import { assertNoSession, comeBack, Scene } from "./support/scene.js";

describe("an ID token that does not fit is refused", () => {
  const claim = (name, value) => (_header, claims) => { claims[name] = value; };
  const shifted = (name, seconds) => (_header, claims) => { claims[name] = claims.iat + seconds; };
  const header = (name, value) => (headers) => { headers[name] = value; };
  const rows = {
    "another issuer": ["iss", claim("iss", "https://evil.example")],
    "an issuer with a slash": ["iss", claim("iss", "https://shopify.com/authentication/1234/")],
    "no issuer": ["iss", claim("iss", null)],
    "another audience": ["aud", claim("aud", "client-2")],
    "an audience more": ["aud", claim("aud", ["client-1", "client-2"])],
    "no audience": ["aud", claim("aud", [])],
    "an audience as an object": ["aud", claim("aud", { 0: "client-1" })],
    "another party": ["azp", claim("azp", "client-2")],
    "a party of null": ["azp", claim("azp", null)],
    "nobody": ["sub", claim("sub", "")],
    "no subject": ["sub", claim("sub", null)],
    "a number as subject": ["sub", claim("sub", 7)],
    "expired": ["exp", shifted("exp", -100)],
    "without an end": ["exp", claim("exp", null)],
    "with an end in words": ["exp", claim("exp", "tomorrow")],
    "from the future": ["iat", shifted("iat", 1_000)],
    "never issued": ["iat", claim("iat", null)],
    "another nonce": ["nonce", claim("nonce", "replayed")],
    "no nonce": ["nonce", claim("nonce", null)],
    "for another access token": ["at_hash", claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")],
    "a hash of another kind": ["at_hash", claim("at_hash", 1)],
    "unsigned": ["alg", header("alg", "none")],
    "unsigned, in capitals": ["alg", header("alg", "NONE")],
    "signed by a shared secret": ["alg", header("alg", "HS256")],
    "RS512": ["alg", header("alg", "RS512")],
    "no algorithm": ["alg", header("alg", null)],
    "an extension": ["crit", header("crit", ["b64"])],
    "an extension of nothing": ["crit", header("crit", [])],
    "a key of another kind": ["signature", header("alg", "ES256")],
    "an unknown key": ["signature", header("kid", "stranger")],
  };
  for (const [what, [field, forge]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.login.settings.forge = forge;
      const { page, work } = await comeBack(scene);
      const error = await work.error();
      assert.equal(error.code, "id_token_invalid");
      assert.equal(error.field, field);
      assertNoSession(page);
    });
  }

  test("a bad signature", async () => {
    const scene = new Scene();
    scene.shop.login.settings.badSignature = true;
    const { page, work } = await comeBack(scene);
    const error = await work.error();
    assert.equal(error.code, "id_token_invalid");
    assert.equal(error.field, "signature");
    assertNoSession(page);
  });
});

describe("an ID token fits all the same", () => {
  const rows = {
    "an audience as a list of one": (_header, claims) => { claims.aud = ["client-1"]; },
    "the party is us": (_header, claims) => { claims.azp = "client-1"; },
    "a clock that is a bit off": (_header, claims) => { claims.exp = claims.iat - 50; },
    "a clock that is minutes off": (_header, claims) => { claims.iat += 800; },
    "no hash": (_header, claims) => { delete claims.at_hash; },
    "no key id": (header) => { delete header.kid; },
    "an elliptic key": (header) => { Object.assign(header, { alg: "ES256", kid: "key-2" }); },
    "odd members": (header, claims) => {
      header.jku = "https://evil.example/keys";
      Object.defineProperty(claims, "__proto__", { value: { admin: true }, enumerable: true });
    },
  };
  for (const [what, forge] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.login.settings.forge = forge;
      const { work } = await comeBack(scene);
      const { session } = await work.result();
      assert.equal(session.idTokenSignature, "verified");
      assert.equal(session.claims.sub, "gid://shopify/Customer/ada");
      assert.equal(session.claims.admin, undefined);
      assert.equal(scene.shop.count("elsewhere"), 0, "no other key set is asked for");
    });
  }
});

describe("an ID token that is none", () => {
  const withIdToken = (scene, token) => scene.shop.next("token", (sent) => {
    const answer = JSON.parse(bodyOf(scene.shop.usual(sent)));
    return json(200, { ...answer, id_token: token });
  });
  const rows = {
    "one part": "a",
    "two parts": "a.b",
    "three parts of nothing": "a.b.c",
    "four parts": "a.b.c.d",
    "no signature": "e30.e30.",
    "a list of claims": "e30.W10.AA",
    "dots": "....",
    "an emoji": "\u{1f600}.e30.e30",
    "200 kB": "A".repeat(200_000),
  };
  for (const [what, token] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      withIdToken(scene, token);
      const { page, work } = await comeBack(scene);
      assert.equal(await work.code(), "id_token_invalid");
      assertNoSession(page);
    });
  }

  test("an empty one counts as none, and then nobody is known by name", async () => {
    const scene = new Scene();
    withIdToken(scene, "");
    const { work } = await comeBack(scene);
    const { session } = await work.result();
    assert.equal(session.claims, null);
    assert.equal(session.idTokenSignature, null);
  });
});

describe("without a key set, the direct answer stands and says so", () => {
  const rows = {
    "lost": LOST,
    "500": text(500, ""),
    "404": text(404, "<html>"),
    "HTML": text(200, "<html>"),
    "a redirect": REDIRECT,
    "silence": SILENCE,
  };
  for (const [what, reply] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.always("keys", reply);
      const { work } = await comeBack(scene);
      const { session } = await work.result();
      assert.equal(session.idTokenSignature, "unverified");
      assert.equal(session.claims.sub, "gid://shopify/Customer/ada");
      assert.equal(scene.shop.count("keys"), 1);
    });
  }
});

describe("a key that is not in the set is looked for once more", () => {
  test("and found", async () => {
    const scene = new Scene();
    scene.shop.next("keys", json(200, { keys: [] }));
    const { work } = await comeBack(scene);
    assert.equal((await work.result()).session.idTokenSignature, "verified");
    assert.equal(scene.shop.count("keys"), 2);
  });

  for (const keySet of [{ keys: [] }, { keys: "no" }, [], { keys: [null, 1, {}, []] }]) {
    test(`not for ever: ${JSON.stringify(keySet)}`, async () => {
      const scene = new Scene();
      scene.shop.always("keys", json(200, keySet));
      const { page, work } = await comeBack(scene);
      assert.equal(await work.code(), "id_token_invalid");
      assert.equal(scene.shop.count("keys"), 2);
      assertNoSession(page);
    });
  }
});
