// Three servers behind one set of methods: what each is sent, byte by byte, and who it is that asks.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene } from "./support/catalog-scene.js";
import {
  CATALOG_PROXY, DISCOVER_ENDPOINT, DISCOVER_PROXY, GLOBAL_ENDPOINT, productId, variantId,
} from "./support/catalog-server.js";
import { AUGUST, PROFILES, PROXY_ENDPOINT, UCP_ENDPOINT } from "./support/ucp-profiles.js";
import { remoteSigner } from "./support/ucp-scene.js";

const META = { "ucp-agent": { profile: PROFILES[AUGUST] } };
const BARE = ["accept", "content-type"];
const TODAY = { query: "mug", context: { intent: "a gift" } };
const FORMER = { query: "mug", context: "a gift", limit: 3 };

const body = (name, args, id = 1) => JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } });
const headersOf = ({ headers }) => Object.keys(headers).sort();
/** The last call. */
const last = ({ catalog }) => catalog.calls.at(-1);

/** Options of each server, and what it is sent. */
const SERVERS = {
  "the shop's own, which is the default": {
    scene: () => new CatalogScene(), url: UCP_ENDPOINT, headers: BARE,
    search: ["search_catalog", { catalog: TODAY, meta: META }], product: ["get_product", { catalog: { id: productId(1) }, meta: META }],
  },
  "the shop's own, by its name": {
    scene: () => new CatalogScene({ server: "shop" }), url: UCP_ENDPOINT, headers: BARE,
    search: ["search_catalog", { catalog: TODAY, meta: META }], product: ["get_product", { catalog: { id: productId(1) }, meta: META }],
  },
  global: {
    scene: () => new CatalogScene({ server: "global" }), url: GLOBAL_ENDPOINT, headers: BARE,
    search: ["search_catalog", { catalog: TODAY, meta: META }], product: ["get_product", { catalog: { id: productId(1) }, meta: META }],
  },
  discover: {
    scene: () => CatalogScene.former(), url: DISCOVER_ENDPOINT, headers: [...BARE, "authorization"].sort(),
    search: ["search_global_products", { query: "mug", context: "a gift" }], product: ["get_global_product_details", { upid: "p1" }],
  },
};

for (const [what, { scene: made, url, headers, search, product }] of Object.entries(SERVERS)) {
  describe(what, () => {
    test("is asked at its address, with what it takes and nothing else", async () => {
      const scene = made();
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
      await page.ucp.catalog.product(productId(1)).result();
      const [first, second] = scene.taken();
      assert.deepEqual([first.url, second.url], [url, url]);
      assert.deepEqual([first.body, second.body], [body(...search), body(...product, 2)]);
      for (const call of [first, second]) assert.deepEqual([headersOf(call), call.credentials, call.headers.accept], [headers, "omit", "application/json"]);
    });

    test("is asked in its own form, whichever the page speaks", async () => {
      const scene = made();
      const page = await scene.page();
      await page.ucp.catalog.search(FORMER).result();
      const { tool, args } = last(scene);
      assert.equal(tool, search[0]);
      assert.deepEqual(args, tool === "search_catalog" ? { catalog: { ...TODAY, pagination: { limit: 3 } } } : FORMER);
      await page.ucp.catalog.product({ variant_id: 12 }).result();
      assert.deepEqual(last(scene).args, tool === "search_catalog" ? { catalog: { id: variantId(12) } } : { variant_id: 12 });
    });

    test("lists its tools", async () => {
      const scene = made();
      const page = await scene.page();
      const tools = await page.ucp.catalog.listTools().result();
      assert.ok(tools.some(({ name }) => name === search[0]));
      const { url: asked, meta, headers: sent } = last(scene);
      assert.equal(asked, url);
      // A storefront lists its tools to everybody.
      assert.deepEqual(meta, url === GLOBAL_ENDPOINT ? META : undefined);
      assert.equal("authorization" in sent, url === DISCOVER_ENDPOINT);
    });

    test("leaves unknown members as they are", async () => {
      const scene = made();
      const page = await scene.page();
      await page.ucp.catalog.search({ ...TODAY, new_member: { a: [1] } }).result();
      const { args } = last(scene);
      assert.deepEqual((args.catalog ?? args).new_member, { a: [1] });
    });
  });
}

