// The refresh: once for all calls of a page, and no passing fault costs a session.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { refused } from "./support/login-server.js";
import { after, BREAK, inPieces, LATENCY, LOST, REDIRECT, SILENCE, text } from "./support/network.js";
import { ASKING, Scene } from "./support/scene.js";

/** Token requests and tool requests so far. */
const countsOf = ({ shop }) => [shop.count("token"), shop.count("tools")];

test("an expired token is renewed before the call", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  const before = page.record;
  await scene.expire();
  await page.order().result();
  assert.deepEqual(countsOf(scene), [1, 1]);
  const { session, record } = page;
  assert.deepEqual(page.events(), [{ type: "refreshed", session }]);
  assert.ok(session.expiresAt > scene.world.now);
  assert.equal(session.claims.sub, "gid://shopify/Customer/ada", "who signed in stays known");
  assert.deepEqual([record.id, record.generation], [before.id, before.generation + 1]);
  assert.notEqual(record.accessToken, before.accessToken);
  assert.notEqual(record.refreshToken, before.refreshToken);
  assert.deepEqual([record.sub, record.idToken], [before.sub, before.idToken]);
  const stored = page.tab.storage.text();
  assert.ok(!stored.includes(before.accessToken), "the old tokens are nowhere");
  assert.ok(!stored.includes(before.refreshToken));
});

test("a token that is about to end is renewed early, a fresh one is not", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  await scene.world.advance(3_500_000);
  await page.order().result();
  assert.equal(scene.shop.count("token"), 0);
  await scene.world.advance(60_000);
  await page.order().result();
  assert.equal(scene.shop.count("token"), 1);
});

test("a 401 is renewed and sent again", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.login.expireAccess();
  await page.call("request_return", { order_id: "1" }).result();
  assert.deepEqual(countsOf(scene), [1, 2]);
  assert.equal(scene.shop.tools.executions("request_return"), 1, "a 401 was not executed, so it may be sent again");
});

describe("parallel calls are one token request", () => {
  for (const calls of [5, 100]) {
    for (const [what, prepare, mostPerCall] of [
      ["expired tokens", (scene) => scene.expire(), 1],
      // Not all are under way at once: those behind the first ones may go with the new token already.
      ["401s", async (scene) => scene.shop.login.expireAccess(), 2],
    ]) {
      test(`${calls} ${what}`, async () => {
        const scene = new Scene();
        const page = await scene.signedInPage();
        await prepare(scene);
        const started = Array.from({ length: calls }, () => page.order());
        for (const call of started) await call.result();
        const [tokenRequests, requests] = countsOf(scene);
        assert.equal(tokenRequests, 1);
        assert.ok(requests >= calls && requests <= calls * mostPerCall, `${requests} requests`);
        scene.shop.login.assertFamiliesAlive();
      });
    }
  }

  test("a late 401 does not renew again", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    scene.shop.login.expireAccess();
    // This call's 401 comes long after another call has renewed.
    scene.shop.next("tools", (sent) => after(2_000, scene.shop.usual(sent)));
    const slow = page.order();
    await scene.world.advance(10);
    await page.order().result();
    await slow.result();
    assert.equal(scene.shop.count("token"), 1);
  });
});

describe("a passing fault keeps the session", () => {
  const rows = {
    "500": ["token_refused", text(500, "")],
    "503 with HTML": ["token_refused", text(503, "<html>")],
    "429": ["token_refused", text(429, "")],
    "401 with nothing": ["token_refused", text(401, "")],
    "temporarily_unavailable": ["token_refused", refused("temporarily_unavailable")],
    "lost": ["network", LOST],
    "silence": ["timeout", SILENCE],
    "broken off": ["network", inPieces(200, ['{"acc', BREAK])],
    "HTML": ["token_invalid", text(200, "<html>")],
    "no token": ["token_invalid", text(200, "{}")],
    "a redirect": ["redirect_refused", REDIRECT],
    "invalid_client": ["client_refused", refused("invalid_client")],
  };
  for (const [what, [code, reply]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new Scene();
      const [page, sibling] = [await scene.signedInPage(), await scene.sibling()];
      const before = page.record;
      await scene.expire();
      scene.shop.always("token", reply);
      assert.equal(await page.order().code(), code);
      assert.ok(scene.shop.count("token") <= 3, "a bounded number of tries");
      assert.deepEqual(page.record, before);
      assert.ok(page.isSignedIn && sibling.isSignedIn);
      assert.deepEqual(page.events(), []);
      assert.ok(!scene.browser.locks.isHeld("renewal"));
      assert.ok(!page.tab.leaves, "nobody is sent to sign in");

      scene.shop.asUsual("token");
      await page.order().result();
    });
  }

  test("one that passes at once is not noticed", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await scene.expire();
    scene.shop.next("token", text(500, ""));
    scene.shop.next("token", LOST);
    await page.order().result();
    const [first, second, third, ...more] = scene.shop.sent("token").map(({ at }) => at);
    assert.ok(second - first >= 1_000 && third - second >= 2_000, "the server is given time");
    assert.deepEqual(more, []);
  });

  test("offline, and back online it works", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await scene.expire();
    scene.browser.online = false;
    assert.equal(await page.order().code(), "offline");
    scene.browser.online = true;
    await page.order().result();
  });

  test("a token that still works is used when it cannot be renewed yet", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await scene.world.advance(3_560_000);
    scene.shop.always("token", text(503, ""));
    await page.order().result();
    const tries = scene.shop.count("token");
    assert.ok(tries >= 1 && tries <= 3, `${tries} tries`);
  });
});

