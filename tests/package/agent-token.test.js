// The agent's token, as a page's function gives it: what is taken for one, until when, and how far it reaches.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";

import { importShell } from "./shell-source.js";

const { AgentTokenSource } = await importShell("ucp/agent-token.js");

const NOW = Date.UTC(2026, 10, 2, 10);
mock.timers.enable({ apis: ["Date"], now: NOW });

/** Of whoever asks for one. */
const TERMS = { timeoutMs: 1_000 };
const HOUR = 3600;
const coded = (text) => Buffer.from(text).toString("base64url");
/** A JWT of these claims, which nobody signed. */
const jwt = (claims) => `${coded('{"alg":"ES256"}')}.${coded(JSON.stringify(claims))}.AAAA`;
/** `exp`, so many seconds from now. */
const exp = (seconds) => NOW / 1000 + seconds;

const read = (given) => new AgentTokenSource(() => given).get(TERMS);
/** How long a token is used, seconds: a minute less than it lasts, but half of that at least. */
const useOf = async (given) => ((await read(given)).renewAt - NOW) / 1000;
const used = (seconds) => seconds - Math.min(60, seconds / 2);

test("a token comes bare, or as the token endpoint answered", async () => {
  const bare = { value: "opaque", scope: null, isWide: false, renewAt: NOW + used(HOUR) * 1000 };
  for (const given of ["opaque", { access_token: "opaque" }, { access_token: "opaque", scope: null, token_type: "bearer", note: 7 }]) {
    assert.deepEqual(await read(given), bare);
  }
  const answer = { access_token: "opaque", token_type: "bearer", expires_in: 60, scope: "orders catalog" };
  assert.deepEqual(await read(answer), { value: "opaque", scope: "orders catalog", isWide: true, renewAt: NOW + 30_000 });
});

describe("the sooner end counts", () => {
  for (const [claims, expiresIn, seconds] of [
    [null, undefined, HOUR],
    [null, 0.5, 0.5],
    [null, 3_599, 3_599],
    [null, 86_400, HOUR],
    [null, 1e308, HOUR],
    [{ exp: exp(120) }, undefined, 120],
    [{ exp: exp(7_200) }, undefined, 7_200],
    [{ exp: exp(60) }, 600, 60],
    [{ exp: exp(600) }, 60, 60],
    [{}, 600, 600],
    [{}, 7_200, HOUR],
    [{ exp: String(exp(60)) }, undefined, HOUR],
    [{ exp: null }, undefined, HOUR],
    [{ exp: [exp(60)] }, 30, 30],
    [{ exp: 1e308 }, 30, 30],
  ]) {
    test(`${claims ? `a JWT of ${JSON.stringify(claims)}` : "an opaque one"}, for ${expiresIn} s`, async () => {
      const token = claims ? jwt(claims) : "opaque";
      assert.equal(await useOf({ access_token: token, expires_in: expiresIn }), used(seconds));
      if (expiresIn === undefined) assert.equal(await useOf(token), used(seconds));
    });
  }

  for (const claims of [{ exp: exp(-5) }, { exp: 0 }, { exp: -1e308 }]) {
    test(`one that is over is asked for each time: ${JSON.stringify(claims)}`, async () => {
      let asked = 0;
      const source = new AgentTokenSource(() => {
        asked += 1;
        return { access_token: jwt(claims), expires_in: 600 };
      });
      await source.get(TERMS);
      await source.get(TERMS);
      assert.equal(asked, 2);
    });
  }
});

describe("what is no JWT is opaque", () => {
  const soon = coded(JSON.stringify({ exp: exp(60), scope: "orders" }));
  for (const token of [
    "a", "a.b", "a.b.c", "..", `${soon}.a.c`, `a.${coded('{"exp":1')}.c`, `a.${coded("[1]")}.c`, `a.${coded('"exp"')}.c`, `a.${coded("null")}.c`,
    `a.${Buffer.from([0xff, 0xfe]).toString("base64url")}.c`,
  ]) {
    test(token, async () => {
      const { scope, renewAt } = await read(token);
      assert.deepEqual([scope, renewAt], [null, NOW + used(HOUR) * 1000]);
    });
  }
});

