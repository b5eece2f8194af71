// What the `wire` event shows, and that no secret is ever a part of it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { importPackageFile } from "./package-under-test.js";
import { seeded } from "./random.js";

const { describe: describeTraffic } = await importPackageFile("wire.js");

const SECRET_MEMBERS = [
  "access_token", "refresh_token", "id_token", "id_token_hint", "code", "code_verifier", "client_secret", "nonce",
  "state", "assertion", "client_assertion", "password",
];
const KIBIBYTE = 1024;
const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjdXN0b21lciJ9.c2lnbmF0dXJlLW9mLXRoZS1zaG9w";

const request = (parts) => describeTraffic({
  exchange: 7, phase: "request", method: "POST", url: "https://shop.example/token", headers: [], ...parts,
});
const bodyOf = (body) => request({ body }).body;

describe("what is shown", () => {
  test("a request and its answer pass through where there is nothing to mask", () => {
    const rpc = '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "get_order_status"}}';
    const headers = [["Content-Type", "application/json"], ["accept", "application/json"]];
    assert.deepEqual(request({ headers, body: rpc }), {
      exchange: 7,
      phase: "request",
      method: "POST",
      url: "https://shop.example/token",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: rpc,
    });
    const answer = { exchange: 7, phase: "response", method: "POST", url: "https://shop.example/", headers: [] };
    assert.deepEqual(describeTraffic({ ...answer, status: 200, durationMs: 12.5, body: "" }), {
      ...answer, headers: {}, status: 200, body: "", durationMs: 12.5,
    });
  });
  test("what was signed of a request, to the letter: it names a digest and a key, and holds neither token nor body", () => {
    const signatureBase = '"@method": POST\n"content-digest": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n"@signature-params": ();keyid="k"';
    assert.equal(request({ signatureBase }).signatureBase, signatureBase);
    for (const none of [undefined, null, 7, {}]) assert.ok(!("signatureBase" in request({ signatureBase: none })));
  });
  test("members that are absent stay absent", () => {
    const detail = request({ status: undefined, body: undefined, durationMs: undefined });
    assert.deepEqual(Object.keys(detail), ["exchange", "phase", "method", "url", "headers"]);
  });
  test("a repeated header is joined, and __proto__ is a name like any other", () => {
    const { headers } = request({ headers: [["Link", "a"], ["link", "b"], ["__proto__", "c"]] });
    assert.deepEqual(Object.entries(headers), [["link", "a, b"], ["__proto__", "c"]]);
    assert.equal(Object.getPrototypeOf(headers), Object.prototype);
  });
});

