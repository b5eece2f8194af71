// Whose token goes to which catalog: the former one takes one for every request, a customer's goes to neither.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene, SEARCH_SCOPE } from "./support/catalog-scene.js";
import { DISCOVER_ENDPOINT, GLOBAL_ENDPOINT, productId, refusal } from "./support/catalog-server.js";

const MUGS = { query: "mug", context: "a gift" };
const TODAY = { query: "mug", context: { intent: "a gift" } };
const TOOL = "search_global_products";

/** What was refused before anything left. */
async function refusedHere(scene, work, code, field) {
  const error = await work.error();
  assert.deepEqual([error.code, error.field, error.status], [code, field, null]);
  assert.deepEqual(scene.shop.log, []);
  return error;
}

describe("the former catalog", () => {
  for (const [what, made, options] of [
    ["without any token", () => new CatalogScene({ server: "discover" })],
    ["without an agent", () => new CatalogScene({ server: "discover" }).withoutAgent()],
    ["of a call that wants to be anonymous", () => CatalogScene.former(), { tier: "anonymous" }],
  ]) {
    test(`${what} is refused here, with what would allow it`, async () => {
      const scene = made();
      const page = await scene.page();
      const error = await refusedHere(scene, page.ucp.catalog.search(MUGS, options), "tier_insufficient", TOOL);
      assert.match(error.message, /`read_global_api_catalog_search`: configure `catalog\.token`, or a proxy\.$/);
      await refusedHere(scene, page.ucp.catalog.product(productId(1), options), "tier_insufficient", "get_global_product_details");
      await refusedHere(scene, page.ucp.catalog.lookup([productId(1)], options), "tier_insufficient", "get_global_product_details");
    });
  }

  for (const scope of ["read_global_api_catalog", "catalog:read", "", `${SEARCH_SCOPE}s`]) {
    test(`with a token of the scope ${JSON.stringify(scope)} is refused here`, async () => {
      const scene = new CatalogScene({ server: "discover" });
      scene.options.catalog.token = scene.tokenSource({ scope });
      const page = await scene.page();
      const error = await refusedHere(scene, page.ucp.catalog.search(MUGS), "scope_missing", TOOL);
      assert.match(error.message, /read_global_api_catalog_search/);
    });
  }

  test("with a token whose scope nobody knows is asked, and its refusal explained", async () => {
    const scene = CatalogScene.former();
    scene.options.catalog.token = () => "SECRET-of-unknown-scope";
    const page = await scene.page();
    await page.ucp.catalog.search(MUGS).result();
    assert.equal(scene.catalog.calls[0].headers.authorization, "Bearer SECRET-of-unknown-scope");
    scene.catalog.instead = () => refusal(403);
    const error = await page.ucp.catalog.search(MUGS).error();
    assert.deepEqual([error.code, error.field, error.status], ["scope_missing", TOOL, 403]);
  });

  test("with a token for orders as well says that every visitor could use it", async () => {
    const scene = CatalogScene.former();
    scene.options.catalog.token = scene.searchTokens({ scope: `${SEARCH_SCOPE} read_global_api_orders` });
    const page = await scene.page();
    await refusedHere(scene, page.ucp.catalog.search(MUGS), "secret_in_page", "agentWideToken");
  });

  test("with the agent's own token, where that is a function", async () => {
    const scene = new CatalogScene({ server: "discover" });
    scene.options.agent.token = scene.searchTokens();
    const page = await scene.page();
    await page.ucp.catalog.search(MUGS).result();
    assert.match(scene.catalog.calls[0].headers.authorization, /^Bearer SECRET-agent/);
  });

  test("with its own token rather than the agent's", async () => {
    const scene = CatalogScene.former();
    scene.options.agent.token = scene.tokenSource();
    const page = await scene.page();
    await page.ucp.catalog.search(MUGS).result();
    assert.deepEqual([scene.options.catalog.token.asked, scene.options.agent.token.asked], [1, 0]);
  });

  test("by a page without an agent", async () => {
    const scene = CatalogScene.former().withoutAgent();
    const page = await scene.page();
    const { products } = await page.ucp.catalog.search(MUGS).result();
    assert.equal(products.length, 10);
    assert.equal((await page.ucp.catalog.listTools().result()).length, 2);
    assert.deepEqual(scene.shop.log.map(({ url }) => url), [DISCOVER_ENDPOINT, DISCOVER_ENDPOINT]);
  });

  test("asks for a token once more after a 401, and once alone", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    await page.ucp.catalog.search(MUGS).result();
    let refused = 1;
    scene.catalog.instead = () => (refused-- > 0 ? refusal(401) : undefined);
    await page.ucp.catalog.search(MUGS).result();
    assert.deepEqual([scene.options.catalog.token.asked, scene.catalog.calls.length], [2, 3]);
    scene.catalog.instead = () => refusal(401);
    assert.equal((await page.ucp.catalog.search(MUGS).error()).status, 401);
    assert.deepEqual([scene.options.catalog.token.asked, scene.catalog.calls.length], [3, 5]);
  });

  test("without a token gives no list of its tools either", async () => {
    const scene = new CatalogScene({ server: "discover" });
    const page = await scene.page();
    await refusedHere(scene, page.ucp.catalog.listTools(), "tier_insufficient", "tools/list");
  });
});

