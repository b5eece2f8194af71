import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runningShop } from "./support/shop.js";

const SERVICE = "dev.ucp.shopping";

describe("the shop's UCP profile", () => {
  const running = runningShop();

  const get = (url, init) => fetch(url, init);
  const profile = async () => (await get(`${running.shop.shop}/.well-known/ucp`)).json();

  it("names its version, the way to the older one, and an endpoint on another host", async () => {
    const { shop } = running;
    const { ucp } = await profile();
    assert.equal(ucp.version, "2026-08-25");
    assert.deepEqual(Object.keys(ucp.supported_versions), ["2026-04-08"]);
    const services = ucp.services[SERVICE];
    assert.deepEqual(services.map(({ transport, version }) => [transport, version]), [
      ["mcp", "2026-08-25"], ["embedded", "2026-08-25"],
    ]);
    assert.equal(services[0].endpoint, `${shop.ucp}/api/ucp/mcp`);
    assert.notEqual(new URL(services[0].endpoint).host, new URL(shop.shop).host);
    assert.equal(ucp.capabilities["dev.ucp.shopping.fulfillment"][0].extends, "dev.ucp.shopping.checkout");
    assert.deepEqual(ucp.capabilities["dev.ucp.shopping.discount"][0].extends, [
      "dev.ucp.shopping.cart", "dev.ucp.shopping.checkout",
    ]);
    assert.equal(Object.values(ucp.payment_handlers)[0][0].id, "test_card");
  });

  it("has leaf profiles whose version is the one that was asked for, and that lead nowhere further", async () => {
    const { ucp } = await profile();
    const leaf = await (await get(ucp.supported_versions["2026-04-08"])).json();
    assert.equal(leaf.ucp.version, "2026-04-08");
    assert.equal(leaf.ucp.supported_versions, undefined);
    assert.ok(leaf.ucp.services[SERVICE].every(({ version }) => version === "2026-04-08"));
    assert.equal((await get(`${running.shop.shop}/.well-known/ucp/2025-01-01`)).status, 404);
  });

  it("offers what it is told to offer", async () => {
    const { shop } = running;
    shop.settings({ ucpVersions: ["2026-04-08"], ucpCapabilitiesLeftOut: ["dev.ucp.shopping.order"] });
    const old = await profile();
    assert.equal(old.ucp.version, "2026-04-08");
    assert.equal(old.ucp.supported_versions, undefined);
    assert.equal(old.ucp.capabilities["dev.ucp.shopping.order"], undefined);
    shop.settings({ ucpTransports: ["embedded"] });
    assert.deepEqual((await profile()).ucp.services[SERVICE].map(({ transport }) => transport), ["embedded"]);
    shop.settings({ ucpTransports: ["embedded", "mcp"], ucpDecoyService: true, ucpAuthority: "clay.example" });
    const [decoy, , right] = (await profile()).ucp.services[SERVICE];
    assert.deepEqual([decoy.transport, decoy.version], ["mcp", "2026-01-11"]);
    assert.equal(new URL(right.endpoint).host, "clay.example");
  });

  it("has leaves that can be broken", async () => {
    const { shop } = running;
    const leaf = async (fault) => {
      shop.settings({ ucpLeafFault: fault });
      return get(`${shop.shop}/.well-known/ucp/2026-04-08`);
    };
    assert.equal((await leaf("missing")).status, 404);
    assert.equal((await (await leaf("wrong-version")).json()).ucp.version, "2026-01-23");
    await assert.rejects((await leaf("not-json")).json());
  });

  it("can be read from any page, by GET, and struck by faults", async () => {
    const { shop } = running;
    const url = `${shop.shop}/.well-known/ucp`;
    const read = await get(url, { headers: { origin: "https://elsewhere.example" } });
    assert.equal(read.headers.get("access-control-allow-origin"), "*");
    assert.equal((await get(url, { method: "POST" })).status, 405);
    assert.equal((await get(`${shop.account}/.well-known/ucp`)).status, 404);
    shop.settings({ faults: [{ on: "ucp-discovery", times: 1, do: { status: 503 } }] });
    assert.equal((await get(url)).status, 503);
    assert.deepEqual(shop.log().map(({ kind }) => kind).filter((kind) => kind !== "other"), [
      "ucp-discovery", "ucp-discovery", "ucp-discovery",
    ]);
  });
});
