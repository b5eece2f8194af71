// A secret or private key that is given by mistake is refused, and nowhere afterwards; an agent's token leaves no trace.

import assert from "node:assert/strict";
import { test } from "node:test";

import { requestToken } from "../../devshop/test/support/agent.js";
import { newKeyPair } from "../../devshop/test/support/key-pair.js";
import { agentTab, connectAgent, serveTokens } from "./support/agent-page.js";
import { each } from "./support/each.js";
import { AUGUST, lines, MUG, PAID, purchase } from "./support/purchase.js";
import { useWorld } from "./support/world.js";

const world = useWorld();

const SECRET = "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";
const { privateKey } = newKeyPair("ec", { namedCurve: "P-256" });
const PRIVATE_JWK = { ...privateKey.export({ format: "jwk" }), kid: "k" };
const { d: _, ...PUBLIC_JWK } = PRIVATE_JWK;
/** A signing key but for what signs. */
const HALF = { kid: "k", publicJwk: PUBLIC_JWK };
const PEM = privateKey.export({ type: "pkcs8", format: "pem" });
/** Parts that are secret, each long enough to be no accident. */
const SECRETS = [SECRET, PRIVATE_JWK.d, PEM.split("\n")[1]];

/** Watches all that leaves a tab: requests, and what is said on its console. */
function watch(tab) {
  const seen = [];
  tab.page.on("request", (request) => {
    seen.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? "");
  });
  tab.page.on("console", (message) => seen.push(message.text()));
  tab.page.on("pageerror", (error) => seen.push(String(error), error.stack ?? ""));
  return seen;
}

/** All words of an error, whatever member they are in, and of its causes. */
const wordsOf = (work) => `(async () => {
  const words = [];
  const tell = (error) => {
    for (let one = error; one && typeof one === "object"; one = one.cause) {
      words.push(String(one), one.stack, JSON.stringify(one), ...Object.getOwnPropertyNames(one).map((name) => {
        try { return name + "=" + JSON.stringify(one[name]); } catch { return name; }
      }));
    }
    return { code: error.code, name: error.name, field: error.field, words: words.join("\\n") };
  };
  try { await (${work})(); return null; } catch (error) { return tell(error); }
})()`;

async function assertNowhere(tab, seen, error, secrets = SECRETS) {
  await tab.page.waitForTimeout(50);
  const wire = JSON.stringify(await tab.run(() => globalThis.page.wire));
  const storage = await tab.stored();
  const places = { "requests and console": seen.join("\n"), "error": error?.words ?? "", storage, wire };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets) assert.equal(text.includes(secret), false, `${place}: ${text.slice(0, 300)}`);
  }
  assert.equal(JSON.stringify(world.shop.log()).includes(SECRET), false);
}

/** Options with a secret in them: the name under which they are refused, and the code where it is another. */
const GIVEN = {
  "clientSecret": [{ clientSecret: SECRET }, "clientSecret"],
  "a client secret as clientId": [{ clientId: SECRET }, "clientId"],
  "agent.clientSecret": [{ agent: { clientSecret: SECRET } }, "clientSecret"],
  "agent.client_secret": [{ agent: { client_secret: SECRET } }, "client_secret"],
  "agent.apiPassword": [{ agent: { apiPassword: SECRET } }, "apiPassword"],
  "agent.privateKey, PEM": [{ agent: { privateKey: PEM } }, "privateKey"],
  "agent.token, a client secret": [{ agent: { token: SECRET } }, "token"],
  "agent.token, a text": [{ agent: { token: PEM } }, "token"],
  "a signer with a secret": [{ agent: { signer: { kid: "k", secret: SECRET, sign: "function" } } }, "secret"],
  "a signing key, PEM": [{ agent: { signer: { ...HALF, privateKey: PEM } } }, "privateKey"],
  "a signing key, JWK": [{ agent: { signer: { ...HALF, privateKey: PRIVATE_JWK } } }, "privateKey"],
  "a public half that is private": [{ agent: { signer: { ...HALF, publicJwk: PRIVATE_JWK, privateKey: "key" } } }, "d"],
  "a private JWK as the signer": [{ agent: { signer: PRIVATE_JWK } }, "d"],
  "a list of private JWKs": [{ agent: { signer: [PRIVATE_JWK] } }, "d"],
  "an extractable key": [{ agent: { signer: { ...HALF, privateKey: "extractable" } } }, "privateKey"],
  "a profile's URL with a password": [
    { agent: { profiles: { [AUGUST]: `https://agent:${SECRET}@agent.example/p.json` } } }, AUGUST, "option_invalid",
  ],
};

