// What a shop and an agent can do together (UCP overview, "Intersection Algorithm").

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { json, LOST, REDIRECT, text } from "./support/network.js";
import { ITEMS, UcpScene } from "./support/ucp-scene.js";
import { APRIL, AUGUST, PROFILES } from "./support/ucp-profiles.js";

const NAME = "dev.ucp.shopping.";
const of = (document) => document.ucp.capabilities;
const plain = (value) => JSON.parse(JSON.stringify(value));
const short = ({ capabilities }) => Object.keys(capabilities).map((name) => name.replace(NAME, "")).sort();

/** Asks what is shared, with both documents changed. */
async function shared(change, profiles = PROFILES) {
  const scene = new UcpScene({ profiles });
  change({ theirs: scene.ucp.documents.current, ours: scene.ucp.agent[PROFILES[AUGUST]] });
  return (await scene.page()).ucp.capabilities().result();
}

describe("what both have is shared", () => {
  test("in the version that is spoken", async () => {
    const everything = await shared(() => {});
    assert.equal(everything.version, AUGUST);
    assert.deepEqual(short(everything), [
      "buyer_consent", "cart", "catalog.lookup", "catalog.search", "checkout", "discount", "fulfillment", "order",
    ]);
    assert.deepEqual([...new Set(Object.values(everything.capabilities))], [AUGUST]);
  });

  test("in the older version, by the profiles of that version", async () => {
    const { version, capabilities } = await shared(() => {}, { [APRIL]: PROFILES[APRIL] });
    assert.equal(version, APRIL);
    assert.equal(capabilities[`${NAME}cart`], APRIL);
  });

  test("in the newest version that both have of it", async () => {
    const { capabilities } = await shared(({ theirs, ours }) => {
      of(theirs)["com.example.gift"] = [{ version: "2026-01-01" }, { version: "2026-03-01" }, { version: "2026-02-01" }];
      of(ours)["com.example.gift"] = [{ version: "2026-02-01" }, { version: "2026-01-01" }, { version: "2026-04-01" }];
    });
    assert.equal(capabilities["com.example.gift"], "2026-02-01");
  });

  test("and what one has alone is not, nor what both have in no common version", async () => {
    const some = await shared(({ theirs, ours }) => {
      of(theirs)["com.example.theirs"] = [{ version: AUGUST }];
      of(ours)["com.example.ours"] = [{ version: AUGUST }];
      of(theirs)[`${NAME}order`] = [{ version: APRIL }];
    });
    assert.ok(!short(some).some((name) => /example|order/.test(name)));
  });
});

describe("an extension goes where its parents go", () => {
  for (const [what, missing, left] of [
    ["of one", "checkout", ["cart", "catalog.lookup", "catalog.search", "discount", "order"]],
    ["of two: either is enough", "cart", ["buyer_consent", "catalog.lookup", "catalog.search", "checkout", "discount", "fulfillment", "order"]],
  ]) {
    test(what, async () => {
      const some = await shared(({ ours }) => {
        delete of(ours)[NAME + missing];
      });
      assert.deepEqual(short(some), left);
    });
  }

  for (const parents of [null, [], undefined]) {
    test(`where it has none: ${JSON.stringify(parents)}`, async () => {
      const { capabilities } = await shared(({ theirs, ours }) => {
        of(theirs)["com.example.gift"] = [{ version: AUGUST, extends: parents }];
        of(ours)["com.example.gift"] = [{ version: AUGUST }];
      });
      assert.equal(capabilities["com.example.gift"], AUGUST);
    });
  }

  test("to the last of a chain", async () => {
    const some = await shared(({ theirs, ours }) => {
      const link = (name, parent) => ({ [name]: [{ version: AUGUST, extends: parent }] });
      const chain = { ...link("a.deepest", "b.deeper"), ...link("b.deeper", `${NAME}fulfillment`) };
      Object.assign(of(theirs), chain);
      Object.assign(of(ours), chain);
      delete of(theirs)[`${NAME}checkout`];
    });
    assert.deepEqual(short(some), ["cart", "catalog.lookup", "catalog.search", "discount", "order"]);
  });
});

describe("the agent's own profile", () => {
  test("is fetched for this alone, once an hour, also over a reload", async () => {
    const scene = new UcpScene();
    let page = await scene.page();
    await page.ucp.cart.create(ITEMS).result();
    assert.equal(scene.shop.count("agentProfile"), 0);
    const asked = [page.ucp.capabilities(), page.ucp.capabilities()];
    const [one, other] = [await asked[0].result(), await asked[1].result()];
    assert.deepEqual(plain(one), plain(other));
    page = await scene.load(page.tab);
    assert.deepEqual(plain(await page.ucp.capabilities().result()), plain(one));
    assert.deepEqual([scene.shop.count("agentProfile"), scene.shop.count("shopProfile")], [1, 1]);
    await scene.world.advance(3_700_000);
    await page.ucp.capabilities().result();
    assert.deepEqual([scene.shop.count("agentProfile"), scene.shop.count("shopProfile")], [2, 2]);
    assert.equal(scene.ucp.calls.length, 1, "the server itself is not asked");
  });

  for (const [what, code, reply] of [
    ["a redirect", "profile_unreachable", REDIRECT],
    ["404", "profile_unreachable", text(404, "")],
    ["HTML", "profile_unreachable", text(200, "<html>")],
    ["no capabilities", null, json(200, { ucp: { version: AUGUST } })],
    ["capabilities as a list", "discovery_invalid", json(200, { ucp: { version: AUGUST, capabilities: [] } })],
    ["a capability as an object", "discovery_invalid", json(200, { ucp: { version: AUGUST, capabilities: { [`${NAME}cart`]: {} } } })],
    ["lost", "network", LOST],
  ]) {
    test(`may be unreadable: ${what}`, async () => {
      const scene = new UcpScene();
      const page = await scene.page();
      scene.shop.next("agentProfile", reply);
      if (code === null) assert.deepEqual(short(await page.ucp.capabilities().result()), []);
      else assert.equal(await page.ucp.capabilities().code(), code);
      await page.ucp.cart.create(ITEMS).result();
    });
  }

  test("is waited for by others when one gives up", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const [first, second] = [page.ucp.capabilities(), page.ucp.capabilities()];
    const began = scene.world.elapsed;
    await scene.world.advance(30);
    assert.equal(scene.shop.count("agentProfile"), 1);
    first.abort();
    assert.equal(await first.code(), "aborted");
    assert.equal(scene.world.elapsed - began, 30, "at once");
    assert.equal((await second.result()).version, AUGUST);
  });
});
