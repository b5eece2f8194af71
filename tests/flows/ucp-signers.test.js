// Signed requests: by a signer somewhere else, or by keys of this browser that the agent has published.

import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { describe, test } from "node:test";

import { loseAnswer } from "./support/losses.js";
import { json, LATENCY, LOST, text } from "./support/network.js";
import { APRIL, AUGUST, PROFILES, UCP_ENDPOINT } from "./support/ucp-profiles.js";
import { ITEMS, remoteSigner, TIERS, UcpScene } from "./support/ucp-scene.js";
import { Work } from "./support/work.js";

const create = (page, options) => page.ucp.cart.create(ITEMS, options);
const plain = (value) => JSON.parse(JSON.stringify(value));

/** A scene whose signer signs in another way. */
function signedBy(change, options = {}) {
  const { signer, jwk, requests } = remoteSigner();
  const scene = new UcpScene({ signer: change(signer) }, options);
  scene.ucp.publish(jwk);
  return { scene, requests };
}

describe("a signer somewhere else", () => {
  test("is given the request and what is to be signed of it", async () => {
    const { scene, requests } = signedBy((signer) => signer);
    const page = await scene.page();
    const told = page.watchWire();
    const { data } = await create(page).result();
    await page.ucp.cart.cancel(data.id).result();
    await scene.world.settle();
    const [sent, keyed] = scene.shop.sent("ucp");
    const [{ base, ...request }, second] = plain(requests);
    const digest = createHash("sha256").update(sent.body).digest("base64");
    assert.deepEqual(request, {
      method: "POST",
      url: UCP_ENDPOINT,
      headers: { "content-type": "application/json", "ucp-agent": `profile="${PROFILES[AUGUST]}"` },
      body: sent.body,
    });
    assert.equal(base, [
      '"@method": POST',
      '"@authority": shop-4711.myshopify.example',
      '"@path": /api/ucp/mcp',
      `"ucp-agent": profile="${PROFILES[AUGUST]}"`,
      `"content-digest": sha-256=:${digest}:`,
      '"content-type": application/json',
      `"@signature-params": ${sent.headers["signature-input"].slice("sig1=".length)}`,
    ].join("\n"));
    assert.equal(sent.headers["content-digest"], `sha-256=:${digest}:`);
    assert.equal(second.headers["idempotency-key"], keyed.headers["idempotency-key"]);
    assert.match(second.base, new RegExp(`"idempotency-key": ${keyed.headers["idempotency-key"]}\n`));
    const shown = told.filter(({ signatureBase }) => signatureBase !== undefined);
    assert.deepEqual(shown.map(({ phase, signatureBase }) => [phase, signatureBase]), [["request", base], ["request", second.base]]);
  });

  for (const [what, shape] of Object.entries({
    "bytes": (bytes) => bytes,
    "a buffer": ({ buffer, byteOffset, byteLength }) => buffer.slice(byteOffset, byteOffset + byteLength),
    "a view of more": (bytes) => new DataView(Uint8Array.from([1, 2, ...bytes, 3]).buffer, 2, 64),
    "base64": (bytes) => Buffer.from(bytes).toString("base64"),
    "a promise": async (bytes) => bytes,
  })) {
    test(`may give ${what}`, async () => {
      const { scene } = signedBy(({ kid, sign }) => ({ kid, sign: (request) => shape(sign(request)) }));
      assert.equal((await create(await scene.page()).result()).outcome, "success");
    });
  }

  const giving = {
    "nothing": undefined,
    "null": null,
    "a number": 64,
    "an object": { length: 64 },
    "too few bytes": new Uint8Array(63),
    "DER": new Uint8Array(71),
    "an empty text": "",
  };
  const rows = {
    "throws": () => { throw new Error("no"); },
    "rejects": () => Promise.reject(new Error("no")),
    "gives no base64": () => "*".repeat(88),
    ...Object.fromEntries(Object.entries(giving).map(([what, given]) => [`gives ${what}`, () => given])),
  };
  test("may give base64url, with what only that has", async () => {
    const { scene } = signedBy(({ kid, sign }) => ({
      kid,
      sign(request) {
        for (;;) {
          const text = Buffer.from(sign(request)).toString("base64url");
          if (/-.*_|_.*-/.test(text)) return text;
        }
      },
    }));
    assert.equal((await create(await scene.page()).result()).outcome, "success");
  });

  test("may be an object of a class", async () => {
    const { scene } = signedBy((signer) => new (class Remote {
      kid = signer.kid;
      #sign = signer.sign;
      sign(request) {
        return this.#sign(request);
      }
    })());
    assert.equal((await create(await scene.page()).result()).outcome, "success");
  });

  for (const [what, sign] of Object.entries(rows)) {
    test(`that ${what} sends nothing`, async () => {
      const { scene } = signedBy(({ kid }) => ({ kid, sign }));
      const page = await scene.page();
      const error = await create(page).error();
      assert.deepEqual([error.name, error.code, error.field], ["NetworkError", "signer_failed", "signer"]);
      assert.equal(scene.shop.count("ucp"), 0);
    });
  }

  test("is given up with the call", async () => {
    const { scene } = signedBy(({ kid }) => ({ kid, sign: () => new Promise(() => {}) }));
    const page = await scene.page();
    const call = create(page);
    await scene.world.advance(1_000);
    call.abort();
    assert.equal(await call.code(), "aborted");
    assert.equal(scene.shop.count("ucp"), 0);
  });

  test("cannot change what is sent", async () => {
    const { scene } = signedBy(({ kid, sign }) => ({
      kid,
      sign(request) {
        const signature = sign(request);
        request.headers["x-evil"] = "1";
        request.body = "{}";
        return signature;
      },
    }));
    assert.equal((await create(await scene.page()).result()).outcome, "success");
  });

  test("signs once for a call that is sent again", async () => {
    const { scene, requests } = signedBy((signer) => signer);
    const page = await scene.readyPage();
    const before = requests.length;
    loseAnswer(scene);
    await page.ucp.cart.get("x").result();
    assert.equal(scene.shop.count("ucp"), 2);
    assert.equal(requests.length, before + 1);
  });
});