describe("the shape of a mask", () => {
  const token = `shcat_${"x".repeat(36)}`;
  const authorizations = {
    [token]: "shcat_…(42 characters)",
    [`Bearer ${token}`]: "Bearer shcat_…(42 characters)",
    [`bearer  ${token}`]: "bearer  shcat_…(42 characters)",
    [`Bearer ${JWT}`]: `Bearer …(${JWT.length} characters)`,
    "Basic aWQ6c2VjcmV0": "Basic …(12 characters)",
    "opaque_token_of_another_shop": "…(28 characters)",
    "two words": "…(9 characters)",
    "": "",
  };
  for (const [value, shown] of Object.entries(authorizations)) {
    test(`Authorization: ${value}`, () => {
      assert.equal(request({ headers: [["Authorization", value]] }).headers.authorization, shown);
    });
  }
  const bodies = {
    "grant_type=authorization_code&code=abc&client_id=shp_1":
      "grant_type=authorization_code&code=…(3 characters)&client_id=shp_1",
    '{"access_token":"a\\"b","expires_in":3600}': '{"access_token":"…(4 characters)","expires_in":3600}',
    '{"access_token" : "","x":1}': '{"access_token" : "","x":1}',
    '{"nonce":12345678,"state":["a","b"],"x":["c"]}':
      '{"nonce":"…(8 characters)","state":["…(1 characters)","…(1 characters)"],"x":["c"]}',
    '{"state":["a"],"b":"c"}': '{"state":["…(1 characters)"],"b":"c"}',
    '{"error":{"code":-32000,"message":"no"}}': '{"error":{"code":-32000,"message":"no"}}',
    '{"properties":{"state":{"type":"string"}}}': '{"properties":{"state":{"type":"string"}}}',
    '{"country_code":"CA","statement":"x","codes":"y"}': '{"country_code":"CA","statement":"x","codes":"y"}',
    "postal_code=K1A&estate=x&mycode=1": "postal_code=K1A&estate=x&mycode=1",
    'event: message\ndata: {"refresh_token":\ndata: "abc"}\n\n':
      'event: message\ndata: {"refresh_token":\ndata: "…(3 characters)"}\n\n',
    '{"cursor":"eyJsYXN0X2lkIjo1fQ=="}': '{"cursor":"eyJsYXN0X2lkIjo1fQ=="}',
    [`{"note":"see ${JWT} there"}`]: `{"note":"see …(${JWT.length} characters) there"}`,
    '{"note":"shcrt_abc, shp_1 and shopify"}': '{"note":"shcrt_…(9 characters), shp_1 and shopify"}',
    '{"access_token":"cut in the mid': '{"access_token":"…(14 characters)',
    "{'access_token':'abc','a':'b'}": "{'access_token':'…(3 characters)','a':'b'}",
    '{"accessToken":"abc","access\\u005ftoken":"abc"}':
      '{"accessToken":"…(3 characters)","access\\u005ftoken":"…(3 characters)"}',
  };
  for (const [body, shown] of Object.entries(bodies)) {
    test(JSON.stringify(body), () => assert.equal(bodyOf(body), shown));
  }
  const urls = {
    "https://a.example/cb?code=abc&state=d%26e&q=1":
      "https://a.example/cb?code=…(3 characters)&state=…(5 characters)&q=1",
    "https://a.example/#access_token=abc": "https://a.example/#access_token=…(3 characters)",
    "https://me:pass@a.example/": "https://…(7 characters)@a.example/",
    "https://a.example/?to=https%3A%2F%2Fb%3Fcode%3Dabc%26q%3D1&x=2":
      "https://a.example/?to=https%3A%2F%2Fb%3Fcode%3D…(3 characters)%26q%3D1&x=2",
    "https://a.example/?to=b%253Fcode%253Da%252526c%2526q%253D1":
      "https://a.example/?to=b%253Fcode%253D…(9 characters)%2526q%253D1",
  };
  for (const [url, shown] of Object.entries(urls)) {
    test(url, () => assert.equal(request({ url }).url, shown));
  }
  test("masked JSON is still JSON, at every depth of JSON inside of strings", () => {
    let text = JSON.stringify({ id_token: 'a\\"\n', keep: "\\" });
    for (let depth = 0; depth < 4; depth += 1) {
      let seen = bodyOf(text);
      for (let level = depth; level > 0; level -= 1) seen = JSON.parse(seen).text;
      const { id_token: shown, keep } = JSON.parse(seen);
      assert.match(shown, /^…\(\d+ characters\)$/);
      assert.equal(keep, "\\");
      text = JSON.stringify({ text, state: "x" });
    }
  });
});

describe("no secret survives", () => {
  const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const AROUND = [
    "", "", "-", "~", "_.", "'", '"', "\\", '\\"', "&", "=", "%", "%26", "+", "/", " ", "\n", "é", "😀", "#",
  ];

  /** A secret with a core that no encoding changes, so that what survives of it can be found. */
  function secretOf(random) {
    const core = random.text(ALPHANUMERIC, 16);
    return { core, text: random.pick(AROUND) + core + random.pick(AROUND) };
  }

  const form = (name, secret) => `${new URLSearchParams([["grant_type", "x"], [name, secret.text], ["q", "1"]])}`;
  const query = (name, secret) => `a=1&${name}=${encodeURIComponent(secret.text)}&b=2`;
  const json = (name, secret, random) => {
    const value = random.pick([secret.text, secret.text, [secret.text], ["x", secret.text]]);
    const members = { before: "x", [name]: value, after: ["y", { z: null }] };
    let text = JSON.stringify(random.chance(0.5) ? members : { deep: [{ er: members }] }, null, random.below(3));
    for (let depth = random.below(4); depth > 0; depth -= 1) {
      text = JSON.stringify({ content: [{ type: "text", text }] });
    }
    return text;
  };
  const stream = (...of) => json(...of).split("\n").map((line) => `data: ${line}`).join("\r\n");
  const address = (...of) => `https://a.example/cb?${query(...of)}`;
  const nested = (name, secret, random) => {
    let url = address(name, secret);
    for (let depth = 1 + random.below(3); depth > 0; depth -= 1) {
      url = `https://b.example/?to=${encodeURIComponent(url)}&z=1`;
    }
    return url;
  };
  const escaped = (...of) => JSON.stringify({ continue_url: nested(...of), other: address(...of) });
  const jwt = (_, { core }) => `so: eyJ${core}.${core}.${core}!`;
  const tokenOfShopify = (_, { core }, random) => `\\n${random.pick(["shcat_", "shcrt_", "shpat_"])}${core}.${core}`;

  const texts = [form, query, json, json, stream, address, nested, escaped, jwt, tokenOfShopify];
  const garbage = ["", "\0\ufffd\ud800", "<html>", "{", '"', "\\", "[[", "data:", "HTTP/1.1 500", "}]\n"];

  function traffic(random, secrets) {
    const newSecret = () => {
      const secret = secretOf(random);
      secrets.push(secret.core);
      return secret;
    };
    const text = () => {
      const secret = newSecret();
      const whole = random.pick(texts)(random.pick(SECRET_MEMBERS), secret, random);
      const end = random.chance(0.3) ? whole.indexOf(secret.core) + 8 + random.below(12) : whole.length;
      return whole.slice(0, end);
    };
    const credentials = ["Authorization", "authorization", "Cookie", "X-Access-Token", "DPoP"];
    const schemes = ["", "Bearer ", "Basic ", "DPoP ", "shcat_", "Bearer shcat_"];
    return {
      exchange: 1,
      phase: random.pick(["request", "response", "failure"]),
      method: "POST",
      url: random.pick([address, nested])(random.pick(SECRET_MEMBERS), newSecret(), random),
      headers: [
        [random.pick(credentials), random.pick(schemes) + newSecret().core],
        ["location", text()],
        ["www-authenticate", 'Bearer realm="shop"'],
      ],
      status: 200,
      body: random.chance(0.7) ? text() : random.pick(garbage) + text(),
    };
  }

  for (const seed of [1, 2, 3]) {
    test(`in 5,000 exchanges (seed ${seed})`, () => {
      const random = seeded(seed);
      for (let run = 0; run < 5000; run += 1) {
        const secrets = [];
        const raw = traffic(random, secrets);
        const shown = JSON.stringify(describeTraffic(raw));
        for (const core of secrets) {
          for (let at = 0; at + 6 <= core.length; at += 1) {
            assert.ok(!shown.includes(core.slice(at, at + 6)), `${JSON.stringify(raw)}\nis shown as\n${shown}`);
          }
        }
        assert.match(shown, /realm=/);
      }
    });
  }
});

