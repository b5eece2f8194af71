// Who may call what ("Auth and rate limiting"): refused before the network, with what would allow it; forced; refused by
// the server.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { json, text } from "./support/network.js";
import { PAYMENT } from "./support/ucp-desk.js";
import { ITEMS, remoteSigner, TIERS, UcpScene } from "./support/ucp-scene.js";
import { refusing } from "./support/ucp-server.js";

/** Every tool, with arguments that the shop takes. */
const TOOLS = {
  search_catalog: { catalog: { query: "mug" } },
  create_cart: { cart: { line_items: [] } },
  get_cart: { id: "x" },
  update_cart: { id: "x", cart: { line_items: [] } },
  cancel_cart: { id: "x" },
  create_checkout: { checkout: { line_items: [] } },
  get_checkout: { id: "x" },
  update_checkout: { id: "x", checkout: { line_items: [] } },
  complete_checkout: { id: "x", checkout: { payment: PAYMENT } },
  cancel_checkout: { id: "x" },
  get_order: { id: "x" },
};
const FOR_TOKENS = ["complete_checkout", "get_order"];

describe("every cell of the table", () => {
  for (const tier of Object.keys(TIERS)) {
    for (const [tool, args] of Object.entries(TOOLS)) {
      const isAllowed = tier === "token" || !FOR_TOKENS.includes(tool);
      test(`${tier}, ${tool}: ${isAllowed ? "sent" : "refused before the network"}`, async () => {
        const scene = TIERS[tier]();
        const page = await scene.page();
        const call = page.ucp.callTool(tool, args);
        if (isAllowed) {
          await call.result();
          assert.deepEqual(scene.ucp.calls.map((sent) => [sent.tool, sent.tier]), [[tool, tier]]);
          return;
        }
        const error = await call.error();
        assert.deepEqual([error.name, error.code, error.field], ["ToolError", "tier_insufficient", tool]);
        assert.match(error.message, /configure `token`/, "it says what would allow it");
        assert.deepEqual(scene.shop.log, [], "nothing at all is sent");
      });
    }
  }

  test("goes for the methods as for the tools", async () => {
    const scene = new UcpScene();
    const { ucp } = await scene.page();
    for (const call of [ucp.orders.get("x"), ucp.checkout.complete("x", { payment: PAYMENT })]) {
      assert.equal(await call.code(), "tier_insufficient");
    }
    assert.deepEqual(scene.shop.log, []);
  });

  test("leaves a tool that nobody knows to the server", async () => {
    const scene = new UcpScene();
    const error = await (await scene.page()).ucp.callTool("wrap_gift", { id: "x" }).error();
    assert.deepEqual([error.name, error.code], ["ToolError", "tool_unknown"]);
    assert.equal(scene.shop.count("ucp"), 1);
  });
});

describe("a token's scope", () => {
  const order = (scene, page) => page.ucp.orders.get("x");
  for (const [what, scope, isSent] of [
    ["with the orders", "read_global_api_orders", true],
    ["with more than the orders", "a read_global_api_orders b", true],
    ["without the orders", "read_global_api_catalog_search", false],
    ["with something like the orders", "read_global_api_orders_x", false],
    ["that nobody says", undefined, true],
  ]) {
    test(`${what}: an order is ${isSent ? "asked for" : "not asked for"}`, async () => {
      const scene = TIERS.token();
      scene.options.agent.token = async () => {
        const { scope: _, ...given } = scene.ucp.issueToken();
        return scope === undefined ? given.access_token : { ...given, scope };
      };
      const page = await scene.page();
      const call = order(scene, page);
      if (isSent) {
        assert.equal((await call.result()).outcome, "unrecoverable");
        assert.equal(scene.shop.count("ucp"), 1);
        return;
      }
      const error = await call.error();
      assert.deepEqual([error.name, error.code, error.field], ["ToolError", "scope_missing", "get_order"]);
      assert.match(error.message, /read_global_api_orders/);
      assert.deepEqual(scene.shop.log, []);
    });
  }
});