describe("a request is in the former form by any one member of it", () => {
  const members = {
    search: {
      available_for_sale: true, include_secondhand: true, limit: 3, max_price: 5, min_price: 5, products_limit: 1, requires_selling_plan: true,
      saved_catalog: "slow-kitchen", ships_from: "US", ships_to: "US", shop_ids: [1], context: "a gift",
    },
    product: {
      upid: "A1", variant_id: 1, _gsid: "g", option_preferences: "Color", product_id: 1, product_options: [{ key: "Color", values: ["Red"] }], shop_id: 1, limit: 3,
      available_for_sale: true, include_secondhand: true, ships_from: "US", ships_to: "US", context: "a gift",
    },
  };
  for (const [what, all] of Object.entries(members)) {
    for (const [member, value] of Object.entries(all)) {
      test(`${what}: ${member}`, async () => {
        const scene = new CatalogScene({ server: "global" });
        const page = await scene.page();
        const request = what === "search" ? { query: "mug", [member]: value } : { ...(/^(upid|variant_id)$/.test(member) ? {} : { upid: "A1" }), [member]: value };
        const error = await page.ucp.catalog[what](request).result().then(() => null, (refusal) => refusal);
        if (error) assert.deepEqual([error.code, scene.catalog.calls.length], ["argument_unsupported", 0]);
        else assert.ok(!(member in last(scene).args.catalog) || member === "context", "it is translated");
        if (member === "context") assert.deepEqual(last(scene).args.catalog.context, { intent: "a gift" });
      });
    }
  }
  for (const [member, value] of Object.entries(members.product)) {
    test(`product: ${member} beside an id of today's is both forms at once`, async () => {
      const scene = new CatalogScene({ server: "global" });
      const page = await scene.page();
      const error = await page.ucp.catalog.product({ id: productId(1), [member]: value }).error();
      assert.deepEqual([error.code, error.field, scene.shop.log.length], ["option_invalid", "id", 0]);
    });
  }
});

describe("what has no counterpart", () => {
  test("never reaches the former catalog", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    const error = await page.ucp.catalog.search({ ...TODAY, filters: { ships_to: { country: "US", region: "CA" } } }).error();
    assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "argument_unsupported", "filters.ships_to.region"]);
    assert.match(error.message, /`filters\.ships_to\.region` has no counterpart/);
    assert.deepEqual(scene.shop.log, [], "not even a token was asked for");
    assert.equal(scene.options.catalog.token.asked, 0);
  });

  test("never reaches today's", async () => {
    for (const server of ["shop", "global"]) {
      const scene = new CatalogScene({ server });
      const page = await scene.page();
      const error = await page.ucp.catalog.search({ ...FORMER, requires_selling_plan: true }).error();
      assert.deepEqual([error.code, error.field], ["argument_unsupported", "requires_selling_plan"]);
      assert.deepEqual(scene.shop.log, []);
    }
  });

  test("is a member beyond its bounds, too", async () => {
    const scene = CatalogScene.former();
    const page = await scene.page();
    const error = await page.ucp.catalog.search({ ...FORMER, limit: 301 }).error();
    assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "option_invalid", "limit"]);
    assert.deepEqual(scene.shop.log, []);
  });

  test("or what JSON cannot hold", async () => {
    for (const scene of [new CatalogScene(), CatalogScene.former()]) {
      const page = await scene.page();
      assert.equal(await page.ucp.catalog.search({ ...TODAY, big: 1n }).code(), "option_invalid");
      assert.deepEqual(scene.shop.log, []);
    }
  });
});

describe("another endpoint", () => {
  for (const server of ["global", "discover"]) {
    test(`replaces that of ${server}`, async () => {
      const endpoint = "https://catalog.example/mcp";
      const scene = server === "global" ? new CatalogScene({ server, endpoint }) : CatalogScene.former({ endpoint });
      scene.catalog.addresses[endpoint] = server;
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
      assert.deepEqual(scene.shop.log.map(({ url }) => url), [endpoint]);
    });
  }

  for (const [what, catalog, code] of [
    ["without TLS", { server: "global", endpoint: "http://catalog.example/mcp" }, "endpoint_not_secure"],
    ["that is no URL", { server: "global", endpoint: "https://" }, "option_invalid"],
    ["of a server that nobody knows", { server: "golden" }, "option_invalid"],
    ["with a member that nobody knows", { server: "global", tokens: 1 }, "option_invalid"],
    ["with a secret", { server: "global", clientSecret: "SECRET" }, "secret_in_page"],
    ["with a token in the page", { server: "global", token: "SECRET-token" }, "secret_in_page"],
  ]) {
    test(`${what} is refused at connect`, async () => {
      const scene = new CatalogScene(catalog);
      await assert.rejects(scene.page(), (error) => {
        assert.equal(error.code, code);
        assert.ok(!error.message.includes("SECRET"));
        return true;
      });
    });
  }
});

