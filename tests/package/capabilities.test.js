// What a shop and an agent can do together, from documents of any kind: the lazy module as it is packed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { importPackageFile } from "./package-under-test.js";

const { sharedCapabilities } = await importPackageFile("capabilities.js");

const APRIL = "2026-04-08";
const AUGUST = "2026-08-25";

class Refused extends Error {
  constructor(field) {
    super(field);
    this.field = field;
  }
}

const profile = (capabilities) => ({ ucp: { version: AUGUST, capabilities } });
/** A capability in some versions; an extension names its parents. */
const offered = (versions, parents) => versions.map((version) => ({ version, extends: parents }));
const all = (parentsByName) => Object.fromEntries(Object.entries(parentsByName).map(([name, parents]) => [name, offered([AUGUST], parents)]));
/** No document shares an object with another. */
const shared = (shop, agent) => sharedCapabilities(structuredClone(shop), agent, (field) => new Refused(field));
const namesOf = (shop, agent) => Object.keys(shared(profile(shop), profile(agent))).sort();

describe("what both have", () => {
  test("is shared in the newest common version", () => {
    const shop = {
      cart: offered([APRIL, AUGUST]),
      checkout: offered([AUGUST, APRIL]),
      catalog: offered(["2026-01-23", AUGUST, APRIL]),
      order: offered([AUGUST]),
      "only.shop": offered([AUGUST]),
    };
    const agent = {
      cart: offered([AUGUST, APRIL]),
      checkout: offered([APRIL]),
      catalog: offered([APRIL, "2026-01-23"]),
      order: offered(["2027-01-01"]),
      "only.agent": offered([AUGUST]),
    };
    assert.deepEqual(shared(profile(shop), profile(agent)), { cart: AUGUST, checkout: APRIL, catalog: APRIL });
  });

  test("is what the profiles say, which are left as they are", () => {
    const document = profile({ cart: offered([APRIL, AUGUST], null) });
    const before = JSON.stringify(document);
    assert.deepEqual(shared(document, document), { cart: AUGUST });
    assert.equal(JSON.stringify(document), before);
  });

  test("is nothing where one has none", () => {
    const some = profile({ cart: offered([AUGUST]) });
    for (const none of [{ ucp: {} }, { ucp: null }, {}, [], "ucp", 7, null, undefined, profile({})]) {
      assert.deepEqual(shared(none, some), {});
      assert.deepEqual(shared(some, none), {});
    }
  });
});

describe("extensions of what is not there go until none is left", () => {
  const agent = all({ a: null, b: null, c: null, d: null, e: null });
  for (const [shop, left] of [
    [{ b: "a", a: null }, ["a", "b"]],
    [{ b: "a" }, []],
    [{ b: "a", c: "b", d: "c", e: null }, ["e"]],
    [{ d: "c", c: "b", b: "a" }, []],
    [{ b: ["x", "a"], a: null }, ["a", "b"]],
    [{ b: ["x", "y"], a: null }, ["a"]],
    [{ b: "x", c: ["b", "a"], a: null }, ["a", "c"]],
    [{ a: undefined }, ["a"]],
  ]) {
    test(`${JSON.stringify(shop)} leaves ${left.join(" and ") || "nothing"}`, () => assert.deepEqual(namesOf(all(shop), agent), left));
  }

  test("by the parents that the shop names for the version that is shared", () => {
    const shop = { gift: [{ version: AUGUST, extends: "nothing" }, { version: APRIL }] };
    assert.deepEqual(namesOf(shop, { gift: offered([APRIL, AUGUST]) }), []);
    assert.deepEqual(namesOf(shop, { gift: offered([APRIL], "nothing") }), ["gift"]);
  });

  test("and a long chain takes no time", () => {
    const chain = Object.fromEntries(Array.from({ length: 500 }, (_, place) => [`c${place}`, offered([AUGUST], `c${place + 1}`)]));
    assert.deepEqual(namesOf(chain, chain), []);
    assert.equal(namesOf({ ...chain, c500: offered([AUGUST]) }, { ...chain, c500: offered([AUGUST]) }).length, 501);
  });
});

describe("documents that nobody should write", () => {
  const cart = { cart: offered([AUGUST]) };

  for (const capabilities of [[], "all", 7, null, true]) {
    test(`capabilities as ${JSON.stringify(capabilities)} are refused`, () => {
      for (const pair of [[profile(capabilities), profile(cart)], [profile(cart), profile(capabilities)]]) {
        assert.throws(() => shared(...pair), { field: "capabilities" });
      }
    });
  }

  for (const entries of [{ version: AUGUST }, AUGUST, 7, null]) {
    test(`a shared capability as ${JSON.stringify(entries)} is refused, and one that only one has is nobody's business`, () => {
      for (const pair of [[profile({ cart: entries }), profile(cart)], [profile(cart), profile({ cart: entries })]]) {
        assert.throws(() => shared(...pair), { field: "capabilities" });
      }
      assert.deepEqual(namesOf({ ...cart, odd: entries }, cart), ["cart"]);
    });
  }

  for (const entries of [[1, null, "x", {}, []], [{ version: 1 }], [{ version: "1" }], [{ version: "latest" }], [{ version: `${AUGUST}\n` }], [{ version: [AUGUST] }]]) {
    test(`entries like ${JSON.stringify(entries)} have no version`, () => {
      assert.deepEqual(namesOf({ cart: entries }, { cart: entries }), []);
      assert.deepEqual(namesOf({ cart: [...entries, { version: APRIL }] }, { cart: [{ version: APRIL }, ...entries] }), ["cart"]);
    });
  }

  for (const parents of [7, {}, { a: 1 }, [], [7, null], "", [["x"]], true]) {
    test(`parents like ${JSON.stringify(parents)} are not there`, () => {
      const left = parents.length === 0 && Array.isArray(parents) ? ["a", "b"] : ["a"];
      assert.deepEqual(namesOf(all({ a: null, b: parents }), all({ a: null, b: null })), left);
    });
  }

  test("names are own members, and nobody's prototype", () => {
    const odd = JSON.parse(`{ "__proto__": [{ "version": "${AUGUST}" }], "constructor": [{ "version": "${AUGUST}" }] }`);
    const both = shared(profile(odd), profile(odd));
    assert.deepEqual(Object.keys(both).sort(), ["__proto__", "constructor"]);
    assert.equal(Object.getPrototypeOf(both), Object.prototype);
    for (const name of ["toString", "constructor", "hasOwnProperty"]) {
      assert.deepEqual(shared(profile({}), profile({ [name]: offered([AUGUST]) })), {});
    }
  });
});
