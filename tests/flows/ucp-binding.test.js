// What leaves the page: the exact bytes of a call, and the headers of each tier. `support/ucp-request.js` checks the same
// of every call in all other tests.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { text } from "./support/network.js";
import { Scene } from "./support/scene.js";
import { BOWL, MUG, PAYMENT } from "./support/ucp-desk.js";
import { AUGUST, PROFILES } from "./support/ucp-profiles.js";
import { ITEMS, TIERS, UcpScene } from "./support/ucp-scene.js";

const PROFILE = `{"ucp-agent":{"profile":"${PROFILES[AUGUST]}"}}`;
const KEY = "1f0e2d3c-4b5a-4968-8776-655443322110";
const KEYED = PROFILE.replace("}}", `},"idempotency-key":"${KEY}"}`);

/** The bytes of a call, by its name and the page's own arguments as JSON. */
const bytesOf = (id, name, rest, meta = PROFILE) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${name}","arguments":{${rest},"meta":${meta}}}}`;

describe("a call is these bytes", () => {
  const line = (id, quantity) => `{"item":{"id":"${id}"},"quantity":${quantity}}`;
  const mug = `"line_items":[${line(MUG, 1)}]`;
  const rows = {
    "a cart of items": ["create_cart", `"cart":{"line_items":[${line(MUG, 1)},${line(BOWL, 2)}]}`,
      ({ cart }) => cart.create([{ item: MUG, quantity: 1 }, { item: { id: BOWL }, quantity: 2 }])],
    "a cart with more": ["create_cart", `"cart":{${mug},"context":{"address_country":"DE"},"x.own":[1,{"a":null}]}`,
      ({ cart }) => cart.create({ line_items: ITEMS, context: { address_country: "DE" }, "x.own": [1, { a: null }] })],
    "reading a cart": ["get_cart", '"id":"gid://shopify/Cart/7?key=a%2Fb"', ({ cart }) => cart.get("gid://shopify/Cart/7?key=a%2Fb")],
    "replacing a cart": ["update_cart", `"id":"c","cart":{"line_items":[{"id":"l","item":{"id":"${MUG}"},"quantity":3}]}`,
      ({ cart }) => cart.update("c", { line_items: [{ id: "l", item: { id: MUG }, quantity: 3 }] })],
    "a checkout of items": ["create_checkout", `"checkout":{${mug}}`, ({ checkout }) => checkout.create(ITEMS)],
    "reading a checkout": ["get_checkout", '"id":"c"', ({ checkout }) => checkout.get("c")],
    "replacing a checkout": ["update_checkout", `"id":"c","checkout":{${mug},"buyer":{"email":"é@example.com"}}`,
      ({ checkout }) => checkout.update("c", { line_items: ITEMS, buyer: { email: "é@example.com" } })],
    "any tool": ["get_product", '"catalog":{"id":"p"},"n":1', (ucp) => ucp.callTool("get_product", { catalog: { id: "p" }, n: 1 })],
  };
  for (const [what, [name, rest, begin]] of Object.entries(rows)) {
    test(what, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      scene.shop.always("ucp", text(500, ""));
      begin(page.ucp);
      await scene.world.advance(100);
      const [{ bytes, id }] = scene.ucp.calls;
      assert.equal(bytes, bytesOf(id, name, rest));
    });
  }

  const keyed = {
    "cancelling a cart": ["cancel_cart", '"id":"c"', ({ cart }, options) => cart.cancel("c", options)],
    "cancelling a checkout": ["cancel_checkout", '"id":"c"', ({ checkout }, options) => checkout.cancel("c", options)],
    "buying": ["complete_checkout", `"id":"c","checkout":${JSON.stringify({ payment: PAYMENT, attribution: { utm_source: "x" } })}`,
      ({ checkout }, options) => checkout.complete("c", { payment: PAYMENT, attribution: { utm_source: "x" } }, { ...options, force: true })],
    "cancelling by the tool's name": ["cancel_cart", '"id":"c"', (ucp, options) => ucp.callTool("cancel_cart", { id: "c" }, options)],
  };
  for (const [what, [name, rest, begin]] of Object.entries(keyed)) {
    test(`${what}, under its key`, async () => {
      const scene = new UcpScene();
      const page = await scene.readyPage();
      begin(page.ucp, { idempotencyKey: KEY });
      await scene.world.advance(100);
      const [{ bytes }] = scene.ucp.calls;
      assert.equal(bytes, bytesOf(0x1f0e2d3c, name, rest, KEYED));
    });
  }

  test("a checkout from a cart takes it over whole", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const { id } = await scene.cart(page);
    const { data } = await page.ucp.checkout.fromCart(id).result();
    assert.deepEqual([...data.line_items].map(({ item }) => item.id), [MUG]);
    await page.ucp.checkout.fromCart(id, { discounts: { codes: ["TEN"] } }).result();
    assert.deepEqual(scene.ucp.calls.map(({ args }) => args), [
      { checkout: { cart_id: id, line_items: [] } },
      { checkout: { discounts: { codes: ["TEN"] }, cart_id: id, line_items: [] } },
    ]);
  });

  test("arguments are what they were when the call was made", async () => {
    const scene = new UcpScene();
    const page = await scene.page();
    const cart = { line_items: [{ item: { id: MUG }, quantity: 1 }] };
    const call = page.ucp.cart.create(cart);
    cart.line_items[0].quantity = 7;
    await call.result();
    assert.equal(scene.ucp.calls[0].args.cart.line_items[0].quantity, 1);
  });

  test("what a page puts into `meta` itself stays, but not in place of what binds the call", async () => {
    const scene = new UcpScene();
    const page = await scene.page();
    const meta = { "com.example.trace": [1], "ucp-agent": { profile: "https://evil.example/p.json" }, "idempotency-key": KEY };
    await page.ucp.callTool("get_cart", { id: "x", meta }).result();
    await page.ucp.callTool("cancel_cart", { id: "x", meta }).result();
    const sent = scene.shop.sent("ucp").map(({ body }) => JSON.parse(body).params.arguments.meta);
    assert.deepEqual(sent.map((own) => own["com.example.trace"]), [[1], [1]]);
    assert.deepEqual(sent.map((own) => own["ucp-agent"].profile), [PROFILES[AUGUST], PROFILES[AUGUST]]);
    assert.equal(sent[0]["idempotency-key"], undefined);
    assert.notEqual(sent[1]["idempotency-key"], KEY);
  });

  test("ids are used once", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    const calls = Array.from({ length: 20 }, () => page.ucp.cart.create(ITEMS));
    for (const call of calls) await call.result();
    assert.equal(new Set(scene.ucp.calls.map(({ id }) => id)).size, 20);
  });
});