describe("a signature is for the shop's own server", () => {
  test("also through a proxy", async () => {
    const { scene, requests } = signedBy((signer) => signer, { proxy: "/agent" });
    assert.equal((await create(await scene.page()).result()).outcome, "success");
    assert.equal(requests[0].url, UCP_ENDPOINT);
    assert.deepEqual([scene.shop.count("proxy"), scene.shop.count("ucp")], [1, 0]);
  });

  test("and of a query, where the endpoint has one", async () => {
    const endpoint = `${UCP_ENDPOINT}?a=1&b=%20`;
    const { scene, requests } = signedBy((signer) => signer, { ucpEndpoint: endpoint });
    scene.shop.always("elsewhere", json(200, {}));
    await create(await scene.page()).error();
    assert.match(requests[0].base, /\n"@query": \?a=1&b=%20\n/);
  });
});

describe("what the server says of a signature", () => {
  for (const [code, reply] of [
    ["signature_invalid", ({ ucp }) => ucp.publish({ ...remoteSigner().jwk, kid: "remote-1" })],
    ["key_not_found", ({ ucp }) => ucp.publish()],
  ]) {
    test(`is told: ${code}`, async () => {
      const { scene } = signedBy((signer) => signer);
      reply(scene);
      const error = await create(await scene.page()).error();
      assert.deepEqual([error.name, error.code, error.status, error.rpc.data.code], ["ProtocolError", code, 401, code]);
      assert.equal(scene.shop.count("ucp"), 1, "it is not sent again");
    });
  }
});

/** A page's own key, made by the package. */
async function ownKey(page) {
  return new Work(page.tab.document, () => page.tab.document.api.createSigningKey()).result();
}