describe("garbage and size", () => {
  test("no value of any field throws", () => {
    const bytes = new Uint8Array([255, 0, 128]);
    const values = [undefined, null, 0, NaN, "", "\ud800", {}, [], [[]], Symbol("x"), () => 1, bytes];
    for (const value of values) {
      for (const field of ["method", "url", "headers", "status", "body", "durationMs"]) {
        const detail = request({ [field]: value });
        assert.equal(typeof detail.url, "string");
        assert.ok(detail.body === undefined || typeof detail.body === "string");
      }
      assert.ok(request({ headers: [["name", value]] }));
    }
  });
  test("bytes are read as UTF-8, and masked", () => {
    const bytes = new TextEncoder().encode('\u0000{"state":"abc"}é');
    assert.equal(bodyOf(bytes), '\u0000{"state":"…(3 characters)"}é');
    assert.equal(bodyOf(bytes.buffer), bodyOf(bytes));
    assert.equal(bodyOf(bytes.subarray(1, -2)), '{"state":"…(3 characters)"}');
  });
  test("a body is cut at 64 KiB of UTF-8, after masking and between characters", () => {
    assert.equal(bodyOf("a".repeat(100_000)).length, 64 * KIBIBYTE);
    assert.equal(bodyOf("😀".repeat(100_000)), "😀".repeat(16 * KIBIBYTE));
    assert.equal(bodyOf(`x${"😀".repeat(100_000)}`).length, 1 + 2 * (16 * KIBIBYTE - 1));
    const masked = bodyOf(`{"access_token":"${"s".repeat(100_000)}","after":1}`);
    assert.equal(masked, '{"access_token":"…(100000 characters)","after":1}');
  });
  test("a secret that lies across the cut shows nothing of itself", () => {
    for (const before of [64 * KIBIBYTE - 30, 256 * KIBIBYTE - 30]) {
      const opaque = "S".repeat(90);
      for (const secret of [`"code":"${opaque}"`, `&code=${opaque}`, `eyJ${opaque}.${opaque}`]) {
        const filler = `{"state":"${"x".repeat(before - 12)}"`;
        assert.doesNotMatch(bodyOf(filler + secret), /SS/);
        assert.doesNotMatch(bodyOf(" ".repeat(before) + secret), /SS/);
      }
    }
  });
  const floods = [
    '"', "\\", "eyJ", "eyJ.", '"code":', '"code":"', "%25", "25", "state=", "shcat_", "code%3D", '"code":\\"', " ",
    "data:", '"code" data:', "://", '"state":["a",', "&", "%2525253D", '"state" :[', "://a", "shcat", '"code":1', "\\n",
    '"code"\\n',
  ];
  for (const piece of floods) {
    test(`${JSON.stringify(piece)} over and over takes no longer than it is long`, () => {
      const text = piece.repeat(1_000_000 / piece.length);
      const start = performance.now();
      request({ url: text, headers: [["link", text]], body: text });
      assert.ok(performance.now() - start < 2000);
    });
  }
});