describe("a JWT's own scope", () => {
  const jwt = (claims) => `${Buffer.from("{}").toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.SECRET`;

  test("counts where nobody else says it", async () => {
    const scene = TIERS.token();
    scene.options.agent.token = () => jwt({ scope: "read_products" });
    assert.equal(await (await scene.page()).ucp.orders.get("x").code(), "scope_missing");
    assert.deepEqual(scene.shop.log, []);
  });

  test("may be too much for a page", async () => {
    const scene = new UcpScene({ token: () => jwt({ scope: "read_catalog write_checkouts" }) });
    assert.equal(await (await scene.page()).ucp.cart.create(ITEMS).code(), "secret_in_page");
    assert.deepEqual(scene.shop.log, []);
  });

  test("does not count beside the answer's", async () => {
    const scene = new UcpScene({ token: () => ({ access_token: jwt({ scope: "write_checkouts" }), scope: "read_catalog" }) });
    await (await scene.page()).ucp.cart.create(ITEMS).error();
    assert.ok(scene.ucp.calls.length > 0);
  });
});

describe("what a token in a page may be good for", () => {
  const scoped = (scope) => {
    const scene = new UcpScene();
    scene.options.agent.token = scene.tokenSource({ scope });
    return scene;
  };

  test("the catalog, without further words", async () => {
    const scene = scoped("read_global_api_catalog_search dev.ucp.shopping.catalog.lookup");
    await (await scene.page()).ucp.cart.create(ITEMS).result();
    assert.equal(scene.ucp.calls[0].tier, "token");
  });

  for (const scope of ["read_global_api_orders", "read_global_api_catalog_search write_checkouts"]) {
    test(`more only with \`agentWideToken\`: ${scope}`, async () => {
      const scene = scoped(scope);
      const page = await scene.page();
      const error = await page.ucp.cart.create(ITEMS).error();
      assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "secret_in_page", "agentWideToken"]);
      assert.deepEqual(scene.shop.log, []);
      scene.options.agent.agentWideToken = true;
      await (await scene.load(page.tab)).ucp.cart.create(ITEMS).result();
    });
  }

  for (const tool of FOR_TOKENS) {
    test(`${tool} only with \`agentWideToken\`, also where the scope is not known`, async () => {
      const scene = new UcpScene();
      scene.options.agent.token = () => scene.ucp.issueToken().access_token;
      const page = await scene.page();
      const error = await page.ucp.callTool(tool, TOOLS[tool]).error();
      assert.deepEqual([error.name, error.code, error.field], ["OptionsError", "secret_in_page", "agentWideToken"]);
      assert.deepEqual(scene.shop.log, []);
      await page.ucp.cart.create(ITEMS).result();
    });
  }

  test("the customer's own token needs no such word", async () => {
    const scene = new UcpScene({ token: "customer" });
    const page = await scene.readyAda();
    const { id } = await scene.checkout(page);
    assert.equal((await page.ucp.checkout.complete(id, { payment: PAYMENT }).result()).data.status, "completed");
  });
});

describe("the tier of a call", () => {
  const both = () => {
    const { signer, jwk } = remoteSigner();
    const scene = TIERS.token({ signer });
    scene.ucp.publish(jwk);
    return scene;
  };

  test("is that of the best credentials", async () => {
    const scene = both();
    await (await scene.page()).ucp.cart.create(ITEMS).result();
    assert.equal(scene.ucp.calls[0].tier, "token");
  });

  for (const tier of Object.keys(TIERS)) {
    test(`is ${tier} where the agent is configured so, or the call`, async () => {
      const scene = both();
      await (await scene.page()).ucp.cart.create(ITEMS, { tier }).result();
      scene.options.agent.tier = tier;
      await (await scene.page()).ucp.cart.create(ITEMS).result();
      assert.deepEqual(scene.ucp.calls.map((call) => call.tier), [tier, tier]);
    });
  }

  for (const tier of ["signed", "token"]) {
    test(`${tier} needs credentials, of which \`force\` makes none`, async () => {
      const scene = new UcpScene();
      const page = await scene.page();
      for (const force of [false, true]) {
        const error = await page.ucp.cart.create(ITEMS, { tier, force }).error();
        assert.equal(error.name, "OptionsError");
        assert.equal(error.code, "option_invalid");
      }
      assert.deepEqual(scene.shop.log, []);
    });
  }
});