describe("a key of this browser", () => {
  async function withKeys(count = 1, options = {}) {
    const scene = new UcpScene({}, options);
    const first = await scene.page();
    const keys = [];
    for (let made = 0; made < count; made += 1) keys.push(await ownKey(first));
    return { scene, keys, tab: first.tab };
  }
  async function signing({ scene, tab }, signer) {
    scene.options.agent = { profiles: PROFILES, signer };
    return scene.load(tab);
  }

  test("of another curve, whose signatures are longer, sends nothing", async () => {
    const { scene, keys: [{ publicJwk, ...key }], tab } = await withKeys();
    const { privateKey } = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-384" }, false, ["sign"]);
    scene.ucp.publish(publicJwk);
    const page = await signing({ scene, tab }, { ...key, publicJwk, privateKey });
    const error = await create(page).error();
    assert.deepEqual([error.name, error.code, error.field], ["NetworkError", "signer_failed", "signer"]);
    assert.equal(scene.shop.count("ucp"), 0);
  });

  test("is called by its thumbprint, and cannot leave", async () => {
    const { keys: [key] } = await withKeys();
    const { crv, kty, x, y } = key.publicJwk;
    assert.equal(key.kid, createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url"));
    assert.deepEqual([key.publicJwk.kid, key.publicJwk.d], [key.kid, undefined]);
    assert.deepEqual([key.privateKey.extractable, key.privateKey.type, [...key.privateKey.usages]], [false, "private", ["sign"]]);
  });

  for (const version of [AUGUST, APRIL]) {
    test(`signs where the agent has published it, in the place of ${version}`, async () => {
      const made = await withKeys();
      made.scene.ucp.publish(plain(made.keys[0].publicJwk));
      const page = await signing(made, made.keys[0]);
      made.scene.options.agent.profiles = { [version]: PROFILES[version] };
      const again = await made.scene.load(page.tab);
      assert.equal((await create(again).result()).outcome, "success");
      assert.match(made.scene.shop.sent("ucp")[0].headers["signature-input"], new RegExp(`keyid="${made.keys[0].kid}"`));
    });
  }

  test("asks for the agent's profile once, however many calls begin together, and once an hour", async () => {
    const made = await withKeys();
    made.scene.ucp.publish(plain(made.keys[0].publicJwk));
    const page = await signing(made, made.keys[0]);
    const calls = Array.from({ length: 20 }, () => create(page));
    for (const call of calls) await call.result();
    assert.equal(made.scene.shop.count("agentProfile"), 1);
    await create(await made.scene.load(page.tab)).result();
    assert.equal(made.scene.shop.count("agentProfile"), 1);
  });

  test("that is not published sends nothing", async () => {
    const made = await withKeys();
    const page = await signing(made, made.keys[0]);
    const error = await create(page).error();
    assert.deepEqual([error.name, error.code], ["ProtocolError", "key_not_found"]);
    assert.match(error.message, /publish/);
    assert.equal(made.scene.shop.count("ucp"), 0);
    await create(page, { tier: "anonymous" }).result();
  });

  test("that was published a moment ago is found: the profile is read again before that is believed to be none", async () => {
    const made = await withKeys();
    const page = await signing(made, made.keys[0]);
    assert.equal(await create(page).code(), "key_not_found");
    made.scene.ucp.publish(plain(made.keys[0].publicJwk));
    await create(page).result();
  });

  test("of which another has the name is not used", async () => {
    const made = await withKeys();
    made.scene.ucp.publish({ ...remoteSigner().jwk, kid: made.keys[0].kid });
    assert.equal(await create(await signing(made, made.keys[0])).code(), "key_not_found");
    assert.equal(made.scene.shop.count("ucp"), 0);
  });

  test("is replaced with an overlap: the newest one that is published signs", async () => {
    const made = await withKeys(2);
    const [newest, oldest] = made.keys;
    const kidOf = ({ headers }) => /keyid="([^"]*)"/.exec(headers["signature-input"])[1];
    for (const published of [[oldest], [oldest, newest], [newest]]) {
      made.scene.ucp.publish(...published.map(({ publicJwk }) => plain(publicJwk)));
      made.tab.storage.clear();
      await create(await signing(made, made.keys)).result();
    }
    assert.deepEqual(made.scene.shop.sent("ucp").map(kidOf), [oldest.kid, newest.kid, newest.kid]);
  });

  for (const [what, code, reply] of [
    ["lost", "network", LOST],
    ["404", "profile_unreachable", text(404, "")],
    ["HTML", "profile_unreachable", text(200, "<html>")],
  ]) {
    test(`is not used while the agent's profile cannot be read: ${what}`, async () => {
      const made = await withKeys();
      made.scene.ucp.publish(plain(made.keys[0].publicJwk));
      made.scene.shop.always("agentProfile", reply);
      const page = await signing(made, made.keys[0]);
      assert.equal(await create(page).code(), code);
      assert.equal(made.scene.shop.count("ucp"), 0);
      made.scene.shop.asUsual("agentProfile");
      await create(page).result();
    });
  }
});

test("an agent's profile is written with its keys in both places, and is one that shops read", async () => {
  const scene = new UcpScene();
  const page = await scene.page();
  const { api } = page.tab.document;
  const [key, other] = [await ownKey(page), remoteSigner().jwk];
  const written = await new Work(page.tab.document, () => api.agentProfile({ version: AUGUST, keys: [key, other] })).result();
  const document = JSON.parse(written);
  assert.deepEqual([document.keys, document.signing_keys], [document.signing_keys, document.keys]);
  assert.deepEqual(document.keys.map(({ kid }) => kid), [key.kid, other.kid]);
  assert.ok(!/"d"|private/i.test(written));
  scene.ucp.agent[PROFILES[AUGUST]] = document;
  scene.options.agent = { profiles: PROFILES, signer: key };
  await create(await scene.load(page.tab)).result();
  const { capabilities } = await page.ucp.capabilities().result();
  assert.equal(capabilities["dev.ucp.shopping.checkout"], AUGUST);
});

test("signed calls take no longer than others", async () => {
  const scene = TIERS.signed();
  const page = await scene.readyPage();
  const began = scene.world.elapsed;
  await create(page).result();
  assert.equal(scene.world.elapsed - began, 2 * LATENCY);
});