describe("arguments that make no call make none", () => {
  const cycle = {};
  cycle.self = cycle;
  for (const [what, begin] of Object.entries({
    "a cart that is a text": ({ cart }) => cart.create("mug"),
    "no cart's id": ({ cart }) => cart.get(undefined),
    "a checkout's id that is a number": ({ checkout }) => checkout.get(7),
    "no cart's id to edit": ({ cart }) => cart.add(undefined, ITEMS),
    "no cart's id to cancel": ({ cart }) => cart.cancel(""),
    "no id to make a checkout of": ({ checkout }) => checkout.fromCart(undefined),
    "no checkout's id to buy": ({ checkout }) => checkout.complete(undefined, { payment: PAYMENT }, { force: true }),
    "no order's id": ({ orders }) => orders.get(undefined, { force: true }),
    "a name that is a number": ({ callTool }) => callTool(7, {}),
    "arguments that are a list": ({ callTool }) => callTool("get_product", []),
    "arguments in a circle": ({ callTool }) => callTool("get_product", cycle),
    "a key that is no UUID": ({ cart }) => cart.cancel("c", { idempotencyKey: "again" }),
    "a key where the tool takes none": ({ cart }) => cart.get("c", { idempotencyKey: KEY }),
    "a time limit below 0": ({ cart }) => cart.get("c", { timeoutMs: -1 }),
    "a tier that is none": ({ cart }) => cart.get("c", { tier: "royal" }),
    "a signal that is none": ({ cart }) => cart.get("c", { signal: "now" }),
  })) {
    test(what, async () => {
      const scene = new UcpScene();
      const page = await scene.page();
      const error = await begin(page.ucp).error();
      assert.deepEqual([error.name, error.code], ["OptionsError", "option_invalid"]);
      assert.equal(scene.shop.count("ucp"), 0);
    });
  }
});

describe("headers", () => {
  for (const [tier, names] of Object.entries({
    anonymous: ["accept", "content-type"],
    signed: ["accept", "content-digest", "content-type", "signature", "signature-input", "ucp-agent"],
    token: ["accept", "authorization", "content-type"],
  })) {
    test(`of the tier ${tier}, and no others`, async () => {
      const scene = TIERS[tier]();
      const page = await scene.readyPage();
      const { id } = await scene.cart(page);
      await page.ucp.cart.cancel(id).result();
      const [{ headers, key }] = scene.ucp.calls;
      const own = tier === "signed" ? [...names, "idempotency-key"] : names;
      assert.deepEqual(Object.keys(headers).sort(), own.sort());
      assert.equal(headers["idempotency-key"], tier === "signed" ? key : undefined);
      assert.equal(headers.accept, "application/json");
    });
  }

  test("anonymous calls stay bare while a customer is signed in", async () => {
    const scene = new UcpScene();
    const page = await scene.readyAda();
    await page.ucp.cart.create(ITEMS).result();
    await page.ucp.cart.get("c").result();
    for (const { headers } of scene.shop.sent("ucp")) {
      assert.deepEqual(Object.keys(headers).sort(), ["accept", "content-type"]);
    }
    await page.order().result();
    assert.ok(scene.shop.sent("tools").at(-1).headers.authorization, "the customer's own server gets the token");
  });

  test("of what lists the tools are as bare", async () => {
    const scene = new UcpScene();
    const page = await scene.readyAda();
    const tools = await page.ucp.listTools().result();
    assert.equal(tools.length, 13);
    assert.deepEqual(Object.keys(scene.shop.sent("ucp")[0].headers).sort(), ["accept", "content-type"]);
    await page.ucp.listTools().result();
    assert.equal(scene.shop.count("ucp"), 1, "from memory");
    await page.ucp.listTools({ fresh: true }).result();
    assert.equal(scene.shop.count("ucp"), 2);
  });

  test("a server that insists on event streams too is offered both, and nothing is executed twice", async () => {
    const scene = new UcpScene();
    const page = await scene.readyPage();
    scene.shop.next("ucp", text(406, ""));
    await page.ucp.cart.create(ITEMS).result();
    assert.deepEqual(scene.shop.sent("ucp").map(({ headers }) => headers.accept), ["application/json", "application/json, text/event-stream"]);
    assert.equal(scene.ucp.executions("create_cart"), 1);
  });
});

test("the customer's server is called as ever: no profile, no key", async () => {
  const scene = new Scene({ agent: { profiles: PROFILES } });
  const page = await scene.signedInPage();
  await page.order().result();
  assert.doesNotMatch(scene.shop.sent("tools")[0].body, /meta|ucp/);
});