describe("`force` sends what the table refuses, and the server's refusal becomes what would allow it", () => {
  const rows = [
    ["anonymous", "complete_checkout", {}, "tier_insufficient"],
    ["signed", "get_order", {}, "tier_insufficient"],
    ["token", "get_order", { scope: "read_products" }, "scope_missing"],
    ["token", "complete_checkout", { mayComplete: false }, "forbidden"],
  ];
  for (const [tier, tool, granted, code] of rows) {
    for (const refusals of ["http403", "rpc200"]) {
      test(`${tier}, ${tool}, ${refusals}`, async () => {
        const scene = TIERS[tier]();
        if (tier === "token") scene.options.agent.token = scene.tokenSource(granted);
        scene.ucp.settings.refusals = refusals;
        const page = await scene.page();
        const error = await page.ucp.callTool(tool, TOOLS[tool], { force: true }).error();
        const isPlain = refusals === "http403";
        assert.deepEqual([error.code, error.field, error.status], [code, tool, isPlain ? 403 : 200]);
        assert.equal(error.rpc.message, isPlain ? "Forbidden" : "AuthenticationRequired");
        assert.equal(error.retryable, false);
        assert.match(error.message, new RegExp(tool));
      });
    }
  }

  test("also where the scope is not known", async () => {
    const scene = TIERS.token();
    scene.options.agent.token = () => scene.ucp.issueToken({ scope: "" }).access_token;
    const error = await (await scene.page()).ucp.orders.get("x").error();
    assert.deepEqual([error.code, error.status, error.field], ["scope_missing", 403, "get_order"]);
  });

  test("a 403 of what the table allows is just that", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    scene.shop.next("ucp", (sent) => refusing(sent, 403, { code: -32000, message: "Not you" }));
    const error = await page.ucp.cart.create(ITEMS).error();
    assert.deepEqual([error.name, error.code, error.status, error.rpc.message], ["ProtocolError", "forbidden", 403, "Not you"]);
    scene.shop.next("ucp", text(403, "<html>"));
    assert.equal(await page.ucp.cart.create(ITEMS).code(), "forbidden");
    assert.equal(scene.shop.count("ucp"), 2);
  });
});

describe("a proxy", () => {
  for (const tier of Object.keys(TIERS)) {
    test(`that makes calls ${tier} gets them bare, and what the table allows that tier`, async () => {
      const scene = new UcpScene({ tier }, { proxy: "/agent" });
      scene.ucp.settings.proxyAdds = tier;
      const page = await scene.page();
      const { data } = await page.ucp.checkout.create({ line_items: ITEMS, buyer: { email: "a@example.com" } }).result();
      for (const { headers } of scene.shop.sent("proxy")) {
        assert.deepEqual(Object.keys(headers).sort(), ["accept", "content-type"]);
      }
      const bought = page.ucp.checkout.complete(data.id, { payment: PAYMENT });
      if (tier === "token") assert.equal((await bought.result()).data.status, "completed");
      else assert.equal(await bought.code(), "tier_insufficient");
      assert.equal(scene.shop.count("ucp"), 0);
    });
  }

  test("says what it refuses by itself", async () => {
    const scene = new UcpScene({}, { proxy: "/agent" });
    const page = await scene.page();
    scene.shop.next("proxy", json(403, { error: "tool_not_listed" }));
    assert.deepEqual([(await page.ucp.cart.create(ITEMS).error()).status, scene.shop.count("proxy")], [403, 1]);
  });
});
