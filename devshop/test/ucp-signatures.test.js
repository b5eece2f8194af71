import assert from "node:assert/strict";
import { get } from "node:http";
import { describe, it } from "node:test";
import { postSigned, publishKey, sign } from "./support/agent.js";
import { runningShop } from "./support/shop.js";
import { APRIL, AUGUST, MUG, lines, newKey, ucpEndpoint, ucpMessage } from "./support/ucp.js";

describe("signed calls", () => {
  const running = runningShop();

  const message = (key, more) => ucpMessage(running.shop, "create_cart", { cart: { line_items: lines([MUG]) } },
    { profile: key.profile, ...more });
  const tierOf = () => running.shop.log().findLast(({ kind }) => kind === "ucp").ucp;

  it("are told from others, with the key in either list", async () => {
    const { shop } = running;
    for (const [list, version] of [["keys", AUGUST], ["signing_keys", APRIL]]) {
      const key = await publishKey(shop, { list, version });
      const { status, result } = await postSigned(shop, await sign(shop, message(key), key));
      assert.equal(status, 200);
      assert.equal(result.structuredContent.ucp.version, version);
      const { tier, signed, profile } = tierOf();
      assert.deepEqual([tier, signed, profile], ["signed", true, key.profile]);
    }
  });

  it("cover what the headers say of the agent and the attempt", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const headers = { "ucp-agent": `profile="${key.profile}"`, "idempotency-key": newKey() };
    const whole = await postSigned(shop, await sign(shop, message(key), key, { headers }));
    assert.equal(whole.error, undefined);
    const fields = ["@method", "@authority", "@path", "content-digest", "content-type", "ucp-agent"];
    const partly = await postSigned(shop, await sign(shop, message(key), key, { headers, fields }));
    assert.deepEqual([partly.status, partly.error.data.code], [401, "signature_invalid"]);
    const elsewhere = { "ucp-agent": 'profile="https://agent.invalid/p.json"' };
    const other = await postSigned(shop, await sign(shop, message(key), key, { headers: elsewhere }));
    assert.equal(other.error.data.code, "invalid_profile_url");
  });

  it("are refused with one byte flipped, wherever it is", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const headers = { "ucp-agent": `profile="${key.profile}"` };
    const flipped = async (change) => {
      const request = await sign(shop, message(key), key, { headers });
      change(request);
      return postSigned(shop, request);
    };
    const body = await flipped((request) => {
      const at = request.body.indexOf("quantity");
      request.body[request.body.indexOf("1", at)] = "2".charCodeAt(0);
    });
    assert.deepEqual([body.status, body.error.code, body.error.data.code], [400, -32600, "digest_mismatch"]);
    for (const change of [
      ({ headers: sent }) => { sent["content-type"] = "application/json;charset=utf-8"; },
      ({ headers: sent }) => {
        sent.signature = sent.signature.replace(/=:(.)/, (_, one) => `=:${one === "A" ? "B" : "A"}`);
      },
      ({ headers: sent }) => {
        sent["signature-input"] = sent["signature-input"].replace(/created=\d/, (text) =>
          `${text.slice(0, -1)}${(Number(text.at(-1)) + 1) % 10}`);
      },
    ]) {
      const { status, error } = await flipped(change);
      assert.deepEqual([status, error.code, error.data.code], [401, -32000, "signature_invalid"]);
    }
  });

  it("are refused by the registry", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const refusal = async (how, change = () => {}, by = key) => {
      const request = await sign(shop, message(key), by, how);
      change(request.headers);
      const { status, error } = await postSigned(shop, request);
      return [status, error?.code, error?.data.code];
    };
    const invalid = [401, -32000, "signature_invalid"];
    assert.deepEqual(await refusal({}, (headers) => delete headers.signature), [401, -32000, "signature_missing"]);
    assert.deepEqual(await refusal({}, undefined, { ...key, kid: "another" }), [401, -32000, "key_not_found"]);
    assert.deepEqual(await refusal({ fields: ["@method", "@path", "content-digest", "content-type"] }), invalid);
    assert.deepEqual(await refusal({ params: ["created", "keyid", "alg"] }), invalid, "alg must not appear");
    assert.deepEqual(await refusal({ params: ["created"] }), invalid, "keyid must");
    assert.deepEqual(await refusal({ url: `${shop.shop}/api/ucp/mcp` }), invalid, "the shop is not the endpoint");
    assert.deepEqual(await refusal({ url: `${shop.ucp}/api/ucp` }), invalid);
    assert.deepEqual(await refusal({ params: ["keyid"] }), [200, undefined, undefined], "created may be left out");
    const old = { created: new Date("2026-01-01T00:00:00Z") };
    assert.deepEqual(await refusal({ paramValues: old }), [200, undefined, undefined], "no rule of freshness");
    shop.settings({ ucpErrorStatus: "ok200" });
    assert.equal((await refusal({ params: ["created"] }))[0], 200);
  });

  it("take ES256 only, and a key of the profile that may sign", async () => {
    const { shop } = running;
    const good = await publishKey(shop);
    const other = await publishKey(shop, { curve: "P-384" });
    const { error } = await postSigned(shop, await sign(shop, message(other), { ...good, kid: other.kid }));
    assert.equal(error.data.code, "algorithm_unsupported");
    const document = await (await fetch(good.profile)).json();
    shop.publishProfile(`/agents/signer/${AUGUST}.json`, { ...document, keys: [{ ...good.jwk, use: "enc" }] });
    const refused = await postSigned(shop, await sign(shop, message(good), good));
    assert.equal(refused.error.data.code, "key_not_found");
    shop.publishProfile(`/agents/signer/${AUGUST}.json`, { ...document, keys: [], signing_keys: [good.jwk] });
    assert.equal((await postSigned(shop, await sign(shop, message(good), good))).error, undefined);
  });

  it("cover the query where there is one", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const url = `${ucpEndpoint(shop)}?market=us%20west`;
    const status = async (fields) => {
      const { body, headers } = await sign(shop, message(key), key, { url, fields });
      return (await fetch(url, { method: "POST", headers, body })).status;
    };
    const fields = ["@method", "@authority", "@path", "content-digest", "content-type"];
    assert.equal(await status(fields), 401);
    assert.equal(await status([...fields, "@query"]), 200);
  });

  it("make the shop look again for a key that is new, once a minute", async () => {
    const { shop } = running;
    shop.settings({ ucpFreshProfiles: false });
    const fetched = () => shop.log().filter(({ path }) => path.startsWith("/agents/signer/")).length;
    const status = async (key) => (await postSigned(shop, await sign(shop, message(key), key))).status;
    const old = await publishKey(shop);
    assert.deepEqual([await status(old), fetched()], [200, 1]);
    const rotated = await publishKey(shop);
    assert.deepEqual([await status(rotated), fetched()], [200, 2]);
    const tooSoon = await publishKey(shop);
    assert.deepEqual([await status(tooSoon), await status(rotated), fetched()], [401, 200, 2]);
  });

  it("are signed for the authority that the shop believes it has", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    shop.settings({ ucpAuthority: "clay.example" });
    const { ucp } = await (await fetch(`${shop.shop}/.well-known/ucp`)).json();
    const { endpoint } = ucp.services["dev.ucp.shopping"][0];
    assert.equal(new URL(endpoint).host, "clay.example");
    assert.equal((await postSigned(shop, await sign(shop, message(key), key, { url: endpoint }))).error, undefined);
    assert.equal((await postSigned(shop, await sign(shop, message(key), key))).error.data.code, "signature_invalid");
    assert.equal(await statusAs(shop.ucp, "clay.example"), 405, "a proxy may keep the name");
    assert.equal(await statusAs(shop.shop, "clay.example"), 421);
  });

  /** What a GET is answered that names another host than it goes to. */
  function statusAs(origin, host) {
    return new Promise((resolve, reject) => {
      get(`${origin}/api/ucp/mcp`, { headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on("error", reject);
    });
  }

  it("a digest is checked even where nothing is signed", async () => {
    const { shop } = running;
    const key = await publishKey(shop);
    const { body, headers } = await sign(shop, message(key), key);
    delete headers.signature;
    delete headers["signature-input"];
    assert.equal((await postSigned(shop, { body, headers })).error, undefined);
    const { error } = await postSigned(shop, { body, headers: { ...headers, "content-digest": "sha-256=:AAAA:" } });
    assert.equal(error.data.code, "digest_mismatch");
  });
});
