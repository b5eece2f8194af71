// Signed calls through `connect`, as the shop verifies them: by keys of this browser, by a signer elsewhere, while one
// key replaces another.

import assert from "node:assert/strict";
import { sign } from "node:crypto";
import { test } from "node:test";

import { newKeyPair } from "../../devshop/test/support/key-pair.js";
import { connectAgent, makeKeys, notes, publishKeys, signedRequests } from "./support/agent-page.js";
import { AUGUST, lines, MUG, newCheckout, profileOf, variant } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const REMOTE = "remote-key-1";
const { privateKey, publicKey } = newKeyPair("ec", { namedCurve: "P-256" });
const remoteJwk = { ...publicKey.export({ format: "jwk" }), kid: REMOTE };
/** What the remote signer was given. */
const given = [];

const world = useWorld({ front: { "/sign": () => remoteSigner } });

/** The integrator's server, which holds the key; it says yes to its own page's requests only. */
async function remoteSigner(request) {
  const { base, method, url, headers, body } = await request.json();
  given.push({ base, method, url, headers, body });
  if (url !== `${world.shop.ucp}/api/ucp/mcp`) return new Response("", { status: 403 });
  const signature = sign("sha256", Buffer.from(base, "ascii"), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return new Response(signature.toString("base64"));
}

const page = () => world.tab({ connect: false });
const keyOf = ({ headers }) => /keyid="([^"]*)"/.exec(headers["signature-input"])[1];
const covered = ({ headers }) => /\(([^)]*)\)/.exec(headers["signature-input"])[1].replaceAll("\"", "").split(" ");

const ALWAYS = ["@authority", "@method", "@path", "content-digest", "content-type", "ucp-agent"];
const WORDS = ["mug", "thé vert", "碗", "😀 \"quoted\" \\ text", "\u2028 line", "ß".repeat(500)];

/** Thirty calls of all families, with texts of all sorts in their bodies. */
async function thirtyCalls(tab) {
  const tools = [];
  const does = async (tool, path, ...args) => {
    tools.push(tool);
    return (await tab.done(path, ...args)).data;
  };
  for (const word of WORDS) {
    await does("search_catalog", "callTool", "search_catalog", { catalog: { query: word } });
    const buyer = { first_name: word.slice(0, 40), email: "maya.okafor@example.com" };
    const { id } = await does("create_cart", "cart.create", { line_items: lines([MUG]), buyer });
    await does("get_cart", "cart.get", id);
    await does("update_cart", "cart.update", id, { line_items: lines([MUG, 2], [variant("44100180001")]) });
    await does("cancel_cart", "cart.cancel", id);
  }
  return tools;
}

function assertThirtySigned(tools, kid, profile) {
  const calls = world.ucpCalls();
  assert.equal(calls.length, 30);
  assert.deepEqual(calls.map(notes), tools.map((tool) => ({ tool, tier: "signed", executed: true, status: 200 })));
  for (const call of calls) {
    assert.equal(keyOf(call), kid);
    const isKeyed = call.rpc.tool === "cancel_cart";
    assert.deepEqual(covered(call).toSorted(), [...ALWAYS, ...(isKeyed ? ["idempotency-key"] : [])].toSorted());
    assert.equal(call.headers["idempotency-key"] ?? null, call.ucp.key);
    assert.equal(call.headers["ucp-agent"], `profile="${profile}"`);
    assert.doesNotMatch(call.headers["signature-input"], /alg=/);
    assert.equal(call.authorizationStyle, null);
  }
}

test("30 calls signed by a key of this browser are accepted as signed", async () => {
  const tab = await page();
  const [key] = await makeKeys(tab);
  const profiles = await publishKeys(world, tab, [key]);
  await connectAgent(tab, { profiles, signer: "keys" });
  assertThirtySigned(await thirtyCalls(tab), key.kid, profiles[AUGUST]);
});

test("30 calls signed by a signer elsewhere are accepted as signed, and it sees exactly what is sent", async () => {
  given.length = 0;
  const tab = await page();
  const profiles = await publishKeys(world, tab, [remoteJwk]);
  await connectAgent(tab, { profiles, signer: { kid: REMOTE, url: "/sign" } });
  assertThirtySigned(await thirtyCalls(tab), REMOTE, profiles[AUGUST]);
  assert.equal(given.length, 30);
  for (const { base, method, headers, body } of given) {
    assert.equal(method, "POST");
    assert.match(base, /^[\x20-\x7e\n]+$/);
    assert.match(base, /^"@method": POST$/m);
    assert.match(base, new RegExp(`^"@authority": ${new URL(world.shop.ucp).host}$`, "m"));
    assert.equal(JSON.parse(body).method, "tools/call");
    assert.equal(headers["content-type"] ?? headers["Content-Type"], "application/json");
  }
});