describe("a token", () => {
  const hour = 3_600_000;
  const jwt = (claims) => `${["{}", JSON.stringify(claims)].map((part) => Buffer.from(part).toString("base64url")).join(".")}.SECRET`;

  for (const [what, given, kept] of [
    ["that says nothing", () => "SECRET-opaque", hour],
    ["that says a day, as the document's own example does", () => ({ access_token: "SECRET-opaque", scope: SEARCH_SCOPE, expires_in: 86_399 }), hour],
    ["that says ten minutes", () => ({ access_token: "SECRET-opaque", expires_in: 600 }), 600_000],
    ["that is a JWT of two hours", (now) => ({ access_token: jwt({ exp: now / 1_000 + 7_200 }), expires_in: 86_399 }), 2 * hour],
    ["that is a JWT of ten minutes", (now) => ({ access_token: jwt({ exp: now / 1_000 + 600 }), expires_in: 86_399 }), 600_000],
  ]) {
    test(`${what} is kept for ${kept / 60_000} minutes, less a margin`, async () => {
      const scene = CatalogScene.former();
      let asked = 0;
      scene.options.catalog.token = () => {
        asked += 1;
        return given(scene.world.trueTime);
      };
      const page = await scene.page();
      const search = async () => {
        await page.ucp.catalog.search(MUGS).result();
        return asked;
      };
      assert.equal(await search(), 1);
      await scene.world.advance(kept - 90_000);
      assert.equal(await search(), 1);
      await scene.world.advance(60_000);
      assert.equal(await search(), 2, "not used to its very end");
    });
  }

  test("is asked for once by all pages of many searches at once", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    const works = Array.from({ length: 20 }, (_, index) => (index % 2 ? page.ucp.catalog.search(MUGS) : page.ucp.catalog.product(productId(index))));
    for (const work of works) await work.result();
    assert.equal(scene.options.catalog.token.asked, 1);
  });

  test("of one function is asked for once by several servers", async () => {
    const scene = new CatalogScene({ server: "global" });
    const token = scene.searchTokens();
    scene.options.agent.token = token;
    scene.options.catalog.token = token;
    const page = await scene.page();
    await page.ucp.catalog.search(TODAY).result();
    await page.ucp.callTool("search_catalog", { catalog: TODAY }).result();
    const former = await scene.load(scene.browser.tab("https://shop.example/pages/account"), { catalog: { server: "discover", token } });
    await former.ucp.catalog.search(MUGS).result();
    assert.deepEqual(scene.catalog.calls.map(({ server }) => server), ["global", "shop", "discover"]);
    assert.equal(new Set(scene.catalog.calls.map(({ headers }) => headers.authorization)).size, 2, "a page load each");
    assert.equal(token.asked, 2);
  });

  test("that cannot be had sends nothing", async () => {
    const scene = CatalogScene.former();
    scene.options.catalog.token = () => { throw new Error("broken"); };
    const page = await scene.page();
    const error = await refusedHere(scene, page.ucp.catalog.search(MUGS), "agent_token_unavailable", "token");
    assert.equal(error.retryable, true);
  });

  test("stays in memory", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    await page.ucp.catalog.search(MUGS).result();
    assert.ok(!(page.tab.storage.text() + scene.browser.local.text()).includes("SECRET"));
  });
});

describe("a signed-in customer's token", () => {
  /** Ada's page, whose agent calls with her token where it may. */
  async function ada(catalog, agent = {}) {
    const scene = new CatalogScene(catalog, { token: "customer", ...agent });
    const page = await scene.signedInPage();
    return { scene, page, secret: page.record.accessToken };
  }
  const bearers = ({ catalog }) => catalog.calls.map(({ headers }) => headers.authorization);

  test("goes to the shop's own catalog", async () => {
    const { scene, page, secret } = await ada();
    await page.ucp.catalog.search(TODAY).result();
    assert.deepEqual(bearers(scene), [`Bearer ${secret}`]);
  });

  for (const agent of [{}, { tier: "token" }]) {
    test(`never to the global one (${JSON.stringify(agent)})`, async () => {
      const { scene, page } = await ada({ server: "global" }, agent);
      await page.ucp.catalog.search(TODAY).result();
      await page.ucp.catalog.lookup([productId(1)]).result();
      await page.ucp.catalog.listTools().result();
      assert.deepEqual(bearers(scene), [undefined, undefined, undefined]);
      assert.ok(scene.shop.log.filter(({ url }) => url === GLOBAL_ENDPOINT).length === 3);
    });

    test(`never to the former one (${JSON.stringify(agent)})`, async () => {
      const { scene, page } = await ada({ server: "discover" }, agent);
      await refusedHere(scene, page.ucp.catalog.search(MUGS), "tier_insufficient", TOOL);
      await page.ucp.catalog.search(MUGS, { tier: "token" }).error();
      assert.deepEqual(scene.shop.log, []);
    });
  }

  for (const server of ["shop", "global", "discover"]) {
    for (const token of ["customer", {}, 5, ["customer"]]) {
      test(`is not ${server}'s own token by its name (${JSON.stringify(token)})`, async () => {
        const scene = new CatalogScene({ server, token });
        await assert.rejects(scene.page(), ({ code, field }) => code === "option_invalid" && field === "token");
      });
    }
  }
});

describe("today's catalog of all shops", () => {
  test("is asked by nobody in particular", async () => {
    const scene = new CatalogScene({ server: "global" });
    const page = await scene.page();
    await page.ucp.catalog.search(TODAY).result();
    assert.ok(!("authorization" in scene.catalog.calls[0].headers));
  });

  for (const [what, scope] of [["that may search", SEARCH_SCOPE], ["of any other scope for catalogs", "catalog"]]) {
    test(`is asked with a token ${what}`, async () => {
      const scene = new CatalogScene({ server: "global" });
      scene.options.catalog.token = scene.tokenSource({ scope });
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
      assert.match(scene.catalog.calls[0].headers.authorization, /^Bearer SECRET-agent/);
      await page.ucp.catalog.search(TODAY, { tier: "anonymous" }).result();
      assert.ok(!("authorization" in scene.catalog.calls[1].headers));
    });
  }
});