describe("neither of the catalogs of all shops asks the shop anything", () => {
  for (const [what, made] of [["global", () => new CatalogScene({ server: "global" })], ["discover", () => CatalogScene.former()]]) {
    test(what, async () => {
      const scene = made();
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
      await page.ucp.catalog.lookup([productId(1)]).result();
      assert.ok(scene.shop.log.every(({ url }) => !url.startsWith("https://shop")));
    });
  }
});

describe("signed", () => {
  test("requests of the global catalog are signed for its own address", async () => {
    const { signer, jwk, requests } = remoteSigner();
    const scene = new CatalogScene({ server: "global" }, { signer });
    scene.ucp.publish(jwk);
    const page = await scene.page();
    await page.ucp.catalog.search(TODAY).result();
    const { headers } = last(scene);
    assert.equal(headers["ucp-agent"], `profile="${PROFILES[AUGUST]}"`);
    assert.ok(headers.signature && headers["signature-input"] && headers["content-digest"]);
    assert.match(requests[0].base, /"@authority": catalog\.shopify\.com\n"@path": \/api\/ucp\/mcp/);
  });

  test("the former catalog takes a token all the same", async () => {
    const { signer, jwk } = remoteSigner();
    const scene = new CatalogScene({ server: "discover" }, { signer });
    scene.ucp.publish(jwk);
    const page = await scene.page();
    const error = await page.ucp.catalog.search(TODAY).error();
    assert.deepEqual([error.code, error.field, scene.shop.log.length], ["tier_insufficient", "search_global_products", 0]);
  });
});

describe("through a proxy", () => {
  for (const [server, url] of [["shop", PROXY_ENDPOINT], ["global", CATALOG_PROXY], ["discover", DISCOVER_PROXY]]) {
    test(`${server} is at ${new URL(url).pathname}, with the origin's cookies and nothing of the agent's`, async () => {
      const scene = new CatalogScene({ server }, {}, { proxy: "/agent" });
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
      const call = last(scene);
      assert.deepEqual([call.url, headersOf(call), call.credentials], [url, BARE, "same-origin"]);
    });
  }

  test("a page without an agent may use the former catalog", async () => {
    const scene = new CatalogScene({ server: "discover" }, {}, { proxy: "/agent" }).withoutAgent();
    const page = await scene.page();
    await page.ucp.catalog.search(TODAY).result();
    assert.deepEqual(scene.shop.log.map(({ url }) => url), [DISCOVER_PROXY]);
  });

  test("beside a token of the page is refused at connect", async () => {
    const scene = CatalogScene.former({}, {}, { proxy: "/agent" });
    await assert.rejects(scene.page(), ({ code, field }) => code === "option_invalid" && field.endsWith("token"));
  });
});

describe("lost answers", () => {
  for (const [what, made] of [["shop", () => new CatalogScene()], ["global", () => new CatalogScene({ server: "global" })], ["discover", () => CatalogScene.former()]]) {
    test(`of ${what} are asked for again: it only reads`, async () => {
      const scene = made();
      const page = await scene.page();
      let lost = 2;
      scene.catalog.instead = () => (lost-- > 0 ? { kind: "answer", status: 503, headers: {}, pieces: [], delay: 0 } : undefined);
      await page.ucp.catalog.search(TODAY).result();
      await page.ucp.catalog.product(productId(1)).result();
      const [first, second, third] = scene.catalog.calls.map(({ body }) => body);
      assert.deepEqual([first, second], [second, third], "the same bytes");
      assert.equal(scene.catalog.calls.length, 4);
    });
  }
});

test("a page without an agent needs one for the catalogs that speak UCP", async () => {
  for (const server of ["shop", "global"]) {
    const scene = new CatalogScene({ server }).withoutAgent();
    const page = await scene.page();
    for (const work of [page.ucp.catalog.search(TODAY), page.ucp.catalog.lookup([productId(1)]), page.ucp.catalog.product(productId(1)), page.ucp.catalog.listTools()]) {
      const error = await work.error();
      assert.deepEqual([error.code, error.field], ["option_invalid", "agent"]);
    }
    assert.deepEqual(scene.shop.log, []);
  }
});