test("what a signer gives that is no signature is told, and nothing is sent", async () => {
  const tab = await page();
  const profiles = await publishKeys(world, tab, [remoteJwk]);
  await connectAgent(tab, { profiles, signer: { kid: REMOTE, url: "/not-a-signer" } });
  world.console.expect(/status of 40[45]/);
  const error = await tab.refused("cart.create", lines([MUG]));
  assert.deepEqual([error.class, error.code], ["NetworkError", "signer_failed"]);
  assert.equal(world.ucpCalls().length, 0);
});

test("a key that is not published signs nothing: key_not_found, before anything is sent", async () => {
  const tab = await page();
  await makeKeys(tab);
  const profiles = await publishKeys(world, tab, []);
  await connectAgent(tab, { profiles, signer: "keys" });
  const error = await tab.refused("cart.create", lines([MUG]));
  assert.deepEqual([error.class, error.code], ["ProtocolError", "key_not_found"]);
  assert.match(error.message, /publish/);
  assert.equal(world.ucpCalls().length, 0);
});

test("of two keys the newer one signs as soon as it is published, the older one until then", async () => {
  const tab = await page();
  const [older] = await makeKeys(tab);
  const [newer] = await makeKeys(tab);
  const profiles = await publishKeys(world, tab, [older]);
  await connectAgent(tab, { profiles, signer: "keys" });
  await tab.done("cart.create", lines([MUG]));
  // While both are published, and once the older one is gone.
  for (const keys of [[newer, older], [newer]]) {
    await publishKeys(world, tab, keys);
    await tab.run(() => sessionStorage.clear());
    await connectAgent(tab, { profiles, signer: "keys" });
    await tab.done("cart.create", lines([MUG]));
  }
  assert.deepEqual(world.ucpCalls().map(keyOf), [older.kid, newer.kid, newer.kid]);
  assert.deepEqual(world.ucpCalls().map(({ ucp }) => ucp.tier), ["signed", "signed", "signed"]);
});

test("a key is kept in IndexedDB, where its private half cannot be read, and signs after a reload", async () => {
  const tab = await page();
  const [key] = await makeKeys(tab);
  const profiles = await publishKeys(world, tab, [key]);
  await tab.run(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("keys", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onsuccess = () => {
      const writing = opening.result.transaction("keys", "readwrite");
      writing.objectStore("keys").put(globalThis.page.keys[0], "newest");
      writing.oncomplete = resolve;
      writing.onerror = reject;
    };
  }));
  await tab.reload();
  const exported = await tab.run(async () => {
    const kept = await new Promise((resolve) => {
      const opening = indexedDB.open("keys", 1);
      opening.onsuccess = () => {
        const reading = opening.result.transaction("keys").objectStore("keys").get("newest");
        reading.onsuccess = () => resolve(reading.result);
      };
    });
    globalThis.page.keys = [kept];
    const forms = ["jwk", "pkcs8"].map((form) => crypto.subtle.exportKey(form, kept.privateKey));
    return (await Promise.allSettled(forms)).map(({ status }) => status);
  });
  assert.deepEqual(exported, ["rejected", "rejected"]);
  await connectAgent(tab, { profiles, signer: "keys" });
  await tab.done("cart.create", lines([MUG]));
  assert.deepEqual(world.ucpCalls().map((call) => [keyOf(call), call.ucp.tier]), [[key.kid, "signed"]]);
});

test("an agent's document is hosted as it is made, with the keys in both places and no private half", async () => {
  const tab = await page();
  await makeKeys(tab, 2);
  const document = JSON.parse(await tab.run(([version]) =>
    globalThis.page.sdk.agentProfile({ version, keys: globalThis.page.keys }), [AUGUST]));
  assert.deepEqual(document.keys, document.signing_keys);
  assert.equal(document.keys.length, 2);
  const members = ["alg", "crv", "kid", "kty", "use", "x", "y"];
  for (const key of document.keys) assert.deepEqual(Object.keys(key).toSorted(), members);
  world.shop.publishProfile(`/agents/signer/${AUGUST}.json`, document);
  await connectAgent(tab, { profiles: { [AUGUST]: profileOf(world.shop, "signer") }, signer: "keys" });
  const checkout = await newCheckout(tab);
  assert.equal(checkout.status, "ready_for_complete");
  assert.equal(world.ucpCalls()[0].ucp.tier, "signed");
});

test("the wire event shows what was signed", async () => {
  const tab = await world.tab({ connect: false, wire: true });
  const profiles = await publishKeys(world, tab, await makeKeys(tab));
  await connectAgent(tab, { profiles, signer: "keys" });
  await tab.done("cart.create", lines([MUG]));
  const [{ signatureBase, headers, phase }] = await signedRequests(tab, 1);
  const [call] = world.ucpCalls();
  const signed = Object.fromEntries(signatureBase.split("\n").map((line) => line.split(/(?<=^"[^"]*"): /)));
  assert.equal(phase, "request");
  assert.equal(`sig1=${signed["\"@signature-params\""]}`, call.headers["signature-input"]);
  assert.equal(signed["\"content-digest\""], call.headers["content-digest"]);
  assert.equal(headers["signature-input"], call.headers["signature-input"]);
});