/** A page connects with these options; texts stand for what JSON cannot carry. */
const CONNECT = `async () => {
  const { page } = globalThis;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const pair = (extractable) => crypto.subtle.generateKey(curve, extractable, ["sign", "verify"]);
  const given = structuredClone(globalThis.given);
  const { signer } = given.agent ?? {};
  if (signer?.sign) signer.sign = () => new Uint8Array(64);
  if (signer?.privateKey === "key") signer.privateKey = (await pair(false)).privateKey;
  if (signer?.privateKey === "extractable") signer.privateKey = (await pair(true)).privateKey;
  await page.connect({ ...given, agent: { profiles: page.config.agentProfiles, ...given.agent } });
}`;

test("what is secret is refused by its name, and is in no request, error, console, storage or wire event", async () => {
  const tab = await world.tab({ connect: false, wire: true });
  const seen = watch(tab);
  await each(GIVEN, async ([options, field, code = "secret_in_page"]) => {
    world.shop.clearLog();
    await tab.run((given) => { globalThis.given = given; }, options);
    const error = await tab.run(wordsOf(CONNECT));
    assert.deepEqual([error?.name, error?.code, error?.field], ["OptionsError", code, field]);
    await assertNowhere(tab, seen, error);
    assert.deepEqual(world.shop.log().filter(({ kind }) => kind !== "static"), [], "nothing is sent");
  });
});

test("a private key is in no document that an agent publishes, nor in the error that says so", async () => {
  const tab = await world.tab({ connect: false, wire: true });
  const seen = watch(tab);
  for (const given of [PRIVATE_JWK, { ...HALF, publicJwk: PRIVATE_JWK }, { ...HALF, privateKey: PRIVATE_JWK }]) {
    await tab.run((options) => { globalThis.given = options; }, { version: AUGUST, keys: [given] });
    const work = "() => globalThis.page.sdk.agentProfile(globalThis.given)";
    const error = await tab.run(wordsOf(work));
    // What has a public half beside is a signing key: its public half alone is published.
    if (error) assert.equal(error.code, "secret_in_page");
    else assert.equal((await tab.run(`(${work})()`)).includes(PRIVATE_JWK.d), false);
    await assertNowhere(tab, seen, error);
  }
});

test("what a page's function gives by mistake is not sent, told or kept", async () => {
  const given = {
    "a client secret": SECRET,
    "a key": PEM,
    "a JWK": PRIVATE_JWK,
    "an answer without a token": { client_secret: SECRET, expires_in: 3600 },
    "a client secret as the token": { access_token: SECRET, scope: "read_global_api_orders" },
    "no text": { access_token: { value: SECRET } },
  };
  await each(given, async (value) => {
    const tab = await world.tab({ connect: false, wire: true });
    await serveTokens(tab, async () => value);
    await connectAgent(tab, { token: "broker", agentWideToken: true });
    const seen = watch(tab);
    await tab.run((args) => { globalThis.given = args; }, lines([MUG]));
    const error = await tab.run(wordsOf("() => globalThis.page.shop.cart.create(globalThis.given)"));
    assert.ok(error, "it is refused");
    await assertNowhere(tab, seen, error);
    assert.equal(world.ucpCalls().length, 0);
    await tab.close();
  });
});

test("an agent's token is in no storage, wire event or error, and goes to the shop's server alone", async () => {
  const tab = await world.tab({ connect: false, wire: true });
  const issued = await serveTokens(tab, async () => (await requestToken(world.shop)).json());
  await connectAgent(tab, { token: "broker", agentWideToken: true });
  const requests = [];
  tab.page.on("request", (request) => requests.push(request));
  await purchase(tab);
  world.shop.settings({ agentTokenMayComplete: false });
  world.shop.expireTokens();
  world.console.expect(/status of 40[13]/);
  await tab.run((args) => { globalThis.given = args; }, ["gid://shopify/Checkout/none", PAID]);
  const error = await tab.run(wordsOf("() => globalThis.page.shop.checkout.complete(...globalThis.given)"));
  assert.equal(error.code, "forbidden");
  assert.equal(issued.length, 2);
  await tab.page.waitForFunction(() => globalThis.page.wire.filter(({ phase }) => phase === "response").length >= 6);
  const tokens = issued.map(({ access_token: token }) => token);
  await assertNowhere(tab, [], error, tokens);
  for (const request of requests) {
    const { authorization } = await request.allHeaders();
    if (authorization) assert.equal(request.url(), `${world.shop.ucp}/api/ucp/mcp`);
    assert.ok(!tokens.some((token) => request.url().includes(token) || (request.postData() ?? "").includes(token)));
  }
});

test("what a customer or agent writes into a call is in no error of the shop's refusing it", async () => {
  const tab = await agentTab(world);
  const words = "tok_ok_4242424242424242";
  const instrument = { id: "x", handler_id: "y", type: "card", credential: { type: "token", token: words } };
  await tab.run((args) => { globalThis.given = args; }, { payment: { instruments: [instrument] } });
  const error = await tab.run(wordsOf("() => globalThis.page.shop.checkout.complete('any', globalThis.given)"));
  assert.equal(error.code, "tier_insufficient");
  assert.equal(error.words.includes(words), false);
});
