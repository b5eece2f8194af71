// Arguments held to the servers' own schemas, before anything leaves.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CatalogScene } from "./support/catalog-scene.js";
import { productId } from "./support/catalog-server.js";
import { answering } from "./support/tool-server.js";
import { Scene } from "./support/scene.js";

const TODAY = { query: "mug", context: { intent: "a gift" } };
const FORMER = { query: "mug", context: "a gift" };
const closed = (properties, required = []) => ({ type: "object", properties, required, additionalProperties: false });
const META = closed({ "ucp-agent": closed({ profile: { type: "string" } }, ["profile"]) }, ["ucp-agent"]);

/** Schemas as live tools have them, `meta` closed. */
const SCHEMAS = {
  search_catalog: closed({
    meta: META,
    catalog: { type: "object", properties: { query: { type: "string", minLength: 1 }, pagination: closed({ cursor: { type: "string" }, limit: { type: "integer", minimum: 1, maximum: 50 } }) } },
  }, ["meta", "catalog"]),
  lookup_catalog: closed({ meta: META, catalog: closed({ ids: { type: "array", maxItems: 10, items: { type: "string", minLength: 3 } } }) }, ["meta", "catalog"]),
  get_product: closed({ meta: META, catalog: closed({ id: { type: "string" }, selected: { type: "array", items: closed({ name: { type: "string" }, label: { enum: ["Red", "Blue"] } }) } }) }),
  search_global_products: closed({ query: { type: "string" }, context: { type: "string", maxLength: 20 }, limit: { type: "integer" } }, ["query", "context"]),
  get_global_product_details: closed({ upid: { type: "string" } }, ["upid"]),
};

function scenes(options = {}) {
  const made = {
    shop: new CatalogScene({ server: "shop" }, {}, options),
    global: new CatalogScene({ server: "global" }, {}, options),
    discover: CatalogScene.former({}, {}, options),
  };
  for (const scene of Object.values(made)) scene.catalog.schemas = SCHEMAS;
  return made;
}
const CHECKED = { checkArguments: true };

/** Refused with a path, and no tool was called. */
async function refused(scene, work, path, rule) {
  const error = await work.error();
  assert.deepEqual([error.name, error.code, error.field, error.retryable], ["OptionsError", "arguments_invalid", path, false]);
  assert.match(error.message, new RegExp(`: ${rule} at `));
  assert.ok(scene.catalog.tools.every((tool) => tool === "tools/list"), "no tool was called");
  return error;
}

/** Per server, a call that its schema refuses, and the path. */
const WRONG = {
  shop: [(catalog, options) => catalog.search({ ...TODAY, pagination: { limit: 51 } }, options), "/catalog/pagination/limit", "maximum"],
  global: [(catalog, options) => catalog.product({ id: productId(1), selected: [{ name: "Color", label: "Red" }, { name: "Color", label: "Green" }] }, options), "/catalog/selected/1/label", "enum"],
  discover: [(catalog, options) => catalog.search({ ...FORMER, new_member: 1 }, options), "", "additionalProperties"],
};

for (const [server, [call, path, rule]] of Object.entries(WRONG)) {
  describe(`${server}: a call that does not fit`, () => {
    test("is refused with its path where `connect` says so", async () => {
      const scene = scenes(CHECKED)[server];
      const page = await scene.page();
      await refused(scene, call(page.ucp.catalog), path, rule);
    });

    test("is refused where the call says so, with one list for all calls", async () => {
      const scene = scenes()[server];
      const page = await scene.page();
      for (let times = 0; times < 3; times += 1) await refused(scene, call(page.ucp.catalog, CHECKED), path, rule);
      assert.deepEqual(scene.catalog.tools, ["tools/list"]);
    });

    test("is sent where nobody asked for a check", async () => {
      const scene = scenes()[server];
      const page = await scene.page();
      await call(page.ucp.catalog).result();
      assert.ok(scene.catalog.tools.length === 1 && !scene.catalog.tools.includes("tools/list"));
    });

    test("is sent where the call wants no check", async () => {
      const scene = scenes(CHECKED)[server];
      const page = await scene.page();
      await call(page.ucp.catalog, { checkArguments: false }).result();
      assert.ok(!scene.catalog.tools.includes("tools/list"));
    });
  });
}

describe("calls that fit pass, with the agent's own `meta`", () => {
  for (const server of ["shop", "global", "discover"]) {
    test(server, async () => {
      const scene = scenes(CHECKED)[server];
      const page = await scene.page();
      const { products } = await page.ucp.catalog.search(server === "discover" ? FORMER : TODAY).result();
      assert.equal(products.length, 10);
      await page.ucp.catalog.product(productId(1)).result();
      const { found } = await page.ucp.catalog.lookup([productId(1), productId(2)]).result();
      assert.equal(found.length, 2);
      assert.equal(scene.catalog.callsOf("tools/list").length, 1);
    });
  }

  test("every page of a search, and the cursor too", async () => {
    const scene = scenes(CHECKED).shop;
    const page = await scene.page();
    const { products } = await page.ucp.catalog.walk(TODAY).result();
    assert.deepEqual([products.length, scene.catalog.callsOf("search_catalog").length], [30, 3]);
    scene.catalog.instead = (_call, usual) => ({ ...usual, products: [], pagination: { has_next_page: true, cursor: "c1" } });
    assert.equal(await page.ucp.catalog.walk({ ...TODAY, pagination: { limit: 0 } }).code(), "arguments_invalid");
  });
});

