// What the core signs in a browser, two libraries in two languages verify as it arrived; and nothing that was spoilt on
// the way. SEED repeats a run.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { seeded } from "../package/random.js";
import { packageFolder } from "./support/package-under-test.js";
import { randomRequest, spoilt } from "./support/random-requests.js";
import { VERIFIERS } from "./support/signature-verifiers.js";
import { openSigningBench } from "./support/signing-bench.js";

const REQUESTS = 1000;
const SAMPLE = 200;
const KIDS = ["Qtidll30JVedZtDDF9s_XAFc7_-cW2S0Ur4jDYo4VRo", "key-2026-11", "a key; with=(all, sorts)"];

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 32);
const told = `SEED=${seed}`;
const random = seeded(seed);
let bench;
/** Of each page. */
let keys;
/** As sent, with the page that sent it. */
let sent;

before(async () => {
  bench = await openSigningBench();
  keys = await Promise.all(bench.pages.map((page) => page.evaluate((kids) => globalThis.signing.makeKeys(kids), KIDS)));
  sent = Array.from({ length: REQUESTS }, (_, number) => ({
    ...randomRequest(random), number, key: random.below(KIDS.length), page: random.below(bench.pages.length),
  }));
  await Promise.all(bench.pages.map((page, index) => {
    const text = JSON.stringify(sent.filter((request) => request.page === index));
    return page.evaluate((requests) => globalThis.signing.send(requests), text);
  }));
});
after(() => bench?.close());

/** All that were received, with the number of their page. */
const received = () => sent.map(({ number, page }) => ({ page, request: bench.received.get(number) }));

/** Verdicts on requests, each with the keys of its page. */
async function verdicts(verify, all) {
  const said = [];
  for (const [page, published] of keys.entries()) {
    const own = [...all.entries()].filter(([, given]) => given.page === page);
    const answers = await verify(own.map(([, { request }]) => request), published);
    own.forEach(([index], place) => { said[index] = answers[place]; });
  }
  return said;
}

test("the wasm that signs is the one that ships", async () => {
  const built = fileURLToPath(new URL("../../target/pkg-glue/full/shopper_mcp_bg.wasm", import.meta.url));
  const [signing, shipped] = await Promise.all([readFile(built), readFile(join(packageFolder, "shopper_mcp_bg.wasm"))]);
  assert.ok(signing.equals(shipped), "`cargo xtask test e2e` builds both");
});

test("the requests are of all sorts, and arrive as they were meant", (context) => {
  assert.equal(bench.received.size, REQUESTS, told);
  for (const { number, method, body = "" } of sent) {
    const { method: arrived, body: bytes } = bench.received.get(number);
    assert.equal(arrived, method, told);
    assert.ok(Buffer.from(bytes ?? "", "base64").equals(Buffer.from(body)), `${told}: the body of ${number}`);
  }
  const requests = received().map(({ request }) => request);
  const distinct = (of) => new Set(requests.map(of)).size;
  const count = (holds) => requests.filter(holds).length;
  const counts = {
    methods: distinct(({ method }) => method),
    authorities: distinct(({ headers }) => headers.host),
    urls: distinct(({ url }) => url),
    keys: distinct(({ headers }) => /keyid=.*/.exec(headers["signature-input"])[0]),
    withQuery: count(({ url }) => url.includes("?")),
    withBody: count(({ body }) => body !== null),
    withoutBody: count(({ body }) => body === null),
    unicodeBodies: count(({ body }) => /[^\0-\x7f]/.test(Buffer.from(body ?? "", "base64").toString())),
  };
  context.diagnostic(`${told} ${JSON.stringify(counts)}`);
  assert.deepEqual([counts.methods, counts.authorities, counts.keys], [8, 3, 3], told);
  for (const name of ["urls", "withQuery", "withBody", "withoutBody", "unicodeBodies"]) {
    assert.ok(counts[name] > REQUESTS / 5, name);
  }
});

for (const [name, verify] of Object.entries(VERIFIERS)) {
  test(`${name} accepts all ${REQUESTS}`, async () => {
    const said = await verdicts(verify, received());
    const refused = [...said.entries()].filter(([, { accepted }]) => !accepted)
      .map(([number, { why }]) => ({ why, sent: sent[number], request: bench.received.get(number) }));
    assert.deepEqual(refused, [], told);
  });

  test(`${name} refuses all in which one byte was spoilt, wherever it is covered`, async (context) => {
    const chosen = seeded(seed + 1);
    const sample = chosen.several(received(), SAMPLE);
    const all = sample.flatMap(({ page, request }) =>
      spoilt(chosen, request).map(([what, bad]) => ({ what, page, request: bad, unspoilt: request })));
    const said = await verdicts(verify, all);
    const accepted = [...said.entries()].filter(([, answer]) => answer.accepted).map(([index]) => all[index]);
    assert.deepEqual(accepted, [], told);
    const counts = {};
    for (const { what } of all) counts[what] = (counts[what] ?? 0) + 1;
    context.diagnostic(`${told} ${JSON.stringify(counts)}`);
    const everything = [
      "@method", "@authority", "@path", "@query", "content-digest", "content-type", "ucp-agent", "idempotency-key",
      "signature-agent", "signature-input", "signature", "body", "body, one more byte",
    ];
    assert.deepEqual(Object.keys(counts).toSorted(), everything.toSorted());
  });

  test(`${name} does not mind what is not covered`, async () => {
    const sample = seeded(seed + 2).several(received(), SAMPLE).map(({ page, request }) =>
      ({ page, request: { ...request, headers: { ...request.headers, "x-trace": "changed", "accept": "*/*" } } }));
    const said = await verdicts(verify, sample);
    assert.deepEqual(said.filter(({ accepted }) => !accepted), [], told);
  });
}