describe("the scope is the answer's or the claims'", () => {
  for (const [answer, claims, scope] of [
    ["catalog", { scope: "orders" }, "catalog"],
    [undefined, { scope: "orders" }, "orders"],
    [null, { scope: "orders" }, "orders"],
    ["catalog", {}, "catalog"],
    [undefined, {}, null],
    [undefined, { scope: ["orders"] }, null],
    [undefined, { scope: 7 }, null],
    [undefined, { scope: { orders: true } }, null],
  ]) {
    test(`${JSON.stringify(answer)} and ${JSON.stringify(claims)}`, async () => {
      assert.equal((await read({ access_token: jwt(claims), scope: answer })).scope, scope);
    });
  }
});

describe("wide is what is known to reach beyond the catalog", () => {
  for (const [scope, isWide] of [
    ["", false],
    [" ", false],
    ["read_global_api_catalog_search", false],
    [" read_global_api_catalog_search  read_global_api_catalog_lookup ", false],
    ["read_global_api_orders", true],
    ["read_global_api_catalog_search read_global_api_orders", true],
    ["orders\tcatalog", true],
    ["orders\ncatalog", true],
    ["cata log", true],
    ["*", true],
  ]) {
    test(`${JSON.stringify(scope)} ${isWide ? "is" : "is not"}`, async () => {
      assert.equal((await read(jwt({ scope }))).isWide, isWide);
      assert.equal((await read({ access_token: "opaque", scope })).isWide, isWide);
    });
  }
});

describe("what is no token is refused, and not repeated", () => {
  const hidden = "SECRETSECRET";
  const given = {
    nothing: undefined,
    null: null,
    "a number": 7,
    "true": true,
    "a list": [hidden],
    "an empty object": {},
    "another name": { token: hidden },
    "a null": { access_token: null },
    "a token as a number": { access_token: 7 },
    "a token as a list": { access_token: [hidden] },
    "no time": { access_token: hidden, expires_in: 0 },
    "a time before now": { access_token: hidden, expires_in: -60 },
    "a time that is none": { access_token: hidden, expires_in: NaN },
    "a time as an object": { access_token: hidden, expires_in: {} },
    "a time in words": { access_token: hidden, expires_in: "an hour" },
    "a scope as a list": { access_token: hidden, scope: [hidden] },
    "a scope as a number": { access_token: hidden, scope: 7 },
  };
  for (const text of [
    "", " ", ` ${hidden}`, `${hidden} `, `Bearer ${hidden}`, `${hidden}\nx: y`, `${hidden}\r\nx: y`, `${hidden}\n`, `${hidden}\t`, `${hidden}\0`,
    `${hidden}\x7f`, `${hidden}é`, `${hidden}\u200b`, `"${hidden}"`, `${hidden},${hidden}`, `=${hidden}`, `shpss_${hidden}`,
  ]) {
    given[JSON.stringify(text)] = text;
    given[`${JSON.stringify(text)} in an answer`] = { access_token: text };
  }
  for (const [what, token] of Object.entries(given)) {
    test(what, async () => {
      await assert.rejects(read(token), (error) => {
        assert.deepEqual([error.name, error.code, error.field, error.retryable], ["NetworkError", "agent_token_unavailable", "token", true]);
        assert.doesNotMatch(`${error.message} ${error.cause?.message}`, /SECRET/);
        return true;
      });
    });
  }
});

test("the function's own error is the cause, and one of ours goes through", async () => {
  const cause = new Error("the broker is down");
  await assert.rejects(new AgentTokenSource(() => Promise.reject(cause)).get(TERMS), { code: "agent_token_unavailable", cause });
  const { OptionsError } = await importShell("errors.js");
  const ours = new OptionsError("x", { code: "option_invalid" });
  await assert.rejects(new AgentTokenSource(() => { throw ours; }).get(TERMS), ours);
});

test("one that does not come in time is not waited for", async () => {
  await assert.rejects(new AgentTokenSource(() => new Promise(() => {})).get({ timeoutMs: 10 }), { code: "agent_token_unavailable", retryable: true });
});
