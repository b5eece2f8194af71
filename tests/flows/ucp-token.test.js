// A function of the page that fetches the agent's token.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { text } from "./support/network.js";
import { ITEMS, TIERS } from "./support/ucp-scene.js";
import { refusing } from "./support/ucp-server.js";

const create = (page) => page.ucp.cart.create(ITEMS);

/** A scene whose token function does this; `asked` counts. */
function scene(token) {
  const made = TIERS.token();
  const source = (...args) => {
    source.asked += 1;
    assert.deepEqual(args, []);
    return token(made, source.asked);
  };
  source.asked = 0;
  made.options.agent.token = source;
  return { made, source };
}
const issuing = (given) => scene(async (made) => made.ucp.issueToken(given));

describe("a token is asked for", () => {
  test("once, however many calls wait", async () => {
    const { made, source } = issuing();
    const page = await made.page();
    assert.equal(source.asked, 0, "not before it is needed");
    const calls = Array.from({ length: 20 }, () => create(page));
    for (const call of calls) await call.result();
    assert.equal(source.asked, 1);
    assert.equal(new Set(made.ucp.calls.map(({ headers }) => headers.authorization)).size, 1);
  });

  test("again only shortly before it ends", async () => {
    const { made, source } = issuing({ seconds: 600 });
    const page = await made.page();
    await create(page).result();
    await made.world.advance(500_000);
    await create(page).result();
    assert.equal(source.asked, 1);
    await made.world.advance(95_000);
    await create(page).result();
    assert.equal(source.asked, 2, "a margin before its end");
    assert.ok(made.ucp.calls.every(({ headers }) => headers.authorization.startsWith("Bearer SECRET-agent")));
  });

  test("of a short life, and is used all the same", async () => {
    const { made, source } = issuing({ seconds: 2 });
    const page = await made.page();
    const calls = Array.from({ length: 5 }, () => create(page));
    for (const call of calls) await call.result();
    assert.ok(source.asked >= 1 && source.asked <= 2, `${source.asked}`);
    await made.world.advance(3_000);
    const before = source.asked;
    await create(page).result();
    assert.equal(source.asked, before + 1);
  });

  test("as a bare text, too", async () => {
    const { made, source } = scene((made) => made.ucp.issueToken().access_token);
    const page = await made.page();
    await create(page).result();
    await create(page).result();
    assert.equal(source.asked, 1);
  });

  const jwt = (claims) => {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "ES256" })}.${part(claims)}.SECRET`;
  };
  /** Asks at the beginning, and again after so many seconds; how often the function was asked then. */
  async function askedAfter(seconds, given) {
    const { made, source } = scene((made) => given(made.world.trueTime / 1_000));
    made.shop.always("ucp", (sent) => made.ucp.answer(sent, { id: "c" }));
    const page = await made.page();
    await create(page).result();
    await made.world.advance(seconds * 1_000);
    await create(page).result();
    return source.asked;
  }
  for (const [what, seconds, given, asked] of [
    ["a JWT: not before its `exp`", 500, (now) => jwt({ exp: now + 600 }), 1],
    ["a JWT: by its `exp`", 595, (now) => jwt({ exp: now + 600 }), 2],
    ["a JWT: by what is sooner", 500, (now) => ({ access_token: jwt({ exp: now + 6_000 }), expires_in: 400 }), 2],
    ["a JWT: by what is sooner, the other way", 500, (now) => ({ access_token: jwt({ exp: now + 400 }), expires_in: 6_000 }), 2],
    ["that says nothing of its end: after an hour", 3_500, () => "SECRET-opaque", 1],
    ["that says nothing of its end: not later", 3_600, () => "SECRET-opaque", 2],
  ]) {
    test(`again in time, ${what}`, async () => assert.equal(await askedAfter(seconds, given), asked));
  }

  test("anew by every page: it is kept nowhere", async () => {
    const { made, source } = issuing();
    const page = await made.page();
    await create(page).result();
    assert.ok(!(page.tab.storage.text() + made.browser.local.text()).includes("SECRET"));
    assert.ok(!JSON.stringify(made.browser.bus.posted).includes("SECRET"));
    await create(await made.load(page.tab)).result();
    assert.equal(source.asked, 2);
  });

  test("not by calls of a lower tier", async () => {
    const { made, source } = issuing();
    await (await made.page()).ucp.cart.create(ITEMS, { tier: "anonymous" }).result();
    assert.equal(source.asked, 0);
  });
});

describe("after a 401", () => {
  test("the token is asked for once more, and the call sent once more", async () => {
    const { made, source } = issuing();
    const page = await made.page();
    await create(page).result();
    made.ucp.expireTokens();
    made.forget();
    const calls = Array.from({ length: 5 }, () => create(page));
    for (const call of calls) await call.result();
    assert.equal(source.asked, 2, "for all of them");
    assert.equal(made.shop.count("ucp"), 10);
    assert.equal(made.ucp.executions("create_cart"), 5);
  });

  test("also where it comes under 200", async () => {
    const { made, source } = issuing();
    const page = await made.page();
    await create(page).result();
    made.forget();
    made.shop.next("ucp", (sent) => refusing(sent, 200, { code: -32000, message: "AuthenticationRequired" }));
    await create(page).result();
    assert.deepEqual([source.asked, made.shop.count("ucp")], [2, 2]);
  });

  test("a second one is an error", async () => {
    const { made, source } = scene(async () => ({ access_token: "SECRET-of-nobody", scope: "catalog" }));
    const page = await made.page();
    const error = await create(page).error();
    assert.equal(error.status, 401);
    assert.deepEqual([source.asked, made.shop.count("ucp")], [2, 2]);
    await create(page).error();
    assert.ok(made.shop.count("ucp") <= 4, "no loop");
  });
});

describe("a token function that fails is `agent_token_unavailable`", () => {
  for (const [what, token] of Object.entries({
    "it throws": () => { throw new Error("broken"); },
    "it rejects": () => Promise.reject(new Error("broken")),
    "it rejects with nothing": () => Promise.reject(),
    "nothing": () => undefined,
    "null": () => null,
    "a number": () => 7,
    "an empty text": () => "",
    "an empty object": () => ({}),
    "a list": () => ["SECRET-token"],
    "a token that is no text": () => ({ access_token: { a: "SECRET" } }),
    "a token with a line break": () => "SECRET\r\nx-evil: 1",
    "a token with a space": () => "SECRET token",
    "a token beyond ASCII": () => "SECRET\u2028",
    "the agent's secret": () => "shpss_SECRET",
    "a scope that is no text": () => ({ access_token: "SECRET-t", scope: ["a"] }),
    "a lifetime that is no number": () => ({ access_token: "SECRET-t", expires_in: "soon" }),
  })) {
    test(what, async () => {
      const { made, source } = scene(token);
      const page = await made.page();
      const told = page.watchWire();
      const error = await create(page).error();
      assert.deepEqual([error.name, error.code], ["NetworkError", "agent_token_unavailable"]);
      assert.equal(made.shop.count("ucp"), 0);
      assert.ok(!JSON.stringify(told).includes("SECRET"));
      await create(page).error();
      assert.equal(source.asked, 2, "a failure is not remembered");
    });
  }

  test("for all who waited, and one that succeeds later is used", async () => {
    const { made, source } = scene(async (made, asked) => {
      if (asked === 1) throw new Error("offline");
      return made.ucp.issueToken();
    });
    const page = await made.page();
    const calls = [create(page), create(page)];
    for (const call of calls) assert.equal(await call.code(), "agent_token_unavailable");
    await create(page).result();
    assert.equal(source.asked, 2);
  });
});

describe("while a token is waited for", () => {
  const slow = () => scene((made) => new Promise((resolve) => {
    made.world.later(5_000, () => resolve(made.ucp.issueToken()));
  }));

  test("a call that is given up ends at once, and the others get their token", async () => {
    const { made, source } = slow();
    const page = await made.page();
    const [first, second] = [create(page), create(page)];
    await made.world.advance(1_000);
    first.abort();
    assert.equal(await first.code(), "aborted");
    assert.equal(made.world.elapsed, 1_000);
    await second.result();
    assert.equal(source.asked, 1);
    assert.equal(made.ucp.executions("create_cart"), 1);
  });

  test("a shop that is closed ends it", async () => {
    const { made } = slow();
    const page = await made.page();
    const call = create(page);
    await made.world.advance(1_000);
    page.close();
    assert.equal(await call.code(), "aborted");
    await made.world.advance(10_000);
    assert.equal(made.shop.count("ucp"), 0);
  });
});

test("a token is in no error and no wire event", async () => {
  const { made } = issuing();
  const page = await made.page();
  const told = page.watchWire();
  await create(page).result();
  made.shop.next("ucp", text(500, ""));
  await create(page).error();
  made.ucp.expireTokens();
  await create(page).result();
  await made.world.settle();
  assert.ok(told.some(({ headers }) => /^Bearer …\(\d+ characters\)$/.test(headers.authorization)), "it is masked");
  assert.ok(!JSON.stringify(told).includes("SECRET"));
});