describe("`meta`", () => {
  test("is checked as it is sent: what a page adds to it, too", async () => {
    const scene = scenes(CHECKED).shop;
    const page = await scene.page();
    const work = page.ucp.callTool("search_catalog", { catalog: TODAY, meta: { "com.example.x": 1 } });
    await refused(scene, work, "/meta", "additionalProperties");
  });

  test("with a member that the server wants and the page does not know is refused", async () => {
    const scene = scenes(CHECKED).shop;
    const meta = closed({ ...META.properties, session: { type: "string" } }, ["ucp-agent", "session"]);
    scene.catalog.schemas = { search_catalog: closed({ meta, catalog: {} }, ["meta"]) };
    const page = await scene.page();
    await refused(scene, page.ucp.catalog.search(TODAY), "/meta", "required");
  });

  test("of a call with a key has it", async () => {
    const scene = new CatalogScene(undefined, {}, CHECKED);
    const keyed = closed({ ...META.properties, "idempotency-key": { type: "string", minLength: 36 } }, ["ucp-agent", "idempotency-key"]);
    const schemas = { cancel_cart: closed({ id: { type: "string" }, meta: keyed }), create_cart: closed({ cart: {}, meta: META }) };
    const tools = Object.entries(schemas).map(([name, inputSchema]) => ({ name, inputSchema }));
    scene.shop.always("ucp", (sent) => (sent.body.includes("tools/list") ? answering(sent, { result: { tools } }) : scene.shop.usual(sent)));
    const page = await scene.page();
    const { data } = await page.ucp.cart.create([{ item: "gid://shopify/ProductVariant/1", quantity: 1 }]).result();
    await page.ucp.cart.cancel(data.id).result();
    assert.equal(scene.ucp.executions("cancel_cart"), 1);
  });
});

describe("a check", () => {
  test("of a tool that is not listed, or says nothing of its arguments, refuses nothing", async () => {
    for (const tools of [[], [{ name: "search_catalog" }], [{ name: "search_catalog", inputSchema: null }], [null, { name: "search_catalog", inputSchema: "no" }]]) {
      const scene = new CatalogScene(undefined, {}, CHECKED);
      scene.shop.always("ucp", (sent) => (sent.body.includes("tools/list") ? answering(sent, { result: { tools } }) : scene.shop.usual(sent)));
      const page = await scene.page();
      await page.ucp.catalog.search(TODAY).result();
    }
  });

  test("comes after the former catalog's own rules", async () => {
    const scene = scenes(CHECKED).discover;
    const page = await scene.page();
    assert.equal(await page.ucp.catalog.search({ ...FORMER, limit: 301 }).code(), "option_invalid");
    assert.deepEqual(scene.catalog.calls, []);
  });

  test("quotes no value", async () => {
    const scene = scenes(CHECKED).discover;
    const page = await scene.page();
    const error = await page.ucp.catalog.search({ ...FORMER, context: "SECRET ".repeat(5) }).error();
    assert.deepEqual([error.code, error.field], ["arguments_invalid", "/context"]);
  });

  test("sends nothing where the list cannot be had", async () => {
    const scene = scenes(CHECKED).global;
    scene.shop.always("elsewhere", (sent) => answering(sent, { result: { tools: "none" } }));
    const page = await scene.page();
    const error = await page.ucp.catalog.search(TODAY).error();
    assert.deepEqual([error.code, error.field], ["answer_invalid", "tools"]);
  });
});

describe("the customer server's arguments", () => {
  /** Ada's page at a server whose order tool takes a text. */
  async function ada(options) {
    const scene = new Scene(options);
    const page = await scene.signedInPage();
    const tools = [{ name: "get_order_status", inputSchema: closed({ order_number: { type: "string", minLength: 2 } }, ["order_number"]) }];
    scene.shop.always("tools", (sent) => (sent.body.includes("tools/list") ? answering(sent, { result: { tools } }) : scene.shop.usual(sent)));
    scene.shop.tools.executed = [];
    return { scene, page, fresh: () => page.listTools({ fresh: true }).result() };
  }

  for (const [args, path, rule] of [[{}, "", "required"], [{ order_number: 1001 }, "/order_number", "type"], [{ order_number: "#" }, "/order_number", "minLength"], [{ order_number: "#1001", more: 1 }, "", "additionalProperties"]]) {
    test(`${JSON.stringify(args)} is refused: ${rule}`, async () => {
      for (const [options, call] of [[CHECKED, {}], [{}, CHECKED]]) {
        const { scene, page, fresh } = await ada(options);
        await fresh();
        const error = await page.call("get_order_status", args, call).error();
        assert.deepEqual([error.code, error.field], ["arguments_invalid", path]);
        assert.match(error.message, new RegExp(`${rule} at`));
        assert.deepEqual(scene.shop.tools.executed, []);
      }
    });
  }

  test("that fit pass, and a call may want no check", async () => {
    const { scene, page, fresh } = await ada(CHECKED);
    await fresh();
    await page.order().result();
    await page.call("get_order_status", { order_number: 1001 }, { checkArguments: false }).error();
    assert.equal(scene.shop.tools.executed.length, 2);
  });
});

for (const value of ["yes", 1, {}]) {
  test(`\`checkArguments: ${JSON.stringify(value)}\` is refused at connect`, async () => {
    await assert.rejects(new CatalogScene(undefined, {}, { checkArguments: value }).page(), ({ code, field }) => code === "option_invalid" && field === "checkArguments");
  });
}
