// ID tokens that are not what they say: refused, nothing stored.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage, MAYA, signInAsCustomer } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const FAULTS = ["alg-none", "bad-signature", "expired", "wrong-nonce", "wrong-issuer", "wrong-audience", "unknown-kid"];

async function refusedIdToken(tab) {
  const { error } = await tab.back();
  assert.equal(error?.code, "id_token_invalid");
  assert.equal(error.class, "SignInError");
  assert.equal(world.tokenRequests().length, 1, "the code is posted once");
  await tab.holdsNothing();
  assert.equal(tab.page.url(), `${world.shop.shop}/account/`);
}

for (const idTokenFault of FAULTS) {
  test(`${idTokenFault}: refused, and nothing stored`, async () => {
    world.shop.settings({ idTokenFault });
    const tab = await world.tab();
    await tab.signIn();
    await refusedIdToken(tab);
  });
}

test("a bad ID token in a popup is refused in the page", async () => {
  world.shop.settings({ idTokenFault: "wrong-nonce" });
  const tab = await world.tab();
  const popup = await tab.opens(() => tab.clickLogin({ mode: "popup" }));
  await atSignInPage(popup);
  await signInAsCustomer(popup);
  assert.equal((await tab.outcome()).error.code, "id_token_invalid");
  await tab.holdsNothing();
});

test("a key set that cannot be reached leaves the claims unverified, and says so", async () => {
  world.shop.settings({ faults: [{ on: "jwks", times: null, do: { status: 503 } }] });
  world.console.expect(/status of 503/);
  const tab = await world.tab();
  await tab.signIn();
  const session = await tab.session();
  assert.equal(session.claims.email, MAYA);
  assert.equal(session.idTokenSignature, "unverified");
});

test("without a key set the claims are still checked", async () => {
  world.shop.settings({ idTokenFault: "wrong-audience", faults: [{ on: "jwks", times: null, do: { status: 503 } }] });
  world.console.expect(/status of 503/);
  const tab = await world.tab();
  await tab.signIn();
  await refusedIdToken(tab);
});

test("a key that is missing once is looked for once more", async () => {
  world.shop.settings({ faults: [{ on: "jwks", times: 1, do: { status: 200, body: { keys: [] } } }] });
  const tab = await world.tab();
  await tab.signIn();
  assert.equal((await tab.session()).idTokenSignature, "verified");
  assert.equal(world.requests({ kind: "jwks" }).length, 2);
});

test("without `openid` nothing of an ID token is asked for or checked", async () => {
  world.shop.settings({ idTokenFault: "bad-signature" });
  const tab = await world.tab({ options: { scope: "customer-account-mcp-api:full" } });
  await tab.signIn();
  const session = await tab.session();
  assert.equal(session.signedIn, true);
  assert.equal(session.claims, null);
  assert.equal(world.requests({ kind: "jwks" }).length, 0);
  const { path } = world.requests({ kind: "authorize" })[0];
  const query = new URL(path, world.shop.shopify).searchParams;
  assert.equal(query.has("nonce"), false);
  assert.equal(query.get("scope"), "customer-account-mcp-api:full");
});