describe("a client that cannot renew signs in again", () => {
  for (const [what, setting, requests] of [
    ["where the server refuses to renew", "supportsRefresh", 1],
    ["where there are no refresh tokens", "givesRefreshTokens", 0],
  ]) {
    test(what, async () => {
      const scene = new Scene();
      scene.shop.login.settings[setting] = false;
      const page = await scene.signedInPage();
      await scene.expire();
      page.order();
      await scene.world.advance(5_000);
      assert.ok(page.tab.leaves);
      assert.equal(scene.shop.count("token"), requests);
      const back = await scene.shopperSignsIn(page, "ada");
      const { resumed } = await back.handleRedirect().result();
      assert.equal(resumed[0].error, undefined);
    });
  }
});

test("an answer without a refresh token keeps the old one", async () => {
  const scene = new Scene();
  scene.shop.login.settings.rotates = false;
  const page = await scene.signedInPage();
  const { refreshToken } = page.record;
  for (let renewal = 1; renewal <= 3; renewal += 1) {
    await scene.expire();
    await page.order().result();
    assert.equal(scene.shop.count("token"), 1);
    assert.equal(page.record.refreshToken, refreshToken);
  }
});

test("the refresh token goes where it came from", async () => {
  const scene = new Scene();
  const page = await scene.signedInPage();
  scene.shop.loginDocument.token_endpoint = "https://evil.example/token";
  page.tab.storage.remove(page.tab.storage.key("discovery:login"));
  await scene.expire();
  await (await scene.load(page.tab)).order().result();
  assert.equal(scene.shop.count("token"), 1);
  assert.equal(scene.shop.count("elsewhere"), 0);
});

describe("nothing starts a storm", () => {
  for (const lie of [0, -1, 1e308, "3600", null, [], 1e-9, 2]) {
    test(`a lie about the lifetime: ${JSON.stringify(lie)}`, async () => {
      const scene = new Scene();
      scene.shop.login.settings.expiresIn = lie;
      const page = await scene.signedInPage();
      for (let call = 1; call <= 5; call += 1) {
        await page.order().result();
        assert.ok(scene.shop.count("token") <= call, "at most one renewal per call");
      }
      scene.shop.login.expireAccess();
      await page.order().result();
      scene.shop.login.assertFamiliesAlive();
    });
  }

  for (const jump of [600_000, -600_000, 86_400_000, -86_400_000]) {
    test(`a clock that jumps by ${jump} ms`, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      scene.world.jump(jump);
      for (let call = 1; call <= 5; call += 1) await page.order().result();
      assert.ok(scene.shop.count("token") <= 1);
      scene.shop.login.expireAccess();
      await page.order().result();
      assert.ok(scene.shop.count("token") <= 2, "the 401 heals it");
    });
  }
});

describe("a renewed ID token", () => {
  test("names the same customer", async () => {
    const scene = new Scene();
    scene.shop.login.settings.renewsIdToken = true;
    const page = await scene.signedInPage();
    await scene.expire();
    await page.order().result();
    assert.equal(scene.shop.count("token"), 1);
  });

  for (const [what, forge] of Object.entries({
    "another customer": (_header, claims) => { claims.sub = "gid://shopify/Customer/bob"; },
    "another issuer": (_header, claims) => { claims.iss = "https://evil.example"; },
    "no signature": (header) => { header.alg = "none"; },
  })) {
    test(`${what}: nothing of that answer is kept`, async () => {
      const scene = new Scene();
      const page = await scene.signedInPage();
      const before = page.record;
      Object.assign(scene.shop.login.settings, { renewsIdToken: true, forge });
      await scene.expire();
      assert.equal(await page.order().code(), "id_token_invalid");
      assert.deepEqual(page.record, before);
      assert.equal(scene.shop.count("tools"), 0);
    });
  }
});

describe("an aborted call", () => {
  test("does not abort the renewal of the others", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await scene.expire();
    const [first, second] = [page.order(), page.order()];
    await scene.world.advance(ASKING);
    first.abort();
    assert.equal(await first.code(), "aborted");
    await second.result();
    assert.deepEqual(countsOf(scene), [1, 1]);
  });

  test("loses no token in the middle of a renewal", async () => {
    const scene = new Scene();
    const page = await scene.signedInPage();
    await scene.expire();
    const call = page.order();
    await scene.world.advance(ASKING + LATENCY);
    assert.equal(scene.shop.count("token"), 1);
    call.abort();
    await scene.world.advance(1_000);
    await page.order().result();
    assert.equal(scene.shop.count("token"), 1, "the rotated token was kept");
    scene.shop.login.assertFamiliesAlive();
  });
});
